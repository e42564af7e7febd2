/** A layer was built for other channels than come in: `neck.in_channels` and what the backbone puts out. */

import { numberFrom, numbersFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Mismatch } from '../model/verdict.ts';
import { isScaled, widthsOf } from '../model/widths.ts';
import { inModel, type Place, placeOf } from './fit/blame.ts';
import { causesOf } from './fit/causes.ts';
import { isSameLayer, ownBug } from './fit/own-code.ts';
import { ownFixes, provenFixes } from './fit/proven.ts';
import { channelsOf, sidesOf, told } from './fit/sides.ts';
import type { Finding, ModelContext, ModelRule } from './rule.ts';

export const channelMismatch: ModelRule = {
  code: 'channel-mismatch',
  severity: 'error',
  summary: 'a part is built for other channels than it is given',
  needs: 'model',
  check(context) {
    const found = context.verdict.mismatches.filter(m => m.kind === 'channels');
    const all = grouped(context, found),
      bugs = all.flatMap(({ place, mismatches: [first] }) => (first && ownBug(context, first, place) ? [first] : []));
    // What a line of the user's own does wrong in one block it does in the others.
    const groups = all.filter(({ mismatches: [first] }) => !first || bugs.includes(first) || !bugs.some(bug => isSameLayer(bug, first)));
    return groups.map(({ place, cause, mismatches }): Finding => {
      const [first] = mismatches,
        own = first ? ownBug(context, first, place) : null;
      const fixes = own
        ? []
        : [...provenFixes(context), ...(first && groups.length > 1 && groups.length <= MOST_APART ? ownFixes(context, first) : [])];
      return {
        site: own?.site ?? place.site,
        message: `${own && first ? layerText(first) : message(context, mismatches, cause)}\n${first?.error.message ?? ''}`,
        related: own?.related ?? place.related,
        fixes: fixes.filter((fix, i) => fixes.findIndex(other => other.title === fix.title) === i),
      };
    });
  },
};

/** Each proof costs a run. */
const MOST_APART = 4;

/** Within a module of the user's own. */
const layerText = ({ error, expected, got, stride }: Mismatch): string =>
  `\`${error.where ?? 'a layer'}\` expects ${expected} channels${stride === undefined ? '' : ` at stride ${stride}`}, and ${got} come in.`;

interface Group {
  readonly place: Place;
  /** What is marked. */
  readonly cause: ConfigPath | undefined;
  readonly mismatches: Mismatch[];
}

/** Mismatches that land on one place are told in one sentence. */
function grouped(context: ModelContext, found: readonly Mismatch[]): readonly Group[] {
  const { config, verdict } = context;
  const groups = new Map<string, Group>();
  for (const { mismatch, paths } of causesOf(context, found)) {
    const { producer } = sidesOf(config, verdict, mismatch);
    const place = placeOf(config, paths, producer ? [['model', producer.name]] : []);
    const key = `${place.site.file} ${place.site.start} ${place.site.end}`;
    const group = groups.get(key);
    // What goes wrong in the head for the same cause adds nothing.
    if (group) group.mismatches.push(...(partOf(group.mismatches[0]) === partOf(mismatch) ? [mismatch] : []));
    else groups.set(key, { place, cause: paths[0], mismatches: [mismatch] });
  }
  return [...groups.values()];
}

const partOf = (mismatch: Mismatch | undefined): string | undefined => mismatch?.error.where?.split('.')[0];

/** One level of a part's `in_channels`, or one layer of which no more is known. */
interface Level {
  readonly expected: number | undefined;
  readonly got: number | undefined;
  readonly stride: number | undefined;
  /** Whether the numbers are a level's own, or those of a layer that may count several together. */
  readonly isLevel: boolean;
}

