/** CPython's own hashes, where they are the same in every run: of numbers, and of tuples and frozen sets of those. They are what `hash()` shows, and they order a set. */
import { plain } from '../origin.ts';
import type { Value } from '../value.ts';
import { Complex } from './complex.ts';
import { Float } from './float.ts';
import { integerOf } from './int.ts';
import { PySet } from './set.ts';
import { Tuple } from './tuple.ts';

const BITS = 64,
  PRIME = 2n ** 61n - 1n;
const unsigned = (n: bigint): bigint => BigInt.asUintN(BITS, n);
const signed = (n: bigint): bigint => BigInt.asIntN(BITS, n);

/** Null where it differs from run to run (texts), or lies in an address. */
export function hashNumberOf(v: Value): bigint | null {
  const n = integerOf(v);
  if (n !== undefined) return ofInteger(BigInt(n));
  const p = plain(v);
  if (p instanceof Float) return ofFloat(p.value);
  if (p instanceof Complex) {
    const real = ofFloat(p.real),
      imaginary = ofFloat(p.imaginary);
    return real === null || imaginary === null ? null : notMinusOne(signed(real + 1000003n * imaginary));
  }
  if (p instanceof Tuple && !p.type.custom) return ofTuple(p.items);
  if (p instanceof PySet && p.type.name === 'frozenset') return ofSet([...p.items.values()]);
  return null;
}
const notMinusOne = (h: bigint): bigint => (h === -1n ? -2n : h);
function ofInteger(n: bigint): bigint {
  return notMinusOne(n < 0n ? -(-n % PRIME) : n % PRIME);
}
function ofFloat(x: number): bigint | null {
  if (Number.isNaN(x)) return null;
  if (!Number.isFinite(x)) return x > 0 ? 314159n : -314159n;
  if (Number.isInteger(x)) return ofInteger(BigInt(x));
  let size = Math.abs(x),
    exponent = 0;
  // x = numerator / 2^exponent, and 2 has an inverse modulo the prime
  for (; !Number.isInteger(size); exponent++) size *= 2;
  const turns = BigInt((61 - (exponent % 61)) % 61),
    h = ((BigInt(size) % PRIME) * 2n ** turns) % PRIME;
  return notMinusOne(x < 0 ? -h : h);
}
/** xxHash, simplified. */
function ofTuple(items: readonly Value[]): bigint | null {
  let acc = 2870177450012600261n;
  for (const item of items) {
    const lane = hashNumberOf(item);
    if (lane === null) return null;
    acc = unsigned(acc + unsigned(lane) * 14029467366897019727n);
    acc = unsigned((acc << 31n) | (acc >> 33n));
    acc = unsigned(acc * 11400714785074694791n);
  }
  acc = unsigned(acc + (BigInt(items.length) ^ (2870177450012600261n ^ 3527539n)));
  return acc === 2n ** 64n - 1n ? 1546275796n : signed(acc);
}
function ofSet(items: readonly Value[]): bigint | null {
  let all = 0n;
  for (const item of items) {
    const own = hashNumberOf(item);
    if (own === null) return null;
    const h = unsigned(own);
    all ^= unsigned((h ^ 89869747n ^ unsigned(h << 16n)) * 3644798167n);
  }
  all ^= unsigned(BigInt(items.length + 1) * 1927868237n);
  all ^= (all >> 11n) ^ (all >> 25n);
  all = unsigned(all * 69069n + 907133923n);
  return all === 2n ** 64n - 1n ? 590923713n : signed(all);
}

const PROBES = 9,
  /** The place of what was taken out: free again for the next that comes by. */
  LEFT = -1;
/** What happens to a table: the i-th of some values is put in, or taken out. */
export interface Event {
  readonly which: number;
  readonly out: boolean;
}
/** Which values a table of CPython's holds in the end, in its order. `hashes[which]` are theirs, `room` its places at the beginning. */
export function tableOrder(hashes: readonly bigint[], events: readonly Event[], room: number): number[] {
  let table: (number | undefined)[] = new Array<number | undefined>(room).fill(undefined),
    fill = 0,
    used = 0;
  /** The place of a value, or where it goes. */
  const place = (which: number, out: boolean): number => {
    const mask = table.length - 1,
      hash = unsigned(hashes[which] ?? 0n);
    let at = Number(hash & BigInt(mask)),
      perturb = hash,
      free = -1;
    for (;;) {
      const last = at + PROBES <= mask ? at + PROBES : at;
      for (let i = at; i <= last; i++) {
        if (out ? table[i] === which : table[i] === undefined) return !out && free >= 0 ? free : i;
        if (table[i] === LEFT && free < 0) free = i;
      }
      perturb >>= 5n;
      at = Number((BigInt(at) * 5n + 1n + perturb) & BigInt(mask));
    }
  };
  for (const { which, out } of events) {
    const at = place(which, out),
      fresh = table[at] === undefined;
    table[at] = out ? LEFT : which;
    used += out ? -1 : 1;
    if (out || !fresh || ++fill * 5 < (table.length - 1) * 3) continue;
    const old = table;
    table = new Array<number | undefined>(roomFor(used > 50000 ? used * 2 : used * 4)).fill(undefined);
    fill = used;
    for (const w of old) if (w !== undefined && w !== LEFT) table[place(w, false)] = w;
  }
  return table.flatMap(w => (w === undefined || w === LEFT ? [] : [w]));
}
export function roomFor(least: number): number {
  let room = 8;
  while (room <= least) room *= 2;
  return room;
}
