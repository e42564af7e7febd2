/**
 * Copies of one text. mmengine copies what a variable or a base holds to each place that it is put at, so a pipeline that dozens of data sets take is there dozens of
 * times; mostly all copies are still the same, and whoever looks at one has looked at all.
 */
import { plain } from '../python/origin.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Site, Value } from '../python/value.ts';
import { ConfigDict } from './config-dict.ts';
import type { ResolvedConfig } from './resolved.ts';
import { siteOfValue } from './sites.ts';

export type Holder = Dict | List | Tuple;
export const isHolder = (value: Value): value is Holder => value instanceof Dict || value instanceof List || value instanceof Tuple;

export class Alike {
  readonly #firsts = new Map<Holder, Holder>();
  readonly #ofText = new Map<Site, Holder[]>();

  /** The first that was asked for of those that are the same: of one text, with the same values, each written at the same place. */
  first(of: Holder): Holder {
    const known = this.#firsts.get(of);
    if (known) return known;
    if (of instanceof ConfigDict && of.copyOf) {
      const original = this.first(of.copyOf);
      this.#firsts.set(of, original);
      return original;
    }
    // Nothing holds itself; should something, it is like nothing else.
    this.#firsts.set(of, of);
    const site = siteOfValue(of);
    if (!site) return of;
    let others = this.#ofText.get(site);
    if (!others) this.#ofText.set(site, (others = []));
    const first = others.find(other => this.#isAlike(of, other));
    if (first) this.#firsts.set(of, first);
    // A loop makes of one text what differs each time.
    else if (others.length < MOST) others.push(of);
    return first ?? of;
  }

  #isAlike(a: Holder, b: Holder): boolean {
    if (a instanceof Dict) {
      if (!(b instanceof Dict) || a.size !== b.size || lacking(a) !== lacking(b)) return false;
      for (const [key, { value, written }] of a.entries) {
        const other = b.entries.get(key);
        if (!other || !isWrittenAlike(written, other.written) || !this.#isSame(value, other.value)) return false;
      }
      return true;
    }
    if (b instanceof Dict || a.items.length !== b.items.length || a instanceof List !== b instanceof List) return false;
    return a.items.every((item, i) => this.#isSame(item, b.items[i]));
  }
  #isSame(a: Value, b: Value | undefined): boolean {
    if (a === b || b === undefined) return a === b;
    const [own, other] = [plain(a), plain(b)];
    return isHolder(own) && isHolder(other) && this.first(own) === this.first(other);
  }
}
const MOST = 8;

/** At one place, over what was at one place: of what a base had before, rules tell. */
const isWrittenAlike = (a: Written | null, b: Written | null): boolean =>
  a === b || (a?.value === b?.value && a?.key === b?.key && a?.before?.value === b?.before?.value);
/** Why entries may be missing. */
const lacking = (dict: Dict): string | null => (dict instanceof ConfigDict ? dict.incomplete : null);

const known = new WeakMap<ResolvedConfig['value'], Alike>();

export function alikeIn({ value }: Pick<ResolvedConfig, 'value'>): Alike {
  let alike = known.get(value);
  if (!alike) known.set(value, (alike = new Alike()));
  return alike;
}
