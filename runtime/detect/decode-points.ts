/**
 * Heads without anchors: every cell is a point, and a box is told by its distances to the four sides (YOLOv6, YOLOv8, RTMDet, PPYOLOE) or by the way to its centre
 * and the logarithms of its sides (YOLOX). Source: mmyolo 0.6's heads with MlvlPointGenerator, DistancePointBBoxCoder and YOLOXBBoxCoder.
 */
import { Candidates, type Decoded, ruleOf, scoreClasses } from './candidates.ts';
import type { PointHead, TestSettings } from './detection.ts';
import { levelOf, levelStarts, misfitOfParts, type RawOutput, sigmoid } from './raw-output.ts';

/** Outputs in the head's order: class scores of every level, then boxes, then objectness where there is one. */
export function decodePoints(head: PointHead, outputs: readonly RawOutput[], test: TestSettings): Decoded {
  const levels = head.strides.length;
  const starts = levelStarts(outputs.slice(0, levels), () => 1);
  const candidates = new Candidates();
  for (let level = 0; level < levels; level++) {
    const objectness = head.objectness ? outputs[2 * levels + level]! : null;
    score(head, outputs[level]!, objectness, test, starts[level]!, candidates);
  }
  return {
    candidates,
    box(place, into, at) {
      const level = levelOf(starts, place);
      writeBox(head, level, outputs[levels + level]!, place - starts[level]!, into, at);
    },
  };
}

/** What is wrong with these outputs for this head; null where they fit. */
export function misfitOfPoints(head: PointHead, outputs: readonly RawOutput[]): string | null {
  const channels = head.objectness ? [head.classes, 4, 1] : [head.classes, 4];
  return misfitOfParts(
    outputs,
    head.strides.length,
    channels.map(n => head.strides.map(() => n)),
  );
}

function score(
  head: PointHead,
  { data, shape }: RawOutput,
  objectness: RawOutput | null,
  test: TestSettings,
  start: number,
  into: Candidates,
): void {
  const cells = (shape[2] ?? 0) * (shape[3] ?? 0);
  const rule = ruleOf(test);
  for (let cell = 0; cell < cells; cell++) {
    const sure = objectness ? sigmoid(objectness.data[cell]!) : 1;
    // YOLOX asks for the product alone.
    if (objectness && !test.productOnly && test.scoreThreshold > 0 && !(sure > rule.threshold)) continue;
    scoreClasses({ data, count: head.classes, start: cell, step: cells }, sure, start + cell, rule, into);
  }
}

function writeBox(head: PointHead, level: number, { data, shape }: RawOutput, cell: number, into: Float32Array, at: number): void {
  const [, , height = 0, width = 0] = shape;
  const cells = height * width;
  const stride = head.strides[level]!;
  const x = ((cell % width) + head.offset) * stride;
  const y = (Math.floor(cell / width) + head.offset) * stride;
  const [a, b, c, d] = [data[cell]!, data[cells + cell]!, data[2 * cells + cell]!, data[3 * cells + cell]!];
  if (head.coder === 'distance') {
    into[at] = x - Math.fround(a * stride);
    into[at + 1] = y - Math.fround(b * stride);
    into[at + 2] = x + Math.fround(c * stride);
    into[at + 3] = y + Math.fround(d * stride);
  } else {
    const [centreX, centreY] = [Math.fround(Math.fround(a * stride) + x), Math.fround(Math.fround(b * stride) + y)];
    const [halfWidth, halfHeight] = [half(c, stride), half(d, stride)];
    into[at] = centreX - halfWidth;
    into[at + 1] = centreY - halfHeight;
    into[at + 2] = centreX + halfWidth;
    into[at + 3] = centreY + halfHeight;
  }
}

const half = (logarithm: number, stride: number): number => Math.fround(Math.fround(Math.exp(logarithm)) * stride) / 2;
