/** A single number of our stand-in for numpy: `stubs/numpy` keeps Python's own in `_number`, the name of its type in `_to`. */
import { type DType, isDType } from '../../runtime/network/dtype.ts';
import { plain } from '../python/origin.ts';
import { Obj, type Value } from '../python/value.ts';

export const heldNumber = (v: Value): Value | undefined => (isNumpys(v) ? v.attributes?.get('_number') : undefined);

/** Null where it is none, or one of what torch has no tensors of. */
export function numpyType(v: Value): DType | null {
  const name = isNumpys(v) ? plain(v.type.find('_to') ?? null) : null;
  return typeof name === 'string' && isDType(name) ? name : null;
}
const isNumpys = (v: Value): v is Obj => v instanceof Obj && v.type.module === 'numpy';
