/** Reads a regular expression as Python 3.11 does, with its complaints. */
import { unknown } from '../../stop.ts';
import { type ClassItem, FLAG, type Kind, type Node, type Parsed, widthOf } from './nodes.ts';

/** A pattern that is none; `at`: where. */
export class PatternError extends Error {
  readonly at: number | null;
  constructor(message: string, at: number | null) {
    super(message);
    this.at = at;
  }
}

const INLINE: Readonly<Record<string, number>> = {
  i: FLAG.ignoreCase,
  L: FLAG.locale,
  m: FLAG.multiline,
  s: FLAG.dotAll,
  x: FLAG.verbose,
  a: FLAG.ascii,
  t: FLAG.template,
  u: FLAG.unicode,
};
const TYPES = FLAG.ascii | FLAG.locale | FLAG.unicode;
const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const isDigit = (c: string | undefined): c is string => c !== undefined && c >= '0' && c <= '9';
const isOctal = (c: string | undefined): c is string => c !== undefined && c >= '0' && c <= '7';
const isLetter = (c: string): boolean => /[A-Za-z]/.test(c);
/** Whether a text is a name, and how Python shows it where it is none. */
const quoted = (text: string): string =>
  text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
const isName = (text: string): boolean => /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(text);

export function parsePattern(source: string, flags: number, isBytes: boolean): Parsed {
  return new Parser(source, flags, isBytes).whole();
}

/** A global flag inside the pattern that changes how it is to be read. */
class Again extends Error {}

class Parser {
  readonly #text: readonly string[];
  readonly #bytes: boolean;
  #at = 0;
  #flags: number;
  readonly #implied: boolean;
  #groups = 0;
  readonly #names = new Map<string, number>();
  readonly #widths = new Map<number, readonly [number, number]>();
  readonly #open = new Set<number>();
  /** Inside of a look-behind: groups that were opened in it. */
  #behind: number | null = null;
  readonly #checks: [number, number][] = [];

  constructor(source: string, flags: number, isBytes: boolean) {
    this.#text = [...source];
    // A text is one of Unicode's, unless something says otherwise.
    this.#implied = !isBytes && !(flags & (FLAG.ascii | FLAG.unicode));
    this.#flags = this.#implied ? flags | FLAG.unicode : flags;
    this.#bytes = isBytes;
  }

