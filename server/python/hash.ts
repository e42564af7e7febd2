/** Hashes: `hash()`, and the keys of values whose class says by itself what is equal. */
import { call } from './call.ts';
import { raise } from './exception.ts';
import { Native } from './native.ts';
import { abilities, hash, truth, typeOf } from './operate.ts';
import { answer, special } from './special-method.ts';
import { Float } from './types/float.ts';
import { hashNumberOf } from './types/hash-number.ts';
import { int, integerOf } from './types/int.ts';
import { keyText } from './types/key.ts';
import { Tuple } from './types/tuple.ts';
import { type Key, Obj, type Value } from './value.ts';

/** `hash()`: equal values have equal ones. CPython's own numbers for texts differ from run to run. */
export function hashNumber(v: Value): Value {
  const own = typeOf(v).custom ? typeOf(v).find('__hash__') : undefined;
  if (own !== undefined && own !== null && abilities(v).hash && !(own instanceof Native)) {
    const n = wholeHash(call(abilities(own).get?.(own, v, typeOf(v)) ?? own, []));
    return int(hashNumberOf(n) ?? BigInt(n));
  }
  // One of a class made of a native one has the hash of what it is made of.
  const known = hashNumberOf(v instanceof Tuple && v.type.custom ? new Tuple(v.items) : v);
  if (known !== null) return int(known);
  const key = hash(v);
  if (typeof key === 'number' && Number.isSafeInteger(key)) return key === -1 ? -2 : key;
  let n = 0xcbf29ce484222325n;
  for (const c of keyText(key)) n = ((n ^ BigInt(c.codePointAt(0) ?? 0)) * 0x100000001b3n) & 0x1fffffffffffffn;
  return Number(n);
}

/** Equal values need equal keys, and only Python knows which are equal: of those with one hash, the first that is equal stands for all. */
export type Hashes = Map<string, Value[]>;
let buckets: Hashes = new Map();
/** Those of the program that runs now. */
export const hashesInUse = (): Hashes => buckets;
export const useHashes = (hashes: Hashes): void => {
  buckets = hashes;
};
function wholeHash(given: Value): number | bigint {
  const n = integerOf(given);
  if (n === undefined) throw raise('TypeError', '__hash__ method should return an integer');
  return n;
}
/** The ability `hash` of a class written in Python. */
export function customHash(self: Value): Key {
  const own = wholeHash(special(self, '__hash__') ?? null),
    number = numberLike(self, own);
  if (number !== undefined) return hash(number);
  const bucketName = keyText(own);
  let bucket = buckets.get(bucketName);
  if (!bucket) buckets.set(bucketName, (bucket = []));
  const same = bucket.find(v => v === self || truth(answer(special(self, '__eq__', v)) ?? false));
  if (same === undefined) bucket.push(self);
  const found = same ?? self;
  return found instanceof Obj ? found : null;
}
/** The number of Python's that it counts for, has the hash of and is equal to: to a dict they are one key. */
function numberLike(self: Value, own: number | bigint): Value | undefined {
  const { index, float } = abilities(self);
  if (!index && !float) return undefined;
  const number = index ? index(self) : new Float(float?.(self) ?? Number.NaN);
  const isAlike = hashNumberOf(number) === BigInt(own) && truth(answer(special(self, '__eq__', number)) ?? false);
  return isAlike ? number : undefined;
}
