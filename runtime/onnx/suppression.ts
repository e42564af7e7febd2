/** Decoding and suppression as a part of the model: boxes come out, in the network's pixels. */
import { priorsOf } from '../detect/dense-boxes.ts';
import type { DetectorHead, DetectorRecipe, TestSettings } from '../detect/detection.ts';
import { bestOf } from './best-of.ts';
import { columns, NEVER, pointsScored, type Scored, yolov5Scored } from './decoding.ts';
import { denseScored } from './dense-decoding.ts';
import { type Draft, ExportRefused, type OnnxPort } from './export.ts';
import { NodeList } from './node-list.ts';

/** Outputs of a model that suppresses: `boxes` [found, 4] with x1, y1, x2, y2, `scores` [found], `labels` [found], and where pictures are many which one each is of. */
export const SUPPRESSED = { boxes: 'boxes', scores: 'scores', labels: 'labels', pictures: 'pictures' } as const;
/** A second input, where boxes end with the picture: [pictures, 2], its width and height within what the network takes. float32. */
export const PICTURE_SIZE = 'picture_size';

/** The draft with `SUPPRESSED` outputs in place of the head's own. Throws `ExportRefused` where the settings cannot be said in ONNX. */
export function withSuppression(draft: Draft, { head, test, size }: Pick<DetectorRecipe, 'head' | 'test' | 'size'>): Draft {
  if (test.soft) throw new ExportRefused('ONNX has no soft_nms. Export it without --nms');
  if (test.nmsScoreThreshold || test.nmsOffset)
    throw new ExportRefused("ONNX's suppression knows no `score_threshold` and no `offset` of `nms`. Export it without --nms");
  if ((test.minSize ?? -1) > 0)
    throw new ExportRefused('`min_bbox_size` is told in pixels of the picture, which the network does not know. Export it without --nms');
  if (test.classAgnostic && (test.multiLabel || head.kind === 'dense'))
    throw new ExportRefused('Suppression over classes with `multi_label` cannot be said in ONNX. Export it without --nms');
  const nodes = new NodeList('suppression');
  // A dense head's levels have their thresholds and their best behind them.
  const settings: TestSettings = head.kind === 'dense' ? { ...test, scoreThreshold: -1, multiLabel: true, nmsPre: Infinity } : test;
  const many = typeof draft.inputs[0]?.shape[0] === 'string';
  const port = (name: string, dtype: OnnxPort['dtype'], ...shape: OnnxPort['shape']): OnnxPort => ({ name, dtype, shape });
  const sizes = head.kind === 'dense' && head.clip ? [port(PICTURE_SIZE, 'float32', draft.inputs[0]?.shape[0] ?? 1, 2)] : [];
  const scored = scoredBy(nodes, head, draft.outputs, test, sizes[0]?.name ?? null);
  const parts = test.minSize === 0 ? withArea(nodes, scored) : scored;
  suppress(
    nodes,
    { ...parts, classes: head.classes, priors: priorsIn({ head, size }) },
    settings,
    many ? (draft.inputs[0]?.name ?? '') : null,
  );
  return {
    ...draft,
    nodes: [...draft.nodes, ...nodes.nodes],
    constants: [...draft.constants, ...nodes.constants],
    inputs: [...draft.inputs, ...sizes],
    outputs: [
      port(SUPPRESSED.boxes, 'float32', 'found', 4),
      port(SUPPRESSED.scores, 'float32', 'found'),
      port(SUPPRESSED.labels, 'int64', 'found'),
      ...(many ? [port(SUPPRESSED.pictures, 'int64', 'found')] : []),
    ],
  };
}

function scoredBy(nodes: NodeList, head: DetectorHead, outputs: readonly OnnxPort[], test: TestSettings, size: string | null): Scored {
  switch (head.kind) {
    case 'yolov5':
      return yolov5Scored(nodes, head, outputs, test);
    case 'points':
      return pointsScored(nodes, head, outputs, test);
    case 'dense':
      return denseScored(nodes, head, outputs, test, size);
  }
}

/** A box without an area counts no more. */
function withArea(nodes: NodeList, { boxes, scores }: Scored): Scored {
  const sides = nodes.node('Sub', [columns(nodes, boxes, 2, 4), columns(nodes, boxes, 0, 2)]);
  const least = nodes.node('Min', [columns(nodes, sides, 0, 1), columns(nodes, sides, 1, 2)]);
  return { boxes, scores: nodes.node('Where', [nodes.node('Greater', [least, nodes.float(0)]), scores, nodes.float(NEVER)]) };
}

function priorsIn({ head, size: [width, height] }: Pick<DetectorRecipe, 'head' | 'size'>): number {
  return head.strides.reduce((sum, stride, level) => {
    const cells = Math.ceil(width / stride) * Math.ceil(height / stride);
    return sum + cells * (head.kind === 'yolov5' ? head.baseSizes[level]!.length : head.kind === 'dense' ? priorsOf(head, level) : 1);
  }, 0);
}

