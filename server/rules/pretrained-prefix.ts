/** Weights of a whole classifier or detector for a backbone alone: their names begin with `backbone.`, and without `prefix`, or with another, none of them fits. */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';
import { lackingPrefixes, wrongPrefixes } from './weights/wrong-prefix.ts';

/** What these publish is a model as a whole. Files that end in `_backbone` were cut. */
const WHOLE =
  /^https?:\/\/download\.openmmlab\.com\/(?:mmclassification|mmpretrain|mmdetection|mmyolo)\/(?!.*(?:backbone|converted))|^open-mmlab:\/\/mmcls\//;

export const pretrainedPrefix: ConfigRule = {
  code: 'pretrained-prefix',
  severity: 'warning',
  summary: 'weights of a whole model for a part of it, without the `prefix` that their names have',
  needs: 'config',
  check: context => [...published(context), ...wrongPrefixes(context)],
  checkModel: lackingPrefixes,
};

function published(context: ConfigContext): readonly Finding[] {
  const backbone = isWhole(context.config) ? recipeOf(context.config).model?.part('backbone') : undefined;
  const initial = backbone?.part('init_cfg');
  const checkpoint = initial?.text('checkpoint');
  if (!backbone || !initial || initial.typeName !== 'Pretrained' || initial.presence('prefix') !== 'absent' || !checkpoint) return [];
  if (!WHOLE.test(checkpoint)) return [];
  const place = recipePlace(context, [initial.at('checkpoint')]);
  if (!place) return [];
  const path = initial.at('prefix');
  return [
    {
      ...place,
      message: `\`${formatPath(initial.path)}\` loads a whole model into its backbone: without \`prefix\` no name in the file is one of the backbone's, and nothing is loaded`,
      fixes: settingFix(context, [{ path, text: "'backbone.'" }], `Set ${formatPath(path)} to 'backbone.'`),
    },
  ];
}
