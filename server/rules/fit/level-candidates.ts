/** Lists of levels that are too long or too short, made as long as the others. */

import { onOneLine } from '../../config/as-python.ts';
import { itemsFrom, numberFrom, numbersFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { Candidate } from './candidates.ts';
import { allDeclaredStrides, giverOf } from './declared-strides.ts';
import type { Change } from './edits.ts';
import { type LevelGroup, type LevelList, levelGroups, oddLists } from './level-lists.ts';
import type { Assignment } from './override.ts';
import { channelsOf, sideOf } from './sides.ts';

export function levelListCandidates(config: ResolvedConfig, verdict: Verdict): readonly Candidate[] {
  const groups = levelGroups(config, verdict);
  const changes = groups.flatMap(group => oddLists(group).flatMap(list => resized(config, verdict, group, list)));
  const told = countsTold(verdict).flatMap(([from, to]) =>
    groups.flatMap(group => allResized(config, verdict, { ...group, count: to }, from)),
  );
  const found: Candidate[] = changes.length ? [{ changes, title: titleOf(changes) }] : [];
  // One at a time as well: what most say need not be right.
  const single = changes.length > 1 ? changes.map(change => ({ changes: [change], title: titleOf([change]) })) : [];
  const outs = outputs(config, verdict);
  const alone = found.length ? [] : ofNeck(config).map(change => ({ changes: [change], title: titleOf([change]) }));
  return [...found, ...single, ...told, ...(outs ? [{ changes: [outs], title: titleOf([outs]) }] : []), ...alone];
}

/** As many levels into the neck as out of it, where a build ended before it was known what comes: what it gives, then its own without the last or the first. */
function ofNeck(config: ResolvedConfig): readonly Change[] {
  const path = ['model', 'neck', 'in_channels'],
    into = numbersFrom(valueAt(config, path)),
    out = numbersFrom(valueAt(config, ['model', 'neck', 'out_channels']));
  if (!into?.length || !out?.length || into.length === out.length) return [];
  const cut = into.length > out.length ? [into.slice(0, out.length), into.slice(-out.length)] : [];
  return [...cut, out].map(value => ({ path, value }));
}

/** As many outputs of the neck as the head has strides: where it runs with another number, either may be wrong. */
function outputs(config: ResolvedConfig, verdict: Verdict): Change | null {
  const path = ['model', 'neck', 'num_outs'],
    given = giverOf(config, verdict)?.strides.length,
    wanted = allDeclaredStrides(config).find(({ takes }) => takes === 'all')?.strides.length;
  const has = numberFrom(valueAt(config, path)) !== undefined;
  return has && verdict.ok === true && given !== undefined && wanted !== undefined && given !== wanted ? { path, value: wanted } : null;
}

/** `len(x) is 3, self.num_levels is 4`: which count may become which. What comes in is likelier to be right. */
function countsTold({ mismatches }: Verdict): readonly (readonly [from: number, to: number])[] {
  const compared = mismatches.find(({ kind }) => kind === 'levels')?.error.compared ?? '';
  const [left, right] = [...compared.matchAll(/ is (\d+)(?=,|$)/g)].map(([, count]) => Number(count));
  return left === undefined || right === undefined || left === right ? [] : [[right, left] as const, [left, right] as const];
}

/** Every list of a group that has so many entries, made as long as what comes: a head of four levels on three. */
function allResized(config: ResolvedConfig, verdict: Verdict, group: LevelGroup, from: number): readonly Candidate[] {
  const all = group.lists.filter(({ count }) => count === from);
  const changes = all.flatMap(list => resized(config, verdict, group, list)),
    more = all.flatMap(({ path }) => (path.at(-1) === 'base_sizes' ? resizedSizes(config, path, group.count ?? from) : []));
  if (changes.length + more.length < 2 || changes.length + more.length !== all.length) return [];
  return [{ changes, more, title: `Make ${all.length} lists of levels ${group.count} long` }];
}

/** Anchors of levels that are left, or of further ones: twice as large on a map half as fine. */
function resizedSizes(config: ResolvedConfig, path: ConfigPath, count: number): readonly Assignment[] {
  const levels = itemsFrom(valueAt(config, path));
  const last = levels?.at(-1);
  if (!levels || last === undefined) return [];
  const sizes = levels.map(onOneLine),
    further = Array.from({ length: Math.max(0, count - levels.length) }, (_, i) =>
      onOneLine(last).replace(/\d+(?:\.\d+)?/g, number => String(Number(number) * 2 ** (i + 1))),
    );
  return [{ path, text: `[${[...sizes, ...further].slice(0, count).join(', ')}]` }];
}

function resized(config: ResolvedConfig, verdict: Verdict, group: LevelGroup, { path }: LevelList): readonly Change[] {
  const { count } = group;
  if (count === null) return [];
  if (path.at(-1) === 'num_outs') return [{ path, value: count }];
  const old = numbersFrom(valueAt(config, path));
  if (!old || path.at(-1) === 'out_indices') return [];
  const told = otherwiseTold(config, verdict, group, path, count);
  const cut = old.length > count ? old.slice(0, count) : null;
  const isWeights = path.at(-1) === 'obj_level_weights';
  const customary = isWeights && String(LEVEL_WEIGHTS[old.length]) === String(old) ? LEVEL_WEIGHTS[count] : null;
  const value =
    told ?? customary ?? cut ?? (isWeights ? LEVEL_WEIGHTS[count] : /strides$/.test(String(path.at(-1))) ? doubled(old, count) : undefined);
  return value ? [{ path, value, ...((isWeights || old.some(n => !Number.isInteger(n))) && { float: true }) }] : [];
}

/** What the numbers are for so many levels: as a run measured them, or as a list that is long enough has them. */
function otherwiseTold(
  config: ResolvedConfig,
  verdict: Verdict,
  { lists }: LevelGroup,
  path: ConfigPath,
  count: number,
): readonly number[] | null {
  const name = String(path.at(-1));
  const backbone = sideOf(verdict, 'backbone'),
    neck = sideOf(verdict, 'neck');
  const ofLength = (numbers: readonly number[] | undefined): readonly number[] | null => (numbers?.length === count ? numbers : null);
  const like = (names: readonly string[]): readonly number[] | null =>
    lists
      .filter(list => list.path !== path && names.includes(String(list.path.at(-1))))
      .map(list => ofLength(numbersFrom(valueAt(config, list.path))))
      .find(numbers => numbers !== null) ?? null;
  if (/strides$/.test(name)) return like(['featmap_strides', 'strides']) ?? ofLength(neck?.strides);
  if (name === 'in_channels' && path.includes('neck')) return narrowed(config, path, ofLength(channelsOf(backbone)));
  if (name === 'in_channels') return like(['out_channels']) ?? narrowed(config, path, ofLength(channelsOf(neck)));
  return name === 'out_channels' && path.includes('neck') ? like(['in_channels']) : null;
}

/** As they are written where a factor scales them. */
function narrowed(config: ResolvedConfig, path: ConfigPath, channels: readonly number[] | null): readonly number[] | null {
  const width = numberFrom(valueAt(config, [...path.slice(0, -1), 'widen_factor'])) ?? 1;
  const numbers = channels?.map(c => c / width);
  return numbers?.every(Number.isSafeInteger) ? numbers : null;
}

/** Each level is half as fine as the one before. */
function doubled(strides: readonly number[], count: number): readonly number[] | undefined {
  const [last] = strides.slice(-1);
  return last === undefined ? undefined : [...strides, ...Array.from({ length: count - strides.length }, (_, i) => last * 2 ** (i + 1))];
}

/** What weighs the objectness of each level, customarily. */
const LEVEL_WEIGHTS: Readonly<Record<number, readonly number[]>> = { 3: [4, 1, 0.4], 4: [4, 1, 0.25, 0.06] };

function titleOf(changes: readonly Change[]): string {
  const text = (n: number, float = false): string => (float && Number.isInteger(n) ? n.toFixed(1) : String(n));
  const told = changes.map(({ path, value, float }) => {
    const numbers = typeof value === 'number' ? [value] : value;
    return `${formatPath(path.slice(1))} to ${numbers.map(n => text(n, float)).join(', ')}`;
  });
  return `Change ${told.join(' and ')}`;
}
