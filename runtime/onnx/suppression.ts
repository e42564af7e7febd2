/** Decoding and suppression as a part of the model: boxes come out, in the network's pixels. For heads whose boxes hang on nothing but the network's input. */
import type { DetectorRecipe, PointHead, TestSettings, Yolov5Head } from '../detect/detection.ts';
import { type Draft, ExportRefused, type OnnxPort } from './export.ts';
import { NodeList } from './node-list.ts';

/** Outputs of a model that suppresses: `boxes` [found, 4] with x1, y1, x2, y2, `scores` [found], `labels` [found], and where pictures are many which one each is of. */
export const SUPPRESSED = { boxes: 'boxes', scores: 'scores', labels: 'labels', pictures: 'pictures' } as const;

/** The draft with `SUPPRESSED` outputs in place of the head's own. Throws `ExportRefused` where the settings cannot be said in ONNX. */
export function withSuppression(draft: Draft, { head, test, size }: Pick<DetectorRecipe, 'head' | 'test' | 'size'>): Draft {
  if (head.kind === 'dense')
    throw new ExportRefused(
      'Boxes of this head end at the edge of the picture before they suppress each other, and the network does not know where that is. Export it without --nms',
    );
  if (test.soft) throw new ExportRefused('ONNX has no soft_nms. Export it without --nms');
  if ((test.minSize ?? -1) >= 0)
    throw new ExportRefused('`min_bbox_size` is told in pixels of the picture, which the network does not know. Export it without --nms');
  if (test.classAgnostic && test.multiLabel)
    throw new ExportRefused('Suppression over classes with `multi_label` cannot be said in ONNX. Export it without --nms');
  const nodes = new NodeList('suppression');
  const many = typeof draft.inputs[0]?.shape[0] === 'string';
  const parts = head.kind === 'yolov5' ? yolov5(nodes, head, draft.outputs, test) : points(nodes, head, draft.outputs, test);
  suppress(nodes, { ...parts, classes: head.classes, priors: priorsOf(head, size) }, test, many ? (draft.inputs[0]?.name ?? '') : null);
  const port = (name: string, dtype: OnnxPort['dtype'], ...shape: OnnxPort['shape']): OnnxPort => ({ name, dtype, shape });
  return {
    ...draft,
    nodes: [...draft.nodes, ...nodes.nodes],
    constants: [...draft.constants, ...nodes.constants],
    outputs: [
      port(SUPPRESSED.boxes, 'float32', 'found', 4),
      port(SUPPRESSED.scores, 'float32', 'found'),
      port(SUPPRESSED.labels, 'int64', 'found'),
      ...(many ? [port(SUPPRESSED.pictures, 'int64', 'found')] : []),
    ],
  };
}

/** Names of values: boxes [pictures, priors, 4], scores [pictures, priors, classes]. */
interface Scored {
  readonly boxes: string;
  readonly scores: string;
}

/** What does not count is below every threshold. */
const NEVER = -10;

function priorsOf(head: Yolov5Head | PointHead, [width, height]: readonly [number, number]): number {
  return head.strides.reduce((sum, stride, i) => {
    const cells = Math.ceil(width / stride) * Math.ceil(height / stride);
    return sum + cells * (head.kind === 'yolov5' ? head.baseSizes[i]!.length : 1);
  }, 0);
}

function cellsOf({ shape }: OnnxPort): readonly [width: number, height: number] {
  const [, , height, width] = shape;
  if (typeof height !== 'number' || typeof width !== 'number') throw new ExportRefused('The head’s outputs have no fixed size');
  return [width, height];
}

/** A level's output with a row a prior: cell by cell, in each its priors. */
function rows(nodes: NodeList, { name, shape }: OnnxPort, priors: number): string {
  const [width, height] = cellsOf({ name, shape, dtype: 'float32' });
  const numbers = Number(shape[1]) / priors;
  const apart = nodes.node('Reshape', [name, nodes.ints([0, priors, numbers, width * height])]);
  return nodes.node('Reshape', [
    nodes.node('Transpose', [apart], { perm: [0, 3, 1, 2] }),
    nodes.ints([0, width * height * priors, numbers]),
  ]);
}

const columns = (nodes: NodeList, value: string, from: number, to: number): string =>
  nodes.node('Slice', [value, nodes.ints([from]), nodes.ints([to]), nodes.ints([2])]);

