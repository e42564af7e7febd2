/** Regular expressions. A pattern is written anew in JavaScript's language; what the two do not share is unknown: see `re-pattern.ts`. */
import { call } from '../call.ts';
import { exceptionType, raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { meter } from '../meter.ts';
import { methods, native } from '../native.ts';
import { repr, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { Dict } from '../types/dict.ts';
import { IteratorObject } from '../types/iterator.ts';
import { List } from '../types/list.ts';
import { ABSENT } from '../types/singleton.ts';
import { Tuple } from '../types/tuple.ts';
import { Obj, type Value } from '../value.ts';
import { boundedMatch, mayTakeLong } from './bounded-match.ts';
import { translate } from './re-pattern.ts';

/** As Python numbers them. */
const FLAGS = {
  A: 256,
  ASCII: 256,
  I: 2,
  IGNORECASE: 2,
  M: 8,
  MULTILINE: 8,
  S: 16,
  DOTALL: 16,
  X: 64,
  VERBOSE: 64,
  U: 32,
  UNICODE: 32,
  L: 4,
  LOCALE: 4,
  DEBUG: 128,
  NOFLAG: 0,
};

/** Of a text as short as this each match ends soon. */
const SHORT = 16;

class Pattern extends Obj {
  readonly source: string;
  readonly flags: number;
  readonly regexp: RegExp;
  readonly names: readonly string[];
  readonly #mayTakeLong: boolean;
  constructor(source: string, flags: number) {
    super(PATTERN);
    this.source = source;
    const made = translate(source, {
      ignoreCase: (flags & 2) !== 0,
      multiline: (flags & 8) !== 0,
      dotAll: (flags & 16) !== 0,
      verbose: (flags & 64) !== 0,
      ascii: (flags & 256) !== 0,
    });
    this.flags = flags | made.flags | 32;
    this.names = made.names;
    this.#mayTakeLong = mayTakeLong(made.source);
    try {
      this.regexp = new RegExp(made.source, `dgu${made.ignoreCase ? 'i' : ''}`);
    } catch {
      unknown(`the regular expression ${repr(source)}`);
    }
  }
  /** Sticky: at this place alone. */
  exec(text: string, from: number, how: 'match' | 'search' | 'fullmatch'): RegExpExecArray | null {
    meter.step();
    const exec = (regexp: RegExp): RegExpExecArray | null =>
      this.#mayTakeLong && text.length - from > SHORT ? boundedMatch(regexp, text) : regexp.exec(text);
    if (how === 'search') {
      this.regexp.lastIndex = from;
      return exec(this.regexp);
    }
    const sticky = new RegExp(
      how === 'fullmatch' ? `(?:${this.regexp.source})(?![\\s\\S])` : this.regexp.source,
      `${this.regexp.flags.replace('g', '')}y`,
    );
    sticky.lastIndex = from;
    return exec(sticky);
  }
}
class Match extends Obj {
  readonly pattern: Pattern;
  readonly found: RegExpExecArray;
  readonly text: string;
  constructor(pattern: Pattern, found: RegExpExecArray, text: string) {
    super(MATCH);
    this.pattern = pattern;
    this.found = found;
    this.text = text;
  }
  place(key: Value): number {
    const p = plain(key),
      i = typeof p === 'string' ? this.pattern.names.indexOf(p) : typeof p === 'number' ? p : -1;
    if (i < 0 || i >= this.found.length || (typeof p === 'string' && !p)) throw raise('IndexError', 'no such group');
    return i;
  }
  group(key: Value): Value {
    return this.found[this.place(key)] ?? null;
  }
  span(key: Value): [number, number] {
    const span = this.found.indices?.[this.place(key)];
    return span ? [span[0], span[1]] : [-1, -1];
  }
}
const text = (v: Value): string => {
  const s = plain(v);
  if (typeof s === 'string') return s;
  if (typeName(v) === 'bytes') return unknown('regular expressions over bytes');
  throw raise('TypeError', `expected string or bytes-like object, got '${typeName(v)}'`);
};
const PATTERN: Type = nativeType<Pattern>(
  'Pattern',
  {
    repr: self => `re.compile(${repr(self.source)})`,
    hash: self => `\0p${self.flags}${self.source}`,
    compare: (self, operator, other) =>
      other instanceof Pattern && (operator === '==' || operator === '!=')
        ? (self.source === other.source && self.flags === other.flags) === (operator === '==')
        : undefined,
    attribute(self, name) {
      switch (name) {
        case 'pattern':
          return self.source;
        case 'flags':
          return self.flags;
        case 'groups':
          return self.names.length - 1;
        case 'groupindex': {
          const out = new Dict();
          self.names.forEach((n, i) => {
            if (n) out.set(n, i);
          });
          return out;
        }
        default:
          return undefined;
      }
    },
  },
  { module: 're' },
);
const MATCH: Type = nativeType<Match>(
  'Match',
  {
    hash: self => self,
    truth: () => true,
    repr: self => `<re.Match object; span=(${self.span(0).join(', ')}), match=${repr(self.found[0])}>`,
    item: (self, key) => self.group(key),
    attribute(self, name) {
      switch (name) {
        case 'string':
          return self.text;
        case 're':
          return self.pattern;
        case 'pos':
          return 0;
        case 'endpos':
          return self.text.length;
        case 'lastindex': {
          let last: Value = null;
          self.found.forEach((g, i) => {
            if (i && g !== undefined) last = i;
          });
          return last;
        }
        default:
          return undefined;
      }
    },
  },
  { module: 're' },
);
methods<Match>(MATCH, {
  'group(*keys)': (self, ...keys) => (keys.length > 1 ? new Tuple(keys.map(k => self.group(k))) : self.group(keys[0] ?? 0)),
  'groups(default=None)': (self, otherwise = null) => new Tuple(self.found.slice(1).map(g => g ?? otherwise)),
  'groupdict(default=None)': (self, otherwise = null) => {
    const out = new Dict();
    self.pattern.names.forEach((n, i) => {
      if (n) out.set(n, self.found[i] ?? otherwise);
    });
    return out;
  },
  'start(group=0, /)': (self, key = 0) => self.span(key)[0],
  'end(group=0, /)': (self, key = 0) => self.span(key)[1],
  'span(group=0, /)': (self, key = 0) => new Tuple(self.span(key)),
  'expand(template, /)': (self, template = '') => expand(self, text(template)),
});

const compiled = new Map<string, Pattern>();
function compile(pattern: Value, flags: Value = 0): Pattern {
  const p = plain(pattern),
    told = plain(flags);
  if (p instanceof Pattern) return p;
  const source = text(pattern),
    bits = typeof told === 'number' ? told : unknown('flags that are no int'),
    key = `${bits} ${source}`;
  let made = compiled.get(key);
  if (!made) compiled.set(key, (made = new Pattern(source, bits)));
  return made;
}
const matched = (p: Pattern, s: string, how: 'match' | 'search' | 'fullmatch', from = 0): Value => {
  const found = p.exec(s, from, how);
  return found ? new Match(p, found, s) : null;
};
function* all(p: Pattern, s: string): Generator<Match> {
  for (let from = 0; from <= s.length; ) {
    const found = p.exec(s, from, 'search');
    if (!found) return;
    yield new Match(p, found, s);
    // An empty match may be followed by one that is not, at the same place.
    const end = found.index + (found[0]?.length ?? 0);
    from = found[0] === '' ? end + ((s.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end;
  }
}
const shown = (m: Match): Value =>
  m.found.length === 1 ? (m.found[0] ?? '') : m.found.length === 2 ? (m.found[1] ?? '') : new Tuple(m.found.slice(1).map(g => g ?? ''));

/** `\1`, `\g<name>` and the usual escapes in a replacement. */
function expand(m: Match, template: string): string {
  return template.replace(
    /\\(?:g<(\w+)>|(\d{1,2})|([a-zA-Z])|([\s\S]))/g,
    (whole, name: string | undefined, digits: string | undefined, letter: string | undefined, other: string | undefined) => {
      const key = name ?? digits;
      if (key !== undefined) return String(m.group(/^\d+$/.test(key) ? Number(key) : key) ?? '');
      if (letter !== undefined)
        return { n: '\n', t: '\t', r: '\r', a: '\x07', f: '\f', v: '\v' }[letter] ?? unknown(`${whole} in a replacement`);
      return other === '\\' ? '\\' : whole;
    },
  );
}
function substitute(p: Pattern, by: Value, s: string, most: number): [string, number] {
  let out = '',
    at = 0,
    count = 0;
  const template = typeof plain(by) === 'string' ? text(by) : null;
  for (const m of all(p, s)) {
    if (most && count >= most) break;
    out += s.slice(at, m.found.index) + (template === null ? text(call(by, [m])) : expand(m, template));
    at = m.found.index + (m.found[0]?.length ?? 0);
    count++;
  }
  return [out + s.slice(at), count];
}
function split(p: Pattern, s: string, most: number): List {
  const out: Value[] = [];
  let at = 0,
    count = 0;
  for (const m of all(p, s)) {
    if (most && count >= most) break;
    out.push(s.slice(at, m.found.index), ...m.found.slice(1).map(g => g ?? null));
    at = m.found.index + (m.found[0]?.length ?? 0);
    count++;
  }
  return new List([...out, s.slice(at)]);
}
const number = (v: Value): number => Number(plain(v));
const iterator = (p: Pattern, s: string): IteratorObject => {
  const walk = all(p, s);
  return new IteratorObject({
    next() {
      const step = walk.next();
      return step.done ? undefined : step.value;
    },
  });
};
const end = (v: Value): void => {
  if (v !== ABSENT) unknown('a regular expression with an end position');
};

methods<Pattern>(PATTERN, {
  'match(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => (end(to), matched(p, text(s), 'match', number(from))),
  'search(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => (end(to), matched(p, text(s), 'search', number(from))),
  'fullmatch(string, pos=0, endpos=?)': (p, s = '', from = 0, to = ABSENT) => (end(to), matched(p, text(s), 'fullmatch', number(from))),
  'findall(string)': (p, s = '') => new List([...all(p, text(s))].map(shown)),
  'finditer(string)': (p, s = '') => iterator(p, text(s)),
  'sub(repl, string, count=0)': (p, by = '', s = '', count = 0) => substitute(p, by, text(s), number(count))[0],
  'subn(repl, string, count=0)': (p, by = '', s = '', count = 0) => new Tuple(substitute(p, by, text(s), number(count))),
  'split(string, maxsplit=0)': (p, s = '', most = 0) => split(p, text(s), number(most)),
});

export const reModule = (): NativeModule =>
  nativeModule('re', {
    ...FLAGS,
    Pattern: PATTERN,
    Match: MATCH,
    error: exceptionType('ValueError'),
    compile: native('compile(pattern, flags=0)', (p = '', flags = 0) => compile(p, flags)),
    match: native('match(pattern, string, flags=0)', (p = '', s = '', flags = 0) => matched(compile(p, flags), text(s), 'match')),
    search: native('search(pattern, string, flags=0)', (p = '', s = '', flags = 0) => matched(compile(p, flags), text(s), 'search')),
    fullmatch: native('fullmatch(pattern, string, flags=0)', (p = '', s = '', flags = 0) =>
      matched(compile(p, flags), text(s), 'fullmatch'),
    ),
    findall: native(
      'findall(pattern, string, flags=0)',
      (p = '', s = '', flags = 0) => new List([...all(compile(p, flags), text(s))].map(shown)),
    ),
    finditer: native('finditer(pattern, string, flags=0)', (p = '', s = '', flags = 0) => iterator(compile(p, flags), text(s))),
    sub: native(
      'sub(pattern, repl, string, count=0, flags=0)',
      (p = '', by = '', s = '', count = 0, flags = 0) => substitute(compile(p, flags), by, text(s), number(count))[0],
    ),
    subn: native(
      'subn(pattern, repl, string, count=0, flags=0)',
      (p = '', by = '', s = '', count = 0, flags = 0) => new Tuple(substitute(compile(p, flags), by, text(s), number(count))),
    ),
    split: native('split(pattern, string, maxsplit=0, flags=0)', (p = '', s = '', most = 0, flags = 0) =>
      split(compile(p, flags), text(s), number(most)),
    ),
    escape: native('escape(pattern)', (s = '') =>
      text(s).replace(
        /[\\.^$*+?{}[\]|()\-&~#\s]/g,
        c => ({ '\n': '\\\n', '\t': '\\\t', '\r': '\\\r', '\v': '\\\v', '\f': '\\\f' })[c] ?? `\\${c}`,
      ),
    ),
    purge: native('purge()', () => null),
  });
