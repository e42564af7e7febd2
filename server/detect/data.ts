/** A resolved config's values as JavaScript's own, for who only reads them: tuples and lists are arrays, what cannot be known is absent. */
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';

/** Undefined: no such key, or a value that is none of the others. */
export type Data = null | boolean | number | string | readonly Data[] | DataRecord | undefined;
export interface DataRecord {
  readonly [key: string]: Data;
}

export function dataOf(value: Value | undefined): Data {
  const v = value === undefined ? undefined : plain(value);
  if (v === null || typeof v === 'boolean' || typeof v === 'number' || typeof v === 'string') return v;
  if (typeof v === 'bigint') return Number(v);
  if (v instanceof Float) return v.value;
  if (v instanceof List || v instanceof Tuple) return v.items.map(dataOf);
  if (v instanceof Dict) return Object.fromEntries([...v.entries.values()].map(e => [String(plain(e.key)), dataOf(e.value)]));
  return undefined;
}

export const isRecord = (data: Data): data is DataRecord => typeof data === 'object' && data !== null && !isList(data);
export const isList = (data: Data): data is readonly Data[] => Array.isArray(data);

/** `at(data, 'model', 'neck', 'in_channels', 0)`. */
export function at(data: Data, ...path: readonly (string | number)[]): Data {
  return path.reduce<Data>(
    (d, step) =>
      typeof step === 'number' ? (isList(d) ? d[step] : undefined) : isRecord(d) && Object.hasOwn(d, step) ? d[step] : undefined,
    data,
  );
}

export const numberOf = (data: Data): number | undefined => (typeof data === 'number' ? data : undefined);
export const textOf = (data: Data): string | undefined => (typeof data === 'string' ? data : undefined);
export function numbersOf(data: Data): readonly number[] | undefined {
  if (!isList(data)) return undefined;
  const numbers = data.map(numberOf);
  return numbers.every(n => n !== undefined) ? numbers : undefined;
}
/** Two numbers; one stands for both, as mmcv and mmdet take sizes. */
export function pairOf(data: Data): readonly [number, number] | undefined {
  if (typeof data === 'number') return [data, data];
  const [a, b, ...more] = numbersOf(data) ?? [];
  return a !== undefined && b !== undefined && more.length === 0 ? [a, b] : undefined;
}
/** A registered type's name without its scope. */
export const typeOf = (data: Data): string => textOf(at(data, 'type'))?.split('.').at(-1) ?? '';
