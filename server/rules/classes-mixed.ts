/**
 * Labels that a preprocessor spreads over another number of classes than the head has: where pictures are mixed, each has a score for every class, and their number is
 * the preprocessor's own (mmpretrain 1.2.0, `ClsDataPreprocessor`, `ImageClassifier`).
 */
import { formatPath } from '../config/path.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export function otherThanMixed(context: ConfigContext, model: Part): readonly Finding[] {
  const recipe = recipeOf(context.config);
  // Nothing is mixed where nothing is learned.
  if (recipe.isRun && !recipe.runs('train')) return [];
  // The runner gives the model its own where it has none.
  const preprocessor = model.part('data_preprocessor') ?? recipe.top.part('data_preprocessor');
  const head = model.part('head');
  const isPlain = preprocessor?.presence('type') === 'absent' || preprocessor?.typeName === 'ClsDataPreprocessor';
  if (!preprocessor || !head || !isPlain || model.typeName !== 'ImageClassifier' || !mixes(model, preprocessor)) return [];
  const [own, heads] = [preprocessor.number('num_classes'), head.number('num_classes')];
  const isLacking = preprocessor.presence('num_classes') === 'none' || preprocessor.presence('num_classes') === 'absent';
  if (!isLacking && (own === undefined || heads === undefined || own === heads)) return [];
  // A head of one's own may have as many scores as it likes.
  if (![model, head].every(part => OF_LIBRARY.test(entryOf(context, part)?.target ?? ''))) return [];
  const augments = preprocessor.part('batch_augments') ?? model.part('train_cfg');
  const paths = [preprocessor.at('num_classes'), ...(isLacking ? [augments?.at('augments') ?? []] : [head.at('num_classes')])];
  const place = recipePlace(context, paths);
  if (!place) return [];
  const [path = []] = paths;
  return [
    {
      ...place,
      severity: 'error',
      message: isLacking
        ? `Pictures are mixed, and \`${formatPath(path)}\`, the classes that their labels are spread over, is not given\nAssertionError: Cannot generate one-hot format labels because not set \`num_classes\` in \`data_preprocessor\`.`
        : `\`${formatPath(path)}\` is ${own}, and \`${formatPath(head.at('num_classes'))}\` is ${heads}: pictures are mixed, and their labels are spread over ${own} classes\nRuntimeError: The size of tensor a (${own}) must match the size of tensor b (${heads})`,
      fixes: heads === undefined ? [] : settingFix(context, [{ path, text: String(heads) }], `Set ${formatPath(path)} to ${heads}`),
    },
  ];
}

const OF_LIBRARY = /^mm(?:pretrain|cls)\./;

/** Where it is told is the model's `train_cfg`, else the preprocessor's own. */
function mixes(model: Part, preprocessor: Part): boolean {
  const own = preprocessor.part('batch_augments');
  const augments = preprocessor.presence('batch_augments') === 'absent' ? model.part('train_cfg') : own;
  return augments?.isGiven('augments') === true;
}
