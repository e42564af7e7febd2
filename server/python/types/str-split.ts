/** Methods of str that take it apart, and that put it together. */
import { raise } from '../exception.ts';
import { meter } from '../meter.ts';
import { methods } from '../native.ts';
import { abilities, asSize, iterate, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { Texts, textOr, Unseen } from '../unseen.ts';
import type { Value } from '../value.ts';
import { List } from './list.ts';
import { STR } from './str.ts';
import { told } from './str-search.ts';
import { Tuple } from './tuple.ts';
import { isSpace, SPACES, trim, trimEnd, trimStart } from './whitespace.ts';

function separator(v: Value): string {
  const s = told(v, 'must be str or None, not %');
  if (s === '') throw raise('ValueError', 'empty separator');
  return s;
}
function split(s: string, sep: Value, most: number): string[] {
  if (sep === null) {
    if (most < 0) {
      const bare = trim(s);
      return bare === '' ? [] : bare.split(SPACES);
    }
    const out: string[] = [];
    let rest = trimStart(s);
    while (rest && out.length < most) {
      SPACES.lastIndex = 0;
      const end = SPACES.exec(rest)?.index ?? rest.length;
      out.push(rest.slice(0, end));
      rest = trimStart(rest.slice(end));
    }
    return rest ? [...out, rest] : out;
  }
  const by = separator(sep),
    all = s.split(by);
  return most < 0 || all.length <= most + 1 ? all : [...all.slice(0, most), all.slice(most).join(by)];
}
/** From the end. */
function rsplit(s: string, sep: Value, most: number): string[] {
  if (sep === null) {
    if (most < 0) return split(s, null, -1);
    const out: string[] = [];
    let rest = trimEnd(s);
    while (rest && out.length < most) {
      let start = rest.length;
      while (start > 0 && !isSpace(rest.charAt(start - 1))) start--;
      out.unshift(rest.slice(start));
      rest = trimEnd(rest.slice(0, start));
    }
    // What is left keeps the blanks before it, unless they are all of it.
    return rest ? [rest, ...out] : out;
  }
  return fromEnd(s, separator(sep), most);
}
/** Parts between separators, which are looked for from the end. */
export function fromEnd(s: string, by: string, most: number): string[] {
  const out: string[] = [];
  let end = s.length;
  for (let n = 0; n !== most && end >= by.length; n++) {
    const i = s.lastIndexOf(by, end - by.length);
    if (i < 0) break;
    out.unshift(s.slice(i + by.length, end));
    end = i;
  }
  return [s.slice(0, end), ...out];
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
function parted(s: string, sep: Value, last: boolean): Tuple {
  const by = told(sep, 'must be str, not %');
  if (by === '') throw raise('ValueError', 'empty separator');
  const i = last ? s.lastIndexOf(by) : s.indexOf(by);
  return new Tuple(i >= 0 ? [s.slice(0, i), by, s.slice(i + by.length)] : last ? ['', '', s] : [s, '', '']);
}
function joinAll(by: string, parts: Value): string {
  if (!abilities(parts).iterate) throw raise('TypeError', 'can only join an iterable');
  const texts = new Texts(),
    out: string[] = [],
    cursor = iterate(parts);
  for (let p = cursor.next(); p !== undefined; p = cursor.next()) {
    const part = p,
      s = part instanceof Unseen ? texts.text(() => String(plain(part))) : plain(part);
    // CPython takes all of them before it looks at the first.
    if (typeof s !== 'string') {
      const place = out.length,
        kind = typeName(p);
      while (cursor.next() !== undefined) meter.step();
      throw raise('TypeError', `sequence item ${place}: expected str instance, ${kind} found`);
    }
    out.push(s);
  }
  meter.allocate(
    out.reduce((n, p) => n + p.length + by.length, 0),
    1,
  );
  return texts.whole(out.join(by));
}

methods<string>(
  STR,
  {
    'split(sep=None, maxsplit=-1)': (s, sep = null, most = -1) => {
      meter.work(s.length);
      return new List(split(s, sep, asSize(most)));
    },
    'rsplit(sep=None, maxsplit=-1)': (s, sep = null, most = -1) => new List(rsplit(s, sep, asSize(most))),
    'splitlines(keepends=False)': (s, keep = false) => new List(lines(s, truth(keep))),
    'partition(sep, /)': (s, sep = null) => parted(s, sep, false),
    'rpartition(sep, /)': (s, sep = null) => parted(s, sep, true),
  },
  'pure',
);
methods<Value>(STR, { 'join(iterable, /)': (s, parts = null) => textOr(STR, () => joinAll(String(plain(s)), parts)) });
