/**
 * Where a cursor stands in a config that is being typed: in which brackets, under which keys, in a string or before a name. The text is read from the last statement
 * that begins before the cursor, so that what is not closed yet, before or after, takes nothing away.
 */

/** One `key=value` of a call or `'key': value` of a display. Offsets are absolute. */
export interface GivenArgument {
  readonly key: string;
  readonly value: string;
}

export interface Frame {
  /** `dict` for `dict(` and `{`; another callee's name; `list` for `[` and `(`. */
  readonly kind: 'dict' | 'display' | 'list' | 'call';
  readonly callee: string | null;
  /** Key or index that this bracket's value stands under, in the frame around it. */
  readonly at: string | number | null;
  readonly given: GivenArgument[];
}

export interface Cursor {
  /** Path of keys to the innermost bracket; the first is the name that is assigned to. `_base_` itself is left out. */
  readonly path: readonly (string | number)[];
  /** The brackets around, the innermost last. */
  readonly frames: readonly Frame[];
  /**
   * `string`: in a string, whose text is the range; `value`: after `key=`, nothing in quotes yet; `key`: where a name or a new argument may begin;
   * `attribute`: after `_base_.…`; `statement`: at the beginning of a line.
   */
  readonly kind: 'string' | 'value' | 'key' | 'attribute' | 'statement';
  /** For a string and a value: the key it belongs to. */
  readonly key: string | null;
  /** What is there of the word before the cursor, and the range that a completion replaces. */
  readonly prefix: string;
  readonly range: { readonly start: number; readonly end: number };
  /** Quote of the string; null outside. */
  readonly quote: string | null;
  /** For an attribute: the names between `_base_` and the cursor. */
  readonly attributes: readonly (string | number)[];
}

/** A cursor of which no more is known than the word before it: the text around it is no matter. */
export function cursorOnWord(text: string, offset: number, prefix: string, quote: string | null = null): Cursor {
  const end = offset + (/^\w*/.exec(text.slice(offset))?.[0].length ?? 0);
  const range = { start: offset - prefix.length, end };
  return { path: [], frames: [], kind: 'statement', key: null, prefix, range, quote, attributes: [] };
}

interface Open {
  readonly kind: Frame['kind'];
  readonly callee: string | null;
  readonly at: string | number | null;
  readonly given: GivenArgument[];
  /** Text of the part since the last comma: from where, and where its `=` or `:` stands. */
  start: number;
  separator: number;
  index: number;
}

const OPEN = '([{';
const CLOSE = ')]}';

/** Null in a comment, and where a completion would only be in the way (within a number, an operator). */
export function cursorAt(text: string, offset: number): Cursor | null {
  const start = statementStart(text, offset);
  const target = assignmentTarget(text, start, offset);
  const stack: Open[] = [];
  let at = target ? target.value : start;
  while (at < offset) {
    const c = text[at]!;
    if (c === '#') {
      const end = lineEnd(text, at);
      if (end >= offset) return null;
      at = end;
      continue;
    }
    if (c === '"' || c === "'") {
      const string = stringAt(text, at);
      if (offset > at && (offset < string.end || (offset === string.end && !string.closed)))
        return inString(text, offset, target?.path ?? [], stack, at, string);
      at = string.end;
      continue;
    }
    const top = stack.at(-1);
    if (OPEN.includes(c)) stack.push(opened(text, at, stack));
    else if (CLOSE.includes(c)) stack.pop();
    else if (top && c === ',') {
      finish(text, top, at);
      top.start = at + 1;
      top.separator = -1;
      top.index++;
    } else if (top && top.separator < 0 && isSeparator(text, at, top)) top.separator = at;
    at++;
  }
  return outside(text, offset, target?.path ?? [], stack, start);
}

function opened(text: string, at: number, stack: readonly Open[]): Open {
  const c = text[at]!;
  const callee = c === '(' ? (/([\w.]+)\s*$/.exec(text.slice(Math.max(0, at - 80), at))?.[1] ?? null) : null;
  const kind =
    c === '{'
      ? 'display'
      : c === '['
        ? 'list'
        : callee === null
          ? 'list'
          : /^(?:dict|ConfigDict|update)$|\.(?:update|merge)$/.test(callee)
            ? 'dict'
            : 'call';
  return { kind, callee, at: stepInto(text, stack.at(-1)), given: [], start: at + 1, separator: -1, index: 0 };
}

/** The key or index in the frame around that a bracket is the value of; null where it adds no step: `list.append(`, `x.update(dict(`. */
function stepInto(text: string, around: Open | undefined): string | number | null {
  if (!around) return null;
  if (around.separator >= 0) return keyOf(text, around);
  return around.kind === 'list' ? around.index : null;
}

