/** `_random`: the Mersenne Twister, as CPython seeds and reads it. What nobody seeded is unknown. Source: Matsumoto and Nishimura, MT19937. */
import { raise } from '../exception.ts';
import { hashNumber } from '../hash.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods } from '../native.ts';
import { asSize } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { FLOAT, Float } from '../types/float.ts';
import { int, integerOf } from '../types/int.ts';
import { Tuple } from '../types/tuple.ts';
import { Unseen } from '../unseen.ts';
import { Obj, type Value } from '../value.ts';

const SIZE = 624,
  HALF = 397;

const UNSEEDED = 'a random number that nobody seeded';

class Twister extends Obj {
  readonly state = new Uint32Array(SIZE);
  index = SIZE + 1;
  seeded = false;
  override attributes = new Map<string, Value>();

  /** From one number of 32 bits. */
  begin(seed: number): void {
    const { state } = this;
    state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const before = state[i - 1] ?? 0,
        mixed = before ^ (before >>> 30);
      state[i] = Math.imul(1812433253, mixed) + i;
    }
    this.index = SIZE;
  }
  /** From any number of them. */
  seed(key: readonly number[]): void {
    const { state } = this,
      at = (i: number): number => state[i] ?? 0;
    this.begin(19650218);
    let i = 1,
      j = 0;
    const onward = (): void => {
      if (++i < SIZE) return;
      state[0] = at(SIZE - 1);
      i = 1;
    };
    for (let k = Math.max(SIZE, key.length); k > 0; k--) {
      state[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1664525)) + (key[j] ?? 0) + j;
      onward();
      if (++j >= key.length) j = 0;
    }
    for (let k = SIZE - 1; k > 0; k--) {
      state[i] = (at(i) ^ Math.imul(at(i - 1) ^ (at(i - 1) >>> 30), 1566083941)) - i;
      onward();
    }
    state[0] = 0x80000000;
    this.seeded = true;
  }
  /** 32 bits. */
  next(): number {
    if (!this.seeded) return unknown(UNSEEDED);
    const { state } = this;
    if (this.index >= SIZE) {
      for (let k = 0; k < SIZE; k++) {
        const y = ((state[k] ?? 0) & 0x80000000) | ((state[(k + 1) % SIZE] ?? 0) & 0x7fffffff);
        state[k] = (state[(k + HALF) % SIZE] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      this.index = 0;
    }
    let y = state[this.index++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }
}
/** An integer's size in pieces of 32 bits, the lowest first. */
function pieces(n: bigint): number[] {
  const out: number[] = [];
  for (let rest = n < 0n ? -n : n; rest > 0n; rest >>= 32n) out.push(Number(rest & 0xffffffffn));
  return out.length ? out : [0];
}

const TWISTER: Type = nativeType<Twister>(
  'Random',
  { hash: self => self },
  {
    module: '_random',
    make(type, args) {
      const made = new Twister(type);
      const [seed = null] = args;
      if (seed !== null && type === TWISTER) sow(made, seed);
      return made;
    },
  },
);
function sow(self: Twister, seed: Value): null {
  self.seeded = false;
  if (seed === null) return null;
  const n = integerOf(seed);
  self.seed(pieces(n !== undefined ? BigInt(n) : BigInt.asUintN(64, BigInt(integerOf(hashNumber(seed)) ?? 0))));
  return null;
}
function bits(self: Twister, count: number): Value {
  if (count < 0) throw raise('ValueError', 'number of bits must be non-negative');
  if (count === 0) return 0;
  if (count <= 32) return self.next() >>> (32 - count);
  let out = 0n,
    shift = 0n;
  for (let left = count; left > 0; left -= 32, shift += 32n) out |= BigInt(left < 32 ? self.next() >>> (32 - left) : self.next()) << shift;
  return int(out);
}
methods<Twister>(TWISTER, {
  'seed(n=None, /)': (self, n = null) => sow(self, n),
  'random()': self => {
    if (!self.seeded) return new Unseen(FLOAT, UNSEEDED);
    const a = self.next() >>> 5,
      b = self.next() >>> 6;
    return new Float((a * 67108864 + b) / 9007199254740992);
  },
  'getrandbits(k, /)': (self, k = 0) => bits(self, asSize(k)),
  'getstate()': self => (self.seeded ? new Tuple([...self.state, self.index]) : unknown('the state of a generator that nobody seeded')),
  'setstate(state, /)': (self, given = null) => {
    if (!(given instanceof Tuple)) throw raise('TypeError', 'state vector must be a tuple');
    if (given.items.length !== SIZE + 1) throw raise('ValueError', 'state vector is the wrong size');
    given.items.slice(0, SIZE).forEach((v, i) => {
      self.state[i] = Number(plain(v));
    });
    self.index = Number(plain(given.items[SIZE] ?? 0));
    self.seeded = true;
    return null;
  },
});

export const randomModule = (): NativeModule => nativeModule('_random', { Random: TWISTER });
