/** The picture that a config's own pipeline hands to its model: width, height, channels. */

import { itemsFrom } from '../config/from-value.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { dataOf, withPipeline } from '../recipe/data.ts';
import { partAt } from '../recipe/part.ts';
import type { Size } from './input.ts';

export interface OwnPicture {
  /** Null where no pipeline says. */
  readonly size: Size | null;
  readonly channels: number;
}

export function ownPicture({ value }: ResolvedConfig): OwnPicture {
  const preprocessor = at(at(value, 'model'), 'data_preprocessor') ?? value.get('data_preprocessor') ?? null;
  const mean = at(preprocessor, 'mean'),
    channels = isSequence(mean) && mean.items.length ? mean.items.length : 3;
  const divisor = numberAt(preprocessor, 'pad_size_divisor') ?? 1;
  // Of a picture that is looked at piece by piece, a piece (mmseg's `EncoderDecoder`).
  const tests = at(at(value, 'model'), 'test_cfg'),
    piece = plain(at(tests, 'mode')) === 'slide' ? pairOf(at(tests, 'crop_size')) : null;
  if (piece) return { size: [piece[1], piece[0]], channels };
  for (const key of ['test_dataloader', 'val_dataloader', 'train_dataloader']) {
    const dataset = partAt(value.get(key), [key])?.part('dataset');
    const size = sizeAfter(itemsFrom(dataset && withPipeline(dataOf(dataset))?.value('pipeline')) ?? []);
    if (size) return { size: [up(size[0], divisor), up(size[1], divisor)], channels };
  }
  return { size: null, channels };
}

const up = (n: number, divisor: number): number => Math.ceil(n / Math.max(divisor, 1)) * Math.max(divisor, 1);
const isSequence = (v: Value): v is List | Tuple => v instanceof List || v instanceof Tuple;
const at = (v: Value, key: string): Value => (v instanceof Dict ? (v.get(key) ?? null) : null);
function numberAt(v: Value, key: string): number | null {
  const n = plain(at(v, key));
  return typeof n === 'number' ? n : null;
}

/** What each step makes of the picture's size; steps that we do not know keep it. */
function sizeAfter(steps: readonly Value[]): Size | null {
  let size: Size | null = null;
  for (const step of steps) {
    const name = String(plain(at(step, 'type')) ?? '')
      .split('.')
      .at(-1);
    const keys = SIZED.get(name ?? '');
    if (keys) size = keys.map(key => pairOf(at(step, key))).find(pair => pair !== null) ?? size;
    if (name === 'Pad' && size) {
      const divisor = numberAt(step, 'size_divisor') ?? 1;
      size = [up(size[0], divisor), up(size[1], divisor)];
    }
    // Several views of one picture.
    const inner = at(step, 'transforms');
    if (isSequence(inner)) {
      const first = inner.items.find(isSequence) ?? inner;
      size = (isSequence(first) ? sizeAfter(first.items) : null) ?? size;
    }
  }
  return size;
}

/** Which argument of a step says the size that leaves it. */
const SIZED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[
    'Resize',
    'FixShapeResize',
    'FixScaleResize',
    'LetterResize',
    'YOLOv5KeepRatioResize',
    'ResizeEdge',
    'RandomResizedCrop',
    'RandomResize',
  ].map(name => [name, ['scale', 'size']] as const),
  ...['CenterCrop', 'RandomCrop', 'EfficientNetCenterCrop', 'EfficientNetRandomCrop'].map(name => [name, ['crop_size']] as const),
  ...['MAERandomResizedCrop', 'RandomResizedCropAndInterpolationWithTwoPic'].map(name => [name, ['size', 'scale']] as const),
  ['Pad', ['size']],
  ['BatchFixedSizePad', ['size']],
]);

/** 224, (224, 224); the first of several. */
function pairOf(v: Value): Size | null {
  const n = plain(v);
  if (typeof n === 'number' && Number.isInteger(n) && n > 1) return [n, n];
  if (!isSequence(v)) return null;
  const [first = null, second = null] = v.items.map(plain);
  if (isSequence(first)) return pairOf(first);
  return typeof first === 'number' && typeof second === 'number' && Number.isInteger(first) && first > 1 && second > 1
    ? [first, second]
    : null;
}
