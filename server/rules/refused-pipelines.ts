/** A loader whose pictures go through nothing: no step loads or packs them (mmengine 0.10.7, `BaseDataset`, `Compose`). */
import { itemsFrom } from '../config/from-value.ts';
import type { DataPart } from '../recipe/data.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { type Refused, refused } from './refused.ts';
import type { ConfigContext } from './rule.ts';

export function ofEmptyPipelines(context: ConfigContext, recipe: Recipe): readonly { readonly part: Part; readonly refused: Refused }[] {
  return recipe.plainLoaders.flatMap(({ data }) =>
    (data?.leaves.some(hasNone) ? unwrapped(data) : []).filter(hasNone).flatMap(part => {
      const target = takesPictures(context, recipe) ? entryOf(context, part)?.target : undefined;
      const isNone = part.presence('pipeline') === 'none';
      // Sets whose records hold paths of pictures, and models that are given `inputs`.
      if (!isKnownFor('boxes', target) && !isKnownFor('classes', target)) return [];
      const told = isNone ? 'it is None' : 'it is empty';
      return [
        {
          part,
          refused: refused(
            'argument-type',
            'pipeline',
            `${told}: nothing loads the pictures, or packs them for the model`,
            saysOf(target, isNone),
          ),
        },
      ];
    }),
  );
}

const hasNone = (part: Part): boolean => part.presence('pipeline') === 'none' || itemsFrom(part.value('pipeline'))?.length === 0;

/** A preprocessor of one's own may load them itself. */
function takesPictures(context: ConfigContext, { model, top }: Recipe): boolean {
  const preprocessor = model?.part('data_preprocessor') ?? top.part('data_preprocessor');
  return !preprocessor?.isGiven('type') || isKnownFor('preprocessors', entryOf(context, preprocessor)?.target);
}

/** Data sets that no wrapper has a pipeline for. */
const unwrapped = ({ part, inner }: DataPart): readonly Part[] =>
  inner.length === 0 ? [part] : part.presence('pipeline') === 'absent' ? inner.flatMap(unwrapped) : [];

/** mmpretrain's sets make a list of it themselves. */
const saysOf = (target: string | undefined, isNone: boolean): string =>
  isNone && /^mm(?:pretrain|cls)\./.test(target ?? '') ? "TypeError: 'NoneType' object is not iterable" : "KeyError: 'inputs'";
