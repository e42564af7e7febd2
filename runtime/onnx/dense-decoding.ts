/**
 * mmdet's dense heads as a part of the model: each level gives its best candidates by the class score, which a centerness multiplies only then; boxes end where the
 * picture does, which a second input of the model tells.
 */

import { MOST_RATIO, priorsOf } from '../detect/dense-boxes.ts';
import type { DenseHead, TestSettings } from '../detect/detection.ts';
import { bestOf } from './best-of.ts';
import { cellsOf, columns, corners, joined, NEVER, places, rows, type Scored, sigmoid } from './decoding.ts';
import { ExportRefused, type OnnxPort } from './export.ts';
import type { NodeList } from './node-list.ts';

/** `pictureSize`: the input [pictures, 2] with width and height of the picture within the network's input, for a head that clips. Throws `ExportRefused`. */
export function denseScored(
  nodes: NodeList,
  head: DenseHead,
  outputs: readonly OnnxPort[],
  test: TestSettings,
  pictureSize: string | null,
): Scored {
  if (test.nmsPre < 0)
    throw new ExportRefused(
      'Without `nms_pre` in `test_cfg` mmdet leaves out the last candidate of each level, which a graph cannot. Set it',
    );
  const levels = head.strides.length;
  const found = head.strides.map((_, level) => {
    const [classes, boxes, centerness] = [0, 1, 2].map(part => outputs[part * levels + level]);
    const priors = priorsOf(head, level);
    return {
      boxes: boxesOf(nodes, head, boxes!, level),
      scores: scoresOf(nodes, head, { classes: classes!, centerness: head.centerness ? centerness! : null, priors }, test),
    };
  });
  const all = joined(nodes, found);
  return pictureSize === null ? all : { ...all, boxes: clipped(nodes, all.boxes, pictureSize) };
}

interface LevelScores {
  readonly classes: OnnxPort;
  readonly centerness: OnnxPort | null;
  readonly priors: number;
}

function scoresOf(nodes: NodeList, head: DenseHead, { classes, centerness, priors }: LevelScores, test: TestSettings): string {
  const told = rows(nodes, classes, priors);
  // The last class of a softmax is the background.
  const own = head.sigmoid ? sigmoid(nodes, told) : columns(nodes, nodes.node('Softmax', [told], { axis: 2 }), 0, head.classes);
  const never = nodes.float(NEVER);
  const passed = nodes.node('Where', [nodes.node('Greater', [own, nodes.float(test.scoreThreshold)]), own, never]);
  const [width, height] = cellsOf(classes);
  const best = bestOf(nodes, passed, width * height * priors * head.classes, test.nmsPre);
  if (!centerness) return best;
  const score = nodes.node('Mul', [best, sigmoid(nodes, rows(nodes, centerness, priors))]);
  return nodes.node('Where', [nodes.node('Greater', [best, nodes.float(NEVER / 2)]), score, never]);
}

function boxesOf(nodes: NodeList, head: DenseHead, output: OnnxPort, level: number): string {
  const { box } = head;
  const stride = head.strides[level]!;
  const cells = cellsOf(output);
  if (box.coder === 'delta') return fromAnchors(nodes, box, output, box.anchors[level]!, stride);
  const point = places(nodes, cells, 1, n => (n + box.offset) * stride);
  const told = rows(nodes, output, 1);
  const distances = box.coder === 'distance' ? told : nodes.node('Mul', [means(nodes, told, box.most, cells), nodes.float(stride)]);
  return corners(nodes, point, columns(nodes, distances, 0, 2), columns(nodes, distances, 2, 4));
}

/** [pictures, cells, 4]: the mean of each side's softmax over 0 … most. */
function means(nodes: NodeList, told: string, most: number, [width, height]: readonly [number, number]): string {
  const count = width * height;
  const sides = nodes.node('Reshape', [told, nodes.ints([0, 4 * count, most + 1])]);
  const steps = nodes.floats(
    Array.from({ length: most + 1 }, (_, i) => i),
    [most + 1, 1],
  );
  const mean = nodes.node('MatMul', [nodes.node('Softmax', [sides], { axis: 2 }), steps]);
  return nodes.node('Reshape', [mean, nodes.ints([0, count, 4])]);
}

type Delta = Extract<DenseHead['box'], { readonly coder: 'delta' }>;

function fromAnchors(
  nodes: NodeList,
  { means: mean, stds }: Delta,
  output: OnnxPort,
  anchors: Delta['anchors'][number],
  stride: number,
): string {
  const [width, height] = cellsOf(output);
  const [centres, sizes]: [number[], number[]] = [[], []];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (const [x1, y1, x2, y2] of anchors) {
        centres.push((x1 + x2) / 2 + x * stride, (y1 + y2) / 2 + y * stride);
        sizes.push(x2 - x1, y2 - y1);
      }
  const all = (values: readonly number[]): string => nodes.floats(values, [1, values.length / 2, 2]);
  const told = nodes.node('Add', [
    nodes.node('Mul', [rows(nodes, output, anchors.length), nodes.floats([...stds], [4])]),
    nodes.floats([...mean], [4]),
  ]);
  const size = all(sizes);
  const centre = nodes.node('Add', [all(centres), nodes.node('Mul', [size, columns(nodes, told, 0, 2)])]);
  const ratio = nodes.node('Clip', [columns(nodes, told, 2, 4), nodes.float(-MOST_RATIO), nodes.float(MOST_RATIO)]);
  const half = nodes.node('Mul', [nodes.node('Mul', [size, nodes.node('Exp', [ratio])]), nodes.float(0.5)]);
  return corners(nodes, centre, half, half);
}

function clipped(nodes: NodeList, boxes: string, pictureSize: string): string {
  const ends = nodes.node('Unsqueeze', [nodes.node('Concat', [pictureSize, pictureSize], { axis: 1 }), nodes.ints([1])]);
  return nodes.node('Min', [nodes.node('Max', [boxes, nodes.float(0)]), ends]);
}