/** Scores of a level by its objectness, where there is one: that alone must pass the threshold first. */
function scored(nodes: NodeList, classes: string, objectness: string | null, { scoreThreshold, productOnly }: TestSettings): string {
  const own = nodes.node('Sigmoid', [classes]);
  if (objectness === null) return own;
  const sure = nodes.node('Sigmoid', [objectness]);
  const score = nodes.node('Mul', [own, sure]);
  if (productOnly || scoreThreshold <= 0) return score;
  return nodes.node('Where', [nodes.node('Greater', [sure, nodes.float(scoreThreshold)]), score, nodes.float(NEVER)]);
}

/** Column and row of each cell, so many times each, with what is added and multiplied: [1, priors, 2]. */
function places(nodes: NodeList, [width, height]: readonly [number, number], times: number, place: (n: number) => number): string {
  const values: number[] = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let t = 0; t < times; t++) values.push(place(x), place(y));
  return nodes.floats(values, [1, values.length / 2, 2]);
}

function yolov5(nodes: NodeList, { strides, baseSizes }: Yolov5Head, outputs: readonly OnnxPort[], test: TestSettings): Scored {
  const levels = strides.length;
  const found = strides.map((stride, level) => {
    const anchors = baseSizes[level]!;
    const [classes, boxes, objectness] = [0, 1, 2].map(part => outputs[part * levels + level]!);
    const told = nodes.node('Sigmoid', [rows(nodes, boxes!, anchors.length)]);
    const cells = cellsOf(boxes!);
    const way = nodes.node('Mul', [nodes.node('Sub', [columns(nodes, told, 0, 2), nodes.float(0.5)]), nodes.float(2 * stride)]);
    const centre = nodes.node('Add', [way, places(nodes, cells, anchors.length, n => (n + 0.5) * stride)]);
    const twice = nodes.node('Mul', [columns(nodes, told, 2, 4), nodes.float(2)]);
    const sides = Array.from({ length: cells[0] * cells[1] }, () => anchors.flat()).flat();
    const size = nodes.node('Mul', [nodes.node('Mul', [twice, twice]), nodes.floats(sides, [1, sides.length / 2, 2])]);
    const half = nodes.node('Mul', [size, nodes.float(0.5)]);
    return {
      box: corners(nodes, centre, half, half),
      score: scored(nodes, rows(nodes, classes!, anchors.length), rows(nodes, objectness!, anchors.length), test),
    };
  });
  return joined(nodes, found);
}

function points(nodes: NodeList, head: PointHead, outputs: readonly OnnxPort[], test: TestSettings): Scored {
  const levels = head.strides.length;
  const found = head.strides.map((stride, level) => {
    const [classes, boxes, objectness] = [0, 1, 2].map(part => outputs[part * levels + level]);
    const told = rows(nodes, boxes!, 1);
    const point = places(nodes, cellsOf(boxes!), 1, n => (n + head.offset) * stride);
    const strided = (value: string): string => nodes.node('Mul', [value, nodes.float(stride)]);
    const [first, second] = [columns(nodes, told, 0, 2), columns(nodes, told, 2, 4)];
    const half = (): string => nodes.node('Mul', [strided(nodes.node('Exp', [second])), nodes.float(0.5)]);
    const side = head.coder === 'logarithm' ? half() : null;
    const box =
      side === null
        ? corners(nodes, point, strided(first), strided(second))
        : corners(nodes, nodes.node('Add', [strided(first), point]), side, side);
    return { box, score: scored(nodes, rows(nodes, classes!, 1), head.objectness ? rows(nodes, objectness!, 1) : null, test) };
  });
  return joined(nodes, found);
}

const corners = (nodes: NodeList, centre: string, before: string, after: string): string =>
  nodes.node('Concat', [nodes.node('Sub', [centre, before]), nodes.node('Add', [centre, after])], { axis: 2 });

const joined = (nodes: NodeList, levels: readonly { readonly box: string; readonly score: string }[]): Scored => ({
  boxes: nodes.node(
    'Concat',
    levels.map(l => l.box),
    { axis: 1 },
  ),
  scores: nodes.node(
    'Concat',
    levels.map(l => l.score),
    { axis: 1 },
  ),
});

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

/** Of each picture the best so many go into suppression; its equals do too. */
function bestOf(nodes: NodeList, scores: string, candidates: number, most: number): string {
  if (most >= candidates) return scores;
  const flat = nodes.node('Reshape', [scores, nodes.ints([0, candidates])]);
  const top = nodes.top(flat, most);
  const least = nodes.node('Slice', [top, nodes.ints([most - 1]), nodes.ints([most]), nodes.ints([1])]);
  const reached = nodes.node('GreaterOrEqual', [scores, nodes.node('Unsqueeze', [least, nodes.ints([2])])]);
  return nodes.node('Where', [reached, scores, nodes.float(NEVER)]);
}

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
