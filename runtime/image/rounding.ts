/** Rounds as processors, numpy and Python's `round` do: 0.5 to 0, 1.5 to 2. */
export function halfToEven(n: number): number {
  const low = Math.floor(n);
  const rest = n - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

/** Where float32 has whole numbers only, in the middle of their range. */
const WHOLE = 1.5 * 2 ** 23;

/** The same of a float32 below 2^22, without a branch: adding leaves no room for what is behind the point. */
export const float32HalfToEven = (n: number): number => Math.fround(n + WHOLE) - WHOLE;
