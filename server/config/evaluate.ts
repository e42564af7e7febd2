/** Runs a config's own statements. */

import { Raised } from '../python/exception.ts';
import { PyFunction } from '../python/function.ts';
import type { Outcome } from '../python/interpreter.ts';
import { Module } from '../python/module.ts';
import { Native } from '../python/native.ts';
import { type Reason, Stop } from '../python/stop.ts';
import { Dict } from '../python/types/dict.ts';
import { Opaque } from '../python/types/opaque.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import { HOLE } from '../syntax/mend.ts';
import type { Block, Span, Statement } from '../syntax/nodes.ts';
import { ConfigDict } from './config-dict.ts';
import type { ConfigContext } from './context.ts';
import { problemOf, topOf } from './problem.ts';
import { Recovery } from './recovery.ts';
import type { ConfigProblem } from './resolved.ts';
import { withoutUnseen } from './without-unseen.ts';

export interface Evaluated {
  /** The names that the statements bound and that were not given, in order, with where they were bound. However large: see `boundSize`. */
  readonly value: Dict;
  readonly problems: readonly ConfigProblem[];
  /** No code of the config's was compiled: nothing else holds what is in the value. */
  readonly isPlain: boolean;
  /** Why names may be missing; null where none are. */
  readonly lacking: string | null;
}

/** `given`: names that are bound beforehand. `named`: whether `__file__` is. `hidden`: whether a name is no key of the config. */
export function evaluate(
  context: ConfigContext,
  file: string,
  body: Block,
  given: ReadonlyMap<string, Value>,
  named: boolean,
  hidden: (name: string, value: Value) => boolean,
): Evaluated {
  const recovery = new Recovery(file);
  const module = context.interpreter.module({
    file,
    traced: true,
    globals: new Map([...given, [HOLE, new UnknownValue('not written yet')]]),
    watch: recovery,
  });
  recovery.watches(module);
  // `exec` in a bare namespace: a name that is not there is looked for in `builtins`, and this one is.
  module.put('__name__', 'builtins');
  if (!named) module.cell('__file__').value = undefined;
  const { ended, isPlain } = run(context, body, module, recovery);
  const problems = [...recovery.problems];
  if (ended.kind === 'raised') problems.push(problemOf(ended.exception, topOf(file)));
  if (ended.kind === 'stopped' && ended.reason.kind === 'cancelled') throw new Stop(ended.reason);
  const value = new Dict();
  const take = (name: string): void => {
    const bound = module.cells.get(name)?.value;
    if (bound === undefined || value.entries.has(name) || name.startsWith('__') || hidden(name, bound)) return;
    value.entries.set(name, { key: name, value: bound, written: recovery.written.get(name) ?? null });
  };
  for (const name of given.keys()) take(name);
  recovery.order.forEach(take);
  for (const name of module.cells.keys()) take(name);
  // What ended all of it (a statement too deep to be run) leaves nothing known of the rest.
  if (ended.kind === 'stopped')
    for (const name of assigned(body))
      if (!name.startsWith('__') && !value.entries.has(name))
        value.entries.set(name, { key: name, value: new UnknownValue(reasonText(ended.reason)), written: null });
  // Statements that only say what is ask nothing of a run.
  return { value: isPlain ? value : unseenAsUnknown(value), problems, isPlain, lacking: recovery.lacking };
}

function unseenAsUnknown(value: Dict): Dict {
  const made = withoutUnseen(value);
  return made instanceof Dict ? made : value;
}

/** The statements at the head that only say what is are run as they stand; in most configs, that is all of them. */
function run(
  { interpreter }: ConfigContext,
  body: Block,
  module: Module,
  recovery: Recovery,
): { readonly ended: Outcome<null>; readonly isPlain: boolean } {
  let at = 0;
  const plainly = interpreter.attempt(() => {
    const [first] = body;
    if (first?.kind === 'expression' && first.value.kind === 'constant' && typeof first.value.value === 'string')
      module.put('__doc__', first.value.value);
    for (let next = body[0]; next && recovery.runsPlainly(next, module); next = body[at]) at++;
    return null;
  });
  if (at === body.length || plainly.kind !== 'done') return { ended: plainly, isPlain: at === body.length };
  return { ended: interpreter.execute(at ? body.slice(at) : body, module), isPlain: false };
}

/** Work on values that may fail as Python does. What fails is told to `report`, and answered with `otherwise`; so is what is too large, which is no error of anyone's. */
export function attempt<T>(
  context: ConfigContext,
  at: Site,
  report: (problem: ConfigProblem) => void,
  otherwise: (reason: string) => T,
  work: () => T,
): T {
  const ended = context.interpreter.attempt(() => {
    try {
      return work();
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      const made = problemOf(e.exception, at);
      report(made);
      return otherwise(made.message);
    }
  });
  if (ended.kind === 'done') return ended.value;
  if (ended.kind === 'stopped' && ended.reason.kind === 'cancelled') throw new Stop(ended.reason);
  return otherwise(ended.kind === 'stopped' ? reasonText(ended.reason) : '');
}

function reasonText(reason: Reason): string {
  if (reason.kind === 'limit') return `more ${reason.what} than a config may use`;
  return reason.kind === 'unknown' ? reason.what : '';
}

/** Names that the statements of a file themselves bind, those in its blocks left out. */
const assigned = (body: Block): readonly string[] =>
  body.flatMap(s => (s.kind === 'assign' ? s.targets.flatMap(t => (t.kind === 'name' ? [t.name] : [])) : []));

/** Entries that nothing is known of. */
export function unknownEntries(dict: Dict, reason: string): ConfigDict {
  const out = new ConfigDict();
  for (const [k, e] of dict.entries) out.entries.set(k, { ...e, value: new UnknownValue(reason, e.written?.value ?? null) });
  return out;
}

/** Modules and functions are no values of a config. */
export const isCode = (value: Value): boolean =>
  value instanceof Module ||
  value instanceof Opaque ||
  value instanceof PyFunction ||
  (value instanceof Native && value.home !== null && !COMPILED.has(value.home));
/** Modules whose functions are no Python functions: they are kept, as mmengine keeps them. */
const COMPILED = new Set(['builtins', 'math', 'cmath', 'itertools', 'operator', 'time', 'sys', '_functools']);

/** The same statements with each place led back to the text as it was written. `alike`: up to there, it is the same place. */
export function relocated(body: Block, original: (span: Span) => Span, alike: number): Block {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key === 'span' && isSpan(value) ? original(value) : walk(value)]),
    );
  };
  // The place of a block is that of its head.
  const isBefore = ({ kind, span }: Statement): boolean => span.end <= alike && (kind === 'assign' || kind === 'expression');
  return body.map(s => (isBefore(s) ? s : walk(s))).filter((s): s is Block[number] => typeof s === 'object' && s !== null && 'kind' in s);
}
const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' && value !== null && 'start' in value && 'end' in value && 'line' in value;
