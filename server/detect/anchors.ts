/** mmdet's AnchorGenerator: the anchors of a cell on each level, in float32 as it computes them. */
import { at, type Data, isList, numberOf, numbersOf } from './data.ts';

export type Anchor = readonly [x1: number, y1: number, x2: number, y2: number];

/** Around the first cell's corner, or the middle where `center_offset` says so. Null where the generator cannot be read. Source: mmdet 3.3's AnchorGenerator. */
export function anchorsOf(generator: Data): readonly (readonly Anchor[])[] | null {
  const strides = stridesOf(generator);
  const scales = scalesOf(generator);
  const ratios = numbersOf(at(generator, 'ratios'))?.map(Math.fround);
  const sizes = numbersOf(at(generator, 'base_sizes')) ?? strides;
  if (!strides || !scales || !ratios || sizes?.length !== strides.length || at(generator, 'centers') !== undefined) return null;
  const offset = numberOf(at(generator, 'center_offset')) ?? 0;
  const scaleFirst = at(generator, 'scale_major') === false;
  return sizes.map(size =>
    scaleFirst
      ? scales.flatMap(scale => ratios.map(ratio => anchor(size, offset, ratio, scale)))
      : ratios.flatMap(ratio => scales.map(scale => anchor(size, offset, ratio, scale))),
  );
}

/** One number or two for each level; null where the two differ. */
export function stridesOf(generator: Data): readonly number[] | null {
  const strides = at(generator, 'strides');
  if (!isList(strides)) return null;
  const single = strides.map(s => (isList(s) && s[0] === s[1] ? numberOf(s[0]) : numberOf(s)));
  return single.every(s => s !== undefined) ? single : null;
}

function scalesOf(generator: Data): readonly number[] | null {
  const scales = numbersOf(at(generator, 'scales'));
  if (scales) return scales.map(Math.fround);
  const [base, count] = [numberOf(at(generator, 'octave_base_scale')), numberOf(at(generator, 'scales_per_octave'))];
  return base === undefined || count === undefined ? null : Array.from({ length: count }, (_, i) => Math.fround(2 ** (i / count) * base));
}

function anchor(size: number, offset: number, ratio: number, scale: number): Anchor {
  const high = Math.fround(Math.sqrt(ratio));
  const wide = Math.fround(1 / high);
  const [halfWidth, halfHeight] = [wide, high].map(side => Math.fround(0.5 * Math.fround(Math.fround(size * side) * scale)));
  const centre = offset * size;
  const to = Math.fround;
  return [to(centre - halfWidth!), to(centre - halfHeight!), to(centre + halfWidth!), to(centre + halfHeight!)];
}
