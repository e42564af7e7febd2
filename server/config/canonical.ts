/**
 * A resolved config as plain JSON that loses nothing, the same for everyone who evaluates configs: tuples `{"$tuple": […]}`, floats `{"$float": "1e-05"}` as Python
 * writes them, sets, integers beyond 2^53, dicts with other than string keys `{"$dict": [[key, value], …]}`, references `{"$ref": "mmdet.models.ResNet"}`. Keys are sorted.
 * What is not known is `{"$unknown": reason}`.
 */
import { Raised } from '../python/exception.ts';
import { PyFunction } from '../python/function.ts';
import { Module } from '../python/module.ts';
import { Native } from '../python/native.ts';
import { repr, str } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Stop } from '../python/stop.ts';
import { Type } from '../python/type.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Opaque } from '../python/types/opaque.ts';
import { PySet } from '../python/types/set.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import { Timestamp } from './data/timestamp.ts';
import { LazyReference } from './lazy-reference.ts';
import { NamedClass, QUALIFIED } from './mmengine-modules.ts';
import type { ResolvedConfig } from './resolved.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function canonicalRecord(file: string, config: ResolvedConfig): Json {
  const [first] = config.problems;
  if (first) return { file, ok: false, error: { type: first.errorType, message: first.message } };
  const lacking = config.unknowns.find(({ path }) => !path.length);
  return { file, ok: true, value: lacking && !config.value.entries.size ? { $unknown: lacking.reason } : canonical(config.value) };
}

export function canonical(value: Value): Json {
  const v = plain(value);
  if (v === null || typeof v === 'boolean' || typeof v === 'string') return v;
  if (typeof v === 'number') return v;
  if (typeof v === 'bigint') return { $int: v.toString() };
  if (v instanceof Float) return { $float: repr(v) };
  if (v instanceof Dict) return ofDict(v);
  if (v instanceof List) return v.items.map(canonical);
  if (v instanceof Tuple) return { $tuple: v.items.map(canonical) };
  if (v instanceof PySet) return { $set: sortedByText([...v.items.values()].map(canonical)) };
  if (v instanceof Timestamp) return { $repr: v.written };
  if (v instanceof NamedClass) return { $ref: v.qualified };
  if (v instanceof UnknownValue) return { $unknown: v.reason };
  const name = referenceOf(v);
  if (name !== null) return { $ref: name };
  try {
    return { $repr: repr(v) };
  } catch (e) {
    if (e instanceof Stop || e instanceof Raised) return { $unknown: e instanceof Stop ? e.message : str(e.exception) };
    throw e;
  }
}

function ofDict(dict: Dict): Json {
  const entries = [...dict.entries.values()].map(e => ({ key: plain(e.key), value: e.value }));
  if (entries.some(e => typeof e.key !== 'string' || e.key.startsWith('$')))
    return { $dict: sortedByText(entries.map(e => [canonical(e.key), canonical(e.value)])) };
  const sorted = entries.map(e => [String(e.key), e.value] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(sorted.map(([key, v]) => [key, canonical(v)]));
}
/** By their JSON as Python writes it. */
function sortedByText(items: readonly Json[]): Json[] {
  return items
    .map(item => ({ item, text: pythonJson(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(i => i.item);
}
function pythonJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([k, v]) => `${JSON.stringify(k)}: ${pythonJson(v)}`)
      .join(', ')}}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `module.name` of what is no data; null for what has none. A config's own functions are in no module, its classes in `builtins`: so `exec` leaves them. */
export function referenceOf(v: Value): string | null {
  if (v instanceof LazyReference) return v.name;
  if (v instanceof Type) return `${v.module === '__main__' ? 'builtins' : v.module}.${v.qualname}`;
  if (v instanceof PyFunction)
    return v.code.module.name === '__main__' ? `None.${v.code.qualname}` : `${v.code.module.name}.${v.code.qualname}`;
  if (v instanceof Module) return v.name;
  if (v instanceof Opaque) return v.what;
  if (v instanceof Native) return QUALIFIED.get(v) ?? (v.method ? null : `${v.home ?? 'builtins'}.${v.name}`);
  return null;
}
