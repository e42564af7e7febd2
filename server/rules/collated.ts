/** A batch in the form that another data preprocessor takes: mmyolo's fast ones are given what `yolov5_collate` makes, and nothing else (mmyolo 0.6.0). */
import { classSource } from '../recipe/class-source.ts';
import { methodOf } from '../recipe/keys/constructed.ts';
import { mentions } from '../recipe/mentions.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import type { Expression, Statement } from '../syntax/nodes.ts';
import { recipePlace } from './recipe-place.ts';
import { type Refused, refused } from './refused.ts';
import type { ConfigContext } from './rule.ts';

interface RefusedAt {
  readonly part: Part;
  readonly refused: Refused;
}

/** Told at the function that makes the batch, or at the preprocessor, whichever this file says. */
export function ofCollated(context: ConfigContext, recipe: Recipe): readonly RefusedAt[] {
  const loader = recipe.runs('train') ? recipe.plainLoaders.find(({ phase }) => phase === 'train')?.part : undefined;
  const preprocessor = recipe.model?.part('data_preprocessor');
  if (!loader || !preprocessor) return [];
  const made = madeBy(context, loader);
  const taken = takenBy(context, preprocessor);
  if (made === null || taken === null || made === taken) return [];
  const place = recipePlace(context, [loader.at('collate_fn'), preprocessor.at('type')]);
  const [wanted, says] =
    taken === 'dict'
      ? ['yolov5_collate', 'AssertionError']
      : ['pseudo_collate', "AttributeError: 'str' object has no attribute 'set_metainfo'"];
  const collate = loader.part('collate_fn')?.typeName ?? 'pseudo_collate';
  if (place?.path.at(-1) === 'collate_fn')
    return [
      {
        part: loader,
        refused: refused('argument-type', 'collate_fn', `\`${preprocessor.typeName}\` takes what \`${wanted}\` makes`, says),
      },
    ];
  return [
    {
      part: preprocessor,
      refused: refused('argument-type', 'type', `it takes what \`${wanted}\` makes, and \`train_dataloader\` has \`${collate}\``, says),
    },
  ];
}

/** What `data_samples` of a batch are. Null: not known. */
type Samples = 'dict' | 'list';

function madeBy(context: ConfigContext, loader: Part): Samples | null {
  // The runner's own default.
  if (loader.presence('collate_fn') === 'absent') return 'list';
  const own = loader.part('collate_fn');
  const entry = own ? entryOf(context, own) : null;
  return entry ? (MADE.get(entry.target) ?? null) : null;
}
const MADE: ReadonlyMap<string, Samples> = new Map([
  ['mmengine.dataset.utils.pseudo_collate', 'list'],
  ['mmyolo.datasets.utils.yolov5_collate', 'dict'],
]);

function takenBy(context: ConfigContext, preprocessor: Part): Samples | null {
  const entry = entryOf(context, preprocessor);
  const classes = (entry && classSource(context, entry)?.classes) ?? [];
  const at = classes.findIndex(({ body }) => methodOf(body, 'forward'));
  const own = classes[at];
  const forward = own && methodOf(own.body, 'forward');
  // What a subclass casts it may bring into the form that is asked for.
  if (!own || !forward || classes.slice(0, at + 1).some(({ body }) => methodOf(body, 'cast_data'))) return null;
  const assertion = forward.body.findIndex(one => one.kind === 'assert' && isOfDict(one.test));
  if (assertion >= 0) return isKnownFor('boxes', own.dotted) && forward.body.slice(0, assertion).every(isOnTheWay) ? 'dict' : null;
  return `${own.dotted}.${own.name}` === OF_LISTS && mentions({ classes: [own], isWhole: true }, /^set_metainfo$/) ? 'list' : null;
}

/** Training comes past it: mmyolo's own turn away what is no training, a fork's may turn away lists. */
const isOnTheWay = (statement: Statement): boolean =>
  statement.kind === 'expression' ||
  statement.kind === 'assign' ||
  (statement.kind === 'if' &&
    statement.test.kind === 'unary' &&
    statement.test.operator === 'not' &&
    statement.test.operand.kind === 'name' &&
    statement.test.operand.name === 'training');

/** `isinstance(data['data_samples'], dict)`. */
function isOfDict(test: Expression): boolean {
  const [what, type] = test.kind === 'call' && test.callee.kind === 'name' && test.callee.name === 'isinstance' ? test.args : [];
  return isSamples(what?.value) && type?.value.kind === 'name' && type.value.name === 'dict';
}
const isSamples = (of: Expression | undefined): boolean =>
  of?.kind === 'subscript' && of.key.kind === 'constant' && of.key.value === 'data_samples';

/** As it stands in mmdet it tells each sample the size of its picture; a fork's may do otherwise. */
const OF_LISTS = 'mmdet.models.data_preprocessors.data_preprocessor.DetDataPreprocessor';
