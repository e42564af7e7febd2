/** The key that is being typed in a text of JSON or YAML: where it will stand, and how it is written. Read from the text alone, which is half typed. */

export interface DataKey {
  /** Of the dict that the key is to be in. */
  readonly path: readonly (string | number)[];
  /** What is typed of it. */
  readonly word: string;
  /** Keys of the same dict that stand before it, as far as the text tells. */
  readonly before: readonly string[];
  /** Offsets of what is replaced. */
  readonly start: number;
  readonly end: number;
  /** The quote that it begins with, or none. */
  readonly quote: string;
  write(name: string): string;
}

/** In a dict of JSON, where a key may begin: behind `{` or `,`, with its quote or without. */
export function jsonKeyAt(text: string, offset: number): DataKey | null {
  const open: Frame[] = [];
  const token = /"((?:[^"\\\n]|\\.)*)"?|[[\]{}:,]/g;
  /** Where a key may stand: nothing but space has come since the bracket or the comma. */
  let fresh = false;
  for (let found = token.exec(text); found && found.index < offset; found = token.exec(text)) {
    const [all, word = ''] = found;
    const last = open.at(-1);
    if (all.startsWith('"')) {
      const closed = all.length > 1 && all.endsWith('"');
      if (offset < found.index + all.length || (offset === found.index + all.length && !closed)) {
        if (!last?.isDict || !fresh) return null;
        const start = found.index;
        // A text that is not closed would take the rest of the line with it.
        const end = closed ? start + all.length : offset;
        return keyOf(open, word.slice(0, offset - start - 1), start, end, '"', text);
      }
      if (last?.isDict && fresh) last.keys.push(word);
      fresh = false;
      continue;
    }
    if (all === '{' || all === '[') {
      open.push({ isDict: all === '{', keys: [], index: 0 });
      fresh = true;
    } else if (all === '}' || all === ']') {
      open.pop();
      fresh = false;
    } else if (all === ',') {
      if (last && !last.isDict) last.index++;
      fresh = true;
    } else fresh = false;
  }
  const between = /[{,]\s*(\w*)$/.exec(text.slice(0, offset));
  if (!open.at(-1)?.isDict || !fresh || !between) return null;
  const word = between[1] ?? '';
  return keyOf(open, word, offset - word.length, offset, '', text);
}

interface Frame {
  readonly isDict: boolean;
  /** Of a dict, the last one is that of what stands open. */
  readonly keys: string[];
  index: number;
}

function keyOf(open: readonly Frame[], word: string, start: number, end: number, quote: string, text: string): DataKey {
  const followed = /^\s*:/.test(text.slice(end));
  return {
    path: open.slice(0, -1).map(({ isDict, keys, index }) => (isDict ? (keys.at(-1) ?? '') : index)),
    word,
    before: open.at(-1)?.keys ?? [],
    start,
    end,
    quote,
    write: name => `"${name}"${followed ? '' : ': '}`,
  };
}

/** In a block of YAML: alone on its line, or behind the dash of an item. What stands in `{ }` is not looked into. */
export function yamlKeyAt(text: string, offset: number): DataKey | null {
  const lines = text.slice(0, offset).split('\n');
  const line = lines.pop() ?? '';
  const typed = /^((?:[ ]*-(?=[ ]))*[ ]*)(\w*)$/.exec(line);
  if (!typed) return null;
  const [, lead = '', word = ''] = typed;
  const path = wayTo(lines, lead);
  if (!path) return null;
  const rest = /^\w*/.exec(text.slice(offset))?.[0].length ?? 0;
  const followed = /^[ \t]*:/.test(text.slice(offset + rest));
  return {
    path,
    word,
    before: [],
    start: offset - word.length,
    end: offset + rest,
    quote: '',
    write: name => `${name}${followed ? '' : ': '}`,
  };
}

/** Upwards from the line that `lead` begins: each line that is further to the left and has a key or a dash is a step. */
function wayTo(above: readonly string[], lead: string): DataKey['path'] | null {
  const path: (string | number)[] = [];
  let column = lead.length;
  /** A list that the way has come out of, whose items before are counted. */
  let dash: number | null = null;
  const enter = (dashes: readonly number[], below: number): void => {
    for (const at of dashes.toReversed()) {
      if (at >= below) continue;
      path.unshift(0);
      dash = at;
      column = at;
    }
  };
  enter(dashesOf(lead), column);
  for (const line of above.toReversed()) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const found = /^((?:[ ]*-(?=[ ]|$))*[ ]*)(?:(?:(["'])(.*?)\2|([\w.-]+))[ ]*:(?=[ ]|$)[ ]*(.*))?/.exec(line);
    const [, before = '', , quoted, bare, value = ''] = found ?? [];
    const key = quoted ?? bare;
    const dashes = dashesOf(before);
    const first = dashes[0] ?? before.length;
    if (dash !== null) {
      if (first > dash) continue;
      if (dashes.includes(dash)) {
        path[0] = Number(path[0]) + 1;
        continue;
      }
      // A list may stand right below its key.
      if (key === undefined) return null;
      if (before.length > dash) continue;
      path.unshift(key);
      column = before.length;
      dash = null;
      enter(dashes, column);
      continue;
    }
    if (before.length < column && key !== undefined) {
      // Something else stands behind the key: what is below it is no dict of its own.
      if (value !== '' && !/^[#&!]/.test(value)) return null;
      path.unshift(key);
      column = before.length;
      enter(dashes, column);
    } else if (before.length >= column && dashes.some(at => at < column)) enter(dashes, column);
  }
  return path;
}
const dashesOf = (lead: string): readonly number[] => [...lead.matchAll(/-/g)].map(({ index }) => index);
