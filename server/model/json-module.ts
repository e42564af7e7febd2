/** `json` where a model is built: a text of what is plain, by which mmengine knows its file backends again. The rest is not known. */
import { type NativeModule, nativeModule } from '../python/import/native-module.ts';
import { native } from '../python/native.ts';
import { ABSENT } from '../python/native-object.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Opaque } from '../python/types/opaque.ts';
import type { Value } from '../python/value.ts';

export const jsonModule: NativeModule = nativeModule(
  'json',
  {
    dumps: native(
      'dumps(obj, *, skipkeys=?, ensure_ascii=?, check_circular=?, allow_nan=?, cls=?, indent=?, separators=?, default=?, sort_keys=?)',
      (object = null, ...options) => (options.some(option => option !== ABSENT) ? unknown('json.dumps') : textOf(object)),
    ),
    loads: native(
      'loads(s, *, cls=?, object_hook=?, parse_float=?, parse_int=?, parse_constant=?, object_pairs_hook=?)',
      (s = null, ...options) => {
        const text = plain(s);
        return typeof text === 'string' && options.every(option => option === ABSENT) ? valueIn(text) : unknown('json.loads');
      },
    ),
  },
  { lacking: name => new Opaque(`json.${name}`) },
);

/** What does not parse raises an error that is not here to be raised; a number of more digits than JavaScript has is rare enough. */
function valueIn(text: string): Value {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, part =>
    part[0] === '"' ? part : `{"\\u0000${/[.eE]/.test(part) ? 'f' : 'i'}":${part}}`,
  );
  try {
    return read(JSON.parse(marked));
  } catch (e) {
    return e instanceof SyntaxError ? unknown('json.loads of this text') : stopped(e);
  }
}
const stopped = (e: unknown): never => {
  throw e;
};
function read(v: unknown): Value {
  if (v === null || typeof v === 'string' || typeof v === 'boolean') return v;
  if (Array.isArray(v)) return new List(v.map(read));
  const dict = new Dict(),
    entries = Object.entries(v ?? {});
  // JavaScript has such keys first, in their own order.
  if (entries.length > 1 && entries.some(([key]) => /^\d+$/.test(key))) return unknown('json.loads of numbers as keys');
  for (const [key, item] of entries) {
    if (key === '\0f') return new Float(Number(item));
    if (key === '\0i') return Number.isSafeInteger(item) ? Number(item) : unknown('json.loads of a long number');
    dict.set(key, read(item));
  }
  return dict;
}

function textOf(value: Value): string {
  const held = plain(value);
  if (held === null || typeof held === 'boolean') return held === null ? 'null' : String(held);
  if (typeof held === 'string') return /^[\x20-\x7e]*$/.test(held) ? JSON.stringify(held) : unknown('json.dumps');
  if (typeof held === 'number' && Number.isSafeInteger(held)) return String(held);
  if (!(held instanceof Dict)) return unknown('json.dumps');
  const pairs = [...held.entries.values()].map(({ key, value: inner }) => {
    const name = plain(key);
    return typeof name === 'string' ? `${textOf(name)}: ${textOf(inner)}` : unknown('json.dumps');
  });
  return `{${pairs.join(', ')}}`;
}
