/** An array of our stand-in for numpy, as torch reads it: `stubs/numpy` keeps its numbers in `_values`, its type's name in `_name`. */
import { type DType, isDType } from '../../../runtime/network/dtype.ts';
import { asSize, toArray } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { Unseen } from '../../python/unseen.ts';
import { Obj, type Value } from '../../python/value.ts';
import { numberOf } from '../values.ts';

export interface ArrayData {
  readonly shape: readonly number[];
  /** Null where they are not known. */
  readonly values: readonly number[] | null;
  readonly dtype: DType;
}

/** An array of a picture that nobody has seen: torch's tensors have sizes. */
export const isUnsized = (v: Value): boolean => {
  const size = v instanceof Obj && v.type.name === 'ndarray' ? v.attributes?.get('shape') : undefined;
  return size !== undefined && toArray(size).some(side => side instanceof Unseen);
};

/** Null where it is no array, or one of what torch has no tensors of. */
export function arrayData(v: Value): ArrayData | null {
  if (!(v instanceof Obj) || v.type.name !== 'ndarray') return null;
  const held = v.attributes?.get('_values'),
    size = v.attributes?.get('shape'),
    name = plain(v.attributes?.get('_name') ?? null);
  if (held === undefined || size === undefined || typeof name !== 'string' || !isDType(name)) return null;
  const shape = toArray(size).map(d => asSize(d));
  if (held === null) return { shape, values: null, dtype: name };
  const values: number[] = [];
  for (const item of toArray(held)) {
    const n = numberOf(item);
    if (n === undefined) return null;
    values.push(n);
  }
  return { shape, values, dtype: name };
}
