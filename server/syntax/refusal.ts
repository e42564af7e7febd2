/** What CPython's parser and compiler refuse though the grammar here takes it: the sentence, and what a check has to know of its surroundings. */
import type { Expression, Span } from './nodes.ts';

export interface Refusal {
  readonly message: string;
  readonly span: Span;
}

/** Leaves all checks at once. */
export class Found extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
export function refuse(span: Span, message = 'invalid syntax'): never {
  throw new Found({ message, span });
}

/** How a name was met in a scope. */
export type Meeting = 'used' | 'assigned' | 'annotated' | 'parameter' | 'global' | 'nonlocal';

export interface Around {
  readonly source: string;
  readonly kind: 'module' | 'class' | 'function';
  readonly asynchronous: boolean;
  /** An asynchronous function that yields. */
  readonly generates: boolean;
  readonly loop: boolean;
  /** Directly in the handler of an `except*`, in no loop or function within. */
  readonly star: boolean;
  /** Of a function: what it binds. */
  readonly names: ReadonlySet<string>;
  readonly met: Map<string, Set<Meeting>>;
  readonly outer: Around | null;
  /** The comprehension that it is in: its form, and the names that its loops bind. */
  readonly comprehension: { readonly form: string; readonly targets: ReadonlySet<string>; readonly inIterable: boolean } | null;
}

export function meet(around: Around, name: string, how: Meeting): void {
  const known = around.met.get(name);
  if (known) known.add(how);
  else around.met.set(name, new Set([how]));
}

export const RESERVED: ReadonlySet<string> = new Set(['None', 'True', 'False']);
/** Words that the grammar takes for names. */
const WORDS: ReadonlySet<string> = new Set([...RESERVED, 'async', 'await']);

/** A name is bound. */
export function bind(around: Around, name: string, span: Span, how: Meeting = 'assigned'): void {
  if (name === '__debug__') refuse(span, 'cannot assign to __debug__');
  if (WORDS.has(name)) refuse(span);
  meet(around, name, how);
}

/** What CPython calls an expression in its complaints. */
export function nameOf(e: Expression): string {
  switch (e.kind) {
    case 'constant':
      return e.value === null ? 'None' : e.value === true ? 'True' : e.value === false ? 'False' : 'literal';
    case 'unary':
    case 'binary':
    case 'boolean':
      return 'expression';
    case 'comprehension':
      return { list: 'list comprehension', set: 'set comprehension', dict: 'dict comprehension', generator: 'generator expression' }[
        e.form
      ];
    default:
      return NAMES[e.kind] ?? e.kind;
  }
}
const NAMES: Readonly<Partial<Record<Expression['kind'], string>>> = {
  call: 'function call',
  yield: 'yield expression',
  yieldFrom: 'yield expression',
  await: 'await expression',
  dict: 'dict literal',
  set: 'set display',
  joined: 'f-string expression',
  compare: 'comparison',
  conditional: 'conditional expression',
  named: 'named expression',
};
