/** `random` where a model is built: numbers whose type is certain and whose value nobody knows. What is chosen by one is not known at all. */
import { type NativeModule, nativeModule } from '../python/import/native-module.ts';
import { native } from '../python/native.ts';
import { length } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { FLOAT, Float } from '../python/types/float.ts';
import { INT } from '../python/types/int.ts';
import { List } from '../python/types/list.ts';
import { Opaque } from '../python/types/opaque.ts';
import { Unseen } from '../python/unseen.ts';
import type { Value } from '../python/value.ts';

const isReal = (v: Value): boolean => {
  const held = v instanceof Unseen ? v : plain(v);
  return held instanceof Unseen ? held.type === FLOAT || held.type === INT : typeof held === 'number' || held instanceof Float;
};
/** A float, where both are numbers: complaints are not ours to make. */
const real =
  (name: string) =>
  (a: Value = null, b: Value = null): Value =>
    isReal(a) && isReal(b) ? new Unseen(FLOAT, `random.${name}`) : unknown(`random.${name} of these`);

function whole(low: Value, high: Value): Value {
  const a = plain(low),
    b = plain(high);
  if (typeof a !== 'number' || typeof b !== 'number' || a > b) return unknown('random.randint of these');
  return a === b ? a : new Unseen(INT, 'random.randint');
}

const below = (v: Value): Value => {
  const n = plain(v);
  return typeof n === 'number' ? n - 1 : null;
};

export const randomModule: NativeModule = nativeModule(
  'random',
  {
    seed: native('seed(a=None, version=2)', () => null),
    random: native('random()', () => new Unseen(FLOAT, 'random.random')),
    uniform: native('uniform(a, b)', real('uniform')),
    gauss: native('gauss(mu=0, sigma=1)', real('gauss')),
    normalvariate: native('normalvariate(mu=0, sigma=1)', real('normalvariate')),
    betavariate: native('betavariate(alpha, beta)', real('betavariate')),
    randint: native('randint(a, b)', (a = null, b = null) => whole(a, b)),
    randrange: native('randrange(start, stop=None, step=1)', (start = null, stop = null, step = 1) =>
      plain(step) !== 1 ? unknown('random.randrange of these') : stop === null ? whole(0, below(start)) : whole(start, below(stop)),
    ),
    choice: native('choice(seq)', (seq = null) =>
      seq instanceof List && plain(length(seq)) === 1 ? (seq.items[0] ?? null) : unknown('random.choice'),
    ),
    shuffle: native('shuffle(x)', (x = null) => (x instanceof List && x.items.length < 2 ? null : unknown('random.shuffle'))),
  },
  { lacking: name => new Opaque(`random.${name}`) },
);
