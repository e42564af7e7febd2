/** The state dict as plain data, and its fingerprint: the one that is recorded of the real libraries. */
import { createHash } from 'node:crypto';
import { sizes } from '../../runtime/network/tensor.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Dict } from '../python/types/dict.ts';
import type { Value } from '../python/value.ts';
import { TensorObject } from '../torch/tensor-object.ts';

export type StateDict = readonly (readonly [name: string, shape: readonly number[], dtype: string])[];

export function stateDictOf(value: Value): StateDict {
  if (!(value instanceof Dict)) return unknown('a state dict that is no dict');
  return [...value.entries.values()].map(({ key, value: t }) => {
    const name = String(plain(key));
    return t instanceof TensorObject ? ([name, sizes(t.tensor.shape), t.tensor.dtype] as const) : unknown(`${name} in the state dict`);
  });
}

/** SHA-256 over the sorted lines `name 64x3x6x6 float32`. */
export function fingerprint(state: StateDict): string {
  const lines = state.map(([name, shape, dtype]) => `${name} ${shape.join('x')} ${dtype}\n`).sort((a, b) => (a < b ? -1 : 1));
  return createHash('sha256').update(lines.join('')).digest('hex');
}
