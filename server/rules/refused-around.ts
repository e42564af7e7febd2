/** Values of the runner's own keys, of torch's loaders, and of a model's settings, that end the run (torch 2, mmengine 0.10.7, mmcv 2): no registry builds them. */
import { isDict, itemsFrom } from '../config/from-value.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { Part } from '../recipe/part.ts';
import { PHASES, type Recipe } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { nearest } from './nearest.ts';
import { type Refused, refused, typeOf } from './refused.ts';
import type { ConfigContext } from './rule.ts';
import { constructorOf, entryOf, typedParts } from './typed-parts.ts';

export interface RefusedAt {
  readonly part: Part;
  readonly refused: Refused;
}

export function refusedAround(context: ConfigContext, recipe: Recipe): readonly RefusedAt[] {
  const { top, model } = recipe;
  const mp = top.part('env_cfg')?.part('mp_cfg');
  return [
    ...recipe.plainLoaders.flatMap(({ part }) => ofLoader(part).map(one => ({ part, refused: one }))),
    ...ofTop(recipe).map(one => ({ part: top, refused: one })),
    ...(mp ? ofStartMethod(mp).map(one => ({ part: mp, refused: one })) : []),
    ...(model
      ? partsBelow(model).flatMap(part => [...ofInit(context, recipe, part), ...ofNms(context, part)].map(one => ({ part, refused: one })))
      : []),
  ];
}

/** Torch's own. */
function ofLoader(part: Part): readonly Refused[] {
  const [size, workers, timeout] = [part.number('batch_size'), part.number('num_workers'), part.number('timeout')];
  const refusals: Refused[] = [];
  // A batch sampler is given the number instead, and may take it in its own way.
  if (size !== undefined && size < 1 && part.presence('batch_sampler') !== 'given')
    refusals.push(
      refused(
        'argument-type',
        'batch_size',
        `a number from 1 on is taken; it is ${size}`,
        `ValueError: batch_size should be a positive integer value, but got batch_size=${size}`,
      ),
    );
  if (workers !== undefined && workers < 0)
    refusals.push(
      refused(
        'argument-type',
        'num_workers',
        `0 reads in the main process, and less there is not; it is ${workers}`,
        'ValueError: num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.',
        '0',
      ),
    );
  if (timeout !== undefined && timeout < 0)
    refusals.push(
      refused(
        'argument-type',
        'timeout',
        `it must not be negative; it is ${timeout}`,
        'ValueError: timeout option should be non-negative',
        '0',
      ),
    );
  if (part.isGiven('batch_sampler') && part.flag('drop_last') === true)
    refusals.push(
      refused(
        'argument-type',
        'drop_last',
        'beside a `batch_sampler` it is refused: that takes one of its own',
        'ValueError: batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last',
        'False',
      ),
    );
  return refusals;
}

/** Dicts, all of them. */
const DICTS = ['train_cfg', 'val_cfg', 'test_cfg', 'optim_wrapper', 'default_hooks', 'randomness', 'env_cfg'];
function ofTop(recipe: Recipe): readonly Refused[] {
  const { top } = recipe;
  const given = (key: string): Value | undefined => top.value(key);
  return [
    ...DICTS.flatMap(key => ofDict(key, given(key), SAYS[key] ?? (() => 'The run ends as soon as it is read'))),
    // Other loops than mmengine's may take several loaders.
    ...PHASES.filter(phase => recipe.loopOf(phase) !== null).flatMap(phase =>
      ofDict(`${phase}_dataloader`, given(`${phase}_dataloader`), type => `AttributeError: '${type}' object has no attribute 'dataset'`),
    ),
    ...(isDict(given('load_from') ?? null)
      ? [
          refused(
            'argument-type',
            'load_from',
            'the path of a checkpoint is taken',
            "TypeError: expected string or bytes-like object, got 'ConfigDict'",
          ),
        ]
      : []),
  ];
}

