/** Which of a class's methods one of them comes to by calls of its own: `self.predict_by_feat(…)`, or one handed on, `multi_apply(self.one, …)`. */
import { type Fields, isFields, someChild } from '../../syntax/children.ts';
import type { Statement } from '../../syntax/nodes.ts';
import type { ClassSource } from '../class-source.ts';
import { locate } from './control.ts';

export interface Reached {
  readonly name: string;
  /** Dotted name of the class that has it: the first in the order of its bases. */
  readonly owner: string;
  readonly definition: Statement<'function'>;
}

/** Itself first. What is called in another way (of another object, by a text) is not seen. */
export function reachedFrom(source: ClassSource, name: string): readonly Reached[] {
  const found = new Map<Statement<'function'>, Reached>();
  const visit = (method: string, from: number): void => {
    const one = locate(source, method, from);
    const owner = one && source.classes[one.at];
    if (!owner || found.has(one.definition)) return;
    found.set(one.definition, { name: method, owner: `${owner.dotted}.${owner.name}`, definition: one.definition });
    for (const next of ownIn(one.definition, 'self')) visit(next, 0);
    for (const next of ownIn(one.definition, 'super')) visit(next, one.at + 1);
  };
  visit(name, 0);
  return [...found.values()];
}

/** Attributes of `self`, or of `super()`, that its code speaks of. */
function ownIn({ body }: Statement<'function'>, of: 'self' | 'super'): ReadonlySet<string> {
  const names = new Set<string>();
  const isOf = (object: unknown): boolean => {
    if (!isFields(object)) return false;
    return of === 'self'
      ? object.kind === 'name' && object.name === of
      : object.kind === 'call' && isFields(object.callee) && object.callee.name === of;
  };
  const look = (node: Fields): boolean => {
    const { kind, object, name } = node;
    if (kind === 'attribute' && typeof name === 'string' && isOf(object)) names.add(name);
    return someChild(node, look);
  };
  for (const statement of body) if (isFields(statement)) look(statement);
  return names;
}
