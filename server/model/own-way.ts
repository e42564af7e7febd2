/**
 * The model as its own class runs it. Backbone, neck and head in a row come to the same for most models, and to a false alarm for the rest: necks that take two
 * pictures, heads that want queries, layers made for one size. An error of that row counts where the model's own way has it, too.
 */
import { Graph } from '../../runtime/network/graph.ts';
import { sizes } from '../../runtime/network/tensor.ts';
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import type { Exception } from '../python/exception.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Opaque } from '../python/types/opaque.ts';
import { Obj, type Value } from '../python/value.ts';
import { startTorch } from '../torch/context.ts';
import { isFault } from '../torch/fault.ts';
import { TensorObject } from '../torch/tensor-object.ts';
import { childOf } from './children.ts';
import { samplesOf } from './data-samples.ts';
import { handedOn } from './handed-on.ts';
import type { Size } from './input.ts';
import type { Built, Failure } from './network.ts';
import type { OwnPicture } from './own-size.ts';
import type { Session } from './session.ts';
import { Watch } from './watch.ts';

export type Judgement =
  /** The row's error is the model's. */
  | { readonly kind: 'confirmed' }
  /** The model fails in another way. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly form: readonly number[] | null }
  /** It runs, at this size, and on this: a batch of pictures in the form that its preprocessor gives them. */
  | { readonly kind: 'runs'; readonly size: Size; readonly form: readonly number[] | null; readonly watch: Watch }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Sizes at which a model may run whose config says none. */
const USUAL: readonly number[] = [224, 640, 256, 192, 384, 32];

/** `row`: how backbone, neck and head failed at `asked`; null where the model has none of them. */
export function judged(session: Session, built: Built, row: Failure | null, asked: Size, own: OwnPicture): Judgement {
  const tried = own.size ? [own.size] : [asked, ...[...named(row), ...USUAL].map((n): Size => [n, n])];
  let first: Judgement | null = null;
  for (const size of tried) {
    const { failure, form, watch } = oneWay(session, built, size, own.channels);
    if (!failure) {
      const inside = row?.kind === 'raised' && isFault(row.exception) && row.place.module?.path.startsWith('rpn_head.');
      return inside ? { kind: 'confirmed' } : { kind: 'runs', size, form, watch };
    }
    const judgement = compared(row, failure, form, built.model);
    if (judgement.kind === 'unknown') return judgement;
    first ??= judgement;
    if (!row) break;
  }
  return first ?? { kind: 'unknown', reason: 'how the model runs' };
}

/** Figures of the sentence that may be a size: `Input height (640) doesn't match model (448)`. */
function named(row: Failure | null): number[] {
  if (row?.kind !== 'raised') return [];
  const [message = null] = row.exception.args.map(plain);
  const found = typeof message === 'string' ? [...message.matchAll(/\b\d{2,4}\b/g)].map(m => Number(m[0])) : [];
  return [...new Set(found)].filter(n => n >= 32 && n <= 1536).slice(0, 4);
}

function compared(row: Failure | null, failure: Failure, form: readonly number[] | null, model: Obj): Judgement {
  if (failure.kind === 'stopped')
    return { kind: 'unknown', reason: failure.reason.kind === 'unknown' ? failure.reason.what : 'how the model runs' };
  // Self-supervised models are trained by `loss` alone, which sets what their tensor mode may lack.
  const trained = model.type.ancestors.some(t => t.name === 'BaseSelfSupervisor');
  if (row?.kind === 'raised' && sameFailure(row.exception, failure.exception) && (!trained || isFault(failure.exception)))
    return { kind: 'confirmed' };
  // What else is raised may be for want of what a data loader would give: several crops, two views. A detector takes one picture.
  const detects = model.type.ancestors.some(t => t.name === 'BaseDetector');
  return (!row || detects) && isFault(failure.exception) && !trained
    ? { kind: 'failed', failure, form }
    : { kind: 'unknown', reason: 'what the model’s own forward is given' };
}

/** On the same line, with the same type: figures differ with the size. */
function sameFailure(a: Exception, b: Exception): boolean {
  const [left, right] = [a.traceback[0], b.traceback[0]];
  return a.type === b.type && left?.file === right?.file && left?.span.line === right?.span.line;
}

interface OwnRun {
  readonly failure: Failure | null;
  readonly form: readonly number[] | null;
  readonly watch: Watch;
}

function oneWay(session: Session, built: Built, size: Size, channels: number): OwnRun {
  const opaque = run(session, built, size, channels, () => new Opaque('what a data loader gives')),
    { failure } = opaque;
  if (failure?.kind !== 'stopped' || failure.reason.kind !== 'unknown' || !failure.reason.what.startsWith('what a data loader gives'))
    return opaque;
  return run(session, built, size, channels, () => samplesOf(session, size));
}

function run(session: Session, built: Built, size: Size, channels: number, samples: () => Value): OwnRun {
  const { interpreter, state } = session,
    graph = new Graph();
  startTorch(graph, { raiseNoted: true });
  for (const [name, object] of built.states) graph.name(object.tensor, name);
  const given = handedOn(session, built, graph, size, channels);
  const watch = (state.watch = new Watch(built.paths, graph));
  const ended = interpreter.attempt(() =>
    given === null ? unknown('what its data preprocessor hands on') : void forward(built.model, given, samples),
  );
  const failure: Failure | null =
    ended.kind === 'done' ? null : { ...ended, place: { stage: 'forward', module: watch.innermost, building: [] } };
  state.watch = null;
  return { failure, form: given instanceof TensorObject ? sizes(given.tensor.shape) : null, watch };
}

function forward(model: Obj, picture: Value, samples: () => Value): Value {
  const detector = childOf(model, 'detector');
  if (detector instanceof Obj) return forward(detector, picture, samples); // a tracker
  // Two stages: what comes after the features is proposals, which no shape tells of.
  if (childOf(model, 'roi_head') instanceof Obj) return call(getAttribute(model, 'extract_feat'), [picture]);
  if (!model.type.ancestors.some(t => t.name === 'BaseModel')) return call(model, [picture]);
  return call(model, [picture, samples()], new Map([['mode', 'tensor']]));
}
