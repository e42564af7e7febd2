/** Changes that may make a model's parts fit, the likeliest first. None is believed before the model was run with it. */

import { numberFrom, numbersFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Verdict } from '../../model/verdict.ts';
import { buildCandidates } from './build-candidates.ts';
import { allDeclaredStrides, type DeclaredStrides, declaredStrides, giverOf, namedStrides, wrongStrides } from './declared-strides.ts';
import type { Change } from './edits.ts';
import { levelListCandidates } from './level-candidates.ts';
import { factorCandidates, numberCandidates } from './number-candidates.ts';
import type { Assignment } from './override.ts';
import { channelsOf, sideOf } from './sides.ts';

export interface Candidate {
  readonly changes: readonly Change[];
  /** Written as it is, with them. */
  readonly more?: readonly Assignment[];
  readonly title: string;
  /** Of those that have the same, one is offered: the first that does. */
  readonly one?: string;
}

const BACKBONE = ['model', 'backbone'];
const NECK = ['model', 'neck'];
const HEADS: readonly ConfigPath[] = [
  ['model', 'bbox_head', 'head_module'],
  ['model', 'bbox_head'],
];

export function candidates(config: ResolvedConfig, verdict: Verdict): readonly Candidate[] {
  const channels = channelsOf(sideOf(verdict, 'backbone'));
  const numbers = verdict.mismatches.filter(m => m.kind === 'channels').length;
  const local = [...factorCandidates(config, verdict), ...numberCandidates(config, verdict)],
    whole = channelCandidates(config, channels);
  const found = [
    ...buildCandidates(config, verdict),
    ...strideCandidates(config, verdict),
    ...levelCandidates(config, verdict),
    ...levelListCandidates(config, verdict),
    // Where one number does not fit, it is likely the one that is wrong; where all do not, the backbone is another.
    ...(numbers > 1 ? [...whole, ...local] : [...local, ...whole]),
  ];
  const seen = new Set<string>();
  return found.filter(({ changes, more = [] }) => {
    const key = JSON.stringify([changes, more]);
    return changes.length + more.length > 0 && !seen.has(key) && seen.add(key);
  });
}

/** After other outputs of the backbone were asked for: the channels that they have. */
export function furtherCandidates(config: ResolvedConfig, tried: Candidate, after: Verdict): readonly Candidate[] {
  const backbone = sideOf(after, 'backbone');
  const declared = declaredStrides(config);
  const isLevels = tried.changes.length === 1 && tried.changes[0]?.path.at(-1) === 'out_indices';
  if (!isLevels || !backbone || !declared || !same(declared.strides, backbone.strides)) return [];
  return channelCandidates(config, channelsOf(backbone)).map(({ changes, title }) => ({
    changes: [...tried.changes, ...changes],
    title: `${tried.title} and ${title.replace(/^C/, 'c')}`,
  }));
}

function channelCandidates(config: ResolvedConfig, channels: readonly number[]): readonly Candidate[] {
  const numbers = (path: ConfigPath) => numbersFrom(valueAt(config, path));
  const widths = [NECK, ...HEADS].map(part => [...part, 'widen_factor']).filter(path => (numberFrom(valueAt(config, path)) ?? 1) !== 1);
  const unwiden: readonly Change[] = widths.map(path => ({ path, value: 1, float: true }));
  const neckIn = numbers([...NECK, 'in_channels']);
  if (!channels.length || !neckIn) return [];
  const changesTo = (path: ConfigPath, value: readonly number[]): readonly Change[] =>
    same(numbers(path), value) ? [] : [{ path, value }];
  const inputs = changesTo([...NECK, 'in_channels'], channels);
  // What the neck puts out and the head takes in goes with it in the libraries' own configs.
  const through = [
    ...changesTo([...NECK, 'out_channels'], channels),
    ...HEADS.filter(head => numbers([...head, 'in_channels'])).flatMap(head => changesTo([...head, 'in_channels'], channels)),
  ];
  const found: Candidate[] = [];
  // The numbers are right and a factor scales them: the factor is the cause.
  if (unwiden.length && !inputs.length) found.push({ changes: unwiden, title: `Change widen_factor to 1.0` });
  if (!unwiden.length) found.push({ changes: inputs, title: numbersTitle(neckIn, channels, 'neck.in_channels') });
  // What comes in is right, and nothing is scaled: what goes out is not the backbone's.
  if ((inputs.length || unwiden.length) && numbers([...NECK, 'out_channels'])?.length === channels.length) {
    found.push({ changes: [...inputs, ...through, ...unwiden], title: everywhereTitle(inputs, through, unwiden, channels) });
  }
  // What the neck puts out is not what it takes in, where it must be.
  if (!inputs.length && !unwiden.length && through.length > 1)
    found.push({ changes: through, title: everywhereTitle([], through, [], channels) });
  const width = numberFrom(valueAt(config, [...NECK, 'widen_factor'])) ?? 1;
  const out = numberFrom(valueAt(config, [...NECK, 'out_channels']));
  // The head's share is as it was.
  if (width !== 1 && inputs.length && out !== undefined && Number.isInteger(out * width)) {
    const own: readonly Change[] = [
      { path: [...NECK, 'widen_factor'], value: 1, float: true },
      { path: [...NECK, 'out_channels'], value: out * width },
    ];
    found.push({
      changes: [...inputs, ...own],
      title: `Change neck.in_channels to ${channels.join(', ')}, neck.out_channels to ${out * width} and neck.widen_factor to 1.0`,
    });
  }
  const scaled = channels.map(c => c / width);
  if (unwiden.length && scaled.every(Number.isSafeInteger)) {
    found.push({ changes: changesTo([...NECK, 'in_channels'], scaled), title: numbersTitle(neckIn, scaled, 'neck.in_channels') });
  }
  return found;
}

