/** `except*`: each handler takes its part of a group; what is left, and what they raised, goes on together. */
import type { Handler } from '../../syntax/nodes.ts';
import { suspends } from '../../syntax/suspends.ts';
import { Exception, handling, place, Raised, raise } from '../exception.ts';
import { BASE_GROUP, groupOf, isGroup, projection, split, wrapped } from '../exception-group.ts';
import { type Evaluate, type Frame, NEXT, type Step } from '../frame.ts';
import type { Scope } from '../scope.ts';
import { unknown } from '../stop.ts';
import { Type } from '../type.ts';
import { List } from '../types/list.ts';
import { Tuple } from '../types/tuple.ts';
import type { Value } from '../value.ts';
import type { Choose } from './control.ts';
import { matches } from './exceptions.ts';

interface StarHandler {
  readonly type: Evaluate | null;
  readonly span: Handler['span'];
  readonly body: Step;
  readonly set: ((f: Frame, value: Value) => void) | null;
  readonly leave: (f: Frame) => void;
}

/** Takes every exception: the handlers are its body. */
export function exceptStar(nodes: readonly Handler[], handlers: readonly StarHandler[], scope: Scope): Choose {
  const slot = scope.temporary({ name: 'group' }),
    waits = nodes.some(h => suspends(h.body));
  const body: Step = f => {
    const original = f.locals[slot];
    if (!(original instanceof Exception)) return NEXT;
    if (waits) return unknown('a yield in except*');
    const outer = handling.handled,
      raised: Exception[] = [],
      again: Exception[] = [];
    let rest: Exception | null = original;
    for (const h of handlers) {
      if (!rest) break;
      const type: Value = h.type?.(f) ?? null;
      f.at = h.span;
      const { match, rest: left }: { match: Exception | null; rest: Exception | null } = part(rest, type);
      rest = left;
      if (!match) continue;
      const found = wrapped(match);
      h.set?.(f, found);
      handling.handled = found;
      try {
        h.body(f);
      } catch (e) {
        if (!(e instanceof Raised)) throw e;
        const repeated = e.exception === found && e.placed === f;
        place(e, f);
        (repeated ? again : raised).push(e.exception);
      } finally {
        handling.handled = outer;
        h.leave(f);
      }
    }
    const result = together(original, raised, rest ? [...again, rest] : again);
    if (!result) return NEXT;
    handling.handled = null;
    throw new Raised(result, f);
  };
  return (_, exception) => ({
    body,
    enter(f) {
      f.locals[slot] = exception;
    },
    leave(f) {
      f.locals[slot] = undefined;
    },
  });
}

function part(e: Exception, type: Value): { match: Exception | null; rest: Exception | null } {
  const types = type instanceof Tuple ? type.items : [type];
  matches(e, type, () => {});
  if (types.some(t => t instanceof Type && t.isA(BASE_GROUP)))
    throw raise('TypeError', 'catching ExceptionGroup with except* is not allowed. Use except instead.');
  return split(e, one => matches(one, type, () => {}));
}

/** What goes on: a group of what is new, and of what was not handled or raised again, that in its old order. */
function together(original: Exception, raised: readonly Exception[], again: readonly Exception[]): Exception | null {
  if (!isGroup(original)) return raised[0] ?? again[0] ?? null;
  const kept = projection(original, again);
  if (!raised.length) return kept;
  const all = kept ? [...raised, kept] : raised,
    [only] = all;
  return all.length === 1 && only ? only : groupOf(BASE_GROUP, ['', new List([...all])]);
}
