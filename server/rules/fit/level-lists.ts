/** The lists of a config that hold one entry a level, which must be equally long: those of the way into the neck, and those of the head. */

import { numberFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Verdict } from '../../model/verdict.ts';
import { plain } from '../../python/origin.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import { channelsOf, sideOf } from './sides.ts';

export interface LevelList {
  readonly path: ConfigPath;
  readonly count: number;
}
/** `count`: what most of them have; null where as many say one thing as another. */
export interface LevelGroup {
  readonly lists: readonly LevelList[];
  /** Levels that came out of the part before, where that ran. */
  readonly given: number | null;
  readonly count: number | null;
}

const BEFORE: readonly ConfigPath[] = [
  ['backbone', 'out_indices'],
  ['neck', 'in_channels'],
];
const HEADS: readonly ConfigPath[] = [['bbox_head', 'head_module'], ['bbox_head'], ['rpn_head']];
const OF_HEAD: readonly ConfigPath[] = [
  ['in_channels'],
  ['out_channels'],
  ['featmap_strides'],
  ['strides'],
  ['prior_generator', 'strides'],
  ['anchor_generator', 'strides'],
  ['prior_generator', 'base_sizes'],
  ['obj_level_weights'],
];
const AFTER: readonly ConfigPath[] = [
  ['neck', 'out_channels'],
  ['neck', 'num_outs'],
  ...HEADS.flatMap(head => OF_HEAD.map(tail => [...head, ...tail])),
];

/** Two groups: into the neck, and out of it; one where there is no neck. */
export function levelGroups(config: ResolvedConfig, verdict: Verdict): readonly LevelGroup[] {
  const hasNeck = valueAt(config, ['model', 'neck', 'type']) !== undefined;
  const backbone = channelsOf(sideOf(verdict, 'backbone')).length || null,
    neck = hasNeck ? channelsOf(sideOf(verdict, 'neck')).length || null : backbone;
  const before = groupOf(config, BEFORE, backbone),
    after = groupOf(config, AFTER, neck);
  return hasNeck ? [before, after] : [after];
}

function groupOf(config: ResolvedConfig, paths: readonly ConfigPath[], given: number | null): LevelGroup {
  const lists = paths.flatMap((within): LevelList[] => {
    const path = ['model', ...within],
      count = countAt(config, path);
    return count === null ? [] : [{ path, count }];
  });
  return { lists, given, count: most([...lists.map(l => l.count), ...(given === null ? [] : [given])]) };
}

function countAt(config: ResolvedConfig, path: ConfigPath): number | null {
  const value = valueAt(config, path);
  if (path.at(-1) === 'num_outs') return numberFrom(value) ?? null;
  const items = value === undefined ? null : plain(value);
  return items instanceof List || items instanceof Tuple ? items.items.length : null;
}

function most(counts: readonly number[]): number | null {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  const [first, second] = [...times].sort((a, b) => b[1] - a[1]);
  return first && first[1] !== second?.[1] ? first[0] : null;
}

/** Those that say another number than most. */
export const oddLists = ({ lists, count }: LevelGroup): readonly LevelList[] =>
  count === null ? [] : lists.filter(list => list.count !== count);

/** `` `bbox_head.head_module.featmap_strides` has 4 entries; `in_channels` has 3, and the neck gives 3 levels ``. Null where no list stands out. */
export function toldApart(group: LevelGroup, giver: string): string | null {
  const [odd] = oddLists(group);
  if (!odd || group.count === null) return null;
  const others = group.lists.filter(list => list.count === group.count).slice(0, 2);
  const says = [
    ...others.map(({ path }) => `\`${formatPath(path.slice(1))}\` has ${group.count}`),
    ...(group.given === group.count ? [`${giver} gives ${group.given} ${group.given === 1 ? 'level' : 'levels'}`] : []),
  ];
  const name = formatPath(odd.path.slice(1));
  const has =
    odd.path.at(-1) === 'num_outs'
      ? `\`${name}\` is ${odd.count}`
      : `\`${name}\` has ${odd.count} ${odd.count === 1 ? 'entry' : 'entries'}`;
  return says.length ? `${has}; ${says.join(', and ')}` : null;
}
