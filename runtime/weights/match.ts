/** Whether a state dict is that of a network, told as mmengine tells it: missing, unexpected, of another shape. */
/** A parameter or buffer of the network. */
export interface Expected {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** What is stored under a name: a tensor, or its header alone. */
interface Stored {
  readonly shape: readonly number[];
}

export interface StateDictMatch<T extends Stored = Stored> {
  /** What fits, by the network's names. */
  readonly found: ReadonlyMap<string, T>;
  readonly missing: readonly Expected[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly { readonly name: string; readonly expected: readonly number[]; readonly got: readonly number[] }[];
}

/** Counters of batches seen play no part in a result; old checkpoints lack them. */
const COUNTER = /(^|\.)num_batches_tracked$/;

export function matchStateDict<T extends Stored>(network: readonly Expected[], state: ReadonlyMap<string, T>): StateDictMatch<T> {
  const found = new Map<string, T>();
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
