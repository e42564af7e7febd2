/** A rectangle on the stage, in CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TagWanted {
  readonly box: Rect;
  /** The tag's own size. */
  readonly width: number;
  readonly height: number;
  /** Placed even where no place is free: the one that is focused or hovered. */
  readonly always: boolean;
}

/**
 * A place for each box's name, in the order given (best score first): above left, above right, below left, below right, inside. Null where every
 * place would cover another tag or leave the bounds. Line width is left free: `edge` is how far a tag stands out to the left of its box.
 */
export function placeTags(wanted: readonly TagWanted[], bounds: Rect, edge = 1): readonly (Rect | null)[] {
  const taken: Rect[] = [];
  return wanted.map(tag => {
    const free = placesFor(tag, edge).find(place => within(place, bounds) && !taken.some(other => overlap(place, other)));
    const place = free ?? (tag.always ? pushInside(placesFor(tag, edge)[0], bounds) : null);
    if (place !== null) taken.push(place);
    return place;
  });
}

function placesFor({ box, width, height }: TagWanted, edge: number): readonly [Rect, ...Rect[]] {
  const left = box.x - edge;
  const right = box.x + box.width + edge - width;
  const above = box.y - height;
  const below = box.y + box.height;
  const at = (x: number, y: number): Rect => ({ x, y, width, height });
  return [at(left, above), at(right, above), at(left, below), at(right, below), at(left, box.y), at(right, box.y)];
}

function within(a: Rect, bounds: Rect): boolean {
  return a.x >= bounds.x && a.y >= bounds.y && a.x + a.width <= bounds.x + bounds.width && a.y + a.height <= bounds.y + bounds.height;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function pushInside(a: Rect, bounds: Rect): Rect {
  const clamp = (at: number, extent: number, from: number, room: number): number => Math.max(from, Math.min(from + room - extent, at));
  return { ...a, x: clamp(a.x, a.width, bounds.x, bounds.width), y: clamp(a.y, a.height, bounds.y, bounds.height) };
}
