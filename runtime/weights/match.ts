/** Whether a state dict is that of a network, told as mmengine tells it: missing, unexpected, of another shape. */
import type { StateDict } from './checkpoint.ts';
import type { StoredTensor } from './tensor.ts';

/** A parameter or buffer of the network. */
export interface Expected {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

export interface StateDictMatch {
  /** What fits, by the network's names. */
  readonly found: StateDict;
  readonly missing: readonly Expected[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly { readonly name: string; readonly expected: readonly number[]; readonly got: readonly number[] }[];
}

/** Counters of batches seen play no part in a result; old checkpoints lack them. */
const COUNTER = /(^|\.)num_batches_tracked$/;

export function matchStateDict(network: readonly Expected[], state: StateDict): StateDictMatch {
  const found = new Map<string, StoredTensor>();
  const missing: Expected[] = [];
  const mismatched: StateDictMatch['mismatched'][number][] = [];
  for (const expected of network) {
    const tensor = state.get(expected.name);
    if (!tensor) {
      if (!COUNTER.test(expected.name)) missing.push(expected);
    } else if (String(tensor.shape) !== String(expected.shape)) {
      mismatched.push({ name: expected.name, expected: expected.shape, got: tensor.shape });
    } else {
      found.set(expected.name, tensor);
    }
  }
  const names = new Set(network.map(e => e.name));
  const unexpected = [...state.keys()].filter(name => !names.has(name) && !COUNTER.test(name));
  return { found, missing, unexpected, mismatched };
}
