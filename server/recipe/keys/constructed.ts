/** The attributes of an object as its constructors leave them, for what is set from arguments and constants alone. */
import type { Argument, Block, Expression, Parameter, Statement } from '../../syntax/nodes.ts';
import type { ClassSource } from '../class-source.ts';
import { evaluate, isSelf, type Known, type Names, UNKNOWN } from './known.ts';

/** `given`: the arguments, by their names. What is not there, or set more than once, is not known. */
export function constructed({ classes }: ClassSource, given: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
  const attributes = new Map<string, Known>();
  const build = (from: number, args: ReadonlyMap<string, Known>, isWhole: boolean): void => {
    const at = classes.findIndex((one, i) => i >= from && methodOf(one.body, '__init__'));
    const init = at < 0 ? null : methodOf(classes[at]?.body ?? [], '__init__');
    if (!init) return;
    const { locals } = bind(init.parameters, args, isWhole);
    const names: Names = { local: name => locals.get(name) ?? UNKNOWN, own: name => attributes.get(name) ?? UNKNOWN };
    for (const statement of init.body) {
      if (statement.kind === 'expression') {
        const call = superCall(statement.value);
        if (call) {
          const next = argumentsOf(
            call,
            names,
            classes
              .slice(at + 1)
              .map(one => methodOf(one.body, '__init__'))
              .find(Boolean) ?? null,
          );
          build(at + 1, next.args, next.isWhole);
        }
      } else if (statement.kind === 'assign') {
        for (const target of statement.targets) {
          if (target.kind === 'name') locals.set(target.name, evaluate(statement.value, names));
          else if (target.kind === 'attribute' && isSelf(target.object)) attributes.set(target.name, evaluate(statement.value, names));
        }
      } else {
        // What a branch or a loop sets, it may set or not.
        for (const { name, of } of setIn([statement])) (of === 'self' ? attributes : locals).set(name, UNKNOWN);
      }
    }
  };
  build(0, given, true);
  // What a method sets changes as it goes.
  for (const { body } of classes)
    for (const method of body)
      if (method.kind === 'function' && method.name !== '__init__')
        for (const { name, of } of setIn(method.body)) if (of === 'self') attributes.set(name, UNKNOWN);
  return attributes;
}

export function methodOf(body: Block, name: string): Statement<'function'> | null {
  return body.find((s): s is Statement<'function'> => s.kind === 'function' && s.name === name) ?? null;
}

/** Parameters with what they are given, else their own default. `isWhole`: nothing else was given. */
function bind(
  parameters: readonly Parameter[],
  args: ReadonlyMap<string, Known>,
  isWhole: boolean,
): { readonly locals: Map<string, Known> } {
  const locals = new Map<string, Known>();
  const nothing: Names = { local: () => UNKNOWN, own: () => UNKNOWN };
  for (const { name, kind, fallback } of parameters) {
    if (kind === 'kwargs') {
      const taken = new Set(parameters.map(p => p.name));
      locals.set(name, { kind: 'entries', entries: new Map([...args].filter(([key]) => !taken.has(key))), isWhole });
    } else if (kind !== 'args') locals.set(name, args.get(name) ?? (isWhole && fallback ? evaluate(fallback, nothing) : UNKNOWN));
  }
  return { locals };
}

function superCall(of: Expression): Expression<'call'> | null {
  if (of.kind !== 'call' || of.callee.kind !== 'attribute' || of.callee.name !== '__init__') return null;
  const { object } = of.callee;
  return object.kind === 'call' && object.callee.kind === 'name' && object.callee.name === 'super' ? of : null;
}

function argumentsOf(
  call: Expression<'call'>,
  names: Names,
  init: Statement<'function'> | null,
): { readonly args: ReadonlyMap<string, Known>; readonly isWhole: boolean } {
  const args = new Map<string, Known>();
  let isWhole = true;
  const positions = (init?.parameters ?? []).filter(p => p.kind === 'positional' || p.kind === 'plain').slice(1);
  call.args.forEach((argument: Argument, i) => {
    const value = evaluate(argument.value, names);
    if (argument.kind === 'named') args.set(argument.name, value);
    else if (argument.kind === 'positional' && positions[i]) args.set(positions[i].name, value);
    else if (argument.kind === 'mapping' && value.kind === 'entries') {
      for (const [key, inner] of value.entries) args.set(key, inner);
      isWhole &&= value.isWhole;
    } else isWhole = false;
  });
  return { args, isWhole };
}

/** Names and attributes of `self` that are assigned anywhere in a block. */
function setIn(block: Block): readonly { readonly name: string; readonly of: 'self' | 'local' }[] {
  const found: { readonly name: string; readonly of: 'self' | 'local' }[] = [];
  const target = (of: Expression): void => {
    if (of.kind === 'name') found.push({ name: of.name, of: 'local' });
    else if (of.kind === 'attribute' && isSelf(of.object)) found.push({ name: of.name, of: 'self' });
    else if (of.kind === 'tuple' || of.kind === 'list') of.items.forEach(target);
    else if (of.kind === 'starred') target(of.value);
  };
  const walk = (statements: Block): void => {
    for (const s of statements) {
      if (s.kind === 'assign') s.targets.forEach(target);
      else if (s.kind === 'augment' || s.kind === 'for') target(s.target);
      if (s.kind === 'if' || s.kind === 'for' || s.kind === 'while') {
        walk(s.body);
        walk(s.otherwise);
      } else if (s.kind === 'with') walk(s.body);
      else if (s.kind === 'try') for (const part of [s.body, ...s.handlers.map(h => h.body), s.otherwise, s.last]) walk(part);
    }
  };
  walk(block);
  return found;
}
