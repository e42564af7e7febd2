/** Writes a value into a config's own text where it has none yet: `model.neck.widen_factor = 1.0` becomes an argument in `model = dict(neck=dict(…))`. */
import type { ConfigPath } from '../../config/resolved.ts';
import { assigned } from '../../syntax/assigned.ts';
import type { Block, Expression } from '../../syntax/nodes.ts';
import type { Edit } from '../diagnostic.ts';

export interface Assignment {
  readonly path: ConfigPath;
  /** Python's text of the value. */
  readonly text: string;
}

/** Nested names that are to be written: a text, or what is inside. */
type Tree = Map<string, string | Tree>;

/** Null where the file's form does not allow it: a part that is no display there. All paths are of names alone. */
export function override(file: string, text: string, body: Block, assignments: readonly Assignment[]): readonly Edit[] | null {
  const tree: Tree = new Map();
  for (const { path, text: value } of assignments) if (!grow(tree, path, value)) return null;
  const edits: Edit[] = [];
  for (const [name, inner] of tree) {
    const here = assigned(body, name);
    if (!here) {
      const end = text.length === 0 || text.endsWith('\n') ? '' : '\n';
      edits.push({ file, start: text.length, end: text.length, text: `${end}${name} = ${written(inner)}\n` });
    } else if (!write(file, text, here, inner, edits)) {
      return null;
    }
  }
  return edits;
}

function grow(tree: Tree, path: ConfigPath, value: string): boolean {
  let at = tree;
  for (const [i, name] of path.entries()) {
    if (typeof name !== 'string') return false;
    if (i === path.length - 1) {
      at.set(name, value);
      return true;
    }
    const next = at.get(name) ?? new Map<string, string | Tree>();
    if (typeof next === 'string') return false;
    at.set(name, next);
    at = next;
  }
  return false;
}

function write(file: string, text: string, here: Expression, inner: string | Tree, edits: Edit[]): boolean {
  if (typeof inner === 'string') {
    edits.push({ file, start: here.span.start, end: here.span.end, text: inner });
    return true;
  }
  const members = membersOf(here);
  if (!members) return false;
  const missing: string[] = [];
  for (const [name, deeper] of inner) {
    const member = members.find(m => m.name === name);
    if (!member) missing.push(here.kind === 'dict' ? `'${name}': ${written(deeper)}` : `${name}=${written(deeper)}`);
    else if (!write(file, text, member.value, deeper, edits)) return false;
  }
  if (missing.length) edits.push(insertion(file, text, here, members, missing));
  return true;
}

export interface Member {
  readonly name: string | null;
  readonly value: Expression;
  readonly start: number;
  readonly end: number;
}

export function membersOf(here: Expression): readonly Member[] | null {
  if (here.kind === 'call' && here.callee.kind === 'name' && here.callee.name === 'dict') {
    return here.args.map(a => ({
      name: a.kind === 'named' ? a.name : null,
      value: a.value,
      start: a.kind === 'named' ? a.span.start : a.value.span.start,
      end: a.value.span.end,
    }));
  }
  if (here.kind !== 'dict') return null;
  return here.pairs.map(({ key, value }) => ({
    name: key?.kind === 'constant' && typeof key.value === 'string' ? key.value : null,
    value,
    start: (key ?? value).span.start,
    end: value.span.end,
  }));
}

/** After the last member, in the way the others are laid out: each on a line of its own, or all on one. */
function insertion(file: string, text: string, here: Expression, members: readonly Member[], missing: readonly string[]): Edit {
  const last = members.at(-1);
  if (!last) return { file, start: here.span.end - 1, end: here.span.end - 1, text: missing.join(', ') };
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const ownLine = /^\s*$/.test(text.slice(lineStart, last.start));
  const between = ownLine ? `,\n${text.slice(lineStart, last.start)}` : ', ';
  return { file, start: last.end, end: last.end, text: missing.map(m => between + m).join('') };
}

function written(inner: string | Tree): string {
  if (typeof inner === 'string') return inner;
  return `dict(${[...inner].map(([name, deeper]) => `${name}=${written(deeper)}`).join(', ')})`;
}
