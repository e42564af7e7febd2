/** The test pipeline's steps that change pixels. Sizes and rounding are mmyolo's and mmcv's, to the pixel: see each. */
import type { Transform } from '../detect/detection.ts';
import type { Picture } from './picture.ts';
import { type Interpolation, resize } from './resize.ts';
import { halfToEven } from './rounding.ts';

/** How to come back from the network's pixels to the picture's: subtract the padding, divide by the scale. */
export interface Geometry {
  /** Of the picture as it was read. */
  readonly width: number;
  readonly height: number;
  readonly scale: readonly [x: number, y: number];
  readonly padding: Padding;
  /** Of the picture as the pipeline leaves it. */
  readonly inner: Size;
}
export type Size = readonly [width: number, height: number];

export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Transformed {
  readonly picture: Picture;
  readonly geometry: Geometry;
}

export function transform(picture: Picture, steps: readonly Transform[]): Transformed {
  const { width, height } = picture;
  const start: Geometry = { width, height, scale: [1, 1], padding: NONE, inner: [width, height] };
  return steps.reduce<Transformed>((state, step) => apply(state, step), { picture, geometry: start });
}

/** The size that the steps make of a picture of this size: what `transform` gives, without a picture. */
export function sizeAfter(size: Size, steps: readonly Transform[]): Size {
  return steps.reduce<Size>((before, step) => planOf(step, before).size, size);
}

const NONE: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** What a step does to a picture of some size: it is resized, and put into a larger one. */
interface Plan {
  readonly resized: Size;
  readonly interpolation: Interpolation;
  readonly padding: Padding;
  readonly fill: number;
  readonly size: Size;
}

function apply({ picture, geometry }: Transformed, step: Transform): Transformed {
  const { width, height } = picture;
  const { resized, interpolation, padding, fill, size } = planOf(step, [width, height]);
  const scale = [geometry.scale[0] * (resized[0] / width), geometry.scale[1] * (resized[1] / height)] as const;
  const inside = resize(picture, resized[0], resized[1], interpolation);
  // What is put right of and below a picture moves nothing.
  const moved = step.kind === 'letter-resize' ? movedBy(step, [width, height], padding, geometry.padding) : geometry.padding;
  return { picture: padded(inside, size, padding, fill), geometry: { ...geometry, scale, padding: moved, inner: size } };
}

/** Where a picture that lay so before lies now. What was around it is scaled as LetterResize means to, before sides are rounded. */
function movedBy(step: LetterResize, size: Size, around: Padding, before: Padding): Padding {
  const [across, down] = ratioOf(size, step);
  const { top, bottom, left, right } = step.halfPadding ? halved(around) : around;
  return {
    top: Math.fround(top + before.top * down),
    bottom: Math.fround(bottom + before.bottom * down),
    left: Math.fround(left + before.left * across),
    right: Math.fround(right + before.right * across),
  };
}

function halved({ top, bottom, left, right }: Padding): Padding {
  const [vertical, horizontal] = [(top + bottom) / 2, (left + right) / 2];
  return { top: vertical, bottom: vertical, left: horizontal, right: horizontal };
}

function planOf(step: Transform, before: Size): Plan {
  switch (step.kind) {
    case 'yolov5-keep-ratio-resize':
      return yolov5KeepRatioResize(before, step.scale);
    case 'letter-resize':
      return letterResize(before, step);
    case 'keep-ratio-resize':
      return resizing(keptRatio(before, step.scale), step.cubic ? 'cubic' : 'linear');
    case 'resize':
      return resizing(step.scale, step.cubic ? 'cubic' : 'linear');
    case 'pad':
      return padding(before, [Math.max(before[0], step.size[0]), Math.max(before[1], step.size[1])], step.value);
    case 'pad-to-multiple':
      return padding(before, [multiple(before[0], step.divisor), multiple(before[1], step.divisor)], step.value);
  }
}

const resizing = (size: Size, interpolation: Interpolation): Plan => ({ resized: size, interpolation, padding: NONE, fill: 0, size });
const padding = (before: Size, size: Size, fill: number): Plan => ({
  resized: before,
  interpolation: 'linear',
  padding: { top: 0, left: 0, bottom: size[1] - before[1], right: size[0] - before[0] },
  fill,
  size,
});

/** The next multiple of a side. */
export const multiple = (side: number, divisor: number): number => Math.ceil(side / divisor) * divisor;

/** As large as fits into `scale`, the longer side along its longer one. Sides are cut to whole pixels, not rounded. Source: mmyolo 0.6's YOLOv5KeepRatioResize. */
function yolov5KeepRatioResize([width, height]: Size, scale: Size): Plan {
  const ratio = fitting([width, height], scale);
  const size: Size = ratio === 1 ? [width, height] : [Math.max(1, Math.trunc(width * ratio)), Math.max(1, Math.trunc(height * ratio))];
  return resizing(size, ratio < 1 ? 'area' : 'linear');
}

/** The same, rounded half up. Source: mmcv 2.0's imrescale. */
function keptRatio([width, height]: Size, scale: Size): Size {
  const ratio = fitting([width, height], scale);
  return [Math.max(1, Math.trunc(width * ratio + 0.5)), Math.max(1, Math.trunc(height * ratio + 0.5))];
}

const fitting = ([width, height]: Size, scale: Size): number =>
  Math.min(Math.max(...scale) / Math.max(width, height), Math.min(...scale) / Math.min(width, height));

type LetterResize = Extract<Transform, { kind: 'letter-resize' }>;

/** What LetterResize multiplies the sides with: the same for both, unless it stretches. */
function ratioOf([width, height]: Size, { scale, allowScaleUp, filling }: LetterResize): readonly [across: number, down: number] {
  const [across, down] = [scale[0] / width, scale[1] / height];
  if (filling === 'none') return [across, down];
  const ratio = Math.min(down, across, allowScaleUp ? Infinity : 1);
  return [ratio, ratio];
}

/** A side of the network's coarsest level, as LetterResize has it. */
const CELL = 32;

/** Fits into `scale` and fills what is left around with one colour, the odd pixel at the right and the bottom. Source: mmyolo 0.6's LetterResize. */
function letterResize(before: Size, step: LetterResize): Plan {
  const { scale, filling, padValue: fill, cubic = false } = step;
  const [across, down] = ratioOf(before, step);
  const resized: Size =
    filling === 'none' ? scale : [Math.max(1, halfToEven(before[0] * across)), Math.max(1, halfToEven(before[1] * down))];
  const [horizontal, vertical] = [0, 1].map(side =>
    filling === 'least' ? (scale[side]! - resized[side]!) % CELL : scale[side]! - resized[side]!,
  );
  const [top, left] = [vertical! >> 1, horizontal! >> 1];
  const around = { top, bottom: vertical! - top, left, right: horizontal! - left };
  const size: Size = [resized[0] + horizontal!, resized[1] + vertical!];
  return { resized, interpolation: cubic ? 'cubic' : 'linear', padding: around, fill, size };
}

function padded(picture: Picture, [width, height]: Size, { left, top }: Padding, value: number): Picture {
  if (picture.width === width && picture.height === height) return picture;
  const pixels = new Uint8Array(width * height * 3).fill(value);
  const row = picture.width * 3;
  for (let y = 0; y < picture.height; y++) pixels.set(picture.pixels.subarray(y * row, (y + 1) * row), ((y + top) * width + left) * 3);
  return { width, height, pixels };
}
