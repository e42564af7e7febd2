/** Decoding as a part of the model: the heads of mmyolo, whose boxes hang on nothing but the network's input. */
import type { PointHead, TestSettings, Yolov5Head } from '../detect/detection.ts';
import { ExportRefused, type OnnxPort } from './export.ts';
import type { NodeList } from './node-list.ts';

/** Names of values: boxes [pictures, priors, 4], scores [pictures, priors, classes]. */
export interface Scored {
  readonly boxes: string;
  readonly scores: string;
}

/** What does not count is below every threshold. */
export const NEVER = -10;

export function yolov5Scored(
  nodes: NodeList,
  { strides, baseSizes }: Yolov5Head,
  outputs: readonly OnnxPort[],
  test: TestSettings,
): Scored {
  const levels = strides.length;
  const found = strides.map((stride, level) => {
    const anchors = baseSizes[level]!;
    const [classes, boxes, objectness] = [0, 1, 2].map(part => outputs[part * levels + level]!);
    const told = sigmoid(nodes, rows(nodes, boxes!, anchors.length));
    const cells = cellsOf(boxes!);
    const way = nodes.node('Mul', [nodes.node('Sub', [columns(nodes, told, 0, 2), nodes.float(0.5)]), nodes.float(2 * stride)]);
    const centre = nodes.node('Add', [way, places(nodes, cells, anchors.length, n => (n + 0.5) * stride)]);
    const twice = nodes.node('Mul', [columns(nodes, told, 2, 4), nodes.float(2)]);
    const sides = Array.from({ length: cells[0] * cells[1] }, () => anchors.flat()).flat();
    const size = nodes.node('Mul', [nodes.node('Mul', [twice, twice]), nodes.floats(sides, [1, sides.length / 2, 2])]);
    const half = nodes.node('Mul', [size, nodes.float(0.5)]);
    return {
      boxes: corners(nodes, centre, half, half),
      scores: scored(nodes, rows(nodes, classes!, anchors.length), rows(nodes, objectness!, anchors.length), test),
    };
  });
  return joined(nodes, found);
}

export function pointsScored(nodes: NodeList, head: PointHead, outputs: readonly OnnxPort[], test: TestSettings): Scored {
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
    return {
      boxes: box,
      scores: scored(nodes, rows(nodes, classes!, 1), head.objectness ? rows(nodes, objectness!, 1) : null, test),
    };
  });
  return joined(nodes, found);
}

/** Scores of a level by its objectness, where there is one: that alone must pass the threshold first. */
function scored(nodes: NodeList, classes: string, objectness: string | null, { scoreThreshold, productOnly }: TestSettings): string {
  const own = sigmoid(nodes, classes);
  if (objectness === null) return own;
  const sure = sigmoid(nodes, objectness);
  const score = nodes.node('Mul', [own, sure]);
  if (productOnly || scoreThreshold <= 0) return score;
  return nodes.node('Where', [nodes.node('Greater', [sure, nodes.float(scoreThreshold)]), score, nodes.float(NEVER)]);
}

/** As torch rounds it. onnxruntime's own Sigmoid is right to 1e-7 of 1, so that small scores that differ come out equal, or in another order. */
export const sigmoid = (nodes: NodeList, value: string): string =>
  nodes.node('Div', [nodes.float(1), nodes.node('Add', [nodes.node('Exp', [nodes.node('Neg', [value])]), nodes.float(1)])]);

export function cellsOf({ shape }: Pick<OnnxPort, 'shape'>): readonly [width: number, height: number] {
  const [, , height, width] = shape;
  if (typeof height !== 'number' || typeof width !== 'number') throw new ExportRefused('The head’s outputs have no fixed size');
  return [width, height];
}

/** A level's output with a row a prior: cell by cell, in each its priors. */
export function rows(nodes: NodeList, { name, shape }: OnnxPort, priors: number): string {
  const [width, height] = cellsOf({ shape });
  const numbers = Number(shape[1]) / priors;
  const apart = nodes.node('Reshape', [name, nodes.ints([0, priors, numbers, width * height])]);
  return nodes.node('Reshape', [
    nodes.node('Transpose', [apart], { perm: [0, 3, 1, 2] }),
    nodes.ints([0, width * height * priors, numbers]),
  ]);
}

export const columns = (nodes: NodeList, value: string, from: number, to: number): string =>
  nodes.node('Slice', [value, nodes.ints([from]), nodes.ints([to]), nodes.ints([2])]);

/** Column and row of each cell, so many times each, with what is added and multiplied: [1, priors, 2]. */
export function places(nodes: NodeList, [width, height]: readonly [number, number], times: number, place: (n: number) => number): string {
  const values: number[] = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let t = 0; t < times; t++) values.push(place(x), place(y));
  return nodes.floats(values, [1, values.length / 2, 2]);
}

/** Boxes [pictures, priors, 4], each from its middle less `before` to its middle and `after`. */
export const corners = (nodes: NodeList, centre: string, before: string, after: string): string =>
  nodes.node('Concat', [nodes.node('Sub', [centre, before]), nodes.node('Add', [centre, after])], { axis: 2 });

/** All levels as one. */
export function joined(nodes: NodeList, levels: readonly Scored[]): Scored {
  const one = (part: keyof Scored): string =>
    nodes.node(
      'Concat',
      levels.map(level => level[part]),
      { axis: 1 },
    );
  return { boxes: one('boxes'), scores: one('scores') };
}
