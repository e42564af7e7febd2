/** A model, built and run on a fake picture: what the records were made of with the real libraries. */

import type { Fault } from '../../runtime/network/fault.ts';
import { Graph } from '../../runtime/network/graph.ts';
import { count, type Tensor } from '../../runtime/network/tensor.ts';
import { findAttribute, getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { type Exception, Raised } from '../python/exception.ts';
import { iterate, toArray, typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { type Reason, unknown } from '../python/stop.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Opaque } from '../python/types/opaque.ts';
import { type Named, Obj, type Value } from '../python/value.ts';
import { startTorch } from '../torch/context.ts';
import { isFault } from '../torch/fault.ts';
import { nameState, TensorObject } from '../torch/tensor-object.ts';
import { enterScope } from './default-scope.ts';
import { type ModelInput, type Size, withoutDownloads } from './input.ts';
import { buildReferences } from './lazy-values.ts';
import { takesOther } from './other-input.ts';
import { judged } from './own-way.ts';
import type { SecondStage } from './second-stage.ts';
import type { Session } from './session.ts';
import { shapesOf, stridesOf } from './shapes.ts';
import { type StateDict, stateDictOf } from './state-dict.ts';
import type { Part, Shapes } from './verdict.ts';
import { Watch } from './watch.ts';

/** Where the run was when it failed. */
export interface Place {
  readonly stage: 'config' | 'build' | 'forward';
  /** Innermost module that ran, and its class. */
  readonly module: { readonly path: string; readonly type: string } | null;
  /** What the registry was building, outermost first. */
  readonly building: readonly { readonly name: string | null; readonly config: Value }[];
}
export type Failure =
  | { readonly kind: 'raised'; readonly exception: Exception; readonly place: Place }
  | { readonly kind: 'stopped'; readonly reason: Reason; readonly place: Place };

export interface Built {
  readonly model: Obj;
  /** Of every module that the model reaches, by identity. */
  readonly paths: ReadonlyMap<Obj, string>;
  readonly parameters: number;
  readonly parametersByPart: Readonly<Record<string, number>>;
  readonly stateDict: StateDict;
  /** Parameters and buffers by their names in the state dict. */
  readonly states: ReadonlyMap<string, TensorObject>;
}
export interface Ran {
  readonly graph: Graph;
  readonly input: Tensor;
  /** What each stage returned: `backbone`, `neck`, `head`. */
  readonly results: ReadonlyMap<string, Value>;
  readonly outputs: Readonly<Record<string, Shapes>>;
  readonly strides: Readonly<Record<string, readonly number[]>>;
  readonly parts: readonly Part[];
  readonly macs: number;
  /** What each module did. */
  readonly watch: Watch;
}
export interface Network {
  readonly built: Built | null;
  /** What ran, be it to the end or not. */
  readonly ran: Ran | null;
  readonly failure: Failure | null;
  /** What did not fit and left a result all the same: found by a second run that goes on. In the order of the run. */
  readonly noted: readonly { readonly module: string; readonly fault: Fault }[];
  /** How that second run ended, where it failed with something else. */
  readonly after: Failure | null;
  /** What ran in it: parts that do not fit, on what they say they take. */
  readonly declared: Ran | null;
  /** What each module did where the model was run as its own class runs it, and at which size. */
  readonly ownWay: { readonly watch: Watch; readonly size: Size } | null;
  /** The second stage of a detector of two, where it was asked for. */
  readonly second?: SecondStage;
  /** How backbone, neck and head in a row failed where the model's own way does not: no error of the model's. */
  readonly row: Failure | null;
  readonly size: Size;
  /** Something beside the row ended half way: the session is not used again. */
  readonly spoiled: boolean;
  /** The program's modules, by name: where classes are written. */
  readonly modules: ReadonlyMap<string, Value>;
}

export function runNetwork(session: Session, input: ModelInput): Network {
  const { interpreter, state } = session;
  state.watch = null;
  state.building = [];
  startTorch(new Graph(), { raiseNoted: true });
  const failed = (failure: Failure, more: Partial<Network> = {}): Network => ({
    built: null,
    ran: null,
    noted: [],
    after: null,
    declared: null,
    ownWay: null,
    row: null,
    size: input.size,
    spoiled: false,
    modules: interpreter.modules,
    ...more,
    failure,
  });
  const place = (stage: Place['stage']): Place => ({ stage, module: state.watch?.innermost ?? null, building: [...state.building] });

  const imported = interpreter.attempt(() => customImports(session, input.imports));
  if (imported.kind !== 'done') return failed({ ...imported, place: place('config') });
  const built = interpreter.attempt(() => build(session, input));
  if (built.kind !== 'done') return failed({ ...built, place: place('build') });
  state.building = [];

  const declared = (given: ModelInput): Pick<Network, 'noted' | 'after' | 'declared'> => {
    const { ran, failure } = forward(session, built.value, given, false);
    return { noted: ran.graph.faults, after: failure, declared: ran };
  };
  const first = forward(session, built.value, input, true);
  const { failure } = first,
    known = { built: built.value, ran: first.ran };
  const runs: Network = {
    ...known,
    failure: null,
    noted: [],
    after: null,
    declared: null,
    ownWay: null,
    row: failure,
    size: input.size,
    spoiled: false,
    modules: interpreter.modules,
  };
  if (!failure && first.ran.results.size) {
    const head = classified(session, built.value, first.ran);
    if (head === 'spoiled') return { ...runs, spoiled: true };
    if (head === null || head instanceof Watch) return { ...runs, ownWay: head && { watch: head, size: input.size } };
    // The model's own forward has the last word on its head, too.
    const confirmed = isFault(head.exception) && judged(session, built.value, head, input.size, input.own).kind === 'confirmed';
    return confirmed ? failed(head, known) : runs;
  }
  if (failure?.kind === 'stopped') return failed(failure, known);
  if (takesOther(built.value, failure, first.ran.graph))
    return failed(
      {
        kind: 'stopped',
        reason: { kind: 'unknown', what: 'what the model is given, which is no single picture' },
        place: place('forward'),
      },
      { ...known, row: failure },
    );
  const judgement = judged(session, built.value, failure, input.size, input.own);
  if (judgement.kind === 'runs') {
    const own: Network = { ...runs, ownWay: { watch: judgement.watch, size: judgement.size } };
    const { size, form } = judgement;
    if (!failure || (sameSize(size, input.size) && (form === null || isPicture(form, size)))) return own;
    const again = forward(session, built.value, { ...input, size, ...(form && { form }) }, true);
    return again.failure ? own : { ...own, ran: again.ran, size };
  }
  if (judgement.kind === 'unknown')
    return failed(
      { kind: 'stopped', reason: { kind: 'unknown', what: judgement.reason }, place: place('forward') },
      { ...known, row: failure },
    );
  if (judgement.kind === 'failed') {
    const size: Size = input.own.size ?? [224, 224],
      { form } = judgement;
    // At its own size the row runs: what the model's own forward adds is no part of what is trained, or is not run so.
    const own = { ...input, size, ...(form && { form }) },
      again = forward(session, built.value, own, true);
    if (!again.failure && again.ran.results.size) return { ...runs, ran: again.ran, size };
    // On what its preprocessor hands on, the row fails as the model does: with all that does not fit in it.
    if (form && !isPicture(form, size) && again.failure?.kind === 'raised' && isFault(again.failure.exception))
      return failed(again.failure, { ...known, ...declared(own), ran: again.ran, row: failure, size });
    return failed(judgement.failure, { ...known, row: failure });
  }
  if (!failure) return runs;
  return failed(failure, { ...known, ...declared(input) });
}

/** A backbone by itself: what it gives at a size of the input, with nothing behind it. */
export interface BackboneRan {
  readonly outputs: Shapes;
  readonly parameters: number;
  readonly macs: number;
}

/** `input.model`: the backbone's own dict. */
export function runBackbone(session: Session, input: ModelInput): { readonly ran: BackboneRan } | { readonly failure: Failure } {
  const { interpreter, state } = session,
    [width, height] = input.size;
  state.watch = null;
  state.building = [];
  startTorch(new Graph(), { raiseNoted: true });
  const ended = interpreter.attempt(() => {
    customImports(session, input.imports);
    return build(session, input);
  });
  if (ended.kind !== 'done') return { failure: { ...ended, place: { stage: 'build', module: null, building: [...state.building] } } };
  const built = ended.value,
    graph = new Graph();
  startTorch(graph, { raiseNoted: true });
  const watch = (state.watch = new Watch(built.paths, graph)),
    picture = graph.input({ shape: [1, 3, height, width], dtype: 'float32' });
  const ran = interpreter.attempt(() => shapesOf(call(built.model, [new TensorObject(picture)])));
  state.watch = null;
  if (ran.kind !== 'done') return { failure: { ...ran, place: { stage: 'forward', module: watch.innermost, building: [] } } };
  return { ran: { outputs: ran.value, parameters: built.parameters, macs: watch.macs } };
}

/** A classifier's head behind what the row gave: of no other model does a head take that alone. Null: there is none, or it does not run so; `spoiled`: it was not run to an end. */
function classified(
  { interpreter, state }: Session,
  { model, paths }: Built,
  { graph, results }: Ran,
): Watch | Extract<Failure, { kind: 'raised' }> | 'spoiled' | null {
  const value = results.get('neck') ?? results.get('backbone');
  if (results.has('head') || value === undefined || !model.type.ancestors.some(type => type.name === 'BaseClassifier')) return null;
  const watch = (state.watch = new Watch(paths, graph));
  const ended = interpreter.attempt(() => {
    const head = attributeOrNone(model, 'head');
    if (plain(head) !== null) call(head, [value]);
  });
  const place: Place = { stage: 'forward', module: watch.innermost, building: [] };
  state.watch = null;
  if (ended.kind === 'stopped') return 'spoiled';
  return ended.kind === 'done' ? watch : { ...ended, place };
}

const sameSize = ([a, b]: Size, [c, d]: Size): boolean => a === c && b === d;
const isPicture = ([, channels, height = 0, width = 0]: readonly number[], size: Size): boolean =>
  channels === 3 && sameSize([width, height], size);

/** mmengine's own function: an import that fails ends the run unless it may. What is not at hand may register anything. */
export function customImports(session: Session, imports: Value): void {
  if (!(imports instanceof Dict) || !imports.entries.size) return;
  const named: Named = new Map([...imports.entries.values()].map(e => [String(plain(e.key)), e.value]));
  call(session.member('mmengine.utils.misc', 'import_modules_from_strings'), [], named);
  const names = plain(named.get('imports') ?? null);
  for (const name of names instanceof List ? names.items : [names]) {
    const imported = session.interpreter.modules.get(String(plain(name)));
    if (imported instanceof Opaque) unknown(`the source of ${String(plain(name))} is not at hand`);
  }
}

function build(session: Session, input: ModelInput): Built {
  const models = session.member('mmengine.registry', 'MODELS');
  enterScope(session, input.scope);
  const given = withoutDownloads(input.model);
  buildReferences(session.interpreter.importer, given);
  const model = call(getAttribute(models, 'build'), [given]);
  if (!(model instanceof Obj)) return unknown('a model that is no object');
  call(getAttribute(model, 'eval'), []);
  const paths = new Map<Obj, string>();
  for (const pair of toArray(call(getAttribute(model, 'named_modules'), []))) {
    const [path = '', module = null] = toArray(pair);
    if (module instanceof Obj) paths.set(module, String(plain(path)));
  }
  const parametersByPart: Record<string, number> = {};
  for (const pair of toArray(call(getAttribute(model, 'named_children'), []))) {
    const [name = '', child = null] = toArray(pair),
      owned = parametersOf(child);
    if (owned.length) parametersByPart[String(plain(name))] = total(owned);
  }
  const state = call(getAttribute(model, 'state_dict'), []),
    states = new Map<string, TensorObject>();
  if (state instanceof Dict)
    for (const { key, value } of state.entries.values()) if (value instanceof TensorObject) states.set(String(plain(key)), value);
  for (const [name, object] of states) nameState(object, name);
  return { model, paths, parameters: total(parametersOf(model)), parametersByPart, stateDict: stateDictOf(state), states };
}
const parametersOf = (module: Value): TensorObject[] =>
  [...each(call(getAttribute(module, 'parameters'), []))].filter(t => t instanceof TensorObject);
const total = (tensors: readonly TensorObject[]): number => tensors.reduce((n, t) => n + count(t.tensor.shape), 0);
function* each(v: Value): Generator<Value> {
  const cursor = iterate(v);
  for (let next = cursor.next(); next !== undefined; next = cursor.next()) yield next;
}

/** Backbone, neck, head, each where the model has one. Two-stage detectors: the head that proposes. */
const STAGES: readonly (readonly [attribute: string, stage: string])[] = [
  ['backbone', 'backbone'],
  ['neck', 'neck'],
  ['bbox_head', 'head'],
  ['rpn_head', 'head'],
];

function forward(session: Session, built: Built, input: ModelInput, raiseNoted: boolean): { ran: Ran; failure: Failure | null } {
  const { interpreter, state } = session,
    [width, height] = input.size,
    { model } = built;
  const graph = new Graph();
  startTorch(graph, { raiseNoted });
  for (const [name, object] of built.states) graph.name(object.tensor, name);
  const watch = (state.watch = new Watch(built.paths, graph)),
    picture = graph.input({ shape: input.form ?? [input.batch ?? 1, 3, height, width], dtype: 'float32' });
  const results = new Map<string, Value>(),
    outputs: Record<string, Shapes> = {},
    strides: Record<string, number[]> = {},
    ran: { readonly name: string; readonly stage: string; readonly type: string }[] = [];
  const ended = interpreter.attempt(() => {
    let value: Value = new TensorObject(picture);
    for (const [attribute, stage] of STAGES) {
      if (stage === 'head' && results.has('head')) continue;
      const module = attributeOrNone(model, attribute);
      if (plain(module) === null) continue;
      value = call(module, [value]);
      ran.push({ name: attribute, stage, type: typeName(module) });
      results.set(stage, value);
      outputs[stage] = shapesOf(value);
      if (stage !== 'head') strides[stage] = stridesOf(outputs[stage], height);
    }
  });
  const parts = ran.map(
    ({ name, stage, type }): Part => ({
      name,
      type,
      outputs: outputs[stage] ?? null,
      strides: strides[stage] ?? [],
      parameters: built.parametersByPart[name] ?? 0,
      macs: watch.macsByPart.get(name) ?? 0,
    }),
  );
  const place: Place = { stage: 'forward', module: watch.innermost, building: [] };
  state.watch = null;
  return {
    ran: { graph, input: picture, results, outputs, strides, parts, macs: watch.macs, watch },
    failure: ended.kind === 'done' ? null : { ...ended, place },
  };
}

/** `getattr(o, name, None)`. */
function attributeOrNone(o: Value, name: string): Value {
  try {
    return findAttribute(o, name) ?? null;
  } catch (e) {
    if (e instanceof Raised && e.exception.type.name === 'AttributeError') return null;
    throw e;
  }
}
