/**
 * What the runner itself takes (mmengine 0.10.7, `Runner`) and hands to torch's `DataLoader` (2.x), where no registry builds anything: names of arguments, and the kinds
 * of what they are given. Told by the rules of arguments and of their types.
 */
import { isDict, itemsFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { Part } from '../recipe/part.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { mayBeCompleted } from './may-be-completed.ts';
import { nearest } from './nearest.ts';
import { recipePlace } from './recipe-place.ts';
import { removalOf } from './removal.ts';
import type { ConfigContext, Finding } from './rule.ts';

/** What the runner takes out of a loader before. */
const TAKEN_OUT = ['num_batch_per_epoch', 'disable_subprocess_warning'];
/** What `DataLoader` takes in torch 2.7, for where no source tells what the installed one does. */
const OF_LOADER =
  'dataset batch_size shuffle sampler batch_sampler num_workers collate_fn pin_memory drop_last timeout worker_init_fn multiprocessing_context generator prefetch_factor persistent_workers pin_memory_device in_order'.split(
    ' ',
  );
const ofLoader = ({ registry }: ConfigContext): readonly string[] => [
  ...(registry.parametersOf?.('torch.utils.data.dataloader.DataLoader')?.map(({ name }) => name) ?? OF_LOADER),
  ...TAKEN_OUT,
];
const OF_RANDOMNESS = ['seed', 'diff_rank_seed', 'deterministic'];
/** mmengine's `set_multi_processing`. */
const OF_PROCESSES = ['mp_start_method', 'opencv_num_threads'];
/** `_delete_` that is left is another rule's to tell. */
const OF_BUILDERS = new Set(['type', '_scope_', '_delete_']);

/** Of a config that mmengine's own runner runs. */
function recipeOfRunner({ config }: ConfigContext): Recipe | null {
  const recipe = isWhole(config) ? recipeOf(config) : null;
  return recipe?.isRun && recipe.isOfMmengine ? recipe : null;
}

/** `test_dataloader = val_dataloader` is one. */
const loadersOf = (recipe: Recipe): readonly Part[] => recipe.firsts(recipe.plainLoaders.map(({ part }) => part));

export function unknownToRunner(context: ConfigContext): readonly Finding[] {
  const recipe = recipeOfRunner(context);
  if (!recipe) return [];
  const randomness = recipe.top.part('randomness');
  const processes = recipe.top.part('env_cfg')?.part('mp_cfg');
  const takes = ofLoader(context);
  return [
    ...loadersOf(recipe).flatMap(part => [...strange(context, part, takes, 'DataLoader.__init__()'), ...shuffled(context, part)]),
    ...(randomness ? strange(context, randomness, OF_RANDOMNESS, 'Runner.set_randomness()') : []),
    ...(processes ? strange(context, processes, OF_PROCESSES, 'set_multi_processing()') : []),
  ];
}

function strange(context: ConfigContext, part: Part, takes: readonly string[], called: string): readonly Finding[] {
  return [...part.dict.entries.values()].flatMap(({ key, value }): readonly Finding[] => {
    const name = plain(key);
    if (typeof name !== 'string' || takes.includes(name) || OF_BUILDERS.has(name) || value === undefined) return [];
    const origin = originAt(context.config, part.at(name));
    const site = origin?.key;
    if (!origin || site?.file !== context.config.file) return [];
    const near = nearest(
      name,
      takes.filter(one => !part.dict.entries.has(one) || originAt(context.config, part.at(one))?.key.file !== site.file),
    );
    const text = context.text(site.file) ?? '';
    const written = text.slice(site.start, site.end);
    const removal = removalOf(text, site.file, site.start, origin.value.end);
    const rename = near && written.includes(name) ? { ...span(site), text: written.replace(name, near) } : null;
    return [
      {
        site,
        message: `\`${formatPath(part.path)}\` takes no \`${name}\`${near ? `; did you mean \`${near}\`?` : ''}\nTypeError: ${called} got an unexpected keyword argument '${name}'`,
        fixes: [
          ...(rename ? [{ title: `Change ${name} to ${near}`, edits: [rename], preferred: true }] : []),
          ...(removal ? [{ title: `Remove ${name}`, edits: [removal], preferred: !rename }] : []),
        ],
      },
    ];
  });
}
const span = ({ file, start, end }: { readonly file: string; readonly start: number; readonly end: number }) => ({ file, start, end });

/** Beside a sampler, which the runner always has. */
function shuffled(context: ConfigContext, part: Part): readonly Finding[] {
  if (part.flag('shuffle') !== true || !part.isGiven('sampler')) return [];
  const place = recipePlace(context, [part.at('shuffle'), part.at('sampler')]);
  const origin = originAt(context.config, part.at('shuffle'));
  const own = origin?.key.file === context.config.file ? origin : null;
  const removal = own && removalOf(context.text(own.key.file) ?? '', own.key.file, own.key.start, own.value.end);
  return place
    ? [
        {
          ...place,
          message: `\`${formatPath(part.path)}\` has a sampler, which decides on the order: it is asked by \`sampler.shuffle\`\nValueError: sampler option is mutually exclusive with shuffle`,
          fixes: removal ? [{ title: 'Remove shuffle', edits: [removal], preferred: true }] : [],
        },
      ]
    : [];
}

/** The runner takes both out of the loader, whatever else is in it. */
export function missingOfRunner(context: ConfigContext): readonly Finding[] {
  const recipe = recipeOfRunner(context);
  // A part of a recipe is completed elsewhere.
  if (!recipe?.model || mayBeCompleted(context)) return [];
  return loadersOf(recipe).flatMap((part): readonly Finding[] => {
    const written = [...part.dict.entries.keys()].map(String);
    // A slip of the pen is told as such.
    const missing = ['dataset', 'sampler'].filter(key => part.presence(key) === 'absent' && nearest(key, written) === null);
    const [first] = missing;
    const place = first === undefined ? null : recipePlace(context, [part.path]);
    const names = missing.map(key => `\`${key}\``).join(' and ');
    return place
      ? [{ ...place, related: [], message: `\`${formatPath(part.path)}\` needs ${names}: the runner looks for it\nKeyError: '${first}'` }]
      : [];
  });
}

/** A text where a dict goes, mostly: the type alone. */
export function wrongForRunner(context: ConfigContext): readonly Finding[] {
  const recipe = recipeOfRunner(context);
  if (!recipe) return [];
  return expected(recipe).flatMap(({ path, value, takes, isRight, says }): readonly Finding[] => {
    const given = value === undefined || isRight(value) ? null : nameOf(value);
    const place = given === null ? null : recipePlace(context, [path]);
    return place && value !== undefined
      ? [
          {
            ...place,
            severity: 'error',
            message: `\`${formatPath(path)}\` is ${given}, and ${takes} is taken here\n${says(textOf(value))}`,
          },
        ]
      : [];
  });
}

interface Expected {
  readonly path: ConfigPath;
  readonly value: Value | undefined;
  /** `a dict`. */
  readonly takes: string;
  isRight(value: Value): boolean;
  /** What is raised, of the text of the value. */
  says(text: string): string;
}

/** None is a value of its own: what it means is told elsewhere. */
const isPart = (value: Value): boolean => isDict(value) || value === null;
const isPartOrParts = (value: Value): boolean => isPart(value) || itemsFrom(value) !== undefined;
const isNoText = (value: Value): boolean => typeof value !== 'string';

function expected(recipe: Recipe): readonly Expected[] {
  const { top } = recipe;
  const hooks = top.part('default_hooks');
  const hook = (text: string): string => `TypeError: hook should be an instance of Hook or dict, but got ${text}`;
  return [
    ...loadersOf(recipe).flatMap((part): Expected[] => {
      const at = (key: string, rest: Omit<Expected, 'path' | 'value'>): Expected => ({
        path: part.at(key),
        value: part.value(key),
        ...rest,
      });
      return [
        at('collate_fn', {
          takes: 'a dict, or the function itself,',
          isRight: value => typeof value !== 'string' && typeof value !== 'number',
          says: text => `TypeError: collate_fn should be a dict or callable object, but got ${text}`,
        }),
        ...['dataset', 'sampler', 'batch_sampler'].map(key =>
          at(key, { takes: 'a dict', isRight: isNoText, says: () => `It is handed on as it is, and the loader fails with it` }),
        ),
        at('batch_size', {
          takes: 'a number',
          isRight: isNoText,
          says: text => `ValueError: batch_size should be a positive integer value, but got batch_size=${text}`,
        }),
        at('num_workers', {
          takes: 'a number',
          isRight: isNoText,
          says: () => "TypeError: '<' not supported between instances of 'str' and 'int'",
        }),
        at('drop_last', {
          takes: 'True or False',
          isRight: isNoText,
          says: text => `ValueError: drop_last should be a boolean value, but got drop_last=${text}`,
        }),
      ];
    }),
    // Other loops may have evaluators of their own.
    ...(['val', 'test'] as const)
      .filter(phase => recipe.loopOf(phase) !== null)
      .map(phase => ({
        path: [`${phase}_evaluator`],
        value: top.value(`${phase}_evaluator`),
        takes: 'a dict, or a list of dicts,',
        isRight: isPartOrParts,
        says: (text: string) => `TypeError: evaluator should be one of dict, list of dict, and Evaluator, but got ${text}`,
      })),
    {
      path: ['param_scheduler'],
      value: top.value('param_scheduler'),
      takes: 'a dict, or a list of dicts,',
      isRight: isPartOrParts,
      says: () => 'TypeError: `param_scheduler` should be a `_ParamScheduler`, `dict`, list or a tuple',
    },
    {
      path: ['visualizer'],
      value: top.value('visualizer'),
      takes: 'a dict',
      isRight: isPart,
      says: text => `TypeError: visualizer should be Visualizer object, a dict or None, but got ${text}`,
    },
    {
      path: ['env_cfg', 'mp_cfg'],
      value: top.part('env_cfg')?.value('mp_cfg'),
      takes: 'a dict',
      isRight: isDict,
      says: () => 'TypeError: mmengine.utils.dl_utils.setup_env.set_multi_processing() argument after ** must be a mapping, not str',
    },
    ...(itemsFrom(top.part('visualizer')?.value('vis_backends')) ?? []).map((item, i) => ({
      path: ['visualizer', 'vis_backends', i],
      value: plain(item),
      takes: 'a dict',
      isRight: isNoText,
      says: () => 'TypeError: vis_backends must be a list of dicts or a list of BaseBackend instances',
    })),
    ...[...(hooks?.dict.entries.keys() ?? [])].map(String).map(name => ({
      path: ['default_hooks', name],
      value: hooks?.value(name),
      takes: 'a dict',
      isRight: isPart,
      says: hook,
    })),
    {
      path: ['custom_hooks'],
      value: top.value('custom_hooks'),
      takes: 'a list of dicts',
      isRight: value => value === null || itemsFrom(value) !== undefined,
      says: () => hook('type'),
    },
    ...(itemsFrom(top.value('custom_hooks')) ?? []).map((item, i) => ({
      path: ['custom_hooks', i],
      value: plain(item),
      takes: 'a dict',
      isRight: isDict,
      says: hook,
    })),
  ];
}

/** Null: it may be an object that a lazy config makes, or is not known. */
function nameOf(value: Value): string | null {
  if (value === null) return 'None';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number' || value instanceof Float) return 'a number';
  if (isDict(value)) return 'a dict';
  return value instanceof List || value instanceof Tuple ? 'a list' : null;
}
const textOf = (value: Value): string =>
  value === null ? 'None' : typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
