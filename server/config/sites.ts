/** Where a value was written, as far as the value itself tells. */
import { Box, Traceable } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';

/** A container's display, a scalar's (first) literal. */
export function siteOfValue(value: Value): Site | null {
  if (value instanceof Dict || value instanceof List || value instanceof Tuple) return value.site ?? value.from?.find(isSite) ?? null;
  return value instanceof UnknownValue ? value.site : (literalsOf(value)[0] ?? null);
}

/** The literals that a value was computed from. */
export function literalsOf(value: Value): readonly Site[] {
  if (value instanceof Dict || value instanceof List || value instanceof Tuple)
    return value.site ? [value.site] : (value.from?.filter(isSite) ?? []);
  return value instanceof Box || value instanceof Traceable ? (value.from?.filter(isSite) ?? []) : [];
}
const isSite = (source: string | Site): source is Site => typeof source !== 'string';

/** Where an element of a list or tuple was written: in its display, else wherever its value comes from. */
export function elementSite(sequence: List | Tuple, index: number): Site | null {
  const value = sequence.items[index];
  if (value === undefined) return null;
  const { elements } = sequence;
  const at = !elements ? -1 : elements.values[index] === value ? index : elements.values.indexOf(value);
  return elements?.sites[at] ?? siteOfValue(value);
}

export const sameSite = (a: Site, b: Site): boolean => a.file === b.file && a.start === b.start && a.end === b.end;
