/** All the ways that a program can go whose questions have more than one answer, and what is certain of them together. */
import type { Choice } from '../python/choices.ts';

/** `T`: what it comes to. `E`: what it is refused with. */
export type Way<T, E> =
  /** `some`: what it is refused with on a way that may come up, and may not; absent where it is on none. */
  | { readonly kind: 'done'; readonly value: T; readonly some?: E }
  | { readonly kind: 'refused'; readonly error: E }
  | { readonly kind: 'unknown' };
export interface Gone<T, E> {
  readonly choices: readonly Choice[];
  readonly end: Way<T, E>;
}
export interface Joining<T, E> {
  /** Whether two refusals are one and the same. */
  isSame(a: E, b: E): boolean;
  /** What is true of both; null: that is not known. */
  join(a: T, b: T): T | null;
  /** Of two that both come up, whether the first is the better one to go on with. */
  isBetter(a: T, b: T): boolean;
}

/** `go`: once, with the first answers as given. At most so many ways are gone: each turn is taken once before two are taken together. */
export function allWays<T, E>(go: (begun: readonly number[]) => Gone<T, E>, joining: Joining<T, E>, most: number): Way<T, E> {
  const gone: Gone<T, E>[] = [],
    waiting: (readonly number[])[] = [[]];
  for (let begun = waiting.shift(); begun && gone.length < most; begun = waiting.shift()) {
    const way = go(begun);
    gone.push(way);
    for (let at = begun.length; at < way.choices.length; at++) {
      const before = way.choices.slice(0, at).map(({ taken }) => taken);
      for (let other = 1; other < (way.choices[at]?.answers ?? 0); other++) waiting.push([...before, other]);
    }
  }
  return together(gone, 0, joining);
}

const UNKNOWN = { kind: 'unknown' } as const;

function together<T, E>(gone: readonly Gone<T, E>[], depth: number, joining: Joining<T, E>): Way<T, E> {
  const choice = gone[0]?.choices[depth];
  if (!choice) return gone[0]?.end ?? UNKNOWN;
  const answers = Array.from({ length: choice.answers }, (_, answer) => {
    const same = gone.filter(({ choices }) => choices[depth]?.taken === answer);
    return same.length ? together(same, depth + 1, joining) : null;
  });
  const known = answers.filter(way => way !== null);
  return choice.kind === 'drawn' ? sooner(known, joining) : surely(known, known.length < answers.length, joining);
}

/** Each comes up: what is refused once ends the run; the others go on with one of them. */
function sooner<T, E>(ways: readonly Way<T, E>[], { isBetter }: Joining<T, E>): Way<T, E> {
  const refused = ways.find(way => way.kind === 'refused');
  if (refused) return refused;
  const best = ways.reduce(
    (a, b) => {
      if (a.kind !== 'done') return b;
      return b.kind === 'done' && isBetter(b.value, a.value) ? b : a;
    },
    UNKNOWN as Way<T, E>,
  );
  return best.kind === 'done' ? { ...best, ...some(ways) } : best;
}

/** One of them comes up, and nobody knows which. Where some are refused, what is true of the others is all that matters further on. */
function surely<T, E>(ways: readonly Way<T, E>[], isCut: boolean, { isSame, join }: Joining<T, E>): Way<T, E> {
  if (isCut || ways.some(way => way.kind === 'unknown')) return UNKNOWN;
  const done = ways.flatMap(way => (way.kind === 'done' ? [way.value] : [])),
    refused = ways.flatMap(way => (way.kind === 'refused' ? [way.error] : []));
  const [first, ...others] = done,
    [error] = refused;
  if (first === undefined) return error !== undefined && refused.every(one => isSame(one, error)) ? { kind: 'refused', error } : UNKNOWN;
  const value = others.reduce<T | null>((all, one) => (all === null ? null : join(all, one)), first);
  return value === null ? UNKNOWN : { kind: 'done', value, ...some(ways) };
}

function some<T, E>(ways: readonly Way<T, E>[]): { readonly some?: E } {
  for (const way of ways) {
    const error = way.kind === 'refused' ? way.error : way.kind === 'done' ? way.some : undefined;
    if (error !== undefined) return { some: error };
  }
  return {};
}
