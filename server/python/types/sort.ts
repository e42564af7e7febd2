/** Sorting, as CPython does it: the same comparisons in the same order where they can be noticed, since each may call the program, and any may fail. */
import { call } from '../call.ts';
import { meter } from '../meter.ts';
import { compare, truth } from '../operate.ts';
import type { Value } from '../value.ts';
import { Float } from './float.ts';

interface Keyed {
  readonly value: Value;
  readonly key: Value;
}
/** Stable; `reverse` keeps equal ones in order too. */
export function sorted(items: readonly Value[], key: Value, reverse: boolean): Value[] {
  meter.allocate(items.length);
  const keyed = items.map(value => ({ value, key: key === null ? value : call(key, [value]) }));
  // Turned before and after, equal ones end as they began.
  if (reverse) keyed.reverse();
  const out = arranged(keyed);
  if (reverse) out.reverse();
  return out.map(k => k.value);
}
const before = (a: Keyed, b: Keyed): boolean => truth(compare('<', a.key, b.key));

/** What sorts the same whatever the comparisons: numbers and texts, none of them not a number. */
function arranged(keyed: Keyed[]): Keyed[] {
  if (keyed.every(k => typeof k.key === 'number')) return keyed.sort((a, b) => Number(a.key) - Number(b.key));
  if (keyed.every(k => typeof k.key === 'string') || keyed.every(k => k.key instanceof Float && !Number.isNaN(k.key.value)))
    return keyed.sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  return new Runs(keyed).sorted();
}

/** Runs that are in order already, lengthened by insertion and merged two by two: Tim Peters's sort, without its gallops, which save comparisons of long runs. */
class Runs {
  readonly #a: Keyed[];
  readonly #pending: { start: number; length: number }[] = [];
  constructor(a: Keyed[]) {
    this.#a = a;
  }
  sorted(): Keyed[] {
    const { length } = this.#a,
      least = leastRun(length);
    for (let from = 0; from < length; ) {
      let n = this.#run(from);
      if (n < least) {
        const forced = Math.min(least, length - from);
        this.#insert(from, from + n, from + forced);
        n = forced;
      }
      this.#pending.push({ start: from, length: n });
      this.#settle();
      from += n;
    }
    while (this.#pending.length > 1) {
      const i = this.#pending.length - 2,
        [x, , z] = this.#pending.slice(i - 1);
      this.#merge(i > 0 && x && z && x.length < z.length ? i - 1 : i);
    }
    return this.#a;
  }
  /** How far a run goes from here; one that falls is turned. */
  #run(from: number): number {
    const a = this.#a,
      at = (i: number): Keyed => a[i] as Keyed;
    let end = from + 1;
    if (end >= a.length) return 1;
    const falls = before(at(end), at(from));
    for (end++; end < a.length && before(at(end), at(end - 1)) === falls; ) end++;
    if (falls) {
      const part = a.slice(from, end).reverse();
      part.forEach((k, i) => {
        a[from + i] = k;
      });
    }
    return end - from;
  }
  #insert(from: number, start: number, end: number): void {
    const a = this.#a;
    for (let i = start; i < end; i++) {
      const pivot = a[i] as Keyed;
      let low = from,
        high = i;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (before(pivot, a[middle] as Keyed)) high = middle;
        else low = middle + 1;
      }
      a.copyWithin(low + 1, low, i);
      a[low] = pivot;
    }
  }
  #settle(): void {
    const p = this.#pending,
      size = (i: number): number => p[i]?.length ?? 0;
    while (p.length > 1) {
      let i = p.length - 2;
      if ((i > 0 && size(i - 1) <= size(i) + size(i + 1)) || (i > 1 && size(i - 2) <= size(i - 1) + size(i))) {
        if (size(i - 1) < size(i + 1)) i--;
      } else if (size(i) > size(i + 1)) return;
      this.#merge(i);
    }
  }
  #merge(i: number): void {
    const a = this.#a,
      x = this.#pending[i],
      y = this.#pending[i + 1];
    if (!x || !y) return;
    const left = a.slice(x.start, x.start + x.length),
      right = a.slice(y.start, y.start + y.length);
    let l = 0,
      r = 0,
      to = x.start;
    while (l < left.length && r < right.length) a[to++] = (before(right[r] as Keyed, left[l] as Keyed) ? right[r++] : left[l++]) as Keyed;
    while (l < left.length) a[to++] = left[l++] as Keyed;
    while (r < right.length) a[to++] = right[r++] as Keyed;
    x.length += y.length;
    this.#pending.splice(i + 1, 1);
  }
}
/** Below 64 all are sorted by insertion; above, runs are of 32 to 64. */
function leastRun(n: number): number {
  let rest = n,
    odd = 0;
  while (rest >= 64) {
    odd |= rest & 1;
    rest >>= 1;
  }
  return rest + odd;
}