/** Strides as they were measured, for those lists that say others, where some are right. */
function strideCandidates(config: ResolvedConfig, verdict: Verdict): readonly Candidate[] {
  const wrong = wrongHere(config, verdict);
  return wrong.length < allDeclaredStrides(config).length ? toMeasured(config, verdict, wrong) : [];
}
/** Where all say others, the levels that come are likelier to be wrong: tried when nothing else does. */
export function lastCandidates(config: ResolvedConfig, verdict: Verdict): readonly Candidate[] {
  const wrong = wrongHere(config, verdict);
  return wrong.length === allDeclaredStrides(config).length ? toMeasured(config, verdict, wrong) : [];
}
const wrongHere = (config: ResolvedConfig, verdict: Verdict): readonly DeclaredStrides[] =>
  verdict.mismatches.length ? [] : wrongStrides(config, giverOf(config, verdict)?.strides ?? []);

function toMeasured(config: ResolvedConfig, verdict: Verdict, wrong: readonly DeclaredStrides[]): readonly Candidate[] {
  const real = namedStrides(giverOf(config, verdict)?.strides ?? [], verdict.size);
  if (!wrong.length) return [];
  const changes = wrong.map(({ path, strides }): Change => ({ path, value: real.slice(0, strides.length) }));
  return [{ changes, title: `Change ${wrong.map(w => formatPath(w.path.slice(1))).join(' and ')} to ${real.join(', ')}` }];
}

/** Other outputs of the backbone: as many as the neck takes, one index up or down. */
function levelCandidates(config: ResolvedConfig, verdict: Verdict): readonly Candidate[] {
  const path = [...BACKBONE, 'out_indices'];
  const indices = numbersFrom(valueAt(config, path));
  const wanted = numbersFrom(valueAt(config, [...NECK, 'in_channels']))?.length ?? indices?.length;
  const strides = sideOf(verdict, 'backbone')?.strides ?? [];
  const declared = declaredStrides(config);
  if (!indices?.length || !wanted) return [];
  // As many as it gives: repeated ones come once.
  const given = strides.length || indices.length;
  if (given === wanted && (!declared || same(declared.strides, strides))) return [];
  const first = indices[0]!;
  const windows = [first + 1, first - 1, first]
    .filter(start => start >= 0)
    .map(start => Array.from({ length: wanted }, (_, i) => start + i));
  return windows
    .filter(w => !same(w, indices))
    .map(value => ({ changes: [{ path, value }], title: `Change out_indices to (${value.join(', ')})` }));
}

export const same = (a: readonly number[] | undefined, b: readonly number[]): boolean =>
  a !== undefined && a.length === b.length && a.every((n, i) => n === b[i]);

function numbersTitle(old: readonly number[], fresh: readonly number[], name: string): string {
  const different = fresh.flatMap((n, i) => (n === old[i] ? [] : [i]));
  const [only] = different;
  if (different.length === 1 && only !== undefined && old.length === fresh.length) return `Change ${old[only]} to ${fresh[only]}`;
  return `Change ${name} to ${fresh.join(', ')}`;
}

function everywhereTitle(
  inputs: readonly Change[],
  through: readonly Change[],
  unwiden: readonly Change[],
  channels: readonly number[],
): string {
  const named = [...inputs, ...through].map(c => formatPath(c.path.slice(1)));
  const numbers = named.length > 1 ? 'channels of neck and head' : (named[0] ?? '');
  const parts = [named.length ? `${numbers} to ${channels.join(', ')}` : null, unwiden.length ? 'widen_factor to 1.0' : null];
  return `Change ${parts.filter(p => p !== null).join(' and ')}`;
}
