/** What steps do whose sources go ways that are not followed: the keys come out as they went in (mmdet 3.3.0, mmpretrain 1.2.0). */
import type { StepKeys } from './keys.ts';

const changing = (...needs: readonly string[]): StepKeys => ({
  needs,
  asserts: new Set(),
  gives: new Set(needs),
  renews: new Set(needs),
  drops: new Set(),
  replaces: false,
  open: false,
});

/** By the class's dotted name. */
export const STATED: Readonly<Record<string, StepKeys>> = {
  // Under albumentations' own names meanwhile.
  'mmdet.datasets.transforms.transforms.Albu': changing('img'),
  'mmpretrain.datasets.transforms.auto_augment.RandAugment': changing('img'),
  'mmpretrain.datasets.transforms.auto_augment.AutoAugment': changing('img'),
};
