/** `random` where a model is built: numbers whose type is certain and whose value nobody knows. What is chosen by one is not known at all. */
import { choosing } from '../python/choices.ts';
import { type NativeModule, nativeModule } from '../python/import/native-module.ts';
import { native } from '../python/native.ts';
import { typeOf } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { FLOAT, Float } from '../python/types/float.ts';
import { INT } from '../python/types/int.ts';
import { List } from '../python/types/list.ts';
import { Opaque } from '../python/types/opaque.ts';
import { Tuple } from '../python/types/tuple.ts';
import { Drawn, Unseen } from '../python/unseen.ts';
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
  if (low instanceof Unseen || high instanceof Unseen)
    return choosing.now && typeOf(low) === INT && typeOf(high) === INT
      ? new Unseen(INT, 'random.randint')
      : unknown('random.randint of these');
  const a = plain(low),
    b = plain(high);
  if (typeof a !== 'number' || typeof b !== 'number' || a > b) return unknown('random.randint of these');
  return a === b ? a : new Drawn(INT, 'random.randint', a, b + 1);
}
/** Null where they are not known. */
function between(low: Value, high: Value): Value | null {
  const [a, b] = [low, high].map(v => (v instanceof Unseen ? null : v instanceof Float ? v.value : plain(v)));
  return typeof a === 'number' && typeof b === 'number' && a < b ? new Drawn(FLOAT, 'random.uniform', a, b) : null;
}

/** One of them, where each is looked at. */
function chosen(sequence: Value): Value {
  const items = sequence instanceof List || sequence instanceof Tuple ? sequence.items : null;
  if (items?.length === 1) return items[0] ?? null;
  if (!choosing.now || !items?.length || items.length > MOST) return unknown('random.choice');
  return items[choosing.now.choose('drawn', items.length, 'random.choice')] ?? null;
}
const MOST = 32;

const below = (v: Value): Value => {
  if (v instanceof Unseen) return v;
  const n = plain(v);
  return typeof n === 'number' ? n - 1 : null;
};

export const randomModule: NativeModule = nativeModule(
  'random',
  {
    seed: native('seed(a=None, version=2)', () => null),
    random: native('random()', () => new Drawn(FLOAT, 'random.random', 0, 1)),
    uniform: native('uniform(a, b)', (a = null, b = null) => between(a, b) ?? real('uniform')(a, b)),
    gauss: native('gauss(mu=0, sigma=1)', real('gauss')),
    normalvariate: native('normalvariate(mu=0, sigma=1)', real('normalvariate')),
    betavariate: native('betavariate(alpha, beta)', real('betavariate')),
    randint: native('randint(a, b)', (a = null, b = null) => whole(a, b)),
    randrange: native('randrange(start, stop=None, step=1)', (start = null, stop = null, step = 1) =>
      plain(step) !== 1 ? unknown('random.randrange of these') : stop === null ? whole(0, below(start)) : whole(start, below(stop)),
    ),
    choice: native('choice(seq)', (seq = null) => chosen(seq)),
    shuffle: native('shuffle(x)', (x = null) =>
      x instanceof List && (choosing.now || x.items.length < 2) ? null : unknown('random.shuffle'),
    ),
  },
  { lacking: name => new Opaque(`random.${name}`) },
);
