/** What neck and head must be told when the backbone gives other channels: several ways, the guide's own first. Which of them is right, a run tells. */

import { numberFrom, numbersFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import { plain } from '../python/origin.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { same } from '../rules/fit/candidates.ts';
import { giverOf, stridesFit } from '../rules/fit/declared-strides.ts';
import { channelsOf, sideOf } from '../rules/fit/sides.ts';

/** `path`: within `model`. */
export interface PartChange {
  readonly path: ConfigPath;
  readonly value: number | readonly number[];
}

const HEADS: readonly ConfigPath[] = [['bbox_head', 'head_module'], ['bbox_head'], ['rpn_head'], ['mask_head'], ['head'], ['decode_head']];

/** Where the neck is that takes the backbone's levels: of several in a row, the first. Null: there is none. */
export function neckPath(config: ResolvedConfig): ConfigPath | null {
  const neck = valueAt(config, ['model', 'neck']);
  const value = neck === undefined ? null : plain(neck);
  if (value instanceof List || value instanceof Tuple) return value.items.length ? ['neck', 0] : null;
  return valueAt(config, ['model', 'neck', 'type']) === undefined ? null : ['neck'];
}

/** `channels`: what the backbone gives, level by level. */
export function waysToFit(config: ResolvedConfig, channels: readonly number[]): readonly (readonly PartChange[])[] {
  const at = (path: ConfigPath) => valueAt(config, ['model', ...path]);
  const factor = (part: ConfigPath) => numberFrom(at([...part, 'widen_factor']));
  const neck = neckPath(config);
  const heads = HEADS.filter(head => at(head) !== undefined);
  const unwiden = [...(neck ? [neck] : []), ...heads]
    .filter(part => (factor(part) ?? 1) !== 1)
    .map((part): PartChange => ({ path: [...part, 'widen_factor'], value: 1 }));
  const direct = heads.flatMap(head => told([...head, 'in_channels'], at([...head, 'in_channels']), channels));
  const inputs = neck ? told([...neck, 'in_channels'], at([...neck, 'in_channels']), channels) : [];
  // No neck, or one that takes what comes, such as a pooling.
  if (!neck || !inputs.length) return [[], direct, ...(unwiden.length ? [[...direct, ...unwiden]] : [])];
  const through: PartChange[] = [];
  if (numbersFrom(at([...neck, 'out_channels']))?.length === channels.length) {
    through.push({ path: [...neck, 'out_channels'], value: channels });
    for (const head of heads)
      if (numbersFrom(at([...head, 'in_channels']))) through.push({ path: [...head, 'in_channels'], value: channels });
  }
  const width = factor(neck) ?? 1,
    scaled = channels.map(c => c / width);
  return [
    [],
    [...inputs, ...through, ...unwiden],
    [...inputs, ...through],
    ...(through.length || unwiden.length ? [inputs] : []),
    ...(width !== 1 && scaled.every(Number.isSafeInteger) ? [told([...neck, 'in_channels'], at([...neck, 'in_channels']), scaled)] : []),
  ];
}

/** A list is told of every level; a number, which is not asked before it is there, of the last. */
function told(path: ConfigPath, old: ReturnType<typeof valueAt>, channels: readonly number[]): readonly PartChange[] {
  if (numbersFrom(old)) return [{ path, value: channels }];
  const [last] = channels.slice(-1);
  return numberFrom(old) === undefined || last === undefined ? [] : [{ path, value: last }];
}

/** After a run in which the neck fitted: what the heads must be told of what it gave. */
export function headsToFit(config: ResolvedConfig, after: Verdict): readonly PartChange[] {
  const given = channelsOf(sideOf(after, 'neck'));
  if (!given.length) return [];
  return HEADS.flatMap((head): PartChange[] => {
    const numbers = numbersFrom(valueAt(config, ['model', ...head, 'in_channels']));
    const width = numberFrom(valueAt(config, ['model', ...head, 'widen_factor'])) ?? 1,
      scaled = given.map(c => c / width);
    return numbers && !same(numbers, scaled) && scaled.every(Number.isSafeInteger)
      ? [{ path: [...head, 'in_channels'], value: scaled }]
      : [];
  });
}

/** Runs to the end, and each level of the neck is where the head was told. */
export function fits(config: ResolvedConfig, after: Verdict): boolean {
  if (after.ok !== true || after.mismatches.length) return false;
  const giver = giverOf(config, after);
  return !giver?.strides.length || stridesFit(config, giver.strides);
}