function ofDict(key: string, value: Value | undefined, says: (type: string) => string): readonly Refused[] {
  if (value === undefined || value === null || !isOther(value)) return [];
  const isComma = value instanceof Tuple && value.items.length === 1 && isDict(plain(value.items[0] ?? null));
  const told = isComma
    ? 'a comma behind the dict makes a tuple of it, and a dict is taken here'
    : `a dict is taken here, and this is ${nameOf(value)}`;
  return [refused('argument-type', key, told, says(typeOf(value)))];
}
const SAYS: Readonly<Record<string, (type: string) => string>> = {
  train_cfg: () => 'TypeError: train_loop should be a Loop object or dict',
  val_cfg: () => 'TypeError: val_loop should be a Loop object or dict',
  test_cfg: () => 'TypeError: test_loop should be a Loop object or dict',
  default_hooks: type => `AttributeError: '${type}' object has no attribute 'items'`,
  randomness: type => `TypeError: mmengine.runner.runner.Runner.set_randomness() argument after ** must be a mapping, not ${type}`,
};
/** What is sure to be no dict, nor an object that a lazy config makes. */
const isOther = (value: Value): boolean =>
  itemsFrom(value) !== undefined || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
const nameOf = (value: Value): string =>
  typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : typeof value === 'boolean' ? String(value) : 'a list';

const METHODS = ['fork', 'spawn', 'forkserver'];
function ofStartMethod(mp: Part): readonly Refused[] {
  const method = mp.text('mp_start_method');
  return method === undefined || METHODS.includes(method)
    ? []
    : [
        refused(
          'invalid-choice',
          'mp_start_method',
          `there is no '${method}'; there are ${METHODS.map(m => `'${m}'`).join(', ')}`,
          `ValueError: cannot find context for '${method}'`,
        ),
      ];
}

/** mmengine's `BaseModule.init_weights`, before training; heads mostly have one of their own, which may not look at it. */
function ofInit(context: ConfigContext, recipe: Recipe, part: Part): readonly Refused[] {
  const text = part.path.at(-1) === 'backbone' && recipe.runs('train') ? part.text('init_cfg') : undefined;
  return !text || !isKnownFor('weights', entryOf(context, part)?.target)
    ? []
    : [
        refused(
          'argument-type',
          'init_cfg',
          `a dict is taken: \`dict(type='Pretrained', checkpoint='${text}')\``,
          'AssertionError',
          `dict(type='Pretrained', checkpoint='${text}')`,
        ),
      ];
}

/** mmcv's `batched_nms` looks the name up among its own functions. */
const SUPPRESSIONS = ['nms', 'soft_nms', 'nms_match', 'nms_rotated', 'nms_quadri'];
function ofNms(context: ConfigContext, part: Part): readonly Refused[] {
  const type = part.path.at(-1) === 'nms' ? part.text('type') : undefined;
  if (type === undefined || SUPPRESSIONS.includes(type) || type.includes('.') || !callsSuppression(context)) return [];
  const near = nearest(type, SUPPRESSIONS);
  if (near === null) return [];
  return [
    refused(
      'invalid-choice',
      'type',
      `there is no '${type}'; there are ${SUPPRESSIONS.map(s => `'${s}'`).join(', ')}`,
      `NameError: name '${type}' is not defined`,
      `'${near}'`,
    ),
  ];
}

/** Whether the model and all its heads are of libraries whose heads call that function: another's may name its own. */
function callsSuppression(context: ConfigContext): boolean {
  const asked = typedParts(context).filter(
    ({ path }) => path[0] === 'model' && (path.length === 1 || /head$/.test(String(path.findLast(step => typeof step === 'string')))),
  );
  return asked.some(({ path }) => path.length === 1) && asked.every(one => isKnownFor('boxes', constructorOf(context, one)?.target));
}

function partsBelow(part: Part, depth = 0): readonly Part[] {
  if (depth > DEEPEST) return [];
  const inner = (value: Value, path: readonly (string | number)[]): readonly Part[] => {
    const held = plain(value);
    if (held instanceof Dict) return partsBelow(new Part(path, held), depth + 1);
    return (itemsFrom(held) ?? []).flatMap((item, i) => inner(item, [...path, i]));
  };
  return [part, ...[...part.dict.entries.values()].flatMap(({ key, value }) => inner(value, part.at(String(plain(key)))))];
}
const DEEPEST = 12;
