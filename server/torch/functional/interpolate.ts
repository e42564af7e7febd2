/** `F.interpolate`: its checks, and which operator it calls. */
import { sizes } from '../../../runtime/network/tensor.ts';
import { raise } from '../../python/exception.ts';
import { repr, toArray, truth, typeName } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { unknown } from '../../python/stop.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import type { Value } from '../../python/value.ts';
import { invoke } from '../calls.ts';
import type { Given } from '../python-signature.ts';
import { isSequence, isTensor, kind, numberOf } from '../values.ts';
import { method } from './method.ts';

const EXACT = ['nearest', 'area', 'nearest-exact'];
const BY_RANK: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  3: { nearest: 'upsample_nearest1d', 'nearest-exact': '_upsample_nearest_exact1d', linear: 'upsample_linear1d' },
  4: {
    nearest: 'upsample_nearest2d',
    'nearest-exact': '_upsample_nearest_exact2d',
    bilinear: 'upsample_bilinear2d',
    bicubic: 'upsample_bicubic2d',
  },
  5: { nearest: 'upsample_nearest3d', 'nearest-exact': '_upsample_nearest_exact3d', trilinear: 'upsample_trilinear3d' },
};
const NEEDS: Readonly<Record<string, string>> = { linear: '3D', bilinear: '4D', bicubic: '4D', trilinear: '5D' };

export function interpolate(a: Given): Value {
  const input = a('input'),
    mode = plain(a('mode')),
    align = a('align_corners');
  const modeName = typeof mode === 'string' ? mode : mode === null ? 'None' : unknown('interpolate with a mode that is no string');
  if (EXACT.includes(modeName) && align !== null)
    throw raise('ValueError', 'align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear');
  if (!isTensor(input)) return method(input, 'dim');
  const rank = input.tensor.shape.length,
    spatial = input.tensor.shape.slice(2);
  let [outSize, factors] = wanted(a('size'), a('scale_factor'), rank - 2, sizes(spatial));
  if (a('recompute_scale_factor') !== null && truth(a('recompute_scale_factor'))) {
    if (outSize !== null) throw raise('ValueError', 'recompute_scale_factor is not meaningful with an explicit size.');
    if (factors === null) return unknown('interpolate with recompute_scale_factor');
    outSize = new List(toArray(factors).map((f, i) => Math.floor((spatial[i]?.size ?? 0) * (numberOf(f) ?? 0))));
    factors = null;
  }
  const antialias = truth(a('antialias'));
  if (antialias && !(['bilinear', 'bicubic'].includes(modeName) && rank === 4))
    throw raise('ValueError', 'Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires a 4-D tensor as input');
  if (modeName === 'area' && rank >= 3 && rank <= 5)
    return outSize === null
      ? unknown('interpolate by area and a factor')
      : invoke(rank === 3 ? 'torch.adaptive_avg_pool1d' : `F.adaptive_avg_pool${rank - 2}d`, [input, outSize]);
  const operator = BY_RANK[rank]?.[modeName];
  if (!operator) {
    const needs = NEEDS[modeName];
    throw needs && rank >= 3 && rank <= 5 && modeName !== 'bicubic'
      ? raise('NotImplementedError', `Got ${rank}D input, but ${modeName} mode needs ${needs} input`)
      : raise(
          'NotImplementedError',
          `Input Error: Only 3D, 4D and 5D input Tensors supported (got ${rank}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact (got ${modeName})`,
        );
  }
  if (antialias) return invoke(`torch._C._nn._${operator}_aa`, [input, outSize, align ?? false, factors]);
  return invoke(`torch._C._nn.${operator}`, [input, outSize, ...(EXACT.includes(modeName) ? [] : [align ?? false]), factors]);
}

/** Sizes or factors, one a dimension. `n` is below zero where the input has no channels. */
function wanted(size: Value, factor: Value, n: number, have: readonly number[]): [Value, Value] {
  if (size !== null && factor !== null) throw raise('ValueError', 'only one of size or scale_factor should be defined');
  const per = (v: Value): Value[] => (isSequence(v) ? [...v.items] : Array<Value>(Math.max(n, 0)).fill(v));
  const mismatch = (what: string, given: string, form: string): never => {
    throw raise(
      'ValueError',
      `Input and ${what} must have the same number of spatial dimensions, but got input with spatial dimensions of [${have.join(', ')}] and ${given}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and ${form} format.`,
    );
  };
  if (size !== null) {
    const all = per(size);
    if (isSequence(size) && all.length !== n) mismatch('output', `output size of ${repr(size)}`, 'output size in (o1, o2, ...,oK)');
    if (isSequence(size) && all.some(v => kind(v) !== 'int' && kind(v) !== 'bool' && !isTensor(v)))
      throw raise(
        'TypeError',
        `expected size to be one of int or Tuple[int] or Tuple[int, int] or Tuple[int, int, int], but got size with types [${all.map(v => `<class '${typeName(v)}'>`).join(', ')}]`,
      );
    return [new List(all), null];
  }
  if (factor === null) throw raise('ValueError', 'either size or scale_factor should be defined');
  const all = per(factor);
  if (isSequence(factor) && all.length !== n)
    mismatch('scale_factor', `scale_factor of shape ${repr(factor)}`, 'scale_factor in (s1, s2, ...,sK)');
  return [null, new List(all.map(v => (isTensor(v) ? new Float(v.tensor.values?.[0] ?? unknown('the value of a tensor')) : v)))];
}
