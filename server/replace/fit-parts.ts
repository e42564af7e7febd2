/** What neck and head must be told when the backbone gives other channels: several ways, the guide's own first. Which of them is right, a run tells. */
import { valueAt } from '../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import { declaredStrides, same } from '../rules/fit/candidates.ts';
import { numberFrom, numbersFrom } from '../rules/fit/plain.ts';
import { channelsOf, sideOf } from '../rules/fit/sides.ts';

/** `path`: within `model`. */
export interface PartChange {
  readonly path: ConfigPath;
  readonly value: number | readonly number[];
}

const NECK: ConfigPath = ['neck'];
const HEADS: readonly ConfigPath[] = [['bbox_head', 'head_module'], ['bbox_head'], ['rpn_head'], ['mask_head']];

/** `channels`: what the backbone gives, level by level. */
export function waysToFit(config: ResolvedConfig, channels: readonly number[]): readonly (readonly PartChange[])[] {
  const numbers = (path: ConfigPath) => numbersFrom(valueAt(config, ['model', ...path]));
  const factor = (part: ConfigPath) => numberFrom(valueAt(config, ['model', ...part, 'widen_factor']));
  const heads = HEADS.filter(head => valueAt(config, ['model', ...head]) !== undefined);
  const unwiden = [NECK, ...heads]
    .filter(part => (factor(part) ?? 1) !== 1)
    .map((part): PartChange => ({ path: [...part, 'widen_factor'], value: 1 }));
  if (valueAt(config, ['model', 'neck', 'type']) === undefined) {
    const direct = heads
      .filter(head => numbers([...head, 'in_channels']))
      .map(head => ({ path: [...head, 'in_channels'], value: channels }));
    return [[], direct, [...direct, ...unwiden]];
  }
  const inputs: PartChange = { path: [...NECK, 'in_channels'], value: channels };
  const through: PartChange[] = [];
  if (numbers([...NECK, 'out_channels'])?.length === channels.length) {
    through.push({ path: [...NECK, 'out_channels'], value: channels });
    for (const head of heads) if (numbers([...head, 'in_channels'])) through.push({ path: [...head, 'in_channels'], value: channels });
  }
  const width = factor(NECK) ?? 1,
    scaled = channels.map(c => c / width);
  return [
    [],
    [inputs, ...through, ...unwiden],
    [inputs, ...through],
    ...(width !== 1 && scaled.every(Number.isSafeInteger) ? [[{ ...inputs, value: scaled }]] : []),
  ];
}

/** After a run in which the neck fitted: what the heads must be told of what it gave. */
export function headsToFit(config: ResolvedConfig, after: Verdict): readonly PartChange[] {
  const given = channelsOf(sideOf(after, 'neck'));
  if (!given.length) return [];
  return HEADS.flatMap((head): PartChange[] => {
    const told = numbersFrom(valueAt(config, ['model', ...head, 'in_channels']));
    const width = numberFrom(valueAt(config, ['model', ...head, 'widen_factor'])) ?? 1,
      scaled = given.map(c => c / width);
    return told && !same(told, scaled) && scaled.every(Number.isSafeInteger) ? [{ path: [...head, 'in_channels'], value: scaled }] : [];
  });
}

/** Runs to the end, and each level of the neck is where the head was told. */
export function fits(config: ResolvedConfig, after: Verdict): boolean {
  if (after.ok !== true || after.mismatches.length) return false;
  const declared = declaredStrides(config),
    given = (sideOf(after, 'neck') ?? sideOf(after, 'backbone'))?.strides ?? [];
  return !declared || !given.length || same(declared.strides, given);
}
