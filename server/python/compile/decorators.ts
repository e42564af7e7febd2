/** `@decorator`: from the innermost outwards. */
import type { Expression, Temporary } from '../../syntax/nodes.ts';
import { call } from '../call.ts';
import type { Evaluate, Frame } from '../frame.ts';
import { PyFunction } from '../function.ts';
import type { Scope } from '../scope.ts';
import { Type } from '../type.ts';
import { Opaque, opaqueMade } from '../types/opaque.ts';
import type { Value } from '../value.ts';
import { expression } from './expression.ts';

export interface Decorators {
  evaluate(f: Frame): Value[];
  decorate(f: Frame, values: readonly Value[], made: Value): Value;
}

export function decorators(nodes: readonly Expression[], scope: Scope): Decorators {
  const each = nodes.map(n => decorator(n, scope));
  return {
    evaluate: f => each.map(d => d(f)),
    decorate: (f, values, made) =>
      values.reduceRight((v, d, i) => {
        if (d instanceof Opaque) return undone(v, d);
        // What it refuses is told of its own line.
        f.at = nodes[i]?.span ?? f.at;
        return call(d, [v]);
      }, made),
  };
}
/** What a decorator that we cannot run makes of a function is not known, but the module it stands in is. */
function decorator(node: Expression, scope: Scope): Evaluate {
  if (node.kind !== 'call' || node.callee.kind === 'name') return ofName(node, scope);
  const slot: Temporary = { name: 'decorator' },
    place = scope.temporary(slot),
    callee = expression(node.callee, scope),
    whole = expression({ ...node, callee: { kind: 'temporary', slot, span: node.callee.span } }, scope);
  return f => {
    const d = callee(f);
    if (d instanceof Opaque) return d;
    f.locals[place] = d;
    return whole(f);
  };
}
/** Looking at a name twice does no harm. */
function ofName(node: Expression, scope: Scope): Evaluate {
  const whole = expression(node, scope);
  if (node.kind !== 'call') return whole;
  const callee = expression(node.callee, scope);
  return f => {
    const d = callee(f);
    return d instanceof Opaque ? d : whole(f);
  };
}
function undone(v: Value, { what }: Opaque): Opaque {
  if (v instanceof PyFunction)
    return opaqueMade(`${v.code.qualname} (decorated by ${what})`, v.code.name, v.code.qualname, v.code.module.name);
  if (v instanceof Type) return opaqueMade(`${v.qualname} (decorated by ${what})`, v.name, v.qualname, v.module);
  return new Opaque(`what ${what} makes of it`);
}
