/** Methods of str that few programs call, and those that take a range. */
import { raise } from '../exception.ts';
import { meter } from '../meter.ts';
import { methods } from '../native.ts';
import { Native } from '../native-object.ts';
import { asIndex, asSize, getItem, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import type { Value } from '../value.ts';
import { encode } from './bytes.ts';
import { Dict } from './dict.ts';
import { List } from './list.ts';
import { range, Slice } from './slice.ts';
import { characters, STR } from './str.ts';
import { formatMap } from './str-format.ts';
import { Tuple } from './tuple.ts';

const told = (v: Value, message: string): string => {
  const s = plain(v);
  if (typeof s !== 'string') throw raise('TypeError', message.replace('%', typeName(v)));
  return s;
};
const sub = (v: Value): string => told(v, 'must be str, not %');
const wide = (s: string): boolean => typeof characters(s) !== 'string';

/** The part of a text that `start` and `end` leave; null where `start` is beyond its end. */
function part(s: string, start: Value, end: Value): { readonly text: string; readonly from: number } | null {
  if (start === null && end === null) return { text: s, from: 0 };
  if (wide(s)) return unknown('a range of a text with wide characters');
  const r = range(new Slice(start, end, null), s.length);
  if (start !== null && Number(asIndex(start)) > s.length) return null;
  return { text: s.slice(r.start, Math.max(r.start, r.stop)), from: r.start };
}
function find(s: string, what: Value, start: Value, end: Value, last: boolean): number {
  const within = part(s, start, end),
    w = sub(what);
  if (!within) return -1;
  const i = last ? within.text.lastIndexOf(w) : within.text.indexOf(w);
  return i < 0 ? -1 : wide(s) ? [...s.slice(0, i)].length : i + within.from;
}
function affixed(s: string, what: Value, start: Value, end: Value, name: 'startswith' | 'endswith'): boolean {
  const within = part(s, start, end),
    p = plain(what),
    many = p instanceof Tuple ? p.items : [p];
  return many.some(v => {
    const w = told(
      v,
      p instanceof Tuple ? `tuple for ${name} must only contain str, not %` : `${name} first arg must be str or a tuple of str, not %`,
    );
    return within !== null && (name === 'startswith' ? within.text.startsWith(w) : within.text.endsWith(w));
  });
}
function padded(s: string, width: Value, fill: Value, how: 'left' | 'right' | 'both'): string {
  const size = asSize(width),
    c = told(fill, 'The fill character must be a unicode character, not %');
  if ([...c].length !== 1) throw raise('TypeError', 'The fill character must be exactly one character long');
  const missing = size - [...s].length;
  if (missing <= 0) return s;
  meter.allocate(missing, 1);
  const before = how === 'left' ? 0 : how === 'right' ? missing : (missing >> 1) + (missing & size & 1);
  return c.repeat(before) + s + c.repeat(missing - before);
}
/** From the end; without a separator, by blanks. */
function rsplit(s: string, sep: Value, most: number): string[] {
  if (sep === null) {
    const out: string[] = [];
    let rest = s.trimEnd();
    for (; rest && (most < 0 || out.length < most); ) {
      const word = /\S+$/.exec(rest)?.[0] ?? '';
      out.unshift(word);
      rest = rest.slice(0, rest.length - word.length).trimEnd();
    }
    const left = rest.trimStart();
    return left ? [left, ...out] : out;
  }
  const separator = sub(sep);
  if (separator === '') throw raise('ValueError', 'empty separator');
  const all = s.split(separator);
  return most < 0 || all.length <= most + 1 ? all : [all.slice(0, all.length - most).join(separator), ...all.slice(all.length - most)];
}
const LINE = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
function lines(s: string, keep: boolean): string[] {
  const out: string[] = [];
  let at = 0;
  for (const m of s.matchAll(LINE)) {
    out.push(s.slice(at, keep ? m.index + m[0].length : m.index));
    at = m.index + m[0].length;
  }
  if (at < s.length) out.push(s.slice(at));
  return out;
}
const isTitle = (s: string): boolean =>
  /\p{L}/u.test(s) &&
  [...s.matchAll(/\p{L}+/gu)].every(([w]) => w.charAt(0) === w.charAt(0).toUpperCase() && w.slice(1) === w.slice(1).toLowerCase());

methods<string>(
  STR,
  {
    'find(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => find(s, w, a, b, false),
    'rfind(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => find(s, w, a, b, true),
    'index(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => {
      const i = find(s, w, a, b, false);
      if (i < 0) throw raise('ValueError', 'substring not found');
      return i;
    },
    'rindex(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => {
      const i = find(s, w, a, b, true);
      if (i < 0) throw raise('ValueError', 'substring not found');
      return i;
    },
    'count(sub, start=None, end=None, /)': (s, w = '', a = null, b = null) => {
      const within = part(s, a, b),
        what = sub(w);
      return !within ? 0 : what === '' ? [...within.text].length + 1 : within.text.split(what).length - 1;
    },
    'startswith(prefix, start=None, end=None, /)': (s, p = null, a = null, b = null) => affixed(s, p, a, b, 'startswith'),
    'endswith(suffix, start=None, end=None, /)': (s, p = null, a = null, b = null) => affixed(s, p, a, b, 'endswith'),
    'casefold()': s => s.toLowerCase().replace(/ß/g, 'ss'),
    'swapcase()': s => [...s].map(c => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
    "center(width, fillchar=' ', /)": (s, w = 0, c = ' ') => padded(s, w, c, 'both'),
    "ljust(width, fillchar=' ', /)": (s, w = 0, c = ' ') => padded(s, w, c, 'left'),
    "rjust(width, fillchar=' ', /)": (s, w = 0, c = ' ') => padded(s, w, c, 'right'),
    'expandtabs(tabsize=8)': (s, size = 8) =>
      s
        .split('\n')
        .map(line =>
          line
            .split('\t')
            .reduce((out, piece, i) => (i === 0 ? piece : out + ' '.repeat(Number(size) - (out.length % Number(size))) + piece), ''),
        )
        .join('\n'),
    'removeprefix(prefix, /)': (s, p = '') => {
      const w = told(p, 'removeprefix() argument must be str, not %');
      return w && s.startsWith(w) ? s.slice(w.length) : s;
    },
    'removesuffix(suffix, /)': (s, p = '') => {
      const w = told(p, 'removesuffix() argument must be str, not %');
      return w && s.endsWith(w) ? s.slice(0, -w.length) : s;
    },
    'isalnum()': s => /^[\p{L}\p{N}]+$/u.test(s),
    'isascii()': s => /^[\0-\x7f]*$/.test(s),
    'isdecimal()': s => /^\p{Nd}+$/u.test(s),
    'isnumeric()': s =>
      /^[\p{N}\u3400-\u9fff]+$/u.test(s) && (!/[\u3400-\u9fff]/.test(s) ? true : unknown('numeric characters of Chinese')),
    'isprintable()': s => !/[\p{C}\p{Zl}\p{Zp}]|[^ \P{Zs}]/u.test(s),
    'istitle()': isTitle,
  },
  'pure',
);
methods<Value>(STR, {
  'rsplit(sep=None, maxsplit=-1)': (v, sep = null, most = -1) => new List(rsplit(String(plain(v)), plain(sep), Number(plain(most)))),
  'splitlines(keepends=False)': (v, keep = false) => new List(lines(String(plain(v)), plain(keep) === true)),
  'rpartition(sep, /)': (v, sep = '') => {
    const s = String(plain(v)),
      w = sub(sep),
      i = s.lastIndexOf(w);
    if (w === '') throw raise('ValueError', 'empty separator');
    return new Tuple(i < 0 ? ['', '', s] : [s.slice(0, i), w, s.slice(i + w.length)]);
  },
  "encode(encoding='utf-8', errors='strict')": (v, encoding = 'utf-8') => encode(String(plain(v)), String(plain(encoding))),
  'format_map(mapping, /)': (v, mapping = null) => formatMap(String(plain(v)), name => getItem(mapping, name)),
  'translate(table, /)': (v, table = null) => {
    if (!(table instanceof Dict)) return unknown('str.translate by what is no dict');
    return [...String(plain(v))]
      .map(c => {
        const to = table.get(c.codePointAt(0) ?? 0),
          p = to === undefined ? c : plain(to);
        return p === null ? '' : typeof p === 'number' ? String.fromCodePoint(p) : String(p);
      })
      .join('');
  },
});
STR.members.set(
  'maketrans',
  new Native('maketrans', 'str.maketrans', ([x = null, y, z]) => {
    const out = new Dict();
    if (x instanceof Dict)
      for (const e of x.entries.values()) {
        const k = plain(e.key);
        out.set(typeof k === 'string' ? (k.codePointAt(0) ?? 0) : k, e.value);
      }
    else if (y !== undefined) {
      const to = [...String(plain(y))];
      for (const [i, c] of [...String(plain(x))].entries()) out.set(c.codePointAt(0) ?? 0, to[i]?.codePointAt(0) ?? 0);
    }
    if (z !== undefined) for (const c of String(plain(z))) out.set(c.codePointAt(0) ?? 0, null);
    return out;
  }),
);
