/** Which of a backbone's levels take the place of those that the neck expects. */
import type { Level } from './levels.ts';

/** A classifier's last convolution widens its map for the pooling behind it; detectors take what is before it. */
const WIDENS = 3;

/**
 * For each stride the deepest level that has it; behind it, the same with one level less deep each, for a neck that does not take its number of channels. A number:
 * the first stride that no level has.
 */
export function chooseLevels(levels: readonly Level[], strides: readonly number[]): readonly (readonly Level[])[] | number {
  const last = levels.at(-1),
    before = levels.at(-2);
  // One level alone is what a classifier takes.
  const isWidened = strides.length > 1 && last && before && last.stride === before.stride && last.channels >= WIDENS * before.channels;
  const useful = isWidened ? levels.slice(0, -1) : levels;
  const chosen: Level[] = [];
  for (const stride of strides) {
    const level = useful.findLast(l => l.stride === stride);
    if (!level) return stride;
    chosen.push(level);
  }
  const others = chosen.flatMap(level => {
    const other = levels.findLast(l => l.stride === level.stride && l.channels !== level.channels);
    return other ? [chosen.map(l => (l === level ? other : l))] : [];
  });
  return [chosen, ...others];
}
