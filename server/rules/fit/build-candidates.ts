/** For what is refused rather than measured: an index past the end, a list of channels where one number belongs and the other way round, a count that an assertion compared. */

import { isDict, numberFrom, numbersFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Mismatch, Verdict } from '../../model/verdict.ts';
import { inModel } from './blame.ts';
import type { Candidate } from './candidates.ts';
import { allDeclaredStrides } from './declared-strides.ts';
import type { Change } from './edits.ts';
import { missingCandidates, missingIn } from './missing-values.ts';
import { OF_THE_CALL } from './progress.ts';

export function buildCandidates(config: ResolvedConfig, { mismatches: [failed] }: Verdict): readonly Candidate[] {
  if (!failed) return [];
  const compared = ofCompared(config, failed);
  if (failed.kind === 'channels') {
    const [first] = failed.blame.map(inModel);
    return first && numberFrom(valueAt(config, first)) !== undefined ? ofOtherKind(config, first) : [];
  }
  if (failed.kind !== 'build') return compared;
  const missing = missingIn(failed.error.message),
    [part] = failed.blame.map(inModel);
  if (part && missing.length) return missingCandidates(config, isDict(valueAt(config, part)) ? part : part.slice(0, -1), missing);
  if (OF_THE_CALL.test(failed.error.message)) return [];
  const isKind = failed.error.type === 'TypeError';
  return failed.blame
    .slice(0, MOST_BLAMED)
    .map(inModel)
    .flatMap(path => [
      ...compared,
      ...(isKind ? ofOtherKind(config, path) : []),
      ...otherIndices(config, path),
      ...divisors(config, path, failed),
    ]);
}

/** Groups or heads that do not divide the channels: fewer that do, the most first. Other layers may have other widths. */
function divisors(config: ResolvedConfig, path: ConfigPath, { error, blame }: Mismatch): readonly Candidate[] {
  const name = String(path.at(-1)),
    count = numberFrom(valueAt(config, path));
  if (!/must be divisible by/.test(error.message) || !/^(?:num_groups|groups|num_heads)$/.test(name) || count === undefined) return [];
  const told = /\((\d+)\) must be divisible/.exec(error.message)?.[1],
    others = blame.slice(0, MOST_BLAMED).flatMap(other => numberFrom(valueAt(config, inModel(other))) ?? []),
    width = told === undefined ? others.find(n => n !== count) : Number(told);
  if (width === undefined || !Number.isInteger(count)) return [];
  return Array.from({ length: count - 1 }, (_, i) => count - 1 - i)
    .filter(n => width % n === 0)
    .slice(0, MOST_DIVISORS)
    .map(value => ({ changes: [{ path, value }], title: `Change ${name} to ${value}`, one: name }));
}
const MOST_DIVISORS = 5;

/** `len(feats) is 5, self.levels is 4`: where the config says the one, it may be meant to say the other. */
function ofCompared(config: ResolvedConfig, { error, blame }: Mismatch): readonly Candidate[] {
  const sides = [...(error.compared ?? '').matchAll(/ is (-?\d+)(?=,|$)/g)].map(m => Number(m[1]));
  const [left, right] = sides;
  if (left === undefined || right === undefined || sides.length !== 2) return [];
  return blame
    .slice(0, MOST_BLAMED)
    .map(inModel)
    .flatMap(path => {
      const number = numberFrom(valueAt(config, path));
      if (number !== left && number !== right) return [];
      const value = number === left ? right : left;
      return [{ changes: [{ path, value }], title: `Change ${String(path.at(-1))} to ${value}` }];
    });
}
const MOST_BLAMED = 4;

/** Stages and levels that there may be: those before, as many as were named. */
function otherIndices(config: ResolvedConfig, path: ConfigPath): readonly Candidate[] {
  const name = String(path.at(-1)),
    value = valueAt(config, path),
    number = numberFrom(value),
    indices = numbersFrom(value);
  if (!/(?:^|_)(?:indices|index|stages|level)$/.test(name)) return [];
  if (number !== undefined) {
    const near = number > 0 ? Array.from({ length: Math.min(number, FARTHEST) }, (_, i) => number - 1 - i) : [number + 1];
    return near.map(n => ({ changes: [{ path, value: n }], title: `Change ${name} to ${n}`, one: name }));
  }
  const [first] = indices ?? [];
  if (!indices || first === undefined) return [];
  // A single one that is too high, then all of them.
  return [first, first - 1, first - 2]
    .filter(start => start >= 0)
    .map(start => indices.map((_, i) => start + i))
    .filter(window => window.some((n, i) => n !== indices[i]))
    .map(window => ({ changes: [{ path, value: window }], title: `Change ${name} to (${window.join(', ')})` }));
}
/** Each that is tried costs a build. */
const FARTHEST = 6;

/** Some necks and heads take one number for all levels, others one for each. */
function ofOtherKind(config: ResolvedConfig, path: ConfigPath): readonly Candidate[] {
  const value = valueAt(config, path),
    number = numberFrom(value),
    list = numbersFrom(value);
  if (!/channels$/.test(String(path.at(-1))) || (number === undefined && !list?.length)) return [];
  const others = meetingWith(path).filter(other => valueAt(config, other) !== undefined);
  const numbers = others.flatMap(other => numberFrom(valueAt(config, other)) ?? []),
    lists = others.flatMap(other => {
      const there = numbersFrom(valueAt(config, other));
      return there?.length ? [{ path: other, list: there }] : [];
    });
  if (list)
    return [...new Set([...numbers, ...list])].slice(0, MOST_NUMBERS).map(n => candidate([{ path, value: n }, ...evenly(lists, n)]));
  const count = lists[0]?.list.length ?? allDeclaredStrides(config).find(({ takes }) => takes === 'all')?.strides.length;
  const same = number !== undefined && count !== undefined ? [Array.from({ length: count }, () => number)] : [];
  return [...lists.map(other => other.list), ...same].map(levels => candidate([{ path, value: levels }]));
}
const MOST_NUMBERS = 2;

/** What meets the channels of a part: of the neck's output the head's input, and so on. */
function meetingWith(path: ConfigPath): readonly ConfigPath[] {
  const heads: readonly ConfigPath[] = [
    ['model', 'bbox_head', 'head_module', 'in_channels'],
    ['model', 'bbox_head', 'in_channels'],
    ['model', 'rpn_head', 'in_channels'],
  ];
  const neck = ['model', 'neck', 'out_channels'];
  return [neck, ...heads].filter(other => other[1] !== path[1]);
}

/** Where one number is for all levels, each level of the lists that it meets has it. */
const evenly = (lists: readonly { readonly path: ConfigPath; readonly list: readonly number[] }[], n: number): readonly Change[] =>
  lists.flatMap(({ path, list }) => (list.every(one => one === n) ? [] : [{ path, value: list.map(() => n) }]));

function candidate(changes: readonly Change[]): Candidate {
  const told = changes.map(
    ({ path, value }) => `${formatPath(path.slice(1))} to ${typeof value === 'number' ? value : `[${value.join(', ')}]`}`,
  );
  return { changes, title: `Change ${told.join(' and ')}` };
}
