/** What is known of a picture's width and height, in pixels: the least and the most that each may be. */

export type Size = readonly [width: number, height: number];
export interface SizeRange {
  readonly least: Size;
  readonly most: Size;
  /** The longer side, whichever it is, where that is known. */
  readonly longer?: number;
}

export const ANY: SizeRange = { least: [1, 1], most: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] };
export const exactly = ([width, height]: Size): SizeRange => ({ least: [width, height], most: [width, height] });
export const atMost = (most: Size): SizeRange => ({ least: [1, 1], most });
export const atLeast = (least: Size): SizeRange => ({ least, most: ANY.most });

/** Null: it may be several. */
export const exactSize = ({ least, most }: SizeRange): Size | null => (least[0] === most[0] && least[1] === most[1] ? least : null);

/** One or the other. */
export const either = (a: SizeRange, b: SizeRange): SizeRange => ({
  least: pairwise(Math.min, a.least, b.least),
  most: pairwise(Math.max, a.most, b.most),
});
/** Both ends changed alike: by something that never makes the larger the smaller. */
export const mapped = ({ least, most }: SizeRange, change: (size: Size) => Size): SizeRange => ({
  least: change(least),
  most: change(most),
});

export const pairwise = (of: (a: number, b: number) => number, a: Size, b: Size): Size => [of(a[0], b[0]), of(a[1], b[1])];
