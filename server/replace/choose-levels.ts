/** Which of a backbone's levels take the place of those that the neck expects. */
import type { Level } from './levels.ts';

/** A classifier's last convolution widens its map for the pooling behind it; detectors take what is before it. */
const WIDENS = 3;

/** For each stride the deepest level that has it. A number: the first stride that no level has. */
export function chooseLevels(levels: readonly Level[], strides: readonly number[]): readonly Level[] | number {
  const last = levels.at(-1),
    before = levels.at(-2);
  const isClassifiers = last && before && last.stride === before.stride && last.channels >= WIDENS * before.channels;
  const useful = isClassifiers ? levels.slice(0, -1) : levels;
  const chosen: Level[] = [];
  for (const stride of strides) {
    const level = useful.findLast(l => l.stride === stride);
    if (!level) return stride;
    chosen.push(level);
  }
  return chosen;
}