  whole(): Parsed {
    const given = this.#flags;
    try {
      return this.#read();
    } catch (e) {
      if (!(e instanceof Again)) throw e;
      // Verbose from within: the beginning is read anew.
      const again = new Parser(this.#text.join(''), given | FLAG.verbose, this.#bytes);
      return again.#read();
    }
  }
  #read(): Parsed {
    const node = this.#alternatives(this.#flags, 0);
    if (this.#at < this.#text.length) {
      throw new PatternError('unbalanced parenthesis', this.#at);
    }
    for (const [group, at] of this.#checks) if (group > this.#groups) throw new PatternError(`invalid group reference ${group}`, at);
    return { node, flags: this.#fixed(), groups: this.#groups, names: this.#names };
  }
  #fixed(): number {
    return this.#implied && this.#flags & FLAG.ascii ? this.#flags & ~FLAG.unicode : this.#flags;
  }

  #peek(ahead = 0): string | undefined {
    return this.#text[this.#at + ahead];
  }
  #take(c: string): boolean {
    if (this.#text[this.#at] !== c) return false;
    this.#at++;
    return true;
  }
  #fail(message: string, at = this.#at): never {
    throw new PatternError(message, Math.min(at, this.#text.length));
  }

  #alternatives(flags: number, depth: number): Node {
    const items = [this.#sequence(flags, depth)];
    while (this.#take('|')) items.push(this.#sequence(flags, depth, true));
    const [only] = items;
    return items.length === 1 && only ? only : { op: 'branch', items };
  }

  #sequence(given: number, depth: number, later = false): Node {
    const items: Node[] = [];
    const first = depth === 0 && !later;
    for (;;) {
      const flags = depth === 0 ? given | (this.#flags & ~TYPES) | (this.#flags & FLAG.ascii) : given,
        c = this.#peek();
      if (c === undefined || c === '|' || c === ')') break;
      const start = this.#at;
      if (flags & FLAG.verbose) {
        if (/[ \t\n\r\v\f]/.test(c)) {
          this.#at++;
          continue;
        }
        if (c === '#') {
          while (this.#at < this.#text.length && this.#text[this.#at++] !== '\n');
          continue;
        }
      }
      if (c === '*' || c === '+' || c === '?' || (c === '{' && this.#isRepeat())) {
        this.#repeat(items, start);
        continue;
      }
      this.#at++;
      if (c === '\\') items.push(this.#escape(flags, start));
      else if (c === '[') items.push(this.#set(flags, start));
      else if (c === '.') items.push({ op: 'any', flags });
      else if (c === '(') {
        const group = this.#group(flags, depth, start, first && items.length === 0);
        if (group) items.push(group);
      } else if (c === '^' || c === '$') items.push({ op: 'place', what: c, flags });
      else items.push({ op: 'character', code: c.codePointAt(0) ?? 0, flags });
    }
    const [only] = items;
    return items.length === 1 && only ? only : { op: 'sequence', items };
  }

  /** `{` is one only where a count follows. */
  #isRepeat(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 30).join('');
    return /^\{(?:\d+(?:,\d*)?|,\d*)\}/.test(rest) || /^\{\d{20,}/.test(rest);
  }
  #repeat(items: Node[], start: number): void {
    const c = this.#text[this.#at++];
    let least = 0,
      most = Infinity;
    if (c === '?') most = 1;
    else if (c === '+') least = 1;
    else if (c === '{') {
      let low = '',
        high = '';
      while (isDigit(this.#peek())) low += this.#text[this.#at++];
      if (this.#take(',')) while (isDigit(this.#peek())) high += this.#text[this.#at++];
      else high = low;
      this.#at++;
      if (low) least = Number(low);
      if (high) {
        most = Number(high);
        if (most < least) this.#fail('min repeat greater than max repeat', start + 1);
      }
    }
    const body = items.pop();
    if (!body || isPlace(body)) this.#fail('nothing to repeat', start);
    if (body.op === 'repeat') this.#fail('multiple repeat', start);
    const how = this.#take('?') ? 'lazy' : this.#take('+') ? 'possessive' : 'greedy';
    items.push({ op: 'repeat', least, most, how, body });
  }

  #escape(flags: number, start: number): Node {
    const c = this.#text[this.#at++];
    if (c === undefined) this.#fail('bad escape (end of pattern)', start);
    if (c === 'A' || c === 'Z' || c === 'b' || c === 'B') return { op: 'place', what: c, flags };
    const kind = kindOf(c);
    if (kind) return { op: 'class', items: [kind], negated: false, flags };
    if (isDigit(c) && c !== '0') {
      let digits = c;
      if (isDigit(this.#peek())) {
        // Three octal digits are a character.
        const second = this.#peek(),
          third = this.#peek(1);
        if (isOctal(c) && isOctal(second) && isOctal(third)) {
          this.#at += 2;
          const code = Number.parseInt(c + second + third, 8);
          if (code > 0o377) this.#fail(`octal escape value \\${c}${second}${third} outside of range 0-0o377`, start);
          return { op: 'character', code, flags };
        }
        digits += second;
        this.#at++;
      }
      const group = Number(digits);
      if (group > this.#groups) this.#fail(`invalid group reference ${group}`, start + 1);
      this.#closed(group, start);
      return { op: 'reference', index: group, flags };
    }
    return { op: 'character', code: this.#character(c, start), flags };
  }
  #closed(group: number, at: number): void {
    if (this.#open.has(group)) this.#fail('cannot refer to an open group', at);
    if (this.#behind !== null && group > this.#behind) this.#fail('cannot refer to group defined in the same lookbehind subpattern', at);
  }
  /** Behind a backslash, in and outside of a set. */
  #character(c: string, start: number): number {
    const hex = (size: number): number => {
      let digits = '';
      while (digits.length < size && /[0-9a-fA-F]/.test(this.#peek() ?? '')) digits += this.#text[this.#at++];
      if (digits.length !== size) this.#fail(`incomplete escape \\${c}${digits}`, start);
      return Number.parseInt(digits, 16);
    };
    if (c === 'x') return hex(2);
    if (c === 'u' && !this.#bytes) return hex(4);
    if (c === 'U' && !this.#bytes) {
      const code = hex(8);
      if (code > 0x10ffff) this.#fail(`bad escape \\U${this.#text.slice(start + 2, this.#at).join('')}`, start);
      return code;
    }
    if (c === '0') {
      let digits = c;
      while (digits.length < 3 && isOctal(this.#peek())) digits += this.#text[this.#at++];
      return Number.parseInt(digits, 8);
    }
    if (c === 'N' && !this.#bytes) {
      if (this.#peek() !== '{') this.#fail('missing {');
      unknown('a character by its name');
    }
    const known = ESCAPES[c];
    if (known !== undefined) return known;
    if (/[A-Za-z0-9]/.test(c)) this.#fail(`bad escape \\${c}`, start);
    return c.codePointAt(0) ?? 0;
  }

  #set(flags: number, start: number): Node {
    const items: ClassItem[] = [],
      negated = this.#take('^'),
      first = this.#at;
    for (;;) {
      const from = this.#at,
        c = this.#text[this.#at++];
      if (c === undefined) this.#fail('unterminated character set', start);
      if (c === ']' && from !== first) break;
      const low = this.#member(c, from);
      if (!this.#take('-')) {
        items.push(low);
        continue;
      }
      const end = this.#at,
        d = this.#text[this.#at++];
      if (d === undefined) this.#fail('unterminated character set', start);
      if (d === ']') {
        items.push(low, { low: 45, high: 45 });
        break;
      }
      const high = this.#member(d, end);
      const shown = `${this.#text.slice(from, end - 1).join('')}-${this.#text.slice(end, this.#at).join('')}`;
      if ('kind' in low || 'kind' in high || high.low < low.low) this.#fail(`bad character range ${shown}`, from);
      items.push({ low: low.low, high: high.high });
    }
    const [only] = items;
    if (items.length === 1 && only && 'low' in only && only.low === only.high && !negated)
      return { op: 'character', code: only.low, flags };
    return { op: 'class', items, negated, flags };
  }
  #member(c: string, start: number): ClassItem {
    if (c !== '\\') return { low: c.codePointAt(0) ?? 0, high: c.codePointAt(0) ?? 0 };
    const d = this.#text[this.#at++];
    if (d === undefined) this.#fail('bad escape (end of pattern)', start);
    const kind = kindOf(d);
    if (kind) return kind;
    if (isOctal(d)) {
      let digits = d;
      while (digits.length < 3 && isOctal(this.#peek())) digits += this.#text[this.#at++];
      const code = Number.parseInt(digits, 8);
      if (code > 0o377) this.#fail(`octal escape value \\${digits} outside of range 0-0o377`, start);
      return { low: code, high: code };
    }
    const code = this.#character(d, start);
    return { low: code, high: code };
  }

  #name(end: string, what = 'group name'): string {
    const start = this.#at;
    let out = '';
    for (;;) {
      const c = this.#text[this.#at++];
      if (c === undefined) {
        if (!out) this.#fail(`missing ${what}`, start);
        this.#fail(`missing ${end}, unterminated name`, start);
      }
      if (c === end) {
        if (!out) this.#fail(`missing ${what}`, start);
        return out;
      }
      out += c;
    }
  }
  #checkName(name: string, at: number): void {
    if (!isName(name) || (this.#bytes && /[^\0-\x7f]/.test(name)))
      this.#fail(`bad character in group name ${this.#bytes ? 'b' : ''}${quoted(name)}`, at);
  }

  #group(flags: number, depth: number, start: number, first: boolean): Node | null {
    let capture: number | null = null,
      name: string | null = null,
      captures = true,
      inner = flags,
      atomic = false;
    const nameAt = this.#at;
    if (this.#take('?')) {
      const c = this.#text[this.#at++];
      if (c === undefined) this.#fail('unexpected end of pattern');
      if (c === 'P') {
        if (this.#take('<')) {
          const at = this.#at;
          name = this.#name('>');
          this.#checkName(name, at);
        } else if (this.#take('=')) {
          const at = this.#at,
            told = this.#name(')');
          this.#checkName(told, at);
          const group = this.#names.get(told);
          if (group === undefined) this.#fail(`unknown group name ${this.#bytes ? 'b' : ''}${quoted(told)}`, at);
          this.#closed(group, at);
          return { op: 'reference', index: group, flags };
        } else {
          const d = this.#text[this.#at++];
          if (d === undefined) this.#fail('unexpected end of pattern');
          this.#fail(`unknown extension ?P${d}`, nameAt);
        }
      } else if (c === ':') captures = false;
      else if (c === '#') {
        for (;;) {
          const d = this.#text[this.#at++];
          if (d === undefined) this.#fail('missing ), unterminated comment', start);
          if (d === ')') return null;
        }
      } else if (c === '=' || c === '!' || c === '<') return this.#look(c, flags, depth, start, nameAt);
      else if (c === '(') return this.#conditional(flags, depth, start);
      else if (c === '>') {
        captures = false;
        atomic = true;
      } else if (c in INLINE || c === '-') {
        const told = this.#inline(c, first, start);
        if (!told) return null;
        captures = false;
        inner = (flags | told.add) & ~told.remove;
        if (told.add & TYPES) inner = (inner & ~TYPES) | (told.add & TYPES);
      } else this.#fail(`unknown extension ?${c}`, nameAt);
    }
    if (captures) {
      capture = ++this.#groups;
      if (name !== null) {
        const before = this.#names.get(name);
        if (before !== undefined)
          this.#fail(`redefinition of group name ${quoted(name)} as group ${capture}; was group ${before}`, nameAt + 3);
        this.#names.set(name, capture);
      }
      this.#open.add(capture);
    }
    const body = this.#alternatives(inner, depth + 1);
    if (!this.#take(')')) this.#fail('missing ), unterminated subpattern', start);
    if (capture !== null) {
      this.#open.delete(capture);
      this.#widths.set(capture, widthOf(body, this.#widths));
    }
    return atomic ? { op: 'atomic', body } : { op: 'group', index: capture, body };
  }

  #look(c: string, flags: number, depth: number, start: number, at: number): Node {
    let kind = c,
      behind = false;
    const outer = this.#behind;
    if (c === '<') {
      const d = this.#text[this.#at++];
      if (d === undefined) this.#fail('unexpected end of pattern');
      if (d !== '=' && d !== '!') this.#fail(`unknown extension ?<${d}`, at);
      kind = d;
      behind = true;
      this.#behind ??= this.#groups;
    }
    const body = this.#alternatives(flags, depth + 1);
    if (!this.#take(')')) this.#fail('missing ), unterminated subpattern', start);
    this.#behind = outer;
    const [low, high] = widthOf(body, this.#widths);
    if (behind && low !== high) throw new PatternError('look-behind requires fixed-width pattern', null);
    return { op: 'look', behind: behind ? low : null, negated: kind === '!', body };
  }

  #conditional(flags: number, depth: number, start: number): Node {
    const at = this.#at,
      told = this.#name(')');
    let group: number;
    if (isName(told)) {
      this.#checkName(told, at);
      const known = this.#names.get(told);
      if (known === undefined) this.#fail(`unknown group name ${this.#bytes ? 'b' : ''}${quoted(told)}`, at);
      group = known;
    } else {
      if (!/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(told)) this.#fail(`bad character in group name ${this.#bytes ? 'b' : ''}${quoted(told)}`, at);
      group = Number(told.replace(/_/g, ''));
      if (group < 0) this.#fail(`bad character in group name ${this.#bytes ? 'b' : ''}${quoted(told)}`, at);
      if (!group) this.#fail('bad group number', at);
      this.#checks.push([group, at]);
    }
    if (this.#behind !== null && group > this.#behind) this.#fail('cannot refer to group defined in the same lookbehind subpattern', at);
    const yes = this.#sequence(flags, depth + 1),
      no: Node = this.#take('|') ? this.#sequence(flags, depth + 1) : { op: 'sequence', items: [] };
    if (this.#peek() === '|') this.#fail('conditional backref with more than two branches');
    if (!this.#take(')')) this.#fail('missing ), unterminated subpattern', start);
    return { op: 'choice', index: group, yes, no };
  }

  /** `(?i)`: null; `(?i-s:`: what is changed inside. */
  #inline(firstLetter: string, first: boolean, start: number): { add: number; remove: number } | null {
    let add = 0,
      remove = 0,
      c: string | undefined = firstLetter;
    if (c !== '-') {
      for (;;) {
        const flag: number = INLINE[c ?? ''] ?? 0;
        if (this.#bytes && c === 'u') this.#fail("bad inline flags: cannot use 'u' flag with a bytes pattern");
        if (!this.#bytes && c === 'L') this.#fail("bad inline flags: cannot use 'L' flag with a str pattern");
        add |= flag;
        if (flag & TYPES && (add & TYPES) !== flag) this.#fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
        c = this.#text[this.#at++];
        if (c === undefined) this.#fail('missing -, : or )');
        if (c === ')' || c === '-' || c === ':') break;
        if (!(c in INLINE)) this.#fail(isLetter(c) ? 'unknown flag' : 'missing -, : or )', this.#at - 1);
      }
    }
    if (c === ')') {
      if (!first) this.#fail('global flags not at the start of the expression', start);
      const verbose = add & FLAG.verbose && !(this.#flags & FLAG.verbose);
      this.#flags |= add;
      if (verbose) throw new Again();
      return null;
    }
    if (add & (FLAG.debug | FLAG.template)) this.#fail('bad inline flags: cannot turn on global flag', this.#at - 1);
    if (c === '-') {
      c = this.#text[this.#at++];
      if (c === undefined) this.#fail('missing flag');
      if (!(c in INLINE)) this.#fail(isLetter(c) ? 'unknown flag' : 'missing flag', this.#at - 1);
      for (;;) {
        const flag: number = INLINE[c ?? ''] ?? 0;
        if (flag & TYPES) this.#fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
        remove |= flag;
        c = this.#text[this.#at++];
        if (c === undefined) this.#fail('missing :');
        if (c === ':') break;
        if (!(c in INLINE)) this.#fail(isLetter(c) ? 'unknown flag' : 'missing :', this.#at - 1);
      }
    }
    if (remove & (FLAG.debug | FLAG.template)) this.#fail('bad inline flags: cannot turn off global flag', this.#at - 1);
    if (add & remove) this.#fail('bad inline flags: flag turned on and off', this.#at - 1);
    return { add, remove };
  }
}

const isPlace = (node: Node): boolean => node.op === 'place';
function kindOf(c: string): ClassItem | null {
  const kind = c.toLowerCase();
  return kind === 'd' || kind === 'w' || kind === 's' ? { kind: kind as Kind, negated: c !== kind } : null;
}
