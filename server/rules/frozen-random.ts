/** A backbone whose first stages are frozen, or whose running means stay as they are, and that no weights are loaded into: it keeps what chance gave it. */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import type { Part } from '../recipe/part.ts';
import { entryAt } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { mayBeCompleted } from './may-be-completed.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const frozenRandom: ConfigRule = {
  code: 'frozen-random',
  severity: 'warning',
  summary: 'a backbone is frozen, and no weights are loaded into it',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    const backbone = recipe.model?.part('backbone');
    if (!isWhole(context.config) || !recipe.runs('train') || !backbone || mayBeCompleted(context)) return [];
    return isLoaded(context, backbone) ? [] : finding(context, backbone);
  },
};

/** By any of the ways that there are; what is not known may be one. */
function isLoaded(context: ConfigContext, backbone: Part): boolean {
  const recipe = recipeOf(context.config);
  const { top, model } = recipe;
  const ways: readonly (readonly [Part | undefined, string])[] = [
    [top, 'load_from'],
    [top, 'resume'],
    [top, 'resume_from'],
    [model, 'init_cfg'],
    [model, 'pretrained'],
    [backbone, 'init_cfg'],
    [backbone, 'pretrained'],
  ];
  const given = ways.some(([part, key]) => part?.presence(key) === 'unknown' || (part?.isGiven(key) === true && part.flag(key) !== false));
  if (given || recipe.checkpoints.length > 0) return true;
  // A hook may load them, or the model by itself.
  if (
    [...recipe.customHooks, ...(model ? [model] : [])].some(part => [...part.dict.entries.keys()].some(key => OF_WEIGHTS.test(String(key))))
  )
    return true;
  // Of classes that are not known, weights may be their own business.
  return ![model, backbone].every(part => part && isKnownFor('weights', entryAt(context, part.path)?.target));
}

const OF_WEIGHTS = /checkpoint|ckpt|pretrain|weights$/;

function finding(context: ConfigContext, backbone: Part): readonly Finding[] {
  const stages = backbone.number('frozen_stages');
  // Of stages that there are not, another rule tells.
  const isFrozen = stages !== undefined && stages >= 0 && stages <= ALL;
  const isKept = backbone.flag('norm_eval') === true && isOfBatches(backbone);
  if (!isFrozen && !isKept) return [];
  const key = isFrozen ? 'frozen_stages' : 'norm_eval';
  if (isMeant(context, backbone, key)) return [];
  const place = recipePlace(context, [backbone.at('init_cfg'), backbone.at(key), backbone.at('type')]);
  if (!place) return [];
  const path = `\`${formatPath(backbone.at(key))}\``;
  return [
    {
      ...place,
      // Of a backbone that is all frozen, the weights are named where it is run (`--cfg-options`).
      ...(isFrozen && stages >= ALL && { severity: 'hint' }),
      message: isFrozen
        ? `${path} is ${stages}, and no weights are loaded: what is frozen stays random. Give the backbone an \`init_cfg\`, or set it to -1`
        : `${path} keeps the running means of the backbone as they are, and no weights are loaded: they stay 0 and 1. Give it an \`init_cfg\`, or set it to False`,
    },
  ];
}
const ALL = 4;

/** Whoever writes the one with the other says what they want: MMYOLO's guide does, where a backbone is to learn from scratch. */
function isMeant({ config }: ConfigContext, backbone: Part, key: string): boolean {
  const fileOf = (name: string): string | undefined => originAt(config, backbone.at(name))?.value.file;
  return backbone.presence('init_cfg') === 'none' && fileOf('init_cfg') !== undefined && fileOf('init_cfg') === fileOf(key);
}

/** Of other layers there is nothing to keep. */
const isOfBatches = (backbone: Part): boolean => {
  const norm = backbone.part('norm_cfg');
  return backbone.presence('norm_cfg') === 'absent' || /BN/.test(norm?.typeName ?? '');
};
