/** Weights for a network that has none: the same for the same seed, and scaled so that activations neither vanish nor explode. They detect nothing. */
import type { Expected } from './match.ts';

/** Values of the floating ones, by name. Layers that mix keep the size of what they are given; norms are the identity; biases 0. */
export function randomWeights(network: readonly Expected[], seed = 0): ReadonlyMap<string, Float32Array> {
  const random = mulberry32(seed);
  return new Map(network.filter(e => e.dtype.includes('float')).map(expected => [expected.name, weightsOf(expected, random)]));
}

function weightsOf({ name, shape }: Expected, random: () => number): Float32Array {
  const size = shape.reduce((n, d) => n * d, 1);
  const leaf = name.slice(name.lastIndexOf('.') + 1);
  if (shape.length >= 2) {
    // Even between two bounds, of the deviation that the number of inputs asks for.
    const bound = Math.sqrt(3 / Math.max(1, size / Math.max(1, shape[0]!)));
    const values = new Float32Array(size);
    for (let i = 0; i < size; i++) values[i] = (2 * random() - 1) * bound;
    return values;
  }
  return new Float32Array(size).fill(leaf === 'weight' || leaf === 'running_var' ? 1 : 0);
}

/** Tommy Ettinger's generator of 32 bits, public domain: numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
