/**
 * mmdet's dense heads. Each level gives its best candidates, and those of all levels suppress each other; a centerness multiplies the score after the threshold.
 * Source: mmdet 3.3's BaseDenseHead and GFLHead.
 */
import { bestFirst } from './best-first.ts';
import { Candidates, type ClassLogits, ruleOf, type ScoreRule, scoreClasses } from './candidates.ts';
import { type BoxLevel, numbersOf, priorsOf, writeDenseBox } from './dense-boxes.ts';
import type { DenseHead, TestSettings } from './detection.ts';
import { misfitOfParts, type RawOutput, sigmoid } from './raw-output.ts';
import type { Selected } from './selected.ts';

/** Outputs in the head's order: class scores of every level, then boxes, then centerness where there is one. `inner`: the picture's part of the input, in pixels. */
export function decodeDense(
  head: DenseHead,
  outputs: readonly RawOutput[],
  test: TestSettings,
  inner: readonly [width: number, height: number],
): Selected {
  const levels = head.strides.map((_, level) => decodeLevel(head, outputs, level, test, inner));
  const count = levels.reduce((sum, { scores }) => sum + scores.length, 0);
  const all = { boxes: new Float32Array(4 * count), labels: new Int32Array(count), scores: new Float32Array(count) };
  let at = 0;
  for (const { boxes, labels, scores } of levels) {
    all.boxes.set(boxes, 4 * at);
    all.labels.set(labels, at);
    all.scores.set(scores, at);
    at += scores.length;
  }
  return all;
}

/** What is wrong with these outputs for this head; null where they fit. */
export function misfitOfDense(head: DenseHead, outputs: readonly RawOutput[]): string | null {
  const perPrior = [channelsOf(head), numbersOf(head.box), ...(head.centerness ? [1] : [])];
  return misfitOfParts(
    outputs,
    head.strides.length,
    perPrior.map(n => head.strides.map((_, level) => n * priorsOf(head, level))),
  );
}

const channelsOf = ({ classes, sigmoid: own }: DenseHead): number => (own ? classes : classes + 1);

function decodeLevel(
  head: DenseHead,
  outputs: readonly RawOutput[],
  level: number,
  test: TestSettings,
  [innerWidth, innerHeight]: readonly [number, number],
): Selected {
  const levels = head.strides.length;
  const [, , height = 0, width = 0] = outputs[level]!.shape;
  const cells = height * width;
  const priors = priorsOf(head, level);
  const { scores: all, labels: allLabels, places } = scored(head, outputs[level]!, priors, test);
  // Without a limit mmdet's slice ends one before the last.
  const order = bestFirst(all, test.nmsPre < 0 ? Math.max(0, all.length + test.nmsPre) : test.nmsPre);
  const centerness = head.centerness ? outputs[2 * levels + level]!.data : null;
  const from: BoxLevel = { level, data: outputs[levels + level]!.data, width, cells };
  const boxes = new Float32Array(4 * order.length);
  const [labels, scores] = [new Int32Array(order.length), new Float32Array(order.length)];
  for (const [i, candidate] of order.entries()) {
    const place = places[candidate]!;
    const [cell, prior] = [Math.floor(place / priors), place % priors];
    labels[i] = allLabels[candidate]!;
    scores[i] = centerness ? all[candidate]! * sigmoid(centerness[prior * cells + cell]!) : all[candidate]!;
    writeDenseBox(head, from, cell, prior, boxes, 4 * i);
  }
  if (head.clip) for (let i = 0; i < boxes.length; i++) boxes[i] = Math.min(Math.max(boxes[i]!, 0), i % 2 ? innerHeight : innerWidth);
  return { boxes, labels, scores };
}

function scored(head: DenseHead, { data, shape }: RawOutput, priors: number, test: TestSettings): Candidates {
  const cells = (shape[2] ?? 0) * (shape[3] ?? 0);
  const rule = ruleOf({ scoreThreshold: test.scoreThreshold, multiLabel: true });
  const count = channelsOf(head);
  const found = new Candidates();
  for (let cell = 0; cell < cells; cell++) {
    for (let prior = 0; prior < priors; prior++) {
      const logits = { data, count, start: prior * count * cells + cell, step: cells };
      if (head.sigmoid) scoreClasses(logits, 1, cell * priors + prior, rule, found);
      else scoreSoftmax(logits, cell * priors + prior, rule, found);
    }
  }
  return found;
}

/** The last class is the background. */
function scoreSoftmax({ data, count, start, step }: ClassLogits, place: number, { threshold }: ScoreRule, into: Candidates): void {
  let [highest, sum] = [-Infinity, 0];
  for (let c = 0; c < count; c++) highest = Math.max(highest, data[start + c * step]!);
  for (let c = 0; c < count; c++) sum += Math.exp(data[start + c * step]! - highest);
  for (let c = 0; c < count - 1; c++) {
    const score = Math.fround(Math.exp(data[start + c * step]! - highest) / sum);
    if (score > threshold) into.add(place, c, score);
  }
}
