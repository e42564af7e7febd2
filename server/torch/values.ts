/** The small Python's values as torch's binder tells them apart. */
import { type DType, isComplex, isFloating } from '../../runtime/network/dtype.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Complex } from '../python/types/complex.ts';
import { FLOAT, Float } from '../python/types/float.ts';
import { BOOL, INT } from '../python/types/int.ts';
import { List } from '../python/types/list.ts';
import { ELLIPSIS } from '../python/types/singleton.ts';
import { Slice } from '../python/types/slice.ts';
import { Tuple } from '../python/types/tuple.ts';
import { Unseen } from '../python/unseen.ts';
import type { Value } from '../python/value.ts';
import { heldNumber } from './numpy-number.ts';
import { DeviceObject, DTypeObject, Generator, LAYOUT, MEMORY_FORMAT, Named as NamedObject } from './objects.ts';
import { TensorObject } from './tensor-object.ts';

export type Kind =
  | 'none'
  | 'bool'
  | 'int'
  | 'float'
  | 'str'
  | 'tensor'
  | 'list'
  | 'tuple'
  | 'dtype'
  | 'memory_format'
  | 'layout'
  | 'device'
  | 'generator'
  | 'slice'
  | 'ellipsis'
  | 'complex'
  | 'other';

export function kind(v: Value): Kind {
  if (v instanceof Unseen && (v.type === INT || v.type === FLOAT)) return v.type === INT ? 'int' : 'float';
  const p = plain(v);
  switch (typeof p) {
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'str';
    default:
  }
  if (p === null) return 'none';
  if (p instanceof TensorObject) return 'tensor';
  if (p instanceof Float) return 'float';
  if (p instanceof Complex) return 'complex';
  if (p instanceof Tuple) return 'tuple';
  if (p instanceof List) return 'list';
  if (p instanceof DTypeObject) return 'dtype';
  if (p instanceof Slice) return 'slice';
  if (p instanceof DeviceObject) return 'device';
  if (p instanceof NamedObject) return p.type === MEMORY_FORMAT ? 'memory_format' : p.type === LAYOUT ? 'layout' : 'other';
  if (p instanceof Generator) return 'generator';
  if (p === ELLIPSIS) return 'ellipsis';
  const held = heldNumber(p);
  // torch takes a truth of numpy's for a float.
  return held === undefined ? 'other' : kind(held) === 'int' ? 'int' : 'float';
}

export const isTensor = (v: Value | undefined): v is TensorObject => v instanceof TensorObject;
export const isSequence = (v: Value): v is List | Tuple => v instanceof Tuple || v instanceof List;
export const isNumber = (v: Value): boolean => {
  const k = kind(v);
  return k === 'int' || k === 'float' || k === 'bool';
};

/** The number behind an int, bool or float, Python's or numpy's; undefined for all else. */
export function numberOf(v: Value): number | undefined {
  const p = plain(v);
  if (typeof p === 'number' || typeof p === 'boolean' || typeof p === 'bigint') return Number(p);
  if (p instanceof Float) return p.value;
  const held = heldNumber(p);
  return held === undefined ? undefined : numberOf(held);
}

/** The element as Python has it; where it is not known, its type alone. */
export function elementOr(value: number | undefined, dtype: DType): Value {
  if (value !== undefined) return element(value, dtype);
  if (isComplex(dtype)) return unknown('the value of a tensor');
  return new Unseen(dtype === 'bool' ? BOOL : isFloating(dtype) ? FLOAT : INT, 'the value of a tensor');
}
/** A number of a tensor of this type, as Python has it. */
export function element(value: number, dtype: DType): Value {
  return dtype === 'bool' ? value !== 0 : dtype.startsWith('float') || dtype === 'bfloat16' ? new Float(value) : value;
}
