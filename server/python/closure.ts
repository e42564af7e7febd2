/** `__closure__`: the names of functions around it that a function reads or writes, each as a cell. */
import { raise } from './exception.ts';
import { Frame } from './frame.ts';
import type { PyFunction } from './function.ts';
import { compare, typeName } from './operate.ts';
import { unknown } from './stop.ts';
import { nativeType, type Type } from './type.ts';
import { attributes } from './types/attribute-of-type.ts';
import { Tuple } from './types/tuple.ts';
import { Obj, type Value } from './value.ts';

/** None where there are none. */
export function closureOf({ code, up }: PyFunction): Value {
  const free = freeOf(code);
  return free.length ? new Tuple(free.map(({ hops, slot }) => cellIn(outward(up, hops - 1), slot))) : null;
}
/** In the order that CPython has them in. */
export function freeOf(code: PyFunction['code']): readonly Free[] {
  return [...(code.body().free() ?? unknown('which names a function takes from around it'))].sort((a, b) => (a.name < b.name ? -1 : 1));
}
/** Where a name is bound: so many frames outward, in that slot. */
export interface Free {
  readonly name: string;
  readonly hops: number;
  readonly slot: number;
}
function outward(from: Frame, hops: number): Frame {
  let at = from;
  for (let i = 0; i < hops; i++) at = at.up ?? at;
  return at;
}

class Cell extends Obj {
  readonly frame: Frame;
  readonly slot: number;
  constructor(frame: Frame, slot: number) {
    super(CELL);
    this.frame = frame;
    this.slot = slot;
  }
}
/** Of a name there is one cell. */
const cells = new WeakMap<Frame, Map<number, Cell>>();
function cellIn(frame: Frame, slot: number): Cell {
  let known = cells.get(frame);
  if (!known) cells.set(frame, (known = new Map()));
  const cell = known.get(slot) ?? new Cell(frame, slot);
  known.set(slot, cell);
  return cell;
}
const held = ({ frame, slot }: Cell): Value | undefined => frame.locals[slot];

export const CELL: Type = nativeType<Cell>(
  'cell',
  {
    repr(self) {
      const value = held(self);
      return `<cell at 0x7f0000000000: ${value === undefined ? 'empty' : `${typeName(value)} object at 0x7f0000000000`}>`;
    },
    compare(self, operator, other) {
      if (!(other instanceof Cell)) return undefined;
      const a = held(self),
        b = held(other);
      // An empty one comes before the others.
      return a !== undefined && b !== undefined
        ? compare(operator, a, b)
        : compare(operator, a === undefined ? 0 : 1, b === undefined ? 0 : 1);
    },
    setAttribute(self, name, value) {
      if (name !== 'cell_contents') throw raise('AttributeError', `'cell' object has no attribute '${name}'`);
      self.frame.touch();
      self.frame.locals[self.slot] = value;
    },
    deleteAttribute(self, name) {
      if (name !== 'cell_contents') throw raise('AttributeError', `'cell' object has no attribute '${name}'`);
      self.frame.touch();
      self.frame.locals[self.slot] = undefined;
    },
  },
  {
    make(_, args) {
      if (args.length > 1) throw raise('TypeError', `cell expected at most 1 argument, got ${args.length}`);
      const frame = new Frame({ file: '', name: '', span: { start: 0, end: 0, line: 1 } }, 1, null),
        [first] = args;
      if (first !== undefined) frame.locals[0] = first;
      return new Cell(frame, 0);
    },
  },
);
attributes<Cell>(CELL, {
  cell_contents(self) {
    const value = held(self);
    if (value === undefined) throw raise('ValueError', 'Cell is empty');
    return value;
  },
});
