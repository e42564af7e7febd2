import type { Box } from './box.ts';

/** The same thing as two networks see it; null: one of them does not. */
export interface Pair {
  readonly left: Box | null;
  readonly right: Box | null;
}

/** Boxes of one class that overlap so much are of one thing. */
const SAME = 0.5;

/** Each box of the left with the box of its class that overlaps it most, best scores first; then what one side alone has, first of all. */
export function pairsOf(left: readonly Box[], right: readonly Box[]): readonly Pair[] {
  const free = new Set(right);
  const pairs = left.map((box): Pair => {
    let best: Box | null = null;
    let most = SAME;
    for (const other of free) {
      const shared = other.name === box.name ? overlap(box, other) : 0;
      if (shared > most) [best, most] = [other, shared];
    }
    if (best !== null) free.delete(best);
    return { left: box, right: best };
  });
  const score = ({ left: a, right: b }: Pair): number => Math.max(a?.score ?? 0, b?.score ?? 0);
  const alone = [...pairs.filter(pair => pair.right === null), ...[...free].map((box): Pair => ({ left: null, right: box }))];
  return [...alone.sort((a, b) => score(b) - score(a)), ...pairs.filter(pair => pair.right !== null)];
}

/** Intersection over union. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
