/** Python's regular expressions in JavaScript's language (with its `u` flag). What only one of them has is unknown, never a wrong match. */
import { raise } from '../exception.ts';
import { unknown } from '../stop.ts';

export interface PatternFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}
export interface Translated {
  readonly source: string;
  readonly ignoreCase: boolean;
  readonly flags: number /** By number of group; '' where it has none. */;
  readonly names: readonly string[];
}

const START = '(?<![\\s\\S])',
  END = '(?![\\s\\S])';
const INLINE: Readonly<Record<string, [keyof PatternFlags | null, number]>> = {
  i: ['ignoreCase', 2],
  m: ['multiline', 8],
  s: ['dotAll', 16],
  x: ['verbose', 64],
  a: ['ascii', 256],
  u: [null, 32],
};

export function translate(pattern: string, told: PatternFlags): Translated {
  const flags = { ...told },
    names = [''];
  let at = 0,
    bits = 0;
  const inline = /^\(\?([imsxau]+)\)/.exec(pattern);
  for (const letter of inline?.[1] ?? '') {
    const [flag, bit] = INLINE[letter] ?? [null, 0];
    if (flag) flags[flag] = true;
    bits |= bit;
  }
  at = inline?.[0].length ?? 0;
  const classes = letterClasses(flags.ascii),
    word = `[${classes.w}]`;
  const refuse = (what: string): never => {
    throw raise('ValueError', what);
  };

  /** An escape; `inside` a class. */
  const escaped = (inside: boolean): string => {
    const c = pattern[at++];
    if (c === undefined) return refuse(`bad escape (end of pattern) at position ${at - 1}`);
    if ('wsd'.includes(c)) return inside ? (classes[c] ?? '') : `[${classes[c] ?? ''}]`;
    if ('WSD'.includes(c))
      return inside ? unknown(`\\${c} inside a class of a regular expression`) : `[^${classes[c.toLowerCase()] ?? ''}]`;
    if (c === 'b' && inside) return '\\u{8}';
    if (c === 'b') return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
    if (c === 'B' && !inside) return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
    if (c === 'A' && !inside) return START;
    if (c === 'Z' && !inside) return END;
    if ('nrtfv'.includes(c)) return `\\${c}`;
    if (c === 'a') return '\\u{7}';
    const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(pattern.slice(at - 1));
    if (code) {
      at += code[0].length - 1;
      return `\\u{${code[1] ?? code[2] ?? code[3] ?? ''}}`;
    }
    if (/[1-9]/.test(c) && !inside) {
      const digits = /^\d{1,2}/.exec(pattern.slice(at - 1))?.[0] ?? c;
      at += digits.length - 1;
      return `(?:\\${digits})`;
    }
    if (c === '0') return '\\u{0}';
    return /[a-zA-Z]/.test(c) ? refuse(`bad escape \\${c} at position ${at - 2}`) : literal(c);
  };
  const characterClass = (): string => {
    let out = '[';
    if (pattern[at] === '^') {
      out += '^';
      at++;
    }
    for (let first = true; ; first = false) {
      const c = pattern[at++];
      if (c === undefined) return refuse('unterminated character set at position 0');
      if (c === ']' && !first) return `${out}]`;
      if (c === '\\') out += escaped(true);
      else if (c === '-') out += pattern[at] === ']' || first || out === '[^' ? '\\-' : '-';
      else {
        if ((c === '[' && pattern[at] === ':') || (/[-&~|]/.test(c) && pattern[at] === c)) unknown('sets of sets in a regular expression');
        const whole = String.fromCodePoint(pattern.codePointAt(at - 1) ?? 0);
        at += whole.length - 1;
        out += literal(whole);
      }
    }
  };
  const group = (): string => {
    if (pattern[at] !== '?') {
      names.push('');
      return '(';
    }
    const named = /^\?P<(\w+)>/.exec(pattern.slice(at)),
      back = /^\?P=(\w+)\)/.exec(pattern.slice(at)),
      plain = /^\?(?::|=|!|<=|<!)/.exec(pattern.slice(at)),
      comment = /^\?#[^)]*\)/.exec(pattern.slice(at));
    if (named) {
      at += named[0].length;
      names.push(named[1] ?? '');
      return `(?<${named[1] ?? ''}>`;
    }
    if (back) {
      at += back[0].length;
      return `\\k<${back[1] ?? ''}>`;
    }
    if (comment) {
      at += comment[0].length;
      return '';
    }
    if (plain) {
      at += plain[0].length;
      return `(${plain[0]}`;
    }
    return unknown(`'(${pattern.slice(at, at + 3)}' in a regular expression`);
  };

  let out = '';
  while (at < pattern.length) {
    const c = pattern[at++] ?? '';
    if (flags.verbose && /\s/.test(c)) continue;
    if (flags.verbose && c === '#') {
      const line = pattern.indexOf('\n', at);
      at = line < 0 ? pattern.length : line + 1;
      continue;
    }
    switch (c) {
      case '\\':
        out += escaped(false);
        break;
      case '[':
        out += characterClass();
        break;
      case '(':
        out += group();
        break;
      case '^':
        out += flags.multiline ? '(?<![^\\n])' : START;
        break;
      case '$':
        out += flags.multiline ? '(?![^\\n])' : `(?=\\n?${END})`;
        break;
      case '.':
        out += flags.dotAll ? '[\\s\\S]' : '[^\\n]';
        break;
      case '{': {
        const counted = /^(\d*)(,?)(\d*)\}/.exec(pattern.slice(at));
        if (!counted || counted[0] === '}' || counted[0] === ',}') {
          out += '\\{';
          break;
        }
        at += counted[0].length;
        out += `{${counted[1] || '0'}${counted[2] ?? ''}${counted[3] ?? ''}}`;
        if (pattern[at] === '+') unknown('possessive repetition in a regular expression');
        break;
      }
      case '}':
      case ']':
        out += `\\${c}`;
        break;
      case '*':
      case '+':
      case '?':
      case ')':
      case '|':
        out += c;
        if ('*+?'.includes(c) && pattern[at] === '+') unknown('possessive repetition in a regular expression');
        break;
      default: {
        const whole = String.fromCodePoint(pattern.codePointAt(at - 1) ?? 0);
        at += whole.length - 1;
        out += literal(whole);
      }
    }
  }
  return { source: out, ignoreCase: flags.ignoreCase, flags: bits, names };
}

/** A character for itself, inside of a class and outside. */
const literal = (c: string): string =>
  /^[\w\s"'%,:;<=>@`~&#!]$/.test(c) && c !== '-'
    ? c.replace(/[\n\r\u2028\u2029]/, x => `\\u{${x.charCodeAt(0).toString(16)}}`)
    : `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`;

const letterClasses = (ascii: boolean): Readonly<Record<string, string>> =>
  ascii
    ? { w: 'a-zA-Z0-9_', d: '0-9', s: ' \\t\\n\\r\\f\\v' }
    : {
        w: '\\p{L}\\p{N}_',
        d: '\\p{Nd}',
        s: ' \\t\\n\\r\\f\\v\\u{1c}-\\u{1f}\\u{85}\\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}\\u{2029}\\u{202f}\\u{205f}\\u{3000}',
      };
