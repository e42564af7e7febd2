/** What methods and their blocks may do, by their looks. */

import type { Block, Expression, Statement } from '../../syntax/nodes.ts';
import type { ReadClass } from '../class-source.ts';
import { methodOf } from './constructed.ts';

export const isStatic = (definition: Statement<'function'>): boolean =>
  definition.decorators.some(d => d.kind === 'name' && d.name === 'staticmethod');

/** Whether a method gives back the dict that it was given: the last thing it does. */
export const returnsIts = ({ parameters, body }: Statement<'function'>): boolean => {
  const last = body.at(-1);
  return (
    last?.kind === 'return' &&
    last.value?.kind === 'name' &&
    parameters.some(p => p.name === (last.value?.kind === 'name' ? last.value.name : ''))
  );
};

/** Whether a block may end the method or its loop. */
export const leaves = (block: Block): boolean =>
  block.some(s => {
    if (s.kind === 'return' || s.kind === 'raise' || s.kind === 'continue' || s.kind === 'break') return true;
    if (s.kind === 'if' || s.kind === 'for' || s.kind === 'while') return leaves(s.body) || leaves(s.otherwise);
    return s.kind === 'with' ? leaves(s.body) : s.kind === 'try' ? leaves(s.body) || s.handlers.some(h => leaves(h.body)) : false;
  });

/** A draw of lots: `random.random() < self.prob`. */
export function byChance(test: Expression): boolean {
  let found = false;
  const walk = (node: unknown): void => {
    if (found || typeof node !== 'object' || node === null) return;
    if (
      'kind' in node &&
      (node.kind === 'name' || node.kind === 'attribute') &&
      'name' in node &&
      typeof node.name === 'string' &&
      /rand|prob/i.test(node.name)
    )
      found = true;
    for (const child of Object.values(node)) walk(child);
  };
  walk(test);
  return found;
}

/** A method, and which of the classes has it. */
export interface Method {
  readonly definition: Statement<'function'>;
  readonly at: number;
}
export function locate({ classes }: { readonly classes: readonly ReadClass[] }, name: string, from: number): Method | null {
  for (let at = from; at < classes.length; at++) {
    const definition = methodOf(classes[at]?.body ?? [], name);
    if (definition) return { definition, at };
  }
  return null;
}
