/** What a head gives for one level of one picture, before any decoding. */
export interface RawOutput {
  /** Batch (1), channels, height, width. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Rounded to float32 where torch rounds: near 1 many logits give one score, and equal scores keep the order of their places. */
export const sigmoid = (logit: number): number => Math.fround(1 / Math.fround(1 + Math.fround(Math.exp(-logit))));

/** The logit that a sigmoid must pass, a little below it: what lies under is not worth an `exp`. */
export const logitOf = (score: number): number => (score <= 0 ? -Infinity : score >= 1 ? Infinity : Math.log(score / (1 - score)) - 1e-3);

/** Where each level's priors begin when those of all levels are counted through; the last entry is their number. */
export function levelStarts(levels: readonly RawOutput[], priors: (level: number) => number): readonly number[] {
  const starts = [0];
  for (const [level, { shape }] of levels.entries()) starts.push(starts[level]! + (shape[2] ?? 0) * (shape[3] ?? 0) * priors(level));
  return starts;
}

/** The level that a prior is of. */
export function levelOf(starts: readonly number[], place: number): number {
  let level = 0;
  while (place >= starts[level + 1]!) level++;
  return level;
}

/** What is wrong with the outputs of a head that has `channels` of each part on each level; null where they fit. Further parts (masks, keypoints) are left alone. */
export function misfitOfParts(outputs: readonly RawOutput[], levels: number, channels: readonly (readonly number[])[]): string | null {
  if (outputs.length < channels.length * levels)
    return `The head has ${outputs.length} outputs; ${channels.length} for each of ${levels} levels are needed.`;
  for (const [part, ofLevels] of channels.entries()) {
    for (let level = 0; level < levels; level++) {
      const { shape } = outputs[part * levels + level]!;
      const [, , height, width] = outputs[level]!.shape;
      if (shape.length !== 4 || shape[0] !== 1 || shape[1] !== ofLevels[level] || shape[2] !== height || shape[3] !== width)
        return `Output ${part * levels + level} of the head has the shape [${shape.join(', ')}]; [1, ${ofLevels[level]}, ${height}, ${width}] is needed.`;
    }
  }
  return null;
}