function message(context: ModelContext, mismatches: readonly Mismatch[], cause: ConfigPath | undefined): string {
  const { config, verdict } = context;
  const [first] = mismatches;
  if (!first) return '';
  const { producer, consumer } = sidesOf(config, verdict, first);
  const levels = levelsOf(context, mismatches);
  const subject = subjectOf(context, first, levels);
  const expected = list(levels.map(l => l.expected));
  const got = list(levels.map(l => l.got));
  if (expected === null || got === null) return `${subject} does not fit what comes in.`;
  const strides = list(levels.map(l => l.stride));
  const at = strides === null ? '' : ` at stride${levels.length > 1 ? 's' : ''} ${strides}`;
  const isPartsOwn = levels.every(l => l.isLevel || channelsOf(producer).includes(l.got ?? 0));
  const comes = producer && consumer !== producer.name && isPartsOwn ? `${told(config, producer)} gives ${got}` : `${got} come in`;
  const factor = cause && /(?:^|_)factor$/.test(String(cause.at(-1))) ? numberFrom(valueAt(config, cause)) : undefined;
  if (cause && factor !== undefined && levels.some(l => !l.isLevel)) {
    const layer = first.error.where ? `\`${first.error.where}\`` : 'a layer';
    return `with \`${formatPath(cause.slice(1))}\` ${factor}, ${layer} expects ${levels[0]?.expected} channels${strides === null ? '' : ` at stride ${levels[0]?.stride}`}, and ${levels[0]?.got} come in.`;
  }
  const [level] = levels,
    value = cause && numberFrom(valueAt(config, cause));
  // A layer that counts several numbers together, or whose input this one made.
  if (
    cause &&
    value !== undefined &&
    levels.length === 1 &&
    level &&
    !level.isLevel &&
    !isScaled(value * widthOf(config, cause), level.expected)
  )
    return `\`${formatPath(cause.slice(1))}\` is ${value}: ${first.error.where ? `\`${first.error.where}\`` : 'a layer'} expects ${expected} channels${at}, and ${got} come in.`;
  return `${subject} expects ${expected} channels${at}; ${comes}.`;
}

/**
 * A neck joins levels before it convolves them, so the layer that fails may count two levels together: where the blamed number is a level's, the two sides are the
 * number, scaled, and what that level of the part before has.
 */
function levelsOf({ config, verdict }: ModelContext, mismatches: readonly Mismatch[]): readonly Level[] {
  const levels = new Map<string, Level & { readonly index: number }>();
  for (const mismatch of mismatches) {
    const [blamed] = mismatch.blame;
    const path = blamed === undefined ? [] : inModel(blamed);
    const index = path.at(-1);
    const { producer } = sidesOf(config, verdict, mismatch);
    const given = channelsOf(producer);
    const declared = numberFrom(valueAt(config, path));
    const isLevel =
      typeof index === 'number' &&
      path.at(-2) === 'in_channels' &&
      declared !== undefined &&
      numbersFrom(valueAt(config, path.slice(0, -1)))?.length === given.length;
    const { expected = Number.NaN, got = Number.NaN } = mismatch;
    // Off by as much as the layer is, else it counts something else.
    const scaled = isLevel ? widthsOf(declared * widthOf(config, path)).find(n => n - (given[index] ?? 0) === expected - got) : undefined;
    const key = blamed ?? `layer ${levels.size}`;
    if (levels.has(key)) continue;
    if (isLevel && scaled !== undefined && scaled !== given[index])
      levels.set(key, { expected: scaled, got: given[index], stride: producer?.strides[index] ?? mismatch.stride, index, isLevel: true });
    else levels.set(key, { expected: mismatch.expected, got: mismatch.got, stride: mismatch.stride, index: levels.size, isLevel: false });
  }
  return [...levels.values()].sort((a, b) => a.index - b.index);
}

/** `widen_factor` of the part whose number this is. */
function widthOf(config: ModelContext['config'], path: ConfigPath): number {
  const part = path.slice(
    0,
    path.findLastIndex(step => typeof step === 'string'),
  );
  return numberFrom(valueAt(config, [...part, 'widen_factor'])) ?? 1;
}

/** `neck.in_channels[2]`, with the factor that makes another number of it. */
function subjectOf({ config, verdict }: ModelContext, first: Mismatch, levels: readonly Level[]): string {
  const [blamed] = first.blame;
  if (blamed === undefined) return `\`${first.error.where ?? sidesOf(config, verdict, first).consumer ?? 'model'}\``;
  const path = inModel(blamed);
  const width = widthOf(config, path);
  const value = numberFrom(valueAt(config, path));
  if (levels.length > 1) {
    const name = formatPath(path.slice(1, typeof path.at(-1) === 'number' ? -1 : undefined));
    return width === 1 ? `\`${name}\`` : `\`${name}\`, with widen_factor ${width},`;
  }
  if (value === undefined || value === levels[0]?.expected) return `\`${blamed}\``;
  return width === 1 ? `\`${blamed}\` (${value})` : `\`${blamed}\` (${value} × widen_factor ${width})`;
}

/** Null where one is not known. */
function list(numbers: readonly (number | undefined)[]): string | null {
  const known = numbers.filter(n => n !== undefined);
  return known.length === numbers.length ? known.join(', ') : null;
}
