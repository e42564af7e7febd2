/** Values of small tensors, as far as they are followed: exactly, or not at all. */
import type { DType } from './dtype.ts';
import { contiguous, FOLDED } from './tensor.ts';

/** How a number is stored in a type; null where we do not follow what becomes of it (narrow integers wrap, half floats round otherwise). */
export function rounding(dtype: DType): ((n: number) => number) | null {
  switch (dtype) {
    case 'bool':
      return n => Number(n !== 0);
    case 'int64':
    case 'int32':
      return n => (Number.isSafeInteger(n) && (dtype === 'int64' || Math.abs(n) < 2 ** 31) ? n : NaN);
    case 'float32':
      return Math.fround;
    case 'float64':
      return n => n;
    default:
      return null;
  }
}

/** Made element by element; null where it is too large, or a value is not followed. */
export function made(count: number, dtype: DType, at: (i: number) => number): number[] | null {
  const store = count <= FOLDED ? rounding(dtype) : null;
  if (!store) return null;
  const out = new Array<number>(count);
  for (let i = 0; i < count; i++) out[i] = store(at(i));
  return dtype.startsWith('float') || !out.some(Number.isNaN) ? out : null;
}

/** Values of a shape, repeated so as to fill another that it stretches to. */
export function stretched(values: readonly number[], from: readonly number[], to: readonly number[]): readonly number[] {
  const n = to.reduce((a, b) => a * b, 1);
  if (values.length === n) return values;
  if (values.length === 1) return Array<number>(n).fill(values[0] ?? 0);
  const own = contiguous(from),
    steps = to.map((_, i) => {
      const at = i - (to.length - from.length);
      return at < 0 || from[at] === 1 ? 0 : (own[at] ?? 0);
    });
  return walked(to, steps).map(p => values[p] ?? 0);
}

/** Places of the elements of a shape, in order, where dimension i is `steps[i]` apart. */
export function walked(shape: readonly number[], steps: readonly number[], start = 0): number[] {
  let places = [start];
  shape.forEach((size, d) => {
    const next = new Array<number>(places.length * size),
      step = steps[d] ?? 0;
    let k = 0;
    for (const p of places) for (let i = 0; i < size; i++) next[k++] = p + i * step;
    places = next;
  });
  return places;
}
