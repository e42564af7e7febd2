/** The one number that is wrong: what takes is told what comes, or what gives is told what is taken; and factors that most parts do not share. */

import { numberFrom, numbersFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Mismatch, Verdict } from '../../model/verdict.ts';
import { inModel } from './blame.ts';
import type { Candidate } from './candidates.ts';
import type { Change } from './edits.ts';
import { channelsOf, sidesOf } from './sides.ts';

export function numberCandidates(config: ResolvedConfig, verdict: Verdict): readonly Candidate[] {
  const channels = verdict.mismatches.filter(m => m.kind === 'channels');
  const taking = channels.flatMap(m => firstOf(config, m, 'takes'));
  return [
    ...(taking.length > 1 && taking.length === channels.length ? [candidate(config, distinct(taking))] : []),
    ...channels
      .slice(0, MOST)
      .flatMap(m => [...firstOf(config, m, 'takes'), ...firstOf(config, m, 'gives')].map(c => candidate(config, [c]))),
    ...channels.slice(0, 1).flatMap(m => wholeList(config, verdict, m)),
  ];
}

/** Where the first wrong level ended the run, the others are not known to be wrong yet: the list as the part before gives it. */
function wholeList(config: ResolvedConfig, verdict: Verdict, mismatch: Mismatch): readonly Candidate[] {
  const [path] = mismatch.blame.map(inModel);
  const list = path?.slice(0, -1),
    old = list && numbersFrom(valueAt(config, list));
  if (!path || !list || !old || list.at(-1) !== 'in_channels') return [];
  const width = numberFrom(valueAt(config, [...partOf(path), 'widen_factor'])) ?? 1;
  const given = channelsOf(sidesOf(config, verdict, mismatch).producer).map(n => n / width);
  const differ = given.length === old.length && given.every(Number.isSafeInteger) ? given.filter((n, i) => n !== old[i]).length : 0;
  return differ > 1
    ? [{ changes: [{ path: list, value: given }], title: `Change ${formatPath(list.slice(1))} to ${given.join(', ')}` }]
    : [];
}
/** Each proof costs a run. */
const MOST = 2;

/** For one mismatch of several, by itself. */
export const ownCandidates = (config: ResolvedConfig, mismatch: Mismatch): readonly Candidate[] =>
  firstOf(config, mismatch, 'takes').map(change => candidate(config, [change]));

/** A mismatch is as large as the number is off, where the layer takes it once; if it takes it otherwise, the proof fails. */
function firstOf(config: ResolvedConfig, { blame, error, expected, got }: Mismatch, side: 'takes' | 'gives'): readonly Change[] {
  if (expected === undefined || got === undefined) return [];
  const consumer = error.where?.split('.')[0];
  const numbers = blame.map(inModel).filter(path => isNumber(config, path));
  const own = numbers.filter(path => path[1] === consumer);
  const path = side === 'takes' ? own[0] : (numbers.find(p => p[1] !== consumer) ?? own[1]);
  const old = path && numberFrom(valueAt(config, path));
  if (!path || old === undefined) return [];
  const width = numberFrom(valueAt(config, [...partOf(path), 'widen_factor'])) ?? 1;
  const exact = old + (side === 'takes' ? got - expected : expected - got) / width;
  // What is scaled is rounded: of those that come to the same, a customary one.
  const value = width === 1 ? exact : ([0, 1, -1, 2, -2].map(d => exact + d).find(n => n % CUSTOMARY === 0) ?? exact);
  return Number.isSafeInteger(value) && value > 0 && value !== old ? [{ path, value }] : [];
}

const CUSTOMARY = 8;
const isFactor = (path: ConfigPath): boolean => /(?:^|_)(?:factor|ratio)$/.test(String(path.at(-1)));
const isNumber = (config: ResolvedConfig, path: ConfigPath): boolean =>
  !isFactor(path) && Number.isInteger(numberFrom(valueAt(config, path)));
/** Of `neck.in_channels[2]`, `neck`. */
const partOf = (path: ConfigPath): ConfigPath =>
  path.slice(
    0,
    path.findLastIndex(step => typeof step === 'string'),
  );

/** `widen_factor` of the parts that have one, and of all at once where they are one variable: what the other parts have, then the customary widths near it. */
export function factorCandidates(config: ResolvedConfig, verdict: Verdict): readonly Candidate[] {
  const blamed = new Set(verdict.mismatches.flatMap(m => m.blame).filter(path => path.endsWith('widen_factor')));
  if (!blamed.size) return [];
  const factors = [['backbone'], ['neck'], ['bbox_head', 'head_module'], ['bbox_head']].flatMap(part => {
    const path = ['model', ...part, 'widen_factor'],
      value = numberFrom(valueAt(config, path));
    return value === undefined ? [] : [{ path, value }];
  });
  const found: Candidate[] = [];
  // One that stands alone is likelier to be wrong than what several share.
  const alone = (value: number): number => factors.filter(f => f.value === value).length;
  const suspects = factors.filter(f => blamed.has(formatPath(f.path.slice(1)))).sort((a, b) => alone(a.value) - alone(b.value));
  for (const { path, value } of suspects) {
    const others = factors.filter(f => f.path !== path && f.value !== value);
    for (const other of new Set(others.map(f => f.value)))
      found.push({ changes: [{ path, value: other, float: true }], title: `Change widen_factor to ${floatText(other)}` });
  }
  const [first] = factors;
  const shared = factors.length > 1 && factors.every(f => f.value === first?.value);
  if (first && shared && !WIDTHS.includes(first.value))
    for (const width of WIDTHS.toSorted((a, b) => Math.abs(a - first.value) - Math.abs(b - first.value)).slice(0, 2))
      found.push({
        changes: factors.map(({ path }): Change => ({ path, value: width, float: true })),
        title: `Change widen_factor to ${floatText(width)}`,
      });
  return found;
}
/** Those of the official models: widths that all of their numbers can be multiplied with. */
const WIDTHS: readonly number[] = [0.25, 0.375, 0.5, 0.75, 1, 1.25];
const floatText = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

function candidate(config: ResolvedConfig, changes: readonly Change[]): Candidate {
  const told = changes.map(({ path, value }) => ({ name: formatPath(path.slice(1)), old: numberFrom(valueAt(config, path)), value }));
  const [only] = told,
    whole = told.length > 1 ? wholeTitle(config, changes) : null;
  return {
    changes,
    title:
      whole !== null
        ? whole
        : told.length === 1 && only
          ? `Change ${only.old} to ${String(only.value)}`
          : `Change ${told.map(t => `${t.name} to ${String(t.value)}`).join(', ')}`,
  };
}
/** Several entries of one list. */
function wholeTitle(config: ResolvedConfig, changes: readonly Change[]): string | null {
  const lists = new Set(changes.map(({ path }) => formatPath(path.slice(0, -1)))),
    list = changes[0]?.path.slice(0, -1),
    old = list && numbersFrom(valueAt(config, list));
  if (lists.size !== 1 || !list || !old) return null;
  const fresh = changes.reduce<readonly number[]>((all, { path, value }) => all.with(Number(path.at(-1)), Number(value)), old);
  return `Change ${formatPath(list.slice(1))} to ${fresh.join(', ')}`;
}
function distinct(changes: readonly Change[]): readonly Change[] {
  const seen = new Map(changes.map(change => [formatPath(change.path), change]));
  return [...seen.values()];
}
