/** Values of the runner's own keys, of torch's loaders, and of a model's settings, that end the run (torch 2, mmengine 0.10.7, mmcv 2): no registry builds them. */
import { isDict, itemsFrom } from '../config/from-value.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { Part } from '../recipe/part.ts';
import { constructorOf, entryOf } from '../recipe/part-types.ts';
import { PHASES, type Recipe } from '../recipe/recipe.ts';
import { typedParts } from '../recipe/typed-parts.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { ofCollated } from './collated.ts';
import { nearest } from './nearest.ts';
import { type Refused, refused, typeOf } from './refused.ts';
import { ofGrey } from './refused-grey.ts';
import { ofLoader } from './refused-in-loaders.ts';
import { ofEmptyPipelines } from './refused-pipelines.ts';
import type { ConfigContext } from './rule.ts';

export interface RefusedAt {
  readonly part: Part;
  readonly refused: Refused;
}

export function refusedAround(context: ConfigContext, recipe: Recipe): readonly RefusedAt[] {
  const { top, model } = recipe;
  const mp = top.part('env_cfg')?.part('mp_cfg');
  const randomness = top.part('randomness');
  return [
    ...recipe.plainLoaders.flatMap(({ part }) => ofLoader(part).map(one => ({ part, refused: one }))),
    ...ofTop(recipe).map(one => ({ part: top, refused: one })),
    ...ofCollated(context, recipe),
    ...ofEmptyPipelines(context, recipe),
    ...ofGrey(context, recipe),
    ...(mp ? [...ofStartMethod(mp), ...ofThreads(mp)].map(one => ({ part: mp, refused: one })) : []),
    ...(randomness ? ofSeed(randomness).map(one => ({ part: randomness, refused: one })) : []),
    ...(model
      ? partsBelow(model).flatMap(part => [...ofInit(context, recipe, part), ...ofNms(context, part)].map(one => ({ part, refused: one })))
      : []),
  ];
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
    ...(isDict(given('load_from') ?? null) || itemsFrom(given('load_from')) !== undefined
      ? [
          refused(
            'argument-type',
            'load_from',
            'the path of a checkpoint is taken',
            `TypeError: expected string or bytes-like object, got '${isDict(given('load_from') ?? null) ? 'ConfigDict' : typeOf(given('load_from') ?? null)}'`,
          ),
        ]
      : []),
    ...ofLevel(top),
    ...(top.presence('env_cfg') === 'none'
      ? [refused('argument-type', 'env_cfg', 'a dict is taken', "AttributeError: 'NoneType' object has no attribute 'get'", 'dict()')]
      : []),
  ];
}

/** Python's `logging` knows them by these names alone. */
const LEVELS = ['CRITICAL', 'FATAL', 'ERROR', 'WARNING', 'WARN', 'INFO', 'DEBUG', 'NOTSET'];
function ofLevel(top: Part): readonly Refused[] {
  const level = top.text('log_level');
  if (level === undefined || LEVELS.includes(level)) return [];
  const near = LEVELS.find(one => one === level.toUpperCase()) ?? nearest(level, LEVELS);
  return [
    refused(
      'invalid-choice',
      'log_level',
      `there is no '${level}'; there are ${LEVELS.map(l => `'${l}'`).join(', ')}`,
      `KeyError: '${level}'`,
      ...(near === null ? [] : [`'${near}'`]),
    ),
  ];
}

/** numpy's generator is seeded with it. */
function ofSeed(randomness: Part): readonly Refused[] {
  const [value, seed] = [randomness.value('seed'), randomness.number('seed')];
  if (typeof value === 'string' || value instanceof Float)
    return [
      refused(
        'argument-type',
        'seed',
        'a whole number is taken',
        `TypeError: Cannot cast scalar from dtype('${typeof value === 'string' ? '<U1' : 'float64'}') to dtype('int64') according to the rule 'safe'`,
      ),
    ];
  return seed !== undefined && (seed < 0 || seed >= 2 ** 32)
    ? [
        refused(
          'argument-type',
          'seed',
          `it must lie between 0 and 2 ** 32 - 1; it is ${seed}`,
          'ValueError: Seed must be between 0 and 2**32 - 1',
        ),
      ]
    : [];
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

function ofThreads(mp: Part): readonly Refused[] {
  const threads = mp.value('opencv_num_threads');
  return typeof threads === 'string'
    ? [
        refused(
          'argument-type',
          'opencv_num_threads',
          'a number is taken, and this is a text',
          "TypeError: Argument 'nthreads' is required to be an integer",
          ...(/^\d+$/.test(threads) ? [threads] : []),
        ),
      ]
    : [];
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

function partsBelow(part: Part, depth = 0, found: Part[] = []): readonly Part[] {
  if (depth > DEEPEST) return found;
  const inItems = (items: readonly Value[], path: ConfigPath): void => {
    for (const [i, item] of items.entries()) {
      const held = plain(item);
      if (held instanceof Dict) partsBelow(new Part([...path, i], held), depth + 1, found);
      else if (held instanceof List || held instanceof Tuple) inItems(held.items, [...path, i]);
    }
  };
  found.push(part);
  for (const { key, value } of part.dict.entries.values()) {
    const held = plain(value);
    if (held instanceof Dict) partsBelow(new Part(null, held, part, String(plain(key))), depth + 1, found);
    else if (held instanceof List || held instanceof Tuple) inItems(held.items, part.at(String(plain(key))));
  }
  return found;
}
const DEEPEST = 12;
