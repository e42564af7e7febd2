/** A mapping of the program's as the names of a body: `exec` with locals, and what a metaclass's `__prepare__` gives. */
import { exceptionType, Raised } from './exception.ts';
import { contains, deleteItem, getItem, setItem } from './operate.ts';
import type { Value } from './value.ts';

const KEY_ERROR = exceptionType('KeyError');

export class NamesOfMapping extends Map<string, Value> {
  // Not by a field: Map's constructor runs before fields are there.
  readonly mapping: Value;
  constructor(mapping: Value) {
    super();
    this.mapping = mapping;
  }
  override get(name: string): Value | undefined {
    return unlessMissing(() => getItem(this.mapping, name));
  }
  override has(name: string): boolean {
    return contains(this.mapping, name);
  }
  override set(name: string, value: Value): this {
    setItem(this.mapping, name, value);
    return this;
  }
  override delete(name: string): boolean {
    return unlessMissing(() => (deleteItem(this.mapping, name), true)) ?? false;
  }
}

function unlessMissing<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (e) {
    if (e instanceof Raised && e.exception.type.isA(KEY_ERROR)) return undefined;
    throw e;
  }
}
