/** `str.translate`, and `str.maketrans`, which makes its tables. */

import { STATICMETHOD, Wrapped } from '../descriptor.ts';
import { Raised, raise } from '../exception.ts';
import { methods } from '../native.ts';
import { Native } from '../native-object.ts';
import { getItem, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import type { Value } from '../value.ts';
import { Dict } from './dict.ts';
import { integerOf } from './int.ts';
import { STR } from './str.ts';

/** Undefined where the table does not say. */
function looked(table: Value, code: number): Value | undefined {
  if (table instanceof Dict && !table.type.custom) return table.get(code);
  try {
    return getItem(table, code);
  } catch (e) {
    if (e instanceof Raised && e.exception.type.ancestors.some(t => t.name === 'LookupError')) return undefined;
    throw e;
  }
}
function translated(c: string, table: Value): string {
  const to = looked(table, c.codePointAt(0) ?? 0);
  if (to === undefined) return c;
  const p = plain(to),
    code = integerOf(to);
  if (p === null) return '';
  if (typeof p === 'string') return p;
  if (code === undefined) throw raise('TypeError', 'character mapping must return integer, None or str');
  if (code < 0 || code > 0x10ffff) throw raise('ValueError', 'character mapping must be in range(0x110000)');
  return String.fromCodePoint(Number(code));
}
methods<Value>(STR, {
  'translate(table, /)': (v, table = null) => [...String(plain(v))].map(c => translated(c, table)).join(''),
});

const asText = (v: Value, place: number): string => {
  const s = plain(v);
  if (typeof s !== 'string') throw raise('TypeError', `maketrans() argument ${place} must be str, not ${typeName(v)}`);
  return s;
};
function made([x, y, z]: readonly Value[]): Dict {
  const out = new Dict();
  if (x === undefined) throw raise('TypeError', 'maketrans expected at least 1 argument, got 0');
  if (y === undefined) {
    if (!(x instanceof Dict)) throw raise('TypeError', 'if you give only one argument to maketrans it must be a dict');
    for (const e of x.entries.values()) {
      const key = plain(e.key);
      if (typeof key === 'string') {
        if ([...key].length !== 1) throw raise('ValueError', 'string keys in translate table must be of length 1');
        out.set(key.codePointAt(0) ?? 0, e.value);
      } else if (integerOf(key) !== undefined) out.set(e.key, e.value);
      else throw raise('TypeError', 'keys in translate table must be strings or integers');
    }
    return out;
  }
  const first = plain(x);
  if (typeof first !== 'string') throw raise('TypeError', 'first maketrans argument must be a string if there is a second argument');
  const from = [...first],
    to = [...asText(y, 2)],
    gone = z === undefined ? [] : [...asText(z, 3)];
  if (from.length !== to.length) throw raise('ValueError', 'the first two maketrans arguments must have equal length');
  for (const [i, c] of from.entries()) out.set(c.codePointAt(0) ?? 0, to[i]?.codePointAt(0) ?? 0);
  for (const c of gone) out.set(c.codePointAt(0) ?? 0, null);
  return out;
}
STR.members.set('maketrans', new Wrapped(STATICMETHOD, new Native('maketrans', 'maketrans', made)));
