/**
 * What a step makes of a picture's size, by the class's dotted name (mmcv 2.0.1, mmdet 3.3.0, mmyolo 0.6.0, mmpretrain 1.2.0). Of a step that is not here nothing is
 * known, unless its source gives no picture at all.
 */
import { itemsFrom, numberFrom, numbersFrom, textFrom } from '../../config/from-value.ts';
import { Dict } from '../../python/types/dict.ts';
import type { Part } from '../part.ts';
import { ANY, atLeast, atMost, either, exactly, mapped, pairwise, type Size, type SizeRange } from './size-range.ts';

/** What keeps the size gives back what it was given. */
export type StepSize = (step: Part, before: SizeRange) => SizeRange;

const keeps: StepSize = (_, before) => before;

/** A pair as it is written, or one number for both; null where it is neither. */
function pairOf(step: Part, key: string, otherwise: Size | null = null): Size | null {
  if (step.presence(key) === 'absent') return otherwise;
  const single = step.number(key);
  const [first, second, ...more] = single !== undefined ? [single, single] : (numbersFrom(step.value(key)) ?? []);
  return first !== undefined && second !== undefined && !more.length && first > 0 && second > 0 ? [first, second] : null;
}
/** A flag as it is written; null where it cannot be read. */
const flagOf = (step: Part, key: string, otherwise: boolean): boolean | null =>
  step.presence(key) === 'absent' ? otherwise : (step.flag(key) ?? null);

const turned = ([first, second]: Size): Size => [second, first];

/** Neither side exceeds the longer; of a square, that is all. */
const within = (scale: Size): SizeRange => atMost([Math.max(...scale), Math.max(...scale)]);

const resize: StepSize = step => {
  const scale = pairOf(step, 'scale');
  const keep = flagOf(step, 'keep_ratio', false);
  if (!scale || keep === null || step.isGiven('scale_factor')) return ANY;
  if (!keep) return exactly(scale);
  // Into a square: one side fills it.
  return scale[0] === scale[1] ? { ...within(scale), longer: scale[0] } : within(scale);
};
const letterResize: StepSize = step => {
  const scale = pairOf(step, 'scale');
  const mini = flagOf(step, 'use_mini_pad', false);
  return !scale || mini === null ? ANY : mini ? atMost(scale) : exactly(scale);
};
const fixShapeResize: StepSize = step => {
  const [width, height] = [step.number('width'), step.number('height')];
  return width === undefined || height === undefined ? ANY : exactly([width, height]);
};

/** To a size, to a divisor, to a square: never smaller than it was. */
const pad: StepSize = (step, before) => {
  const size = pairOf(step, 'size');
  const divisor = step.presence('size_divisor') === 'absent' ? 1 : step.number('size_divisor');
  const square = flagOf(step, 'pad_to_square', false);
  if (square === null || divisor === undefined || (step.isGiven('size') && !size)) return atLeast(before.least);
  // The longer side, whichever it is.
  const { longer } = before;
  const around = !square
    ? before
    : longer === undefined
      ? mapped(before, of => [Math.max(...of), Math.max(...of)])
      : exactly([longer, longer]);
  const up = (side: number): number => Math.ceil(side / divisor) * divisor;
  const divided = divisor > 1 ? mapped(around, ([width, height]) => [up(width), up(height)]) : around;
  return size ? mapped(divided, of => pairwise(Math.max, of, size)) : divided;
};

/** No larger than what it is cut from. */
const cut = (before: SizeRange, to: Size): SizeRange => mapped(before, of => pairwise(Math.min, of, to));
const smaller = (before: SizeRange): SizeRange => atMost(before.most);

const randomCrop: StepSize = (step, before) => {
  const size = pairOf(step, 'crop_size');
  const kind = step.presence('crop_type') === 'absent' ? 'absolute' : step.text('crop_type');
  return size && kind === 'absolute' ? cut(before, size) : smaller(before);
};
const centerCrop: StepSize = (step, before) => {
  const size = pairOf(step, 'crop_size');
  const pads = flagOf(step, 'auto_pad', false);
  if (!size || pads === null) return smaller(before);
  return pads ? exactly(size) : cut(before, size);
};
/** mmpretrain's writes height first, and pads before it cuts. */
const paddedCrop: StepSize = (step, before) => {
  const size = pairOf(step, 'crop_size');
  const single = step.number('padding');
  const needed = flagOf(step, 'pad_if_needed', false);
  if (!size || needed === null) return ANY;
  if (needed) return exactly(turned(size));
  if (step.isGiven('padding') && single === undefined) return atMost(turned(size));
  const padding = 2 * (single ?? 0);
  return cut(
    mapped(before, ([width, height]) => [width + padding, height + padding]),
    turned(size),
  );
};
const resizedCrop: StepSize = step => {
  const scale = pairOf(step, 'scale');
  return scale ? exactly(turned(scale)) : ANY;
};
const squareCrop: StepSize = step => {
  const size = step.number('crop_size');
  return size ? exactly([size, size]) : ANY;
};
const resizeEdge: StepSize = step => {
  const scale = step.number('scale');
  const edge = step.presence('edge') === 'absent' ? 'short' : step.text('edge');
  if (!scale) return ANY;
  if (edge === 'short') return atLeast([scale, scale]);
  if (edge === 'long') return atMost([scale, scale]);
  const [least, most] = [1, Number.POSITIVE_INFINITY];
  if (edge === 'width') return { least: [scale, least], most: [scale, most] };
  return edge === 'height' ? { least: [least, scale], most: [most, scale] } : ANY;
};

