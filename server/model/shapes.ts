/** What a module returned, as plain data: nested as it was, tensors as sizes without the batch. */

import { sizes } from '../../runtime/network/tensor.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { TensorObject } from '../torch/tensor-object.ts';
import type { Shapes } from './verdict.ts';

export function shapesOf(value: Value): Shapes {
  if (value instanceof TensorObject) return sizes(value.tensor.shape).slice(1);
  if (value instanceof List || value instanceof Tuple) return value.items.map(shapesOf);
  if (value instanceof Dict) return Object.fromEntries([...value.entries.values()].map(e => [String(plain(e.key)), shapesOf(e.value)]));
  return null;
}

/** Input height by output height, of each map; what is no map is left out. */
export function stridesOf(shapes: Shapes, height: number): number[] {
  return (Array.isArray(shapes) ? shapes : []).flatMap(s => {
    const h = isMap(s) ? s[1] : undefined;
    return h ? [Math.round(height / h)] : [];
  });
}
const isMap = (s: unknown): s is readonly number[] => Array.isArray(s) && s.length === 3 && s.every(n => typeof n === 'number');
