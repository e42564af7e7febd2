/** Puts into a piece of half-typed text what it lacks to be read: quotes, brackets, values that are still to come. */
import type { Block } from './nodes.ts';
import { ends, tokens } from './open-ends.ts';
import type { Parse } from './parse.ts';

/** `from`: for each place in the mended text, its place in the piece. */
export interface Mended {
  readonly body: Block;
  readonly from: readonly number[];
}

/** Stands where a value is still to come: a name that nobody binds. */
export const HOLE = '__still_to_come__';

/** Null where nothing helps. */
export function mend(parse: Parse, text: string): Mended | null {
  for (const attempt of attempts(new Draft(text).cut(text.trimEnd().length, text.length))) {
    const read = parse(attempt.text);
    if (read.kind === 'module' && read.body.length) return { body: read.body, from: attempt.from };
  }
  return null;
}

/** A text and where each of its characters was before. */
class Draft {
  readonly text: string;
  readonly from: readonly number[];
  constructor(text: string, from: readonly number[] = Array.from({ length: text.length + 1 }, (_, i) => i)) {
    this.text = text;
    this.from = from;
  }
  put(at: number, what: string): Draft {
    const here = this.from[at] ?? 0;
    return new Draft(this.text.slice(0, at) + what + this.text.slice(at), [
      ...this.from.slice(0, at),
      ...Array.from(what, () => here),
      ...this.from.slice(at),
    ]);
  }
  cut(from: number, to: number): Draft {
    return new Draft(this.text.slice(0, from) + this.text.slice(to), [...this.from.slice(0, from), ...this.from.slice(to)]);
  }
  /** All brackets that are open, closed at the end. */
  closed(): Draft {
    return this.put(
      this.text.length,
      ends(this.text)
        .brackets.map(b => b.close)
        .reverse()
        .join(''),
    );
  }
}

function* attempts(given: Draft): Generator<Draft> {
  const closed = closeTexts(given),
    bases = ends(closed.text).stray === null ? [closed] : [withoutStray(closed), closed];
  for (const base of bases) {
    yield closedByIndent(base);
    yield base.closed();
    const filled = fill(base);
    yield closedByIndent(filled);
    yield filled.closed();
    // What is being typed, left away: back to the last comma or bracket.
    for (const end of [/[^,([{\n]*$/, /,?[^,([{]*$/]) {
      const at = base.text.search(end),
        short = base.cut(at, base.text.length);
      yield short.closed();
      yield fill(short).closed();
    }
  }
  const lines = closed.text.split('\n');
  for (let n = lines.length - 1; n > 0 && n > lines.length - 4; n--) {
    const at = lines
      .slice(0, n)
      .join('\n')
      .replace(/[,\s]+$/, '').length;
    yield fill(closed.cut(at, closed.text.length)).closed();
  }
}

/** Each text that its line does not close, closed at the end of the line, before the brackets and commas that end it. */
function closeTexts(draft: Draft): Draft {
  let out = draft;
  for (let i = 0; i < 20; i++) {
    const { quote, quoteAt } = ends(out.text);
    if (quote === null) return out;
    const newline = quote.length === 3 ? -1 : out.text.indexOf('\n', quoteAt),
      line = newline < 0 ? out.text.length : newline;
    const tail = /[\s)\]},]*$/.exec(out.text.slice(quoteAt + quote.length, line))?.[0] ?? '';
    out = out.put(line - tail.length, quote);
  }
  return out;
}
function withoutStray(draft: Draft): Draft {
  const { stray } = ends(draft.text);
  return stray === null ? draft : draft.cut(stray, stray + 1);
}

/** A bracket is likeliest missing before a line that is no deeper than the one that opened it. */
function closedByIndent(draft: Draft): Draft {
  const { text } = draft,
    stack: { readonly close: string; readonly indent: number; readonly line: number }[] = [],
    put: { readonly at: number; readonly what: string }[] = [];
  let line = 0,
    indent = 0,
    fresh = true,
    lastCode = 0;
  for (const token of tokens(text)) {
    const c = text.charAt(token.start);
    if (token.kind === 'other' && c === '\n') {
      line++;
      indent = 0;
      fresh = true;
      continue;
    }
    if (token.kind === 'other' && /\s/.test(c)) {
      if (fresh) indent++;
      continue;
    }
    if (token.kind === 'comment') continue;
    if (fresh) {
      fresh = false;
      const closes = token.kind === 'other' && ')]}'.includes(c);
      for (let top = stack.at(-1); top && top.line < line && (closes ? top.indent > indent : top.indent >= indent); top = stack.at(-1)) {
        const comma = text.charAt(lastCode - 1) === ',';
        put.push({ at: comma ? lastCode - 1 : lastCode, what: comma || closes ? top.close : `${top.close},` });
        stack.pop();
      }
    }
    if (token.kind === 'other' && '([{'.includes(c)) stack.push({ close: c === '(' ? ')' : c === '[' ? ']' : '}', indent, line });
    else if (token.kind === 'other' && ')]}'.includes(c) && stack.at(-1)?.close === c) stack.pop();
    lastCode = token.end;
  }
  return put.reduceRight((d, p) => d.put(p.at, p.what), draft).closed();
}

/** Values that are still to come: `a=`, `'k':`, `x +`, `y.` before a comma or a bracket or the end. */
function fill(draft: Draft): Draft {
  let out = draft;
  const code = [...draft.text];
  for (const t of tokens(draft.text))
    if (t.kind !== 'other') for (let i = t.start; i < t.end; i++) code[i] = t.kind === 'comment' ? ' ' : 'x';
  const bare = code.join(''),
    holes = [...bare.matchAll(/(\*\*?|[-+/%|&.]|=|:)(?=\s*(?:[,)\]}]|$))|[,([{]\s*(?=,)|(?<=[\w)\]}'"])(\s*\n\s*)(?=[\w'"])/g)].reverse();
  for (const hole of holes) {
    const end = hole.index + hole[0].length,
      sign = hole[1];
    if (hole[2] !== undefined) out = out.put(hole.index, ',');
    else if (sign === '=' || sign === ':') out = out.put(end, HOLE);
    else if (sign !== undefined) out = out.cut(hole.index, end);
    else out = out.put(end, HOLE);
  }
  return out;
}
