/** Methods of str that look for a part of it, in all of it or between two places. */
import { raise } from '../exception.ts';
import { meter } from '../meter.ts';
import { methods } from '../native.ts';
import { asIndex, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import type { Value } from '../value.ts';
import { range, Slice } from './slice.ts';
import { characters, STR } from './str.ts';
import { Tuple } from './tuple.ts';

export const told = (v: Value, message: string): string => {
  const s = plain(v);
  if (typeof s !== 'string') throw raise('TypeError', message.replace('%', typeName(v)));
  return s;
};
const sub = (v: Value): string => told(v, 'must be str, not %');

/** The part of a text that `start` and `end` leave; null where `start` is beyond its end. `from`: in characters. */
function part(s: string, start: Value, end: Value): { readonly text: string; readonly from: number } | null {
  if (start === null && end === null) return { text: s, from: 0 };
  const all = characters(s),
    r = range(new Slice(start, end, null), all.length);
  if (start !== null && Number(asIndex(start)) > all.length) return null;
  const text = all.slice(r.start, Math.max(r.start, r.stop));
  return { text: typeof text === 'string' ? text : text.join(''), from: r.start };
}
function find(s: string, what: Value, start: Value, end: Value, last: boolean): number {
  meter.work(s.length);
  const w = sub(what),
    within = part(s, start, end);
  if (!within) return -1;
  const { text, from } = within;
  let i = last ? text.lastIndexOf(w) : text.indexOf(w);
  // Half of a character is none.
  while (i > 0 && splits(text, i)) i = last ? text.lastIndexOf(w, i - 1) : text.indexOf(w, i + 1);
  return i < 0 ? -1 : characters(text.slice(0, i)).length + from;
}
const splits = (s: string, i: number): boolean => /[\ud800-\udbff]/.test(s.charAt(i - 1)) && /[\udc00-\udfff]/.test(s.charAt(i));
function found(s: string, what: Value, start: Value, end: Value, last: boolean): number {
  const i = find(s, what, start, end, last);
  if (i < 0) throw raise('ValueError', 'substring not found');
  return i;
}
function affixed(s: string, what: Value, start: Value, end: Value, name: 'startswith' | 'endswith'): boolean {
  const p = plain(what),
    many = p instanceof Tuple ? p.items : [p];
  let within: { readonly text: string } | null | undefined;
  return many.some(v => {
    const w = told(
      v,
      p instanceof Tuple ? `tuple for ${name} must only contain str, not %` : `${name} first arg must be str or a tuple of str, not %`,
    );
    if (within === undefined) within = part(s, start, end);
    return within !== null && (name === 'startswith' ? within.text.startsWith(w) : within.text.endsWith(w));
  });
}

methods<string>(
  STR,
  {
    '~find(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => find(s, w, a, b, false),
    '~rfind(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => find(s, w, a, b, true),
    '~index(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => found(s, w, a, b, false),
    '~rindex(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => found(s, w, a, b, true),
    '~count(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => {
      meter.work(s.length);
      const what = sub(w),
        within = part(s, a, b);
      return !within ? 0 : what === '' ? characters(within.text).length + 1 : within.text.split(what).length - 1;
    },
    '~startswith(prefix, start=None, end=None, /)': (s, p = null, a = null, b = null) => affixed(s, p, a, b, 'startswith'),
    '~endswith(suffix, start=None, end=None, /)': (s, p = null, a = null, b = null) => affixed(s, p, a, b, 'endswith'),
    'removeprefix(prefix, /)': (s, p = '') => {
      const w = told(p, 'removeprefix() argument must be str, not %');
      return w && s.startsWith(w) ? s.slice(w.length) : s;
    },
    'removesuffix(suffix, /)': (s, p = '') => {
      const w = told(p, 'removesuffix() argument must be str, not %');
      return w && s.endsWith(w) ? s.slice(0, -w.length) : s;
    },
  },
  'pure',
);
