/** Reads a regular expression as Python 3.11 does, with its complaints. */
import { quoted } from '../../types/str.ts';
import { badName, checkName, groupNumber, isName, readName, unknownName } from './group-names.ts';
import { beginsFlags, readFlags, TYPES } from './inline-flags.ts';
import { FLAG, type Node, type Parsed, widthOf } from './nodes.ts';
import { isDigit, isOctal, PatternError, PatternText } from './pattern-text.ts';
import { kindOf, octal, readCharacter, readSet } from './read-characters.ts';

export function parsePattern(source: string, flags: number, isBytes: boolean): Parsed {
  return new Parser(source, flags, isBytes).whole();
}

/** A global flag inside the pattern that changes how it is to be read. */
class Again extends Error {}

class Parser {
  readonly #text: PatternText;
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
    this.#text = new PatternText(source, isBytes);
    // A text is one of Unicode's, unless something says otherwise.
    this.#implied = !isBytes && !(flags & (FLAG.ascii | FLAG.unicode));
    this.#flags = this.#implied ? flags | FLAG.unicode : flags;
  }

  whole(): Parsed {
    const given = this.#flags;
    try {
      return this.#read();
    } catch (e) {
      if (!(e instanceof Again)) throw e;
      // Verbose from within: the beginning is read anew.
      const again = new Parser(this.#text.characters.join(''), given | FLAG.verbose, this.#text.isBytes);
      return again.#read();
    }
  }
  #read(): Parsed {
    const node = this.#alternatives(this.#flags, 0);
    if (this.#text.peek() !== undefined) this.#text.fail('unbalanced parenthesis');
    for (const [group, at] of this.#checks) if (group > this.#groups) throw new PatternError(`invalid group reference ${group}`, at);
    return { node, flags: this.#fixed(), groups: this.#groups, names: this.#names };
  }
  #fixed(): number {
    return this.#implied && this.#flags & FLAG.ascii ? this.#flags & ~FLAG.unicode : this.#flags;
  }

  #alternatives(flags: number, depth: number): Node {
    const items = [this.#sequence(flags, depth)];
    while (this.#text.take('|')) items.push(this.#sequence(flags, depth, true));
    const [only] = items;
    return items.length === 1 && only ? only : { op: 'branch', items };
  }

  #sequence(given: number, depth: number, later = false): Node {
    const items: Node[] = [];
    const first = depth === 0 && !later;
    for (;;) {
      const flags = depth === 0 ? given | (this.#flags & ~TYPES) | (this.#flags & FLAG.ascii) : given,
        c = this.#text.peek();
      if (c === undefined || c === '|' || c === ')') break;
      const start = this.#text.at;
      if (flags & FLAG.verbose) {
        if (/[ \t\n\r\v\f]/.test(c)) {
          this.#text.at++;
          continue;
        }
        if (c === '#') {
          this.#text.takeWhile(d => d !== '\n');
          continue;
        }
      }
      if (c === '*' || c === '+' || c === '?' || (c === '{' && this.#isRepeat())) {
        this.#repeat(items, start);
        continue;
      }
      this.#text.at++;
      if (c === '\\') items.push(this.#escape(flags, start));
      else if (c === '[') items.push(readSet(this.#text, flags, start));
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
    const rest = this.#text.slice(this.#text.at, this.#text.at + 30);
    return /^\{(?:\d+(?:,\d*)?|,\d*)\}/.test(rest) || /^\{\d{20,}/.test(rest);
  }
  #repeat(items: Node[], start: number): void {
    const c = this.#text.next();
    let least = 0,
      most = Infinity;
    if (c === '?') most = 1;
    else if (c === '+') least = 1;
    else if (c === '{') {
      const low = this.#text.takeWhile(isDigit),
        high = this.#text.take(',') ? this.#text.takeWhile(isDigit) : low;
      this.#text.at++;
      if (low) least = Number(low);
      if (high) {
        most = Number(high);
        if (most < least) this.#text.fail('min repeat greater than max repeat', start + 1);
      }
    }
    const body = items.pop();
    if (!body || isPlace(body)) this.#text.fail('nothing to repeat', start);
    if (body.op === 'repeat') this.#text.fail('multiple repeat', start);
    const how = this.#text.take('?') ? 'lazy' : this.#text.take('+') ? 'possessive' : 'greedy';
    items.push({ op: 'repeat', least, most, how, body });
  }

  #escape(flags: number, start: number): Node {
    const c = this.#text.next();
    if (c === undefined) this.#text.fail('bad escape (end of pattern)', start);
    if (c === 'A' || c === 'Z' || c === 'b' || c === 'B') return { op: 'place', what: c, flags };
    const kind = kindOf(c);
    if (kind) return { op: 'class', items: [kind], negated: false, flags };
    if (isDigit(c) && c !== '0') {
      let digits = c;
      if (isDigit(this.#text.peek())) {
        // Three octal digits are a character.
        const second = this.#text.peek(),
          third = this.#text.peek(1);
        if (isOctal(c) && isOctal(second) && isOctal(third)) {
          this.#text.at += 2;
          return { op: 'character', code: octal(this.#text, c + second + third, start), flags };
        }
        digits += second;
        this.#text.at++;
      }
      const group = Number(digits);
      if (group > this.#groups) this.#text.fail(`invalid group reference ${group}`, start + 1);
      this.#closed(group, start);
      return { op: 'reference', index: group, flags };
    }
    return { op: 'character', code: readCharacter(this.#text, c, start), flags };
  }
  #closed(group: number, at: number): void {
    if (this.#open.has(group)) this.#text.fail('cannot refer to an open group', at);
    if (this.#behind !== null && group > this.#behind)
      this.#text.fail('cannot refer to group defined in the same lookbehind subpattern', at);
  }
  #named(name: string, at: number): number {
    checkName(this.#text, name, at);
    return this.#names.get(name) ?? this.#text.fail(unknownName(name), at);
  }
  #group(flags: number, depth: number, start: number, first: boolean): Node | null {
    let capture: number | null = null,
      name: string | null = null,
      captures = true,
      inner = flags,
      atomic = false;
    const nameAt = this.#text.at;
    if (this.#text.take('?')) {
      const c = this.#text.next();
      if (c === undefined) this.#text.fail('unexpected end of pattern');
      if (c === 'P') {
        if (this.#text.take('<')) {
          const at = this.#text.at;
          name = readName(this.#text, '>');
          checkName(this.#text, name, at);
        } else if (this.#text.take('=')) {
          const at = this.#text.at,
            group = this.#named(readName(this.#text, ')'), at);
          this.#closed(group, at);
          return { op: 'reference', index: group, flags };
        } else {
          const d = this.#text.next();
          if (d === undefined) this.#text.fail('unexpected end of pattern');
          this.#text.fail(`unknown extension ?P${d}`, nameAt);
        }
      } else if (c === ':') captures = false;
      else if (c === '#') {
        for (;;) {
          const d = this.#text.next();
          if (d === undefined) this.#text.fail('missing ), unterminated comment', start);
          if (d === ')') return null;
        }
      } else if (c === '=' || c === '!' || c === '<') return this.#look(c, flags, depth, start, nameAt);
      else if (c === '(') return this.#conditional(flags, depth, start);
      else if (c === '>') {
        captures = false;
        atomic = true;
      } else if (beginsFlags(c)) {
        const told = readFlags(this.#text, c);
        if (told.isGlobal) {
          if (!first) this.#text.fail('global flags not at the start of the expression', start);
          const verbose = told.add & FLAG.verbose && !(this.#flags & FLAG.verbose);
          this.#flags |= told.add;
          if (verbose) throw new Again();
          return null;
        }
        captures = false;
        inner = (flags | told.add) & ~told.remove;
        if (told.add & TYPES) inner = (inner & ~TYPES) | (told.add & TYPES);
      } else this.#text.fail(`unknown extension ?${c}`, nameAt);
    }
    if (captures) {
      capture = ++this.#groups;
      if (name !== null) {
        const before = this.#names.get(name);
        if (before !== undefined)
          this.#text.fail(`redefinition of group name ${quoted(name)} as group ${capture}; was group ${before}`, nameAt + 3);
        this.#names.set(name, capture);
      }
      this.#open.add(capture);
    }
    const body = this.#alternatives(inner, depth + 1);
    if (!this.#text.take(')')) this.#text.fail('missing ), unterminated subpattern', start);
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
      const d = this.#text.next();
      if (d === undefined) this.#text.fail('unexpected end of pattern');
      if (d !== '=' && d !== '!') this.#text.fail(`unknown extension ?<${d}`, at);
      kind = d;
      behind = true;
      this.#behind ??= this.#groups;
    }
    const body = this.#alternatives(flags, depth + 1);
    if (!this.#text.take(')')) this.#text.fail('missing ), unterminated subpattern', start);
    this.#behind = outer;
    const [low, high] = widthOf(body, this.#widths);
    if (behind && low !== high) throw new PatternError('look-behind requires fixed-width pattern', null);
    return { op: 'look', behind: behind ? low : null, negated: kind === '!', body };
  }

  #conditional(flags: number, depth: number, start: number): Node {
    const at = this.#text.at,
      told = readName(this.#text, ')');
    let group: number;
    if (isName(told)) group = this.#named(told, at);
    else {
      group = groupNumber(told);
      if (group < 0) badName(this.#text, told, at);
      if (!group) this.#text.fail('bad group number', at);
      this.#checks.push([group, at]);
    }
    if (this.#behind !== null && group > this.#behind)
      this.#text.fail('cannot refer to group defined in the same lookbehind subpattern', at);
    const yes = this.#sequence(flags, depth + 1),
      no: Node = this.#text.take('|') ? this.#sequence(flags, depth + 1) : { op: 'sequence', items: [] };
    if (this.#text.peek() === '|') this.#text.fail('conditional backref with more than two branches');
    if (!this.#text.take(')')) this.#text.fail('missing ), unterminated subpattern', start);
    return { op: 'choice', index: group, yes, no };
  }
}

const isPlace = (node: Node): boolean => node.op === 'place';
