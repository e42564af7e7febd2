/** What CPython says of a text that cannot be parsed, where the tokens alone tell it: brackets, strings, indentation. */
import type { Span } from './nodes.ts';
import type { Refusal } from './refusal.ts';

/** Which class of exception a sentence belongs to. */
export function syntaxErrorClass(message: string): 'SyntaxError' | 'IndentationError' | 'TabError' {
  if (/^inconsistent use of tabs/.test(message)) return 'TabError';
  return /^(unexpected indent|unindent does not match|expected an indented block)/.test(message) ? 'IndentationError' : 'SyntaxError';
}

/** The sentence for a text that the grammar does not take; null where the tokens do not tell. `at`: where the grammar stopped. */
export function complaint(source: string, at: Span): Refusal | null {
  const open: { readonly bracket: string; readonly start: number; readonly line: number }[] = [];
  const indents = [0];
  let line = 1,
    i = 0,
    fresh = true,
    /** The line of a compound statement whose block has yet to begin. */
    opened: { readonly what: string; readonly line: number } | null = null,
    firstWords = '',
    bracketed = false,
    lastSign = '',
    lineOf = 1;
  const told = (message: string, start: number, where = line): Refusal => ({ message, span: { start, end: start + 1, line: where } });
  const before = (found: Refusal): Refusal | null =>
    found.span.start <= Math.max(at.end, at.start + 1) || found.span.line <= at.line + 1 ? found : null;
  while (i < source.length) {
    if (fresh && !open.length) {
      const blank = /[ \t\f]*(?:#[^\n]*)?(?:\r?\n|$)/y;
      blank.lastIndex = i;
      const empty = blank.exec(source);
      if (empty && empty[0].length > 0 && (empty[0].includes('\n') || blank.lastIndex >= source.length)) {
        i = blank.lastIndex;
        if (empty[0].includes('\n')) line++;
        continue;
      }
      const width = indentAt(source, i),
        last = indents.at(-1) ?? 0;
      i += width.length;
      if (opened) {
        if (width.columns <= last) return before(told(`expected an indented block after ${opened.what} on line ${opened.line}`, i));
        indents.push(width.columns);
        opened = null;
      } else if (width.columns > last) return COMPOUND.test(firstWords) ? null : before(told('unexpected indent', i));
      else {
        while (width.columns < (indents.at(-1) ?? 0)) indents.pop();
        if (width.columns !== indents.at(-1)) return told('unindent does not match any outer indentation level', i);
      }
      fresh = false;
      firstWords = /[A-Za-z_]+\*?(?: +[A-Za-z_]+)?/y.exec(source.slice(i))?.[0] ?? '';
      lastSign = '';
      continue;
    }
    const c = source[i] ?? '';
    if (c === '\n') {
      if (!open.length) {
        if (lastSign === ':' && /^(async +)?def\b/.test(firstWords) && !bracketed) return told("expected '('", i, lineOf);
        bracketed = false;
        if (lastSign === ':') opened = { what: blockOf(firstWords), line: lineOf };
        fresh = true;
      }
      line++;
      i++;
      continue;
    }
    if (c === '#') {
      while (i < source.length && source[i] !== '\n') i++;
      continue;
    }
    if (c === '\\') {
      const next = /\r?\n/y;
      next.lastIndex = i + 1;
      if (next.test(source)) {
        i = next.lastIndex;
        line++;
        continue;
      }
      return before(
        told(i + 1 >= source.length ? 'unexpected EOF while parsing' : 'unexpected character after line continuation character', i),
      );
    }
    if (c === '"' || c === "'") {
      const end = stringEnd(source, i);
      const lines = source.slice(i, end.at).split('\n').length - 1;
      if (!end.closed)
        return told(
          end.triple
            ? `unterminated triple-quoted string literal (detected at line ${line + source.slice(i).replace(/\n$/, '').split('\n').length - 1})`
            : `unterminated string literal (detected at line ${line})`,
          i,
        );
      line += lines;
      i = end.at;
      lastSign = c;
      continue;
    }
    if ('([{'.includes(c)) {
      open.push({ bracket: c, start: i, line });
      bracketed = true;
    }
    if (')]}'.includes(c)) {
      const top = open.pop();
      if (!top) return before(told(`unmatched '${c}'`, i));
      if (PAIRS[top.bracket] !== c)
        return before(
          told(
            `closing parenthesis '${c}' does not match opening parenthesis '${top.bracket}'${top.line === line ? '' : ` on line ${top.line}`}`,
            i,
          ),
        );
    }
    if (!/\s/.test(c)) lastSign = c;
    if (!open.length && c === ':') lineOf = line;
    i++;
  }
  const left = open.at(-1);
  if (left)
    return at.start >= left.start || at.end >= source.trimEnd().length
      ? told(`'${left.bracket}' was never closed`, left.start, left.line)
      : null;
  if (lastSign === ':' || opened)
    return told(`expected an indented block after ${opened?.what ?? blockOf(firstWords)} on line ${opened?.line ?? line}`, i);
  return null;
}
/** A line that such a word begins lacks its colon, rather than that the next is indented too far. */
const COMPOUND = /^(async|if|elif|else|while|for|with|try|except|finally|class|def|match|case)\b/;
const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function indentAt(source: string, from: number): { readonly length: number; readonly columns: number } {
  let columns = 0,
    i = from;
  for (; ; i++) {
    const c = source[i];
    if (c === ' ') columns++;
    else if (c === '\t') columns = (Math.floor(columns / 8) + 1) * 8;
    else if (c === '\f') columns = 0;
    else break;
  }
  return { length: i - from, columns };
}

function stringEnd(source: string, from: number): { readonly at: number; readonly closed: boolean; readonly triple: boolean } {
  const quote = source[from] ?? '',
    triple = source.startsWith(quote.repeat(3), from),
    close = triple ? quote.repeat(3) : quote;
  let i = from + close.length;
  for (; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source.startsWith(close, i)) return { at: i + close.length, closed: true, triple };
    else if (!triple && source[i] === '\n') return { at: i, closed: false, triple };
  }
  return { at: source.length, closed: false, triple };
}

/** `'if' statement`, `function definition`. */
function blockOf(words: string): string {
  const [first = '', second = ''] = words.split(/ +/),
    word = first === 'async' ? second : first;
  if (word === 'def') return 'function definition';
  return word === 'class' ? 'class definition' : `'${word}' statement`;
}
