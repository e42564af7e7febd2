/**
 * The second stage of a detector of two. It crops from the levels where the first has proposed something, which no shape tells of; but how many proposals there are
 * at most, and how large what is cropped from each, the config says. So it is run by its own `forward` on that many, and only the cropping is stood in for.
 */
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { native } from '../python/native.ts';
import { toArray } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Obj, type Value } from '../python/value.ts';
import { TensorObject } from '../torch/tensor-object.ts';
import { childOf } from './children.ts';
import { samplesOf } from './data-samples.ts';
import type { Size } from './input.ts';
import type { Built, Ran } from './network.ts';
import type { Session } from './session.ts';
import { Watch } from './watch.ts';

export interface SecondStage {
  /** What each module did, as far as it came. */
  readonly watch: Watch;
  readonly proposals: number;
  /** It did not come to its end: the session is not used again. */
  readonly spoiled: boolean;
}

/** What mmdet's own configs keep of the proposals (`test_cfg.rpn.max_per_img`). */
const USUAL = 1000;

/** Null: there is none, or the row did not give what it takes. */
export function secondStage(session: Session, { model, paths }: Built, { graph, results }: Ran, size: Size): SecondStage | null {
  const stage = childOf(model, 'roi_head'),
    levels = results.get('neck') ?? results.get('backbone');
  if (!(stage instanceof Obj) || levels === undefined) return null;
  const { interpreter, state } = session;
  const watch = (state.watch = new Watch(paths, graph));
  const proposals = proposalsOf(model);
  const run = (proposed: () => Value) => interpreter.attempt(() => void call(stage, [levels, proposed(), samplesOf(session, size)]));
  let ended = interpreter.attempt(() => {
    for (const module of paths.keys()) if (module.type.ancestors.some(type => type.name === 'BaseRoIExtractor')) standIn(session, module);
  });
  if (ended.kind === 'done')
    ended = run(() => {
      const boxes = new TensorObject(graph.input({ shape: [proposals, 4], dtype: 'float32' }));
      return new List([call(session.member('mmengine.structures', 'InstanceData'), [], new Map([['bboxes', boxes]]))]);
    });
  // It asks for more than boxes: what proposes learned them, and always proposes the same.
  const proposing = childOf(model, 'rpn_head');
  if (ended.kind === 'raised' && proposing instanceof Obj)
    ended = run(() => call(getAttribute(proposing, 'predict'), [levels, samplesOf(session, size)]));
  state.watch = null;
  return { watch, proposals, spoiled: ended.kind === 'stopped' };
}

/** What it crops from each box: its own channels at its layers' size. */
function standIn(session: Session, extractor: Obj): void {
  const zeros = session.member('torch', 'zeros');
  const channels = getAttribute(extractor, 'out_channels'),
    [first = null] = toArray(getAttribute(extractor, 'roi_layers'));
  const [height = null, width = null] = toArray(getAttribute(first, 'output_size'));
  const forward = native('forward(feats, rois, roi_scale_factor=None)', (_feats, rois = null) => {
    const [count = null] = toArray(getAttribute(rois, 'shape'));
    return call(zeros, [count, channels, height, width]);
  });
  extractor.attributes?.set('forward', forward);
}

function proposalsOf(model: Obj): number {
  const asked = ['rpn', 'max_per_img'].reduce<Value>(
    (at, key) => (at instanceof Dict ? plain(at.get(key) ?? null) : null),
    plain(model.attributes?.get('test_cfg') ?? null),
  );
  return typeof asked === 'number' && asked > 0 ? asked : USUAL;
}
