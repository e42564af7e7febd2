/** What heads score: priors and classes over the threshold. There may be a million where nothing was trained, so they lie in typed arrays that grow. */
import type { TestSettings } from './detection.ts';
import { logitOf, sigmoid } from './raw-output.ts';

export class Candidates {
  /** Of each: its score, its class, and which prior of the head it is of. */
  #scores = new Float32Array(1024);
  #labels = new Int32Array(1024);
  #places = new Uint32Array(1024);
  count = 0;

  get scores(): Float32Array {
    return this.#scores.subarray(0, this.count);
  }
  get labels(): Int32Array {
    return this.#labels.subarray(0, this.count);
  }
  get places(): Uint32Array {
    return this.#places.subarray(0, this.count);
  }

  add(place: number, label: number, score: number): void {
    if (this.count === this.#scores.length) this.#grow();
    this.#scores[this.count] = score;
    this.#labels[this.count] = label;
    this.#places[this.count] = place;
    this.count++;
  }

  #grow(): void {
    const [scores, labels, places] = [this.#scores, this.#labels, this.#places];
    this.#scores = new Float32Array(2 * scores.length);
    this.#labels = new Int32Array(2 * labels.length);
    this.#places = new Uint32Array(2 * places.length);
    this.#scores.set(scores);
    this.#labels.set(labels);
    this.#places.set(places);
  }
}

/** A head's candidates, and their boxes for those that are wanted. */
export interface Decoded {
  readonly candidates: Candidates;
  /** Writes x1, y1, x2, y2 of a prior, in the network's pixels. */
  box(place: number, into: Float32Array, at: number): void;
}

/** When a score counts, ready to be asked many times. */
export interface ScoreRule {
  readonly threshold: number;
  readonly least: number;
  /** Every class that counts, or the best alone. */
  readonly multiLabel: boolean;
}
export const ruleOf = ({ scoreThreshold, multiLabel }: Pick<TestSettings, 'scoreThreshold' | 'multiLabel'>): ScoreRule => ({
  threshold: Math.fround(scoreThreshold),
  least: logitOf(scoreThreshold),
  multiLabel,
});

/** Where the class logits of one prior lie in an output: `count` of them from `start`, `step` apart. */
export interface ClassLogits {
  readonly data: Float32Array;
  readonly count: number;
  readonly start: number;
  readonly step: number;
}

/**
 * Of the priors of such cells the highest logit of all classes: where it does not pass `leastWith`, nothing else need be asked. Class after class, as they lie in memory, which
 * pays where few cells are asked: those of one cell lie far from each other. `cells`: places in the output where the first class is at `start`.
 */
export function highestLogits({ data, count, start, step }: ClassLogits, cells: Uint32Array): Float32Array {
  const highest = new Float32Array(cells.length).fill(-Infinity);
  for (let c = 0, plane = start; c < count; c++, plane += step) {
    for (let i = 0; i < cells.length; i++) {
      const logit = data[plane + cells[i]!]!;
      if (logit > highest[i]!) highest[i] = logit;
    }
  }
  return highest;
}

/** What a class's logit must pass for its score, multiplied with `sure`, to count: less than that by more than float32 rounds. */
export const leastWith = ({ threshold, least }: ScoreRule, sure: number): number =>
  sure === 1 ? least : logitOf((threshold / sure) * (1 - 1e-6));

/** Adds what passes of one prior; scores are multiplied with `sure`. */
export function scoreClasses(
  { data, count, start, step }: ClassLogits,
  sure: number,
  place: number,
  rule: ScoreRule,
  into: Candidates,
): void {
  const { threshold, multiLabel } = rule;
  // One logarithm a prior spares an `exp` a class: an unsure one has none that counts.
  const least = leastWith(rule, sure);
  let [highest, best, label] = [-Infinity, -1, 0];
  for (let c = 0, at = start; c < count; c++, at += step) {
    const logit = data[at]!;
    if (logit < least || (!multiLabel && logit <= highest)) continue;
    const score = Math.fround(sigmoid(logit) * sure);
    if (multiLabel) {
      if (score > threshold) into.add(place, c, score);
    } else if (score > best) {
      [best, label] = [score, c];
      highest = logit;
    }
  }
  if (!multiLabel && best > threshold) into.add(place, label, best);
}
