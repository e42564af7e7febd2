/** Where the tags of boxes go: the best score chooses first, and a tag that finds no free place is left out. */
import type { Detection } from '../detect/detection.ts';

export interface Tag {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly label: number;
}

/** With more boxes than this, only the best few are named. */
const CROWD = 60;
const NAMED_IN_CROWD = 20;

/** `unit`: pixels to a pixel of the design. */
export function tagsFor(
  detections: readonly Detection[],
  classes: readonly string[],
  { width, height, unit }: { readonly width: number; readonly height: number; readonly unit: number },
): readonly Tag[] {
  const placed: Tag[] = [];
  for (const { label, score, bbox } of detections.length > CROWD ? detections.slice(0, NAMED_IN_CROWD) : detections) {
    const text = `${classes[label] ?? label} ${score.toFixed(2)}`;
    const size = { width: (text.length * 6.9 + 12) * unit, height: 18 * unit };
    const [x1, y1, x2, y2] = bbox;
    const places = [
      [x1 - unit, y1 - size.height],
      [x2 - size.width + unit, y1 - size.height],
      [x1 - unit, y2],
      [x1, y1],
    ] as const;
    const free = places
      .map(([x, y]): Tag => ({ x: Math.min(Math.max(0, x), Math.max(0, width - size.width)), y, ...size, text, label }))
      .find(tag => tag.y >= 0 && tag.y + tag.height <= height && !placed.some(other => meet(tag, other)));
    if (free) placed.push(free);
  }
  return placed;
}

const meet = (a: Tag, b: Tag): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
