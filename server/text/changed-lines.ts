/** Two texts line by line: what only one of them has. */

export interface ChangedLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** As few changes as there can be; what was removed before what was added. Time and room grow with the product of what is left once equal ends are cut. */
export function changedLines(before: readonly string[], after: readonly string[]): readonly ChangedLine[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const same = (text: string): ChangedLine => ({ kind: 'same', text });
  return [...before.slice(0, start).map(same), ...between(old, fresh), ...before.slice(before.length - end).map(same)];
}

function between(old: readonly string[], fresh: readonly string[]): readonly ChangedLine[] {
  const wide = fresh.length + 1;
  // Of each pair of rests, how long their longest common part is.
  const common = new Uint32Array((old.length + 1) * wide);
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      common[i * wide + j] =
        old[i] === fresh[j] ? common[(i + 1) * wide + j + 1]! + 1 : Math.max(common[(i + 1) * wide + j]!, common[i * wide + j + 1]!);
  const lines: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      lines.push({ kind: 'same', text: old[i++]! });
      j++;
    } else if (i < old.length && (j === fresh.length || common[(i + 1) * wide + j]! >= common[i * wide + j + 1]!))
      lines.push({ kind: 'removed', text: old[i++]! });
    else lines.push({ kind: 'added', text: fresh[j++]! });
  }
  return lines;
}
