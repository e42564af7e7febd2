/** `re`. `re/parse.ts` reads a pattern as Python does; where JavaScript's engine means the same it runs it, else `re/match.ts`. */
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods, native } from '../native.ts';
import { abilities, asSize, repr, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { attributes } from '../types/attribute-of-type.ts';
import { Bytes, bytesOf } from '../types/bytes.ts';
import { Dict } from '../types/dict.ts';
import { integerOf } from '../types/int.ts';
import { IteratorObject } from '../types/iterator.ts';
import { List } from '../types/list.ts';
import { ABSENT } from '../types/singleton.ts';
import { Tuple } from '../types/tuple.ts';
import { Obj, type Value } from '../value.ts';
import { flag } from './re/flags.ts';
import type { Spans } from './re/match.ts';
import { FLAG } from './re/nodes.ts';
import { Pattern, RE_ERROR, shownPattern, type Text } from './re/pattern.ts';
import { type Replacement, replacementOf } from './re/replacement.ts';

/** As Python numbers them. */
const FLAGS: Readonly<Record<string, number>> = {
  A: FLAG.ascii,
  ASCII: FLAG.ascii,
  I: FLAG.ignoreCase,
  IGNORECASE: FLAG.ignoreCase,
  M: FLAG.multiline,
  MULTILINE: FLAG.multiline,
  S: FLAG.dotAll,
  DOTALL: FLAG.dotAll,
  X: FLAG.verbose,
  VERBOSE: FLAG.verbose,
  U: FLAG.unicode,
  UNICODE: FLAG.unicode,
  L: FLAG.locale,
  LOCALE: FLAG.locale,
  DEBUG: FLAG.debug,
  NOFLAG: 0,
};

class Match extends Obj {
  readonly pattern: Pattern;
  readonly spans: Spans;
  readonly text: Text;
  readonly from: number;
  readonly end: number;
  constructor(pattern: Pattern, spans: Spans, text: Text, from: number, end: number) {
    super(MATCH);
    this.pattern = pattern;
    this.spans = spans;
    this.text = text;
    this.from = from;
    this.end = end;
  }
  place(key: Value): number {
    const p = plain(key),
      name = typeof p === 'string' ? p : p instanceof Bytes && this.pattern.isBytes ? p.text : null,
      index = name === null ? (abilities(p).index ? integerOf(p) : undefined) : this.pattern.parsed.names.get(name);
    if (index === undefined || index < 0 || index > this.pattern.parsed.groups) throw raise('IndexError', 'no such group');
    return Number(index);
  }
  span(g: number): readonly [number, number] {
    return [this.spans.places[2 * g] ?? -1, this.spans.places[2 * g + 1] ?? -1];
  }
  group(g: number): Value {
    return this.pattern.cut(this.text, ...this.span(g));
  }
  /** All but the whole. */
  groups(otherwise: Value): Value[] {
    return Array.from({ length: this.pattern.parsed.groups }, (_, i) => (this.span(i + 1)[0] < 0 ? otherwise : this.group(i + 1)));
  }
}

const PATTERN: Type = nativeType<Pattern>(
  'Pattern',
  {
    repr: shownPattern,
    hash: self => `\0p${self.flags}${repr(self.source)}`,
    compare: (self, operator, other) =>
      other instanceof Pattern && (operator === '==' || operator === '!=')
        ? (repr(self.source) === repr(other.source) && self.flags === other.flags) === (operator === '==')
        : undefined,
  },
  { module: 're' },
);
attributes<Pattern>(
  PATTERN,
  {
    pattern: self => self.source,
    flags: self => self.flags,
    groups: self => self.parsed.groups,
    groupindex: self => dictOf(self.parsed.names),
  },
  'stored',
);
const dictOf = (names: ReadonlyMap<string, Value>): Dict => {
  const out = new Dict();
  for (const [name, v] of names) out.set(name, v);
  return out;
};
const MATCH: Type = nativeType<Match>(
  'Match',
  {
    hash: self => self,
    truth: () => true,
    repr: self => `<re.Match object; span=(${self.span(0).join(', ')}), match=${[...repr(self.group(0))].slice(0, 50).join('')}>`,
    item: (self, key) => self.group(self.place(key)),
  },
  { module: 're' },
);
attributes<Match>(MATCH, {
  string: self => self.text.value,
  re: self => self.pattern,
  pos: self => self.from,
  endpos: self => self.end,
  lastindex: self => self.spans.last,
  lastgroup: self => [...self.pattern.parsed.names].find(([, index]) => index === self.spans.last)?.[0] ?? null,
  regs: self => new Tuple(Array.from({ length: self.pattern.parsed.groups + 1 }, (_, g) => new Tuple([...self.span(g)]))),
});
methods<Match>(MATCH, {
  'group(*keys)': (self, ...keys) =>
    keys.length > 1 ? new Tuple(keys.map(k => self.group(self.place(k)))) : self.group(self.place(keys[0] ?? 0)),
  'groups(default=None)': (self, otherwise = null) => new Tuple(self.groups(otherwise)),
  'groupdict(default=None)': (self, otherwise = null) => {
    const groups = self.groups(otherwise);
    return dictOf(new Map([...self.pattern.parsed.names].map(([name, index]) => [name, groups[index - 1] ?? null])));
  },
  'start(group=0, /)': (self, key = 0) => self.span(self.place(key))[0],
  'end(group=0, /)': (self, key = 0) => self.span(self.place(key))[1],
  'span(group=0, /)': (self, key = 0) => new Tuple([...self.span(self.place(key))]),
  'expand(template)': (self, template = '') => joinedAs(self, [expanded(self, replacementFor(self.pattern, template))]),
  '__copy__()': self => self,
  '__deepcopy__(memo, /)': self => self,
});

const kept = new Map<string, Pattern>();
function compile(given: Value, flags: Value = 0): Pattern {
  const p = plain(given),
    bits = integerOf(plain(flags));
  if (bits === undefined) return unknown('flags that are no int');
  if (p instanceof Pattern) {
    if (bits) throw raise('ValueError', 'cannot process flags argument with a compiled pattern');
    return p;
  }
  const text = typeof p === 'string' ? p : p instanceof Bytes && p.type.name === 'bytes' ? p.text : null;
  if (text === null) {
    if (!abilities(p).hash) throw raise('TypeError', `unhashable type: '${typeName(p)}'`);
    throw raise('TypeError', 'first argument must be string or compiled pattern');
  }
  const key = `${typeof p === 'string' ? 's' : 'b'}${bits} ${text}`;
  let made = kept.get(key);
  if (!made) kept.set(key, (made = new Pattern(PATTERN, p, text, Number(bits))));
  return made;
}

/** Places that a call names, within the text. */
function bounds(text: Text, pos: Value, endpos: Value): readonly [number, number] {
  const { length } = text.subject,
    end = endpos === ABSENT ? length : Math.max(0, Math.min(length, sizeOf(endpos)));
  return [Math.max(0, Math.min(length, sizeOf(pos))), end];
}
/** A size, however great. */
const sizeOf = (v: Value): number => {
  const n = integerOf(plain(v));
  return typeof n === 'bigint' ? (n < 0n ? 0 : Number.MAX_SAFE_INTEGER) : asSize(v);
};
function matched(p: Pattern, v: Value, how: 'match' | 'search' | 'fullmatch', pos: Value = 0, endpos: Value = ABSENT): Value {
  const text = p.textFrom(plain(v)),
    [from, end] = bounds(text, pos, endpos),
    spans = from > end ? null : p.find(text, { how, from, end, advance: false });
  return spans ? new Match(p, spans, text, from, end) : null;
}
function* all(p: Pattern, text: Text, pos: Value = 0, endpos: Value = ABSENT): Generator<Match> {
  const [start, end] = bounds(text, pos, endpos);
  let advance = false;
  for (let from = start; from <= end; ) {
    const spans = p.find(text, { how: 'search', from, end, advance });
    if (!spans) return;
    yield new Match(p, spans, text, start, end);
    // An empty match may be followed by one that is not, at the same place.
    const [begun = 0, done = 0] = spans.places;
    from = done;
    advance = begun === done;
  }
}
function shown(m: Match): Value {
  const empty = m.pattern.isBytes ? new Bytes(new Uint8Array()) : '',
    groups = m.groups(empty);
  return groups.length === 0 ? m.group(0) : groups.length === 1 ? (groups[0] ?? null) : new Tuple(groups);
}

/** Text or bytes as a replacement has them. */
const written = (v: Value): string | null => {
  const p = plain(v);
  if (typeof p === 'string') return p;
  const bytes = bytesOf(p);
  return bytes ? Buffer.from(bytes).toString('latin1') : null;
};
function replacementFor(pattern: Pattern, template: Value): Replacement {
  const text = written(template);
  if (text === null && !pattern.isBytes) throw raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(template)} found`);
  if (text === null || pattern.isBytes === (typeof plain(template) === 'string'))
    return unknown('a replacement of another kind than the pattern');
  return replacementOf(pattern, template, text);
}
const expanded = (m: Match, by: Replacement): string =>
  by.map(part => (typeof part === 'string' ? part : m.span(part)[0] < 0 ? '' : (written(m.group(part)) ?? ''))).join('');
const joinedAs = ({ pattern }: { readonly pattern: Pattern }, parts: readonly string[]): Value =>
  pattern.isBytes ? new Bytes(Uint8Array.from(Buffer.from(parts.join(''), 'latin1'))) : parts.join('');

function substitute(p: Pattern, by: Value, v: Value, most: Value): [Value, number] {
  const text = p.textFrom(plain(v)),
    limit = asSize(most),
    fixed = abilities(by).call ? null : replacementFor(p, by),
    parts: string[] = [];
  let at = 0,
    count = 0;
  const before = (end: number): void => {
    const part = written(p.cut(text, at, end)) ?? '';
    if (part) parts.push(part);
  };
  for (const m of all(p, text)) {
    if (limit > 0 && count >= limit) break;
    const [start, end] = m.span(0);
    before(start);
    at = end;
    count++;
    if (fixed) {
      parts.push(expanded(m, fixed));
      continue;
    }
    const told = plain(call(by, [m]));
    if (told === null) continue;
    const text = p.isBytes === (typeof told !== 'string') ? written(told) : null;
    if (text === null)
      throw raise(
        'TypeError',
        p.isBytes
          ? `sequence item ${parts.length}: expected a bytes-like object, ${typeName(told)} found`
          : `sequence item ${parts.length}: expected str instance, ${typeName(told)} found`,
      );
    parts.push(text);
  }
  before(text.subject.length);
  return [joinedAs({ pattern: p }, parts), count];
}
function split(p: Pattern, v: Value, most: Value): List {
  const text = p.textFrom(plain(v)),
    limit = asSize(most),
    out: Value[] = [];
  let at = 0,
    count = 0;
  for (const m of all(p, text)) {
    if (limit > 0 && count >= limit) break;
    const [start, end] = m.span(0);
    out.push(p.cut(text, at, start), ...m.groups(null));
    at = end;
    count++;
  }
  return new List([...out, p.cut(text, at, text.subject.length)]);
}
function iterator(p: Pattern, v: Value, pos: Value = 0, endpos: Value = ABSENT): IteratorObject {
  const walk = all(p, p.textFrom(plain(v)), pos, endpos);
  return new IteratorObject(
    {
      next() {
        const step = walk.next();
        return step.done ? undefined : step.value;
      },
    },
    CALLABLE_ITERATOR,
  );
}
const CALLABLE_ITERATOR: Type = nativeType<IteratorObject>('callable_iterator', {
  iterate: self => self,
  next: self => self.next(),
  hash: self => self,
});
const list = (p: Pattern, v: Value, pos: Value = 0, endpos: Value = ABSENT): List =>
  new List([...all(p, p.textFrom(plain(v)), pos, endpos)].map(shown));

methods<Pattern>(PATTERN, {
  'match(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => matched(p, s, 'match', from, to),
  'search(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => matched(p, s, 'search', from, to),
  'fullmatch(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => matched(p, s, 'fullmatch', from, to),
  'findall(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => list(p, s, from, to),
  'finditer(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => iterator(p, s, from, to),
  'sub(repl, string, count=0)': (p, by = '', s = '', count = 0) => substitute(p, by, s, count)[0],
  'subn(repl, string, count=0)': (p, by = '', s = '', count = 0) => new Tuple(substitute(p, by, s, count)),
  'split(string, maxsplit=0)': (p, s = '', most = 0) => split(p, s, most),
  '__copy__()': self => self,
  '__deepcopy__(memo, /)': self => self,
});

const SPECIAL = /[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g;
export const reModule = (): NativeModule =>
  nativeModule('re', {
    ...Object.fromEntries(Object.entries(FLAGS).map(([name, bits]) => [name, flag(bits)])),
    Pattern: PATTERN,
    Match: MATCH,
    error: RE_ERROR,
    compile: native('compile(pattern, flags=0)', (p = '', flags = 0) => compile(p, flags)),
    match: native('match(pattern, string, flags=0)', (p = '', s = '', flags = 0) => matched(compile(p, flags), s, 'match')),
    search: native('search(pattern, string, flags=0)', (p = '', s = '', flags = 0) => matched(compile(p, flags), s, 'search')),
    fullmatch: native('fullmatch(pattern, string, flags=0)', (p = '', s = '', flags = 0) => matched(compile(p, flags), s, 'fullmatch')),
    findall: native('findall(pattern, string, flags=0)', (p = '', s = '', flags = 0) => list(compile(p, flags), s)),
    finditer: native('finditer(pattern, string, flags=0)', (p = '', s = '', flags = 0) => iterator(compile(p, flags), s)),
    sub: native(
      'sub(pattern, repl, string, count=0, flags=0)',
      (p = '', by = '', s = '', count = 0, flags = 0) => substitute(compile(p, flags), by, s, count)[0],
    ),
    subn: native(
      'subn(pattern, repl, string, count=0, flags=0)',
      (p = '', by = '', s = '', count = 0, flags = 0) => new Tuple(substitute(compile(p, flags), by, s, count)),
    ),
    split: native('split(pattern, string, maxsplit=0, flags=0)', (p = '', s = '', most = 0, flags = 0) =>
      split(compile(p, flags), s, most),
    ),
    escape: native('escape(pattern)', (s = '') => {
      const text = written(s);
      if (text === null) return unknown('re.escape of what is no text');
      const out = text.replace(SPECIAL, '\\$&');
      return typeof plain(s) === 'string' ? out : new Bytes(Uint8Array.from(Buffer.from(out, 'latin1')));
    }),
    purge: native('purge()', () => null),
  });
