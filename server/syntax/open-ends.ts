/** What a piece of text leaves open. */
export interface OpenEnds {
  /** Brackets, innermost last. */
  readonly brackets: readonly { readonly close: string; readonly at: number }[];
  /** A text that nothing closes (before its line's end, where it has one quote), and where it begins. */
  readonly quote: string | null;
  readonly quoteAt: number;
  /** The first bracket that closes nothing. */
  readonly stray: number | null;
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function ends(text: string): OpenEnds {
  const brackets: { close: string; at: number }[] = [];
  let stray: number | null = null;
  for (const token of tokens(text)) {
    if (token.kind === 'open text') return { brackets, quote: token.quote, quoteAt: token.start, stray };
    if (token.kind !== 'other') continue;
    const c = text.charAt(token.start),
      close = CLOSES[c];
    if (close) brackets.push({ close, at: token.start });
    else if (')]}'.includes(c)) {
      if (brackets.at(-1)?.close === c) brackets.pop();
      else if (stray === null) stray = token.start;
    }
  }
  return { brackets, quote: null, quoteAt: 0, stray };
}

export type Token =
  | { readonly kind: 'text' | 'comment' | 'other'; readonly start: number; readonly end: number }
  | { readonly kind: 'open text'; readonly quote: string; readonly start: number; readonly end: number };

/** Texts and comments as wholes, all else by characters. */
export function* tokens(text: string): Generator<Token> {
  for (let i = 0; i < text.length; ) {
    const c = text.charAt(i),
      start = i;
    if (c === '#') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
      yield { kind: 'comment', start, end: i };
    } else if (c === '"' || c === "'") {
      const quote = text.startsWith(c.repeat(3), i) ? c.repeat(3) : c,
        end = closing(text, i + quote.length, quote);
      i = end.at;
      yield end.found ? { kind: 'text', start, end: i } : { kind: 'open text', quote, start, end: i };
    } else {
      i++;
      yield { kind: 'other', start, end: i };
    }
  }
}
function closing(text: string, from: number, quote: string): { readonly at: number; readonly found: boolean } {
  for (let i = from; i < text.length; i++) {
    if (text.charAt(i) === '\\') i++;
    else if (text.startsWith(quote, i)) return { at: i + quote.length, found: true };
    else if (text.charAt(i) === '\n' && quote.length === 1) return { at: i, found: false };
  }
  return { at: text.length, found: false };
}

/** What only the text tells, read in one pass over its strings, comments, brackets and line ends. */
export interface Lines {
  /** Where a line ends that Python cannot end there (`x =`, `a.`), though a tolerant parser reads on; null where there is none. */
  readonly dangling: number | null;
  /** At most so many operators, brackets and the like in one statement: its tree can be no deeper than a few times that. */
  readonly densest: number;
  /** The first bracket that is more than 200 deep, which CPython refuses. */
  readonly tooDeep: number | null;
}

export function lines(source: string): Lines {
  let depth = 0,
    last = 0,
    marks = 0,
    densest = 0,
    tooDeep: number | null = null,
    unfinished = false,
    unfinishedAt = 0,
    dangling: number | null = null;
  for (const token of source.matchAll(TOKEN)) {
    const text = token[0],
      before = source.slice(last, token.index),
      code = before.trimEnd();
    last = token.index + text.length;
    if (code) {
      for (const _ of code.matchAll(MARK)) marks++;
      unfinished = DANGLING.test(code) && !WHOLE.test(code);
      unfinishedAt = token.index - (before.length - code.length);
    }
    if (text === '\n') {
      if (depth > 0 || source.charAt(token.index - 1) === '\\') continue;
      if (unfinished) dangling ??= unfinishedAt;
      unfinished = false;
      densest = Math.max(densest, marks);
      marks = 0;
    } else if (!text.startsWith('#')) {
      unfinished = false;
      if ('([{'.includes(text)) {
        if (++depth > BRACKETS) tooDeep ??= token.index;
        marks++;
      } else if (')]}'.includes(text)) depth--;
    }
  }
  return { dangling, densest: Math.max(densest, marks), tooDeep };
}
/** As CPython's tokenizer has it. */
const BRACKETS = 200;
const TOKEN =
  /"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|#[^\n]*|[()[\]{}\n]/g;
const MARK = /[.+\-*/%&|^<>=~]|\b(?:not|and|or|if|else|lambda|await|in|is|for|yield)\b/g;
/** `import *`, `...`, `1.` */
const WHOLE = /\bimport\s+\*$|\.\.\.$|(?<![\w.])\d[\d_]*\.$/;
const DANGLING = /(?:[=+\-*/%&|^<>~@]|(?<![\d_.])\.|\b(?:and|or|not|in|is|if|lambda|import|from))$/;
