import type { Box } from './box.ts';

/** The box under a point of the picture: the smallest that holds it, so that one inside another can be reached. `slack` in the picture's pixels. */
export function boxAt(boxes: readonly Box[], x: number, y: number, slack = 0): Box | undefined {
  let best: Box | undefined;
  for (const box of boxes) {
    const inside = x >= box.x - slack && x <= box.x + box.width + slack && y >= box.y - slack && y <= box.y + box.height + slack;
    if (inside && (best === undefined || box.width * box.height < best.width * best.height)) best = box;
  }
  return best;
}
