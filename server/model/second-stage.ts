/**
 * The second stage of a detector of two. It crops from the levels where the first has proposed something, which no shape tells of; but how many proposals there are
 * at most, and how large what is cropped from each, the config says. So it is run by its own `forward` on that many, and only what goes by values is stood in for:
 * cropping, and what is done with boxes and masks.
 */
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { native } from '../python/native.ts';
import { getItem, toArray } from '../python/operate.ts';
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
  /** What each module did: nothing where it did not come to its end. */
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
  let proposals = proposalsOf(model);
  const run = (proposed: () => Value, way: () => Value = () => stage) =>
    interpreter.attempt(() => void call(way(), [levels, proposed(), samplesOf(session, size)]));
  const begun = (): boolean => [...watch.calls.keys()].some(path => path.startsWith('roi_head.'));
  let ended = interpreter.attempt(() => {
    for (const module of paths.keys()) {
      if (module.type.ancestors.some(type => type.name === 'BaseRoIExtractor')) standInForCropping(session, module);
      if (module.type.owner('refine_bboxes')?.name === 'BBoxHead') standInForRefining(session, module);
      if (module.type.owner('predict_by_feat')?.name === 'FCNMaskHead') standInForPasting(module);
    }
  });
  if (ended.kind === 'done')
    ended = run(() => {
      const boxes = new TensorObject(graph.input({ shape: [proposals, 4], dtype: 'float32' }));
      return new List([call(session.member('mmengine.structures', 'InstanceData'), [], new Map([['bboxes', boxes]]))]);
    });
  // It asks for more than boxes: what proposes learned them, and always proposes the same.
  const proposing = childOf(model, 'rpn_head');
  if (ended.kind === 'raised' && proposing instanceof Obj) {
    const learned = (): Value => {
      const proposed = call(getAttribute(proposing, 'predict'), [levels, samplesOf(session, size)]);
      proposals = countOf(proposed) ?? proposals;
      return proposed;
    };
    ended = run(learned);
    // Its forward is that of a training step, and asks first for what was annotated (SparseRCNN): what it predicts with needs nothing more.
    if (ended.kind === 'raised' && !begun()) ended = run(learned, () => getAttribute(stage, 'predict'));
  }
  state.watch = null;
  // Half of it would be told as all of it.
  return { watch: ended.kind === 'done' ? watch : new Watch(paths, graph), proposals, spoiled: ended.kind === 'stopped' };
}

/** What it crops from each box: its own channels at its layers' size. */
function standInForCropping(session: Session, extractor: Obj): void {
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

/** It sorts boxes by their picture, which is among their values; here there is one picture, and all are its. */
function standInForRefining(session: Session, head: Obj): void {
  const made = session.member('mmengine.structures', 'InstanceData'),
    zeros = session.member('torch', 'zeros');
  const refine = native('refine_bboxes(sampling_results, bbox_results, batch_img_metas)', (_sampled, results = null) => {
    const [count = null] = toArray(getAttribute(getItem(results, 'rois'), 'shape'));
    return new List([call(made, [], new Map([['bboxes', call(zeros, [count, 4])]]))]);
  });
  head.attributes?.set('refine_bboxes', refine);
}

/** It puts the masks that were found into the picture, which is no part of the network. */
function standInForPasting(head: Obj): void {
  const paste = native(
    'predict_by_feat(mask_preds, results_list, batch_img_metas, rcnn_test_cfg, rescale=False, activate_map=False)',
    (_masks, results = null) => results,
  );
  head.attributes?.set('predict_by_feat', paste);
}

/** The boxes of the first picture. */
function countOf(proposed: Value): number | null {
  const [first = null] = toArray(proposed);
  const [length = null] = toArray(getAttribute(getAttribute(first, 'bboxes'), 'shape'));
  const count = plain(length);
  return typeof count === 'number' ? count : null;
}

function proposalsOf(model: Obj): number {
  const asked = ['rpn', 'max_per_img'].reduce<Value>(
    (at, key) => (at instanceof Dict ? plain(at.get(key) ?? null) : null),
    plain(model.attributes?.get('test_cfg') ?? null),
  );
  return typeof asked === 'number' && asked > 0 ? asked : USUAL;
}
