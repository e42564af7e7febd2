/** Annotations. A library's functions are asked for theirs rarely, so they wait; the user's own are evaluated where Python does, and their NameErrors are real. */
import type { Expression, Statement } from '../../syntax/nodes.ts';
import { UNWRITTEN, unparse } from '../../syntax/unparse.ts';
import type { Evaluate, Frame } from '../frame.ts';
import { repr } from '../operate.ts';
import type { Scope } from '../scope.ts';
import { Stop } from '../stop.ts';
import { Dict } from '../types/dict.ts';
import { Opaque } from '../types/opaque.ts';
import type { Value } from '../value.ts';
import { valueOfLiteral } from './constants.ts';
import { expression } from './expression.ts';

export interface Annotated {
  readonly name: string;
  readonly annotation: Expression;
}

/** The `__annotations__` of a function. */
export function annotationsOf(told: readonly Annotated[], scope: Scope): (f: Frame) => Dict {
  let each: { readonly name: string; readonly value: Evaluate }[] | null = null;
  return f => {
    each ??= told.map(({ name, annotation }) => ({ name, value: annotationValue(annotation, scope) }));
    const out = new Dict();
    for (const { name, value } of each) out.set(name, value(f));
    return out;
  };
}

/** One that is a gap of ours is left open: whoever looks at it finds out. */
function annotationValue(node: Expression, scope: Scope): Evaluate {
  if (scope.module.textAnnotations) {
    const text = unparse(node, shown),
      told = text.includes(UNWRITTEN) ? new Opaque('the text of an annotation') : text;
    return () => told;
  }
  const value = expression(node, scope);
  return f => {
    try {
      return value(f);
    } catch (e) {
      if (e instanceof Stop && e.reason.kind === 'unknown') return new Opaque(e.reason.what);
      throw e;
    }
  };
}

/** A number that is too great for its type is written as one that is, too. */
function shown(told: Expression<'constant'>['value']): string {
  const text = repr(valueOfLiteral(told));
  return typeof told === 'object' && told !== null && !('bytes' in told) ? text.replace('inf', '1e309') : text;
}

/** `name: annotation` in a class or at the top of a module, noted where programs look for it; null where nothing needs to be done. */
export function noteAnnotation(node: Statement<'assign'> | Statement<'declare'>, scope: Scope): ((f: Frame) => void) | null {
  const { annotation } = node,
    target = node.kind === 'assign' ? node.targets[0] : node.target;
  if (!annotation || scope.kind === 'function' || target?.kind !== 'name' || (scope.kind === 'module' && scope.module.lazy)) return null;
  const value = annotationValue(annotation, scope),
    { name } = target;
  return f => {
    const v = value(f);
    notes(f, scope).set(name, v);
  };
}
const NOTES = '__annotations__';
function notes(f: Frame, scope: Scope): Dict {
  const known: Value | undefined = scope.kind === 'class' ? f.members?.get(NOTES) : scope.module.cell(NOTES).value;
  if (known instanceof Dict) return known;
  const made = new Dict();
  if (scope.kind === 'class') f.members?.set(NOTES, made);
  else scope.module.put(NOTES, made);
  return made;
}