interface Candidates extends Scored {
  readonly classes: number;
  readonly priors: number;
}

/** `input`: where pictures are many, the input that says how many; else null. */
function suppress(nodes: NodeList, { boxes, scores, classes, priors }: Candidates, test: TestSettings, input: string | null): void {
  const best = classes > 1 && !test.multiLabel ? nodes.node('ArgMax', [scores], { axis: 2, keepdims: 1 }) : null;
  const single = test.classAgnostic && best !== null;
  const own = single
    ? nodes.node('GatherElements', [scores, best], { axis: 2 })
    : best === null
      ? scores
      : nodes.node('Where', [
          nodes.node('Equal', [best, nodes.ints(Array.from({ length: classes }, (_, i) => i))]),
          scores,
          nodes.float(NEVER),
        ]);
  const counted = bestOf(nodes, own, priors * (single ? 1 : classes), test.nmsPre);
  const byClass = nodes.node('Transpose', [counted], { perm: [0, 2, 1] });
  const limit = test.maxPerImage > 0 ? test.maxPerImage : priors;
  const selected = nodes.node('NonMaxSuppression', [
    boxes,
    byClass,
    nodes.ints([limit]),
    nodes.floats([test.nmsIouThreshold], [1]),
    nodes.floats([Math.max(test.scoreThreshold, -1)], [1]),
  ]);
  const column = (at: number): string => nodes.node('Slice', [selected, nodes.ints([at]), nodes.ints([at + 1]), nodes.ints([1])]);
  const [picture, label, prior] = [column(0), column(1), column(2)];
  const place = nodes.node('Concat', [picture, prior], { axis: 1 });
  const flat = (value: string): string => nodes.node('Squeeze', [value, nodes.ints([1])]);
  const values: Found = {
    boxes: nodes.node('GatherND', [boxes, place]),
    scores: nodes.node('GatherND', [byClass, selected]),
    labels: single ? flat(nodes.node('GatherND', [best, place])) : flat(label),
    pictures: flat(picture),
  };
  const sorted = ordered(nodes, values, nodes.topK(values.scores, nodes.count(values.scores), 1));
  finish(nodes, input === null ? sorted : byPicture(nodes, sorted), input, test.maxPerImage);
}

/** Values of what was found, a row each. */
type Found = Readonly<Record<keyof typeof SUPPRESSED, string>>;
const NAMES = ['boxes', 'scores', 'labels', 'pictures'] as const;

const ordered = (nodes: NodeList, found: Found, order: string): Found =>
  mapped(found, value => nodes.node('Gather', [value, order], { axis: 0 }));

function mapped(found: Found, change: (value: string, name: keyof Found) => string): Found {
  const [boxes, scores, labels, pictures] = NAMES.map(name => change(found[name], name));
  return { boxes: boxes!, scores: scores!, labels: labels!, pictures: pictures! };
}

/** Picture by picture, in each as it was. */
function byPicture(nodes: NodeList, found: Found): Found {
  const count = nodes.node('Squeeze', [nodes.count(found.pictures), nodes.ints([0])]);
  const at = nodes.node('Range', [nodes.int(0), count, nodes.int(1)]);
  const key = nodes.node('Add', [nodes.node('Mul', [found.pictures, count]), at]);
  return ordered(nodes, found, nodes.topK(key, nodes.count(key), 0));
}

/** Names the outputs, cut to the best so many of each picture. */
function finish(nodes: NodeList, found: Found, input: string | null, most: number): void {
  const kept = (): ((value: string, name: keyof Found) => string) => {
    if (most <= 0) return (value, name) => nodes.node('Identity', [value], {}, SUPPRESSED[name]);
    if (input === null) {
      const [from, to, axis] = [nodes.ints([0]), nodes.ints([most]), nodes.ints([0])];
      return (value, name) => nodes.node('Slice', [value, from, to, axis], {}, SUPPRESSED[name]);
    }
    const batch = nodes.node('Shape', [input], { start: 0, end: 1 });
    const marks = nodes.node('OneHot', [found.pictures, batch, nodes.ints([0, 1])], { axis: 1 });
    const counts = nodes.node('ReduceSum', [marks, nodes.ints([0])], { keepdims: 0 });
    const starts = nodes.node('CumSum', [counts, nodes.int(0)], { exclusive: 1 });
    const count = nodes.node('Squeeze', [nodes.count(found.pictures), nodes.ints([0])]);
    const at = nodes.node('Range', [nodes.int(0), count, nodes.int(1)]);
    const rank = nodes.node('Sub', [at, nodes.node('Gather', [starts, found.pictures], { axis: 0 })]);
    const among = nodes.node('Less', [rank, nodes.int(most)]);
    return (value, name) => nodes.node('Compress', [value, among], { axis: 0 }, SUPPRESSED[name]);
  };
  const cut = kept();
  for (const name of NAMES) if (name !== 'pictures' || input !== null) cut(found[name], name);
}
