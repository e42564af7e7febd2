/** A recipe as JSON in a model's metadata, and back: what comes from a file is checked, field by field. */
import type { DenseBox, DetectorHead, DetectorRecipe, Normalization, SoftSuppression, TestSettings, Transform } from './detection.ts';

export const recipeText = (recipe: DetectorRecipe): string => JSON.stringify(recipe);

/** Null where the text is no recipe that this version knows. */
export function recipeFromText(text: string): DetectorRecipe | null {
  try {
    return recipeOf(record(JSON.parse(text)));
  } catch (e) {
    if (e instanceof SyntaxError || e instanceof WrongField) return null;
    throw e;
  }
}

class WrongField extends Error {}
type Fields = Readonly<Record<string, unknown>>;

function recipeOf(fields: Fields): DetectorRecipe {
  return {
    size: pair(fields.size),
    transforms: list(fields.transforms).map(t => transformOf(record(t))),
    normalization: normalizationOf(record(fields.normalization)),
    head: headOf(record(fields.head)),
    test: testOf(record(fields.test)),
    classes: list(fields.classes).map(text),
    palette: fields.palette === null ? null : list(fields.palette).map(triple),
    ...(fields.suppressed === true ? { suppressed: true } : {}),
  };
}

function transformOf(fields: Fields): Transform {
  if (fields.kind === 'pad') return { kind: 'pad', size: pair(fields.size), value: number(fields.value) };
  if (fields.kind === 'pad-to-multiple') return { kind: 'pad-to-multiple', divisor: number(fields.divisor), value: number(fields.value) };
  const scale = pair(fields.scale);
  if (fields.kind === 'yolov5-keep-ratio-resize') return { kind: fields.kind, scale };
  if (fields.kind === 'keep-ratio-resize' || fields.kind === 'resize') return { kind: fields.kind, scale, cubic: fields.cubic === true };
  if (fields.kind === 'letter-resize') {
    return {
      kind: 'letter-resize',
      scale,
      allowScaleUp: flag(fields.allowScaleUp),
      padValue: number(fields.padValue),
      ...(fields.halfPadding === true ? { halfPadding: true } : {}),
      ...(fields.filling === undefined ? {} : { filling: fillingOf(fields.filling) }),
      ...(fields.cubic === true ? { cubic: true } : {}),
    };
  }
  throw new WrongField('kind');
}

function fillingOf(value: unknown): 'least' | 'none' {
  if (value !== 'least' && value !== 'none') throw new WrongField('filling');
  return value;
}

const normalizationOf = (fields: Fields): Normalization => ({
  mean: list(fields.mean).map(number),
  std: list(fields.std).map(number),
  bgrToRgb: flag(fields.bgrToRgb),
  behind: fields.behind === undefined ? 0 : number(fields.behind),
});

function headOf(fields: Fields): DetectorHead {
  const [classes, strides] = [number(fields.classes), list(fields.strides).map(number)];
  if (fields.kind === 'points') {
    const { coder } = fields;
    if (coder !== 'distance' && coder !== 'logarithm') throw new WrongField('coder');
    return {
      kind: 'points',
      classes,
      strides,
      offset: number(fields.offset),
      coder,
      objectness: flag(fields.objectness),
      ...(fields.unclamped === true ? { unclamped: true } : {}),
    };
  }
  if (fields.kind === 'dense') {
    const [sigmoid, centerness, clip] = [flag(fields.sigmoid), flag(fields.centerness), flag(fields.clip)];
    return { kind: 'dense', classes, strides, sigmoid, centerness, clip, box: denseBoxOf(record(fields.box)) };
  }
  if (fields.kind !== 'yolov5') throw new WrongField('kind');
  return {
    kind: 'yolov5',
    classes,
    strides,
    baseSizes: list(fields.baseSizes).map(level => list(level).map(pair)),
  };
}

function denseBoxOf(fields: Fields): DenseBox {
  const { coder } = fields;
  if (coder === 'delta') {
    const anchors = list(fields.anchors).map(level => list(level).map(quadruple));
    return { coder, anchors, means: list(fields.means).map(number), stds: list(fields.stds).map(number) };
  }
  if (coder === 'distance') return { coder, offset: number(fields.offset) };
  if (coder === 'distribution') return { coder, offset: number(fields.offset), most: number(fields.most) };
  throw new WrongField('coder');
}

const testOf = (fields: Fields): TestSettings => ({
  scoreThreshold: number(fields.scoreThreshold),
  nmsIouThreshold: number(fields.nmsIouThreshold),
  nmsPre: number(fields.nmsPre),
  maxPerImage: number(fields.maxPerImage),
  multiLabel: flag(fields.multiLabel),
  classAgnostic: fields.classAgnostic === true,
  productOnly: fields.productOnly === true,
  minSize: fields.minSize === undefined ? -1 : number(fields.minSize),
  ...(fields.split === undefined ? {} : { split: number(fields.split) }),
  ...(fields.nmsScoreThreshold === undefined ? {} : { nmsScoreThreshold: number(fields.nmsScoreThreshold) }),
  ...(fields.nmsOffset === undefined ? {} : { nmsOffset: number(fields.nmsOffset) }),
  ...(fields.soft === undefined ? {} : { soft: softOf(record(fields.soft)) }),
});

function softOf({ method, sigma, minScore }: Fields): SoftSuppression {
  if (method !== 'naive' && method !== 'linear' && method !== 'gaussian') throw new WrongField('method');
  return { method, sigma: number(sigma), minScore: number(minScore) };
}

function record(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WrongField('object');
  return Object.fromEntries(Object.entries(value));
}
function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new WrongField('list');
  return value;
}
function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new WrongField('number');
  return value;
}
function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new WrongField('flag');
  return value;
}
function text(value: unknown): string {
  if (typeof value !== 'string') throw new WrongField('text');
  return value;
}
function pair(value: unknown): [number, number] {
  const [a, b] = list(value);
  return [number(a), number(b)];
}
function triple(value: unknown): [number, number, number] {
  const [a, b, c] = list(value);
  return [number(a), number(b), number(c)];
}
function quadruple(value: unknown): [number, number, number, number] {
  const [a, b, c, d] = list(value);
  return [number(a), number(b), number(c), number(d)];
}
