/**
 * YOLOv5's head: every prior gives an objectness, a score a class, and a box relative to its anchor.
 * Source: mmyolo 0.6's YOLOv5Head with YOLOAnchorGenerator; the same as Ultralytics' since version 4.
 */
import {
  Candidates,
  type ClassLogits,
  type Decoded,
  highestLogits,
  leastWith,
  ruleOf,
  type ScoreRule,
  scoreClasses,
} from './candidates.ts';
import type { TestSettings, Yolov5Head } from './detection.ts';
import { levelOf, levelStarts, logitOf, misfitOfParts, type RawOutput, sigmoid } from './raw-output.ts';

/** Outputs in the head's order: class scores of every level, then boxes, then objectness. Whether they fit: `misfitOfYolov5`. */
export function decodeYolov5(head: Yolov5Head, outputs: readonly RawOutput[], test: TestSettings): Decoded {
  const levels = head.strides.length;
  const [classes, boxes, objectness] = [0, 1, 2].map(part => outputs.slice(part * levels, (part + 1) * levels));
  const starts = levelStarts(classes!, level => head.baseSizes[level]!.length);
  const candidates = new Candidates();
  for (let level = 0; level < levels; level++) score(head, level, classes![level]!, objectness![level]!, test, starts[level]!, candidates);
  return {
    candidates,
    box(place, into, at) {
      const level = levelOf(starts, place);
      const priors = head.baseSizes[level]!;
      const local = place - starts[level]!;
      const [cell, prior] = [Math.floor(local / priors.length), local % priors.length];
      const { data, shape } = boxes![level]!;
      const [, , height = 0, width = 0] = shape;
      const [w, h] = priors[prior]!;
      const anchor = { x: cell % width, y: Math.floor(cell / width), stride: head.strides[level]!, w, h };
      writeBox(data, prior * 4 * height * width + cell, height * width, anchor, into, at);
    },
  };
}

/** What is wrong with these outputs for this head; null where they fit. */
export function misfitOfYolov5(head: Yolov5Head, outputs: readonly RawOutput[]): string | null {
  const channels = [head.classes, 4, 1].map(perPrior => head.baseSizes.map(priors => priors.length * perPrior));
  return misfitOfParts(outputs, head.strides.length, channels);
}

function score(
  head: Yolov5Head,
  level: number,
  { data, shape }: RawOutput,
  objectness: RawOutput,
  test: TestSettings,
  start: number,
  into: Candidates,
): void {
  const cells = (shape[2] ?? 0) * (shape[3] ?? 0);
  const rule = ruleOf(test);
  const priors = head.baseSizes[level]!.length;
  // By place: how sure a prior is that there is something, and of which class at most. Most are not.
  const [sure, highest] = [new Float32Array(cells * priors).fill(-1), new Float32Array(cells * priors)];
  const logitsOf = (prior: number, cell: number): ClassLogits => ({
    data,
    count: head.classes,
    start: prior * head.classes * cells + cell,
    step: cells,
  });
  for (let prior = 0; prior < priors; prior++) {
    const passing = passingCells(objectness.data.subarray(prior * cells, (prior + 1) * cells), test, rule, (cell, score) => {
      sure[cell * priors + prior] = score;
    });
    const logits = highestLogits(logitsOf(prior, 0), passing);
    for (let i = 0; i < passing.length; i++) highest[passing[i]! * priors + prior] = logits[i]!;
  }
  for (let place = 0; place < highest.length; place++) {
    if (sure[place]! < 0 || highest[place]! < leastWith(rule, sure[place]!)) continue;
    scoreClasses(logitsOf(place % priors, Math.floor(place / priors)), sure[place]!, start + place, rule, into);
  }
}

/** The cells whose objectness alone passes; without a threshold all do. */
function passingCells(
  objectness: Float32Array,
  { scoreThreshold }: TestSettings,
  { threshold }: ScoreRule,
  found: (cell: number, sure: number) => void,
): Uint32Array {
  const least = logitOf(scoreThreshold);
  const cells = new Uint32Array(objectness.length);
  let count = 0;
  for (let cell = 0; cell < objectness.length; cell++) {
    if (objectness[cell]! < least) continue;
    const sure = sigmoid(objectness[cell]!);
    if (scoreThreshold > 0 && !(sure > threshold)) continue;
    found(cell, sure);
    cells[count++] = cell;
  }
  return cells.subarray(0, count);
}

interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly stride: number;
  readonly w: number;
  readonly h: number;
}

/** The centre may leave its cell by half a cell; a side is up to four times the anchor's. */
function writeBox(data: Float32Array, at: number, step: number, { x, y, stride, w, h }: Anchor, into: Float32Array, to: number): void {
  const centreX = Math.fround(Math.fround((sigmoid(data[at]!) - 0.5) * 2 * stride) + (x + 0.5) * stride);
  const centreY = Math.fround(Math.fround((sigmoid(data[at + step]!) - 0.5) * 2 * stride) + (y + 0.5) * stride);
  const halfWidth = Math.fround(Math.fround((sigmoid(data[at + 2 * step]!) * 2) ** 2) * w) / 2;
  const halfHeight = Math.fround(Math.fround((sigmoid(data[at + 3 * step]!) * 2) ** 2) * h) / 2;
  into[to] = centreX - halfWidth;
  into[to + 1] = centreY - halfHeight;
  into[to + 2] = centreX + halfWidth;
  into[to + 3] = centreY + halfHeight;
}
