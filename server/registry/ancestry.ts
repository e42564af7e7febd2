/** A registered class and those that it inherits from, as far as their sources are at hand: for what a rule reads of a class without running it. */
import type { Entry } from './entry.ts';
import type { ClassOutline } from './scan/definitions.ts';
import type { Definition } from './scan/modules.ts';
import type { Tables } from './tables.ts';

export interface ClassPlace {
  readonly name: string;
  /** Dotted. */
  readonly module: string;
  readonly file: string;
  /** Of its definition, from 1. */
  readonly line: number;
}
export interface Ancestry {
  /** Itself, then its bases, in Python's own order of looking. */
  readonly classes: readonly ClassPlace[];
  /** Whether every base but `object` was found. */
  readonly isWhole: boolean;
}

/** Bases that hold nothing of the library's own. */
const EMPTY = /^(?:object|(?:\w+\.)*ABC|(?:\w+\.)*ABCMeta|Generic\[.*|Protocol|metaclass=.*|(?:torch\.utils\.data\.)?Dataset(?:\[\w+\])?)$/;
const DEEPEST = 12;

export function ancestryOf(tables: Tables): (entry: Entry) => Ancestry | null {
  const known = new WeakMap<Entry, Ancestry | null>();
  // What is read of a file anew is another outline.
  const orders = new WeakMap<ClassOutline, Ancestry>();
  const order = (definition: Definition | null, depth: number): Ancestry => {
    if (definition?.kind !== 'class' || depth > DEEPEST) return UNKNOWN;
    const { module, file, outline } = definition;
    const before = orders.get(outline);
    if (before) return before;
    const bases = outline.bases
      .filter(base => !EMPTY.test(base))
      .map(base => order(/^[\w.]+$/.test(base) ? tables.modules.resolve(module, base) : null, depth + 1));
    const merged = merge([...bases.map(b => b.classes), bases.flatMap(b => b.classes.slice(0, 1))]);
    const own = { name: outline.name, module, file, line: outline.line };
    const found = { classes: [own, ...(merged ?? [])], isWhole: merged !== null && bases.every(b => b.isWhole) };
    orders.set(outline, found);
    return found;
  };
  return entry => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    const dot = entry.target.lastIndexOf('.');
    const definition = entry.source ? tables.modules.resolve(entry.target.slice(0, dot), entry.target.slice(dot + 1)) : null;
    const ordered = order(definition, 0);
    const found = ordered.classes.length ? ordered : null;
    known.set(entry, found);
    return found;
  };
}
const UNKNOWN: Ancestry = { classes: [], isWhole: false };

/** Python's method resolution order (C3): the first head that stands in no other list's tail. Null: there is none. */
function merge(lists: readonly (readonly ClassPlace[])[]): readonly ClassPlace[] | null {
  const rest = lists.filter(list => list.length).map(list => [...list]);
  const out: ClassPlace[] = [];
  while (rest.some(list => list.length)) {
    const next = rest.map(list => list[0]).find(head => head && !rest.some(list => list.slice(1).some(one => isSame(one, head))));
    if (!next) return null;
    out.push(next);
    for (const list of rest) if (list[0] && isSame(list[0], next)) list.shift();
  }
  return out;
}
const isSame = (a: ClassPlace, b: ClassPlace): boolean => a.file === b.file && a.line === b.line;
