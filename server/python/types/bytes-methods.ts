/** Methods of bytes and bytearray: those of texts, over bytes. */

import { call } from '../call.ts';
import { classmethod } from '../descriptor.ts';
import { raise } from '../exception.ts';
import { meter } from '../meter.ts';
import { methods } from '../native.ts';
import { Native } from '../native-object.ts';
import { abilities, asIndex, asSize, toArray, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { Type } from '../type.ts';
import type { Value } from '../value.ts';
import { BYTEARRAY, BYTES, Bytes, bytesOf, hexadecimal } from './bytes.ts';
import { decode } from './codec.ts';
import { List } from './list.ts';
import { at } from './sequence.ts';
import { ABSENT } from './singleton.ts';
import { range, Slice } from './slice.ts';
import { fromEnd } from './str-split.ts';
import { Tuple } from './tuple.ts';

const need = (v: Value): string => {
  const b = bytesOf(v);
  if (!b) throw raise('TypeError', `a bytes-like object is required, not '${typeName(v)}'`);
  return Buffer.from(b).toString('latin1');
};
/** Part of bytes, or one byte by its number. */
function needle(v: Value): string {
  if (bytesOf(v)) return need(v);
  if (!abilities(v).index) throw raise('TypeError', `argument should be integer or bytes-like object, not '${typeName(v)}'`);
  const n = asIndex(v);
  if (n < 0 || n > 255) throw raise('ValueError', 'byte must be in range(0, 256)');
  return String.fromCharCode(Number(n));
}
const SPACES = ' \t\n\r\v\f';
const isSpace = (c: string | undefined): boolean => c !== undefined && SPACES.includes(c);
function stripped(text: string, chars: Value, left: boolean, right: boolean): string {
  const gone = chars === null ? SPACES : need(chars);
  let start = 0,
    end = text.length;
  while (left && start < end && gone.includes(text.charAt(start))) start++;
  while (right && end > start && gone.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
/** What nothing was taken from is itself. */
const shorter = (self: Bytes, text: string): Bytes => (self.type === BYTES && text.length === self.bytes.length ? self : self.like(text));
function within(text: string, start: Value, end: Value): { readonly part: string; readonly from: number } | null {
  const r = range(new Slice(start, end, null), text.length);
  if (start !== null && Number(asIndex(start)) > text.length) return null;
  return { part: text.slice(r.start, Math.max(r.start, r.stop)), from: r.start };
}
function find(self: Bytes, what: Value, start: Value, end: Value, last: boolean): number {
  const w = needle(what),
    inside = within(self.text, start, end);
  if (!inside) return -1;
  const i = last ? inside.part.lastIndexOf(w) : inside.part.indexOf(w);
  return i < 0 ? -1 : i + inside.from;
}
function affixed(self: Bytes, what: Value, start: Value, end: Value, name: 'startswith' | 'endswith'): boolean {
  const inside = within(self.text, start, end),
    many = what instanceof Tuple ? what.items : [what];
  return many.some(v => {
    if (!bytesOf(v)) throw raise('TypeError', `${name} first arg must be bytes or a tuple of bytes, not ${typeName(v)}`);
    return inside !== null && (name === 'startswith' ? inside.part.startsWith(need(v)) : inside.part.endsWith(need(v)));
  });
}
/** By blanks: what is left when no turn is, keeps those at its far end. */
function words(text: string, most: number, last: boolean): string[] {
  const out: string[] = [];
  let rest = stripped(text, null, !last, last);
  while (rest !== '' && out.length !== most) {
    let i = last ? rest.length : 0;
    if (last) while (i > 0 && !isSpace(rest[i - 1])) i--;
    else while (i < rest.length && !isSpace(rest[i])) i++;
    if (last) out.unshift(rest.slice(i));
    else out.push(rest.slice(0, i));
    rest = last ? stripped(rest.slice(0, i), null, false, true) : stripped(rest.slice(i), null, true, false);
  }
  if (rest !== '') last ? out.unshift(rest) : out.push(rest);
  return out;
}
function split(self: Bytes, sep: Value, most: Value, last: boolean): List {
  const limit = asSize(most);
  if (sep === null) return new List(words(self.text, limit, last).map(t => self.like(t)));
  const by = need(sep);
  if (by === '') throw raise('ValueError', 'empty separator');
  const parts = last ? fromEnd(self.text, by, limit) : self.text.split(by);
  if (!last && limit >= 0 && parts.length > limit + 1) parts.splice(limit, parts.length - limit, parts.slice(limit).join(by));
  return new List(parts.map(t => self.like(t)));
}
function parted(self: Bytes, sep: Value, last: boolean): Tuple {
  const by = need(sep);
  if (by === '') throw raise('ValueError', 'empty separator');
  const { text } = self,
    i = last ? text.lastIndexOf(by) : text.indexOf(by);
  const parts = i < 0 ? (last ? ['', '', text] : [text, '', '']) : [text.slice(0, i), by, text.slice(i + by.length)];
  return new Tuple(parts.map(t => self.like(t)));
}
function padded(self: Bytes, width: Value, fill: Value, how: 'left' | 'right' | 'both', name: string): Bytes {
  const size = asSize(width),
    c = bytesOf(fill);
  if (c?.length !== 1) throw raise('TypeError', `${name}() argument 2 must be a byte string of length 1, not ${typeName(fill)}`);
  const missing = Math.max(0, size - self.bytes.length);
  meter.allocate(missing, 1);
  const before = how === 'left' ? 0 : how === 'right' ? missing : (missing >> 1) + (missing & size & 1),
    with_ = need(fill);
  return self.like(with_.repeat(before) + self.text + with_.repeat(missing - before));
}
const title = (t: string): string => t.replace(/[A-Za-z]+/g, w => w.charAt(0).toUpperCase() + w.slice(1).toLowerCase());
const upper = (t: string): string => t.replace(/[a-z]/g, c => c.toUpperCase());
const lower = (t: string): string => t.replace(/[A-Z]/g, c => c.toLowerCase());
const all = (pattern: RegExp) => (self: Bytes) => pattern.test(self.text);
function replaced(self: Bytes, old: Value, fresh: Value, most: Value): Bytes {
  const a = need(old),
    b = need(fresh),
    limit = asSize(most);
  const parts = a === '' ? ['', ...self.text, ''] : self.text.split(a),
    done = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  const [first = '', ...rest] = parts;
  return self.like(rest.reduce((out, part, i) => out + (i < done ? b : a) + part, first));
}

for (const type of [BYTES, BYTEARRAY]) {
  methods<Bytes>(type, {
    "decode(encoding='utf-8', errors='strict')": (self, encoding = 'utf-8', errors = 'strict') =>
      decode(self.bytes, String(plain(encoding)), String(plain(errors))),
    'hex(sep=?, bytes_per_sep=1)': (self, sep = ABSENT, each = 1) => hexadecimal(self.bytes, sep, each),
    '~startswith(prefix, start=None, end=None, /)': (self, p = null, start = null, end = null) =>
      affixed(self, p, start, end, 'startswith'),
    '~endswith(suffix, start=None, end=None, /)': (self, p = null, start = null, end = null) => affixed(self, p, start, end, 'endswith'),
    'strip(bytes=None, /)': (self, c = null) => shorter(self, stripped(self.text, c, true, true)),
    'lstrip(bytes=None, /)': (self, c = null) => shorter(self, stripped(self.text, c, true, false)),
    'rstrip(bytes=None, /)': (self, c = null) => shorter(self, stripped(self.text, c, false, true)),
    'split(sep=None, maxsplit=-1)': (self, sep = null, most = -1) => split(self, sep, most, false),
    'rsplit(sep=None, maxsplit=-1)': (self, sep = null, most = -1) => split(self, sep, most, true),
    'partition(sep, /)': (self, sep = null) => parted(self, sep, false),
    'rpartition(sep, /)': (self, sep = null) => parted(self, sep, true),
    'splitlines(keepends=False)': (self, keep = false) => {
      const lines = self.text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
      return new List(lines.map(l => self.like(truth(keep) ? l : l.replace(/[\r\n]+$/, ''))));
    },
    'join(iterable, /)': (self, parts = null) => {
      if (!abilities(parts).iterate) throw raise('TypeError', 'can only join an iterable');
      const texts = toArray(parts).map((p, i) => {
        if (!bytesOf(p)) throw raise('TypeError', `sequence item ${i}: expected a bytes-like object, ${typeName(p)} found`);
        return need(p);
      });
      meter.allocate(
        texts.reduce((n, t) => n + t.length + self.bytes.length, 0),
        1,
      );
      return self.like(texts.join(self.text));
    },
    '~find(sub, start=None, end=None, /)': (self, w = null, start = null, end = null) => find(self, w, start, end, false),
    '~rfind(sub, start=None, end=None, /)': (self, w = null, start = null, end = null) => find(self, w, start, end, true),
    '~index(sub, start=None, end=None, /)': (self, w = null, start = null, end = null) => found(find(self, w, start, end, false)),
    '~rindex(sub, start=None, end=None, /)': (self, w = null, start = null, end = null) => found(find(self, w, start, end, true)),
    '~count(sub, start=None, end=None, /)': (self, w = null, start = null, end = null) => {
      const part = within(self.text, start, end)?.part,
        what = needle(w);
      return part === undefined ? 0 : what === '' ? part.length + 1 : part.split(what).length - 1;
    },
    'replace(old, new, count=-1, /)': (self, old = null, fresh = null, most = -1) => replaced(self, old, fresh, most),
    'upper()': self => self.like(upper(self.text)),
    'lower()': self => self.like(lower(self.text)),
    'title()': self => self.like(title(self.text)),
    'capitalize()': self => self.like(upper(self.text.charAt(0)) + lower(self.text.slice(1))),
    'swapcase()': self => self.like(self.text.replace(/[A-Za-z]/g, c => (c < 'a' ? c.toLowerCase() : c.toUpperCase()))),
    'center(width, fillchar=None, /)': (self, w = 0, c = null) => padded(self, w, c ?? new Bytes(Uint8Array.of(32)), 'both', 'center'),
    'ljust(width, fillchar=None, /)': (self, w = 0, c = null) => padded(self, w, c ?? new Bytes(Uint8Array.of(32)), 'left', 'ljust'),
    'rjust(width, fillchar=None, /)': (self, w = 0, c = null) => padded(self, w, c ?? new Bytes(Uint8Array.of(32)), 'right', 'rjust'),
    'zfill(width, /)': (self, w = 0) => {
      const sign = /^[+-]/.exec(self.text)?.[0] ?? '';
      return self.like(sign + self.text.slice(sign.length).padStart(asSize(w) - sign.length, '0'));
    },
    'expandtabs(tabsize=8)': (self, size = 8) => {
      let column = 0,
        out = '';
      for (const c of self.text) {
        const n = asSize(size);
        if (c === '\t') {
          const more = n > 0 ? n - (column % n) : 0;
          out += ' '.repeat(more);
          column += more;
        } else {
          out += c;
          column = c === '\n' || c === '\r' ? 0 : column + 1;
        }
      }
      return self.like(out);
    },
    "translate(table, /, delete=b'')": (self, table = null, gone = null) => {
      const without = bytesOf(gone) ? need(gone) : '',
        map = table === null ? null : bytesOf(table);
      if (table !== null && map?.length !== 256) throw raise('ValueError', 'translation table must be 256 characters long');
      return self.like(
        [...self.text]
          .filter(c => !without.includes(c))
          .map(c => (map ? String.fromCharCode(map[c.charCodeAt(0)] ?? 0) : c))
          .join(''),
      );
    },
    'removeprefix(prefix, /)': (self, p = null) => self.like(self.text.startsWith(need(p)) ? self.text.slice(need(p).length) : self.text),
    'removesuffix(suffix, /)': (self, p = null) =>
      self.like(need(p) !== '' && self.text.endsWith(need(p)) ? self.text.slice(0, -need(p).length) : self.text),
    'isalpha()': all(/^[A-Za-z]+$/),
    'isdigit()': all(/^[0-9]+$/),
    'isalnum()': all(/^[A-Za-z0-9]+$/),
    'isspace()': all(/^[ \t\n\r\v\f]+$/),
    'isascii()': all(/^[\0-\x7f]*$/),
    'isupper()': self => /[A-Z]/.test(self.text) && !/[a-z]/.test(self.text),
    'islower()': self => /[a-z]/.test(self.text) && !/[A-Z]/.test(self.text),
    'istitle()': self => /[A-Za-z]/.test(self.text) && title(self.text) === self.text,
  });
  type.members.set(
    'fromhex',
    classmethod(
      new Native('fromhex', `${type.name}.fromhex`, ([owner = type, text]) => {
        if (text === undefined) throw raise('TypeError', `${type.name}.fromhex() takes exactly one argument (0 given)`);
        const t = plain(text);
        if (typeof t !== 'string') throw raise('TypeError', `fromhex() argument must be str, not ${typeName(text)}`);
        const bytes: number[] = [];
        for (let i = 0; i < t.length; ) {
          if (isSpace(t.charAt(i))) i++;
          else {
            const pair = t.slice(i, i + 2),
              wrong = /[^0-9a-fA-F]/.exec(pair);
            if (wrong || pair.length < 2)
              throw raise('ValueError', `non-hexadecimal number found in fromhex() arg at position ${i + (wrong?.index ?? 1)}`);
            bytes.push(Number.parseInt(pair, 16));
            i += 2;
          }
        }
        const made = new Bytes(Uint8Array.from(bytes), type);
        return owner === type || !(owner instanceof Type) ? made : call(owner, [made]);
      }),
    ),
  );
  type.members.set(
    'maketrans',
    new Native('maketrans', `${type.name}.maketrans`, ([from = null, to = null]) => {
      const a = need(from),
        b = need(to),
        map = Uint8Array.from({ length: 256 }, (_, i) => i);
      if (a.length !== b.length) throw raise('ValueError', 'maketrans arguments must have same length');
      [...a].forEach((c, i) => {
        map[c.charCodeAt(0)] = b.charCodeAt(i);
      });
      return new Bytes(map);
    }),
  );
}
function found(i: number): number {
  if (i < 0) throw raise('ValueError', 'subsection not found');
  return i;
}

const byte = (v: Value): number => {
  const n = asIndex(v);
  if (n < 0 || n > 255) throw raise('ValueError', 'byte must be in range(0, 256)');
  return Number(n);
};
function spliced(self: Bytes, start: number, gone: number, ...fresh: number[]): void {
  const out = [...self.bytes];
  out.splice(start, gone, ...fresh);
  self.become(Uint8Array.from(out));
}
methods<Bytes>(BYTEARRAY, {
  'append(item, /)': (self, v = null) => (spliced(self, self.bytes.length, 0, byte(v)), null),
  'extend(iterable, /)': (self, v = null) => {
    const own = bytesOf(v);
    if (!own && !abilities(v).iterate) throw raise('TypeError', `can't extend bytearray with ${typeName(v)}`);
    self.become(Uint8Array.from([...self.bytes, ...(own ?? toArray(v).map(byte))]));
    return null;
  },
  'insert(index, item, /)': (self, i = 0, v = null) => {
    const n = asSize(i);
    spliced(self, n < 0 ? Math.max(0, n + self.bytes.length) : Math.min(n, self.bytes.length), 0, byte(v));
    return null;
  },
  'pop(index=-1, /)': (self, i = -1) => {
    if (!self.bytes.length) throw raise('IndexError', 'pop from empty bytearray');
    const n = at(i, self.bytes.length, 'pop', 'pop index out of range'),
      b = self.bytes[n] ?? 0;
    spliced(self, n, 1);
    return b;
  },
  'remove(value, /)': (self, v = null) => {
    const i = self.bytes.indexOf(byte(v));
    if (i < 0) throw raise('ValueError', 'value not found in bytearray');
    spliced(self, i, 1);
    return null;
  },
  'reverse()': self => {
    self.bytes.reverse();
    return null;
  },
  'clear()': self => {
    self.become(new Uint8Array());
    return null;
  },
  'copy()': self => new Bytes(self.bytes.slice(), BYTEARRAY),
});
