/** The keys on the way to a place of a config, indices aside: what the place is for depends on them alone, so what stands at several places of one way is looked at once. */
import type { ConfigPath } from '../config/resolved.ts';
import { type PlaceKind, placeOf } from '../registry/place.ts';

/** Each is made once, by the one above it. */
export class Way {
  readonly keys: readonly string[];
  /** Null: nothing is known of it. */
  readonly place: PlaceKind | null;
  readonly #below = new Map<string, Way>();

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.place = placeOf(keys);
    made++;
  }
  below(key: string): Way {
    const known = this.#below.get(key);
    if (known) return known;
    const name = this.keys.length ? key : ofPhase(key);
    const way = name === key ? new Way([...this.keys, key]) : this.below(name);
    this.#below.set(key, way);
    return way;
  }
}

/** Loaders and evaluators of all phases are read alike. */
const ofPhase = (key: string): string => key.replace(/^(?:val|test)_(dataloader|evaluator)$/, 'train_$1');

let made = 0;
let top = new Way([]);

/** Configs have the same keys again and again. */
export function topWay(): Way {
  if (made > MOST) {
    made = 0;
    top = new Way([]);
  }
  return top;
}
const MOST = 10_000;

export const wayTo = (path: ConfigPath): Way =>
  path.reduce<Way>((way, step) => (typeof step === 'string' ? way.below(step) : way), topWay());
