/** Methods of str that write it another way: stripped, padded, replaced, filled in, encoded. */
import { raise } from '../exception.ts';
import { meter } from '../meter.ts';
import { methods } from '../native.ts';
import { asSize, getItem, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import type { Value } from '../value.ts';
import { encode } from './codec.ts';
import { characters, STR } from './str.ts';
import { formatMap } from './str-format.ts';
import { told } from './str-search.ts';
import { trim, trimEnd, trimStart } from './whitespace.ts';

function stripped(s: string, chars: Value, side: 'left' | 'right' | 'both', name: string): string {
  if (chars === null) return side === 'left' ? trimStart(s) : side === 'right' ? trimEnd(s) : trim(s);
  const gone = plain(chars);
  if (typeof gone !== 'string') throw raise('TypeError', `${name} arg must be None or str`);
  const all = characters(s),
    out = new Set(gone);
  let from = 0,
    to = all.length;
  if (side !== 'right') while (from < to && out.has(all[from] ?? '')) from++;
  if (side !== 'left') while (to > from && out.has(all[to - 1] ?? '')) to--;
  return typeof all === 'string' ? all.slice(from, to) : all.slice(from, to).join('');
}
function padded(s: string, width: Value, fill: Value, how: 'left' | 'right' | 'both'): string {
  const size = asSize(width),
    c = told(fill, 'The fill character must be a unicode character, not %');
  if (characters(c).length !== 1) throw raise('TypeError', 'The fill character must be exactly one character long');
  const missing = size - characters(s).length;
  if (missing <= 0) return s;
  meter.allocate(missing, 1);
  const before = how === 'left' ? 0 : how === 'right' ? missing : (missing >> 1) + (missing & size & 1);
  return c.repeat(before) + s + c.repeat(missing - before);
}
function zeroFilled(s: string, width: Value): string {
  const sign = /^[+-]/.test(s) ? s.charAt(0) : '',
    missing = asSize(width) - characters(s).length;
  if (missing <= 0) return s;
  meter.allocate(missing, 1);
  return sign + '0'.repeat(missing) + s.slice(sign.length);
}
function replaced(s: string, old: Value, fresh: Value, count: Value): string {
  const from = told(old, 'replace() argument 1 must be str, not %'),
    to = told(fresh, 'replace() argument 2 must be str, not %'),
    most = asSize(count);
  if (from === '') {
    const chars = [...s],
      turns = most < 0 ? chars.length + 1 : most;
    return chars.map((c, i) => (i < turns ? to : '') + c).join('') + (turns > chars.length ? to : '');
  }
  if (most < 0) return s.replaceAll(from, () => to);
  return s.split(from).reduce((out, part, i) => (i === 0 ? part : out + (i <= most ? to : from) + part), '');
}
function expanded(s: string, tabsize: Value): string {
  const size = asSize(tabsize);
  let out = '',
    column = 0;
  for (const c of s) {
    if (c === '\t') {
      const more = size > 0 ? size - (column % size) : 0;
      meter.allocate(out.length + more, 1);
      out += ' '.repeat(more);
      column += more;
    } else {
      out += c;
      column = c === '\n' || c === '\r' ? 0 : column + 1;
    }
  }
  return out;
}
const name = (v: Value, place: number): string => {
  const s = plain(v);
  if (typeof s !== 'string') throw raise('TypeError', `encode() argument ${place} must be str, not ${typeName(v)}`);
  return s;
};

methods<string>(
  STR,
  {
    'strip(chars=None, /)': (s, chars = null) => stripped(s, chars, 'both', 'strip'),
    'lstrip(chars=None, /)': (s, chars = null) => stripped(s, chars, 'left', 'lstrip'),
    'rstrip(chars=None, /)': (s, chars = null) => stripped(s, chars, 'right', 'rstrip'),
    "center(width, fillchar=' ', /)": (s, w = 0, c = ' ') => padded(s, w, c, 'both'),
    "ljust(width, fillchar=' ', /)": (s, w = 0, c = ' ') => padded(s, w, c, 'left'),
    "rjust(width, fillchar=' ', /)": (s, w = 0, c = ' ') => padded(s, w, c, 'right'),
    'zfill(width, /)': (s, w = 0) => zeroFilled(s, w),
    'replace(old, new, count=-1, /)': (s, old = '', fresh = '', count = -1) => replaced(s, old, fresh, count),
    'expandtabs(tabsize=8)': (s, size = 8) => expanded(s, size),
  },
  'pure',
);
methods<Value>(STR, {
  "encode(encoding='utf-8', errors='strict')": (v, encoding = 'utf-8', errors = 'strict') =>
    encode(String(plain(v)), name(encoding, 1), name(errors, 2)),
  'format_map(mapping, /)': (v, mapping = null) => formatMap(String(plain(v)), name => getItem(mapping, name)),
});