/** Four or nine pictures in one of twice the size; by chance, or until enough are kept, the picture goes on alone. */
const mosaic =
  (isCached: boolean): StepSize =>
  (step, before) => {
    const scale = pairOf(step, 'img_scale', [640, 640]);
    if (!scale) return ANY;
    const whole = exactly([2 * scale[0], 2 * scale[1]]);
    const always = step.presence('prob') === 'absent' || step.number('prob') === 1;
    return always && !isCached && flagOf(step, 'use_cached', false) === false ? whole : either(before, whole);
  };
const affine: StepSize = (step, before) => {
  const border = step.presence('border') === 'absent' ? [0, 0] : (numbersFrom(step.value('border')) ?? []);
  const [across, down] = border;
  if (across === 0 && down === 0) return before;
  return across === undefined || down === undefined
    ? ANY
    : mapped(before, ([width, height]) => [Math.max(1, width + 2 * across), Math.max(1, height + 2 * down)]);
};

/** Policies by name change colours, and shift and turn within the picture. */
const byPolicies: StepSize = (step, before) => (step.text('policies') === undefined ? ANY : before);

/** Of albumentations, those that leave each pixel where it is, or the picture as large as it was. */
const SIZE_KEEPING = new Set(
  (
    'Blur MedianBlur GaussianBlur MotionBlur ToGray CLAHE RandomBrightnessContrast RandomGamma ImageCompression JpegCompression HueSaturationValue RGBShift ' +
    'ChannelShuffle ColorJitter GaussNoise HorizontalFlip VerticalFlip ShiftScaleRotate RandomBrightness RandomContrast Normalize'
  ).split(' '),
);
const albu: StepSize = (step, before) => (allKeep(step.parts('transforms').map(part => part.dict)) ? before : ANY);
const allKeep = (steps: readonly Dict[]): boolean =>
  steps.every(step => {
    const type = textFrom(step.get('type'));
    const inner = itemsFrom(step.get('transforms'))?.filter((one): one is Dict => one instanceof Dict);
    return type === 'OneOf' && inner?.length ? allKeep(inner) : type !== undefined && SIZE_KEEPING.has(type);
  });

const MMDET = 'mmdet.datasets.transforms.transforms.';
const MMYOLO = 'mmyolo.datasets.transforms.';
const MMCV = 'mmcv.transforms.processing.';
const named = (module: string, table: Readonly<Record<string, StepSize>>): readonly (readonly [string, StepSize])[] =>
  Object.entries(table).flatMap(([names, size]) => names.split(' ').map(name => [module + name, size] as const));
const ofClassification = {
  RandomCrop: paddedCrop,
  'RandomResizedCrop EfficientNetRandomCrop': resizedCrop,
  EfficientNetCenterCrop: squareCrop,
  ResizeEdge: resizeEdge,
} as const;
const ofPolicies = { 'AutoAugment RandAugment': byPolicies } as const;

const SIZES: ReadonlyMap<string, StepSize> = new Map([
  ...named(MMCV, { Resize: resize, Pad: pad, CenterCrop: centerCrop, 'Normalize RandomFlip RandomGrayscale': keeps }),
  ...named(MMDET, {
    'Resize FixScaleResize': resize,
    FixShapeResize: fixShapeResize,
    Pad: pad,
    RandomCrop: randomCrop,
    MinIoURandomCrop: (_, before) => smaller(before),
    Mosaic: mosaic(false),
    CachedMosaic: mosaic(true),
    RandomAffine: affine,
    Albu: albu,
    'RandomFlip PhotoMetricDistortion YOLOXHSVRandomAug MixUp CachedMixUp CutOut RandomErasing Corrupt RandomShift': keeps,
  }),
  ...named(`${MMYOLO}transforms.`, {
    LetterResize: letterResize,
    Resize: resize,
    'RandomAffine YOLOv5RandomAffine': affine,
    YOLOv5KeepRatioResize: step => {
      const scale = pairOf(step, 'scale');
      return scale && !numberFrom(step.value('scale')) ? within(scale) : ANY;
    },
    'RandomFlip YOLOv5HSVRandomAug PPYOLOERandomDistort YOLOv5CopyPaste': keeps,
  }),
  ...named(`${MMYOLO}mix_img_transforms.`, { 'Mosaic Mosaic9': mosaic(false), 'YOLOv5MixUp YOLOXMixUp': keeps }),
  ...['mmpretrain', 'mmcls'].flatMap(library => [
    ...named(`${library}.datasets.transforms.processing.`, ofClassification),
    ...named(`${library}.datasets.transforms.auto_augment.`, ofPolicies),
  ]),
]);

/** Null: nothing is told of its kind. */
export const stepSize = (target: string): StepSize | null => SIZES.get(target) ?? null;
