/** Chance that can be had again: `NECKTIE_SEED=<seed>` runs the one case that a failure names; `NECKTIE_CASES=<count>` runs so many, for a long night. */
import { performance } from 'node:perf_hooks';
import { inspect } from 'node:util';

export interface Chance {
  /** 0 ≤ n < 1. */
  real(): number;
  /** A whole number from 0 to less than `below`. */
  below(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32: a seed of 32 bits, the same numbers on every machine. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const real = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let n = Math.imul(state ^ (state >>> 15), 1 | state);
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
    return ((n ^ (n >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    real,
    below: below => Math.floor(real() * below),
    pick(from) {
      const picked = from[Math.floor(real() * from.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
}

/** Milliseconds that no case may take, on a machine that does other things too: an input that hangs takes forever. */
const LONGEST = 60_000;

export interface Cases {
  /** Of the first case; the others count on from it. */
  readonly seed: number;
  readonly count: number;
}

/** Runs cases one after another; what goes wrong in one is told with its seed and with what it was about (`notes`). */
export async function fuzz(
  { seed, count }: Cases,
  run: (chance: Chance, notes: Record<string, unknown>) => void | Promise<void>,
): Promise<void> {
  const only = process.env['NECKTIE_SEED'];
  const many = Number(process.env['NECKTIE_CASES'] ?? count);
  const seeds = only === undefined ? Array.from({ length: many }, (_, i) => seed + i) : [Number(only)];
  for (const each of seeds) {
    const notes: Record<string, unknown> = {};
    const began = performance.now();
    try {
      await run(chance(each), notes);
      const took = performance.now() - began;
      if (took > LONGEST) throw new Error(`it took ${Math.round(took)} ms`);
    } catch (e) {
      throw new Error(`NECKTIE_SEED=${each}\n${inspect(notes, { maxStringLength: 4000, depth: 4 })}`, { cause: e });
    }
  }
}
