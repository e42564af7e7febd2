/** At which strides the parts behind the neck were told that their maps are. */

import { numbersFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Verdict } from '../../model/verdict.ts';
import { plain } from '../../python/origin.ts';
import { type Side, sideOf } from './sides.ts';

export interface DeclaredStrides {
  readonly path: ConfigPath;
  readonly strides: readonly number[];
  /** All levels, or the finest of them alone, as the heads of regions take. */
  readonly takes: 'all' | 'first';
}

const PLACES: readonly (readonly [path: ConfigPath, takes: DeclaredStrides['takes']])[] = [
  [['bbox_head', 'head_module', 'featmap_strides'], 'all'],
  [['bbox_head', 'prior_generator', 'strides'], 'all'],
  [['bbox_head', 'anchor_generator', 'strides'], 'all'],
  [['rpn_head', 'anchor_generator', 'strides'], 'all'],
  [['rpn_head', 'prior_generator', 'strides'], 'all'],
  [['roi_head', 'bbox_roi_extractor', 'featmap_strides'], 'first'],
  [['roi_head', 'mask_roi_extractor', 'featmap_strides'], 'first'],
];

export function allDeclaredStrides(config: ResolvedConfig): readonly DeclaredStrides[] {
  return PLACES.flatMap(([within, takes]) => {
    const path = ['model', ...within],
      strides = numbersFrom(valueAt(config, path));
    return strides?.length ? [{ path, strides, takes }] : [];
  });
}

/** What the head was told of its levels; of several lists, the first. */
export const declaredStrides = (config: ResolvedConfig): DeclaredStrides | null =>
  allDeclaredStrides(config).find(({ path, takes }) => path[1] === 'bbox_head' && takes === 'all') ?? null;

/** Whose maps the head takes: a neck may turn the order of levels round, or make more of them, so where it did not run, nothing is known. */
export function giverOf(config: ResolvedConfig, verdict: Verdict): Side | undefined {
  const neck = valueAt(config, ['model', 'neck']);
  return sideOf(verdict, neck !== undefined && plain(neck) !== null ? 'neck' : 'backbone');
}

/** Whether a map of a picture of this size tells its stride: of a length that the stride does not divide it is rounded. */
export const isExact = (stride: number, size: readonly number[]): boolean => size.every(length => length % stride === 0);

/** What is rounded is so many times coarser than the level before it. */
export function namedStrides(strides: readonly number[], size: readonly number[]): readonly number[] {
  const named: number[] = [];
  for (const stride of strides) {
    const before = named.at(-1);
    const isTold = before === undefined || isExact(stride, size);
    named.push(isTold ? stride : before * 2 ** Math.round(Math.log2(stride / before)));
  }
  return named;
}

/** Those that say other strides than the maps have, or, of `levels` alone, than the finest of them. Another number of levels is another matter. */
export function wrongStrides(config: ResolvedConfig, real: readonly number[], levels = real.length): readonly DeclaredStrides[] {
  return allDeclaredStrides(config).filter(({ strides, takes }) => {
    const compared = takes === 'first' ? real.slice(0, strides.length) : real;
    return compared.length === strides.length && !compared.slice(0, levels).every((stride, i) => isNear(strides[i], stride));
  });
}

/** A stride may be told as the picture's length over the map's (YOLACT's 550 / 69); a level too high or too low is off by two. */
const isNear = (told: number | undefined, real: number): boolean => Math.abs((told ?? Number.NaN) / real - 1) < 0.25;

/** Whether each list that holds every level has as many as come, at their strides. */
export const stridesFit = (config: ResolvedConfig, real: readonly number[]): boolean =>
  !wrongStrides(config, real).length &&
  allDeclaredStrides(config).every(({ strides, takes }) => takes === 'first' || strides.length === real.length);
