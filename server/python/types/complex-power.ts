import type { Value } from '../value.ts';

/** What a negative float to a fraction is. Told by the type that is made of two floats, which comes after it. */
export const complexPower: { of: ((base: number, exponent: number) => Value) | null } = { of: null };
