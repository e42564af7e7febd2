/** Which row of a drawing a level stands in: a row a stride, the largest map first. */
import type { DrawnNetwork, NetworkLevel, NetworkLink } from './description.ts';

export interface Rows {
  readonly count: number;
  /** Of a link's level. */
  of(link: NetworkLink, level: number): number;
  /** Of a stride; undefined: none has it. */
  ofStride(stride: number): number | undefined;
}

export function rowsOf({ links }: Pick<DrawnNetwork, 'links'>): Rows {
  const keys = new Map<string, { readonly stride: number; readonly nth: number }>();
  for (const { levels } of links)
    levels.forEach(({ stride }, i) => {
      if (stride !== null) keys.set(key(levels, i), { stride, nth: nth(levels, i) });
    });
  const order = [...keys].sort(([, a], [, b]) => a.stride - b.stride || a.nth - b.nth).map(([name]) => name);
  const most = Math.max(0, ...links.map(({ levels }) => levels.length));
  return {
    count: Math.max(order.length, most),
    of({ levels }, level) {
      const at = order.indexOf(key(levels, level));
      // What is no map stands where it stands among its own.
      return at < 0 ? level : at;
    },
    ofStride(stride) {
      const at = order.indexOf(`${stride}#0`);
      return at < 0 ? undefined : at;
    },
  };
}

/** Levels of one stride are told apart by their order. */
const nth = (levels: readonly NetworkLevel[], at: number): number =>
  levels.slice(0, at).filter(({ stride }) => stride === levels[at]?.stride).length;
const key = (levels: readonly NetworkLevel[], at: number): string => `${levels[at]?.stride ?? 'none'}#${nth(levels, at)}`;