const keyOf = (text: string, open: Open): string | null => {
  const written = text
    .slice(open.start, open.separator)
    .replace(/#[^\n]*/g, '')
    .trim();
  return /^\w+$/.test(written) ? written : (/^(['"])([^'"]*)\1$/.exec(written)?.[2] ?? null);
};

function isSeparator(text: string, at: number, open: Open): boolean {
  if (open.kind === 'display') return text[at] === ':';
  return text[at] === '=' && text[at + 1] !== '=' && !'=!<>'.includes(text[at - 1] ?? '');
}

function finish(text: string, open: Open, end: number): void {
  if (open.separator < 0) return;
  const key = keyOf(text, open);
  if (key !== null) open.given.push({ key, value: text.slice(open.separator + 1, end).trim() });
}

interface StringSpan {
  /** Past the closing quote, or where an unclosed one-line string must end. */
  readonly end: number;
  readonly closed: boolean;
  readonly quotes: number;
}

function stringAt(text: string, open: number): StringSpan {
  const quote = text[open]!;
  const long = text.startsWith(quote.repeat(3), open);
  for (let at = open + (long ? 3 : 1); at < text.length; at++) {
    const c = text[at]!;
    if (c === '\\') at++;
    else if (c === '\n' && !long) return { end: at, closed: false, quotes: 1 };
    else if (c === quote && (!long || text.startsWith(quote.repeat(3), at)))
      return { end: at + (long ? 3 : 1), closed: true, quotes: long ? 3 : 1 };
  }
  return { end: text.length, closed: false, quotes: long ? 3 : 1 };
}

/** Python's own text: where the last statement at column 0 begins, at the cursor or before. */
function statementStart(text: string, offset: number): number {
  let line = lineStart(text, offset);
  for (;;) {
    if (/^(?:[A-Za-z_@]|\(\s*[A-Za-z_])/.test(text.slice(line, line + 80))) return line;
    if (line === 0) return 0;
    line = lineStart(text, line - 1);
  }
}

/** The line's end after which no line is set deeper than `indent`: such lines belonged to what was begun before them. A closing bracket belongs to what is around. */
function pastDeeper(text: string, from: number, indent: number): number {
  let end = from;
  while (end < text.length && indentAt(text, end + 1) > indent && !/^\s*[)\]}]/.test(text.slice(end + 1, lineEnd(text, end + 1))))
    end = lineEnd(text, end + 1);
  return end;
}

/** Blanks that a line begins with; of an empty line, none. */
const indentAt = (text: string, at: number): number =>
  /^[ \t]*(?=\S)/.exec(text.slice(lineStart(text, at), lineEnd(text, at)))?.[0].length ?? 0;

// `lastIndexOf` takes a negative place for the first, where there may be a line's end.
const lineStart = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

/** `model = `, `_base_.model.neck = `, `model['neck'] = `, `model.update(`: the path that is assigned to, and where the value begins. */
function assignmentTarget(
  text: string,
  start: number,
  offset: number,
): { readonly path: readonly (string | number)[]; readonly value: number } | null {
  const head = text.slice(start, Math.min(offset, start + 400));
  const found =
    /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\s*(?:'[^']*'|"[^"]*"|\d+)\s*\])*?)\s*(?:=(?!=)|\.(?:update|merge)(?=\s*\()|\.(?:append|insert|extend)(?=\s*\())/.exec(
      head,
    );
  if (!found) return null;
  const steps = [...found[1]!.matchAll(/[A-Za-z_]\w*(?=$|[.[])|'([^']*)'|"([^"]*)"|\b\d+\b/g)].map(
    step => step[1] ?? step[2] ?? (/^\d+$/.test(step[0]) ? Number(step[0]) : step[0]),
  );
  return { path: steps[0] === '_base_' && steps.length > 1 ? steps.slice(1) : steps, value: start + found[0].length };
}

function inString(
  text: string,
  offset: number,
  target: readonly (string | number)[],
  stack: readonly Open[],
  open: number,
  string: StringSpan,
): Cursor | null {
  const start = open + string.quotes;
  if (offset < start) return null;
  const top = stack.at(-1);
  const key = top && top.separator >= 0 ? keyOf(text, top) : null;
  const isKey = top?.kind === 'display' && top.separator < 0;
  const inside = text.slice(start, offset);
  const isFormatted = /[fF][rR]?$|\b[rR][fF]$/.test(text.slice(Math.max(0, open - 2), open));
  const inBraces = /\{\{[^}]*$/.test(inside) || (isFormatted && /(?:^|[^{])(?:\{\{)*\{[^{}]*$/.test(inside));
  const steps = inBraces ? stepsOfBase(inside) : null;
  if (steps) {
    const word = /\w*$/.exec(text.slice(start, offset))![0];
    const range = { start: offset - word.length, end: offset + /^\w*/.exec(text.slice(offset))![0].length };
    return { ...place(text, target, stack, offset), kind: 'attribute', key, prefix: word, range, quote: null, attributes: steps };
  }
  const after = /^[\w.\-/]*/.exec(text.slice(offset, string.closed ? string.end - string.quotes : string.end))?.[0] ?? '';
  return {
    ...place(text, stack.length === 0 ? target.slice(0, -1) : target, stack, string.closed ? string.end : offset + after.length),
    kind: isKey ? 'key' : 'string',
    key: key ?? (stack.length === 0 ? String(target.at(-1) ?? '') || null : null),
    prefix: text.slice(start, offset),
    range: { start, end: offset + after.length },
    quote: text[open]!,
    attributes: [],
  };
}

function outside(text: string, offset: number, target: readonly (string | number)[], stack: readonly Open[], start: number): Cursor | null {
  const before = text.slice(Math.max(start, offset - 200), offset);
  const after = /^\w*/.exec(text.slice(offset))![0];
  const attributes = stepsOfBase(before);
  const word = /\w*$/.exec(before)![0];
  const shared = {
    ...place(text, target, stack, offset),
    quote: null,
    range: { start: offset - word.length, end: offset + after.length },
    prefix: word,
  };
  const top = stack.at(-1);
  if (attributes) return { ...shared, kind: 'attribute', key: top && top.separator >= 0 ? keyOf(text, top) : null, attributes };
  if (/\.\w*$/.test(before) || /^\d/.test(word)) return null;
  if (!top) {
    if (lineStart(text, offset) + word.length === offset) return { ...shared, path: [], kind: 'statement', key: null, attributes: [] };
    return null;
  }
  if (top.separator >= 0) {
    const between = text.slice(top.separator + 1, offset - word.length);
    return between.trim() === '' ? { ...shared, kind: 'value', key: keyOf(text, top), attributes: [] } : null;
  }
  const fresh =
    text
      .slice(top.start, offset - word.length)
      .replace(/#[^\n]*/g, '')
      .trim() === '';
  if (!fresh || top.kind === 'list') return null;
  return { ...shared, kind: 'key', key: null, attributes: [] };
}

/** The steps of `_base_.a.b[0].`, up to the last dot; null where a text does not end so. */
function stepsOfBase(before: string): readonly (string | number)[] | null {
  const dotted = /(?:^|[^\w.])_base_((?:\.\w+|\[[^\]]*\])*)\.\w*$/.exec(before);
  if (!dotted) return null;
  return [...dotted[1]!.matchAll(/\.(\w+)|\[\s*['"]?([^\]'"]*)['"]?\s*\]/g)].map(
    step => step[1] ?? (/^-?\d+$/.test(step[2]!) ? Number(step[2]) : step[2]!),
  );
}

/** The path, and the frames with what is given in them, before the cursor and after it. */
function place(text: string, target: readonly (string | number)[], stack: readonly Open[], from: number): Pick<Cursor, 'path' | 'frames'> {
  const steps = stack.flatMap(open => (open.at === null ? [] : [open.at]));
  const frames = stack.map((open, i): Frame => {
    const given = [...open.given];
    if (i === stack.length - 1) given.push(...givenAfter(text, from, open));
    return { kind: open.kind, callee: open.callee, at: open.at, given };
  });
  return { path: [...target, ...steps], frames };
}

/** Arguments of the same bracket that stand after the one under the cursor; up to its end, or to the next statement where it is not closed. */
function givenAfter(text: string, from: number, around: Open): GivenArgument[] {
  const display = around.kind === 'display';
  const isCut = /^[ \t]*(?:#[^\n]*)?\n/.test(text.slice(from, from + 200)) && lineStart(text, from) > around.start;
  const indent = indentAt(text, from);
  const open: Open = { kind: display ? 'display' : 'dict', callee: null, at: null, given: [], start: from, separator: -1, index: 0 };
  let depth = 0;
  // The argument that the cursor stands in is not one of the others.
  let own = true;
  for (let at = from; at < text.length; at++) {
    const c = text[at]!;
    if (c === '\n' && /^\n[A-Za-z_]\w*\s*=/.test(text.slice(at, at + 80))) break;
    if (isCut && c === '\n' && depth === 0) {
      at = pastDeeper(text, at, indent);
      own = false;
      open.start = at;
      open.separator = -1;
      continue;
    }
    if (c === '#') at = lineEnd(text, at) - 1;
    else if (c === '"' || c === "'") at = stringAt(text, at).end - 1;
    else if (OPEN.includes(c)) depth++;
    else if (CLOSE.includes(c)) {
      if (--depth < 0) {
        if (!own) finish(text, open, at);
        break;
      }
    } else if (depth === 0 && c === ',') {
      if (!own) finish(text, open, at);
      own = false;
      open.start = at + 1;
      open.separator = -1;
    } else if (depth === 0 && open.separator < 0 && isSeparator(text, at, open)) open.separator = at;
  }
  return open.given;
}

const lineEnd = (text: string, at: number): number => {
  const next = text.indexOf('\n', at);
  return next < 0 ? text.length : next;
};
