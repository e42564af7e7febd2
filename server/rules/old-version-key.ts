/** Keys of OpenMMLab's second generation in a config of the third: nobody reads them, and what they were to change stays as it is. */
import { originAt } from '../config/origins.ts';
import { isWhole } from '../config/whole.ts';
import { equal } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Part } from '../recipe/part.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { namesIn } from '../syntax/bindings.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';
import { todaysForm } from './todays-form.ts';

/** Old key → where it is said today. */
const TODAY: Readonly<Record<string, string>> = {
  data: '`train_dataloader`, `val_dataloader` and `test_dataloader`, each with its `batch_size`, `num_workers` and `dataset`',
  runner: '`train_cfg`',
  total_epochs: '`train_cfg`',
  optimizer: '`optim_wrapper`',
  optimizer_config: '`optim_wrapper`: `clip_grad`, `accumulative_counts`',
  fp16: "`optim_wrapper = dict(type='AmpOptimWrapper')`",
  lr_config: '`param_scheduler`',
  momentum_config: '`param_scheduler`',
  evaluation: '`val_evaluator` and `train_cfg.val_interval`',
  checkpoint_config: '`default_hooks.checkpoint`',
  log_config: '`default_hooks.logger` and `visualizer`',
  workflow: 'nothing in its place: `val_cfg` and `train_cfg.val_interval` say when there is validation',
  resume_from: '`load_from` with `resume = True`',
  dist_params: '`env_cfg.dist_cfg`',
  cudnn_benchmark: '`env_cfg.cudnn_benchmark`',
  opencv_num_threads: '`env_cfg.mp_cfg.opencv_num_threads`',
  mp_start_method: '`env_cfg.mp_cfg.mp_start_method`',
};
const OLD = Object.keys(TODAY);
/** What only a config of today says. */
const TODAYS = [
  'train_dataloader',
  'val_dataloader',
  'test_dataloader',
  'optim_wrapper',
  'default_hooks',
  'default_scope',
  'param_scheduler',
  'env_cfg',
];

export const oldVersionKey: ConfigRule = {
  code: 'old-version-key',
  severity: 'warning',
  summary: 'a key of version 2 that nobody reads any more',
  needs: 'config',
  check(context) {
    const { config } = context;
    if (!OLD.some(key => config.value.entries.has(key))) return [];
    const recipe = recipeOf(config);
    // A config that is all of version 2 is run by what reads it.
    if (!isWhole(config) || !isOfToday(recipe)) return [];
    const isLazy = config.style === 'lazy';
    const old = [...config.value.entries.values()].flatMap(({ key, written }) => {
      const name = plain(key);
      // Who imports it may read what has a name that still means something.
      if (isLazy && !/_(?:config|from)$/.test(String(name))) return [];
      return typeof name === 'string' && Object.hasOwn(TODAY, name) && written?.key.file === config.file ? [name] : [];
    });
    if (!old.length) return [];
    // A name of the file's own that it reads itself is a variable.
    const read = namesIn(context.body(config.file) ?? []);
    return old
      .filter(name => !read.has(name) && isOld(config.value.get(name)) && !isTaken(recipe, name))
      .flatMap(name => finding(context, name))
      .map(found => (isLazy ? { ...found, fixes: [] } : found));
  },
};

/** Version 2 had a `train_cfg` too: the model's own settings, or none. */
function isOfToday(recipe: Recipe): boolean {
  const loop = recipe.top.part('train_cfg');
  return (
    TODAYS.some(key => recipe.presence(key) === 'given') || ['type', 'by_epoch', 'max_epochs', 'max_iters'].some(key => loop?.isGiven(key))
  );
}

/** What mmengine dumps of a config has the variables too that it was made of: their value stands in today's place. */
function isTaken(recipe: Recipe, name: string): boolean {
  const path = PLACES.get(name) ?? [];
  const own = recipe.top.value(name);
  const put = path
    .slice(0, -1)
    .reduce<Part | undefined>((part, key) => part?.part(key), recipe.top)
    ?.value(path.at(-1) ?? '');
  return own !== undefined && put !== undefined && equal(own, put);
}
const PLACES = new Map<string, readonly string[]>([
  ['optimizer', ['optim_wrapper', 'optimizer']],
  ['dist_params', ['env_cfg', 'dist_cfg']],
  ['mp_start_method', ['env_cfg', 'mp_cfg', 'mp_start_method']],
  ['opencv_num_threads', ['env_cfg', 'mp_cfg', 'opencv_num_threads']],
]);

/** `optimizer = dict(type=…)` and the like: parts, numbers, lists, and no mere text. */
const isOld = (value: ReturnType<ConfigContext['config']['value']['get']>): boolean =>
  value !== undefined && plain(value) !== null && !(plain(value) instanceof UnknownValue);

function finding(context: ConfigContext, name: string): readonly Finding[] {
  const origin = originAt(context.config, [name]);
  if (!origin) return [];
  const site = origin.key;
  return [{ site, message: `Nothing reads \`${name}\` since version 3: write ${TODAY[name]}`, fixes: fixesFor(context, name) }];
}

function fixesFor(context: ConfigContext, name: string): readonly Fix[] {
  const today = todaysForm(context, name);
  const gone = today ? removal(context, name) : [];
  if (!today || !gone.length) return [];
  if (!today.length) return [{ title: `Remove ${name}`, edits: gone, preferred: true }];
  const set = settingFix(context, today, `Set ${today.map(({ path }) => path.join('.')).join(', ')}`);
  return set.map(fix => ({ ...fix, edits: [...fix.edits, ...gone] }));
}

/** The statement, where it is one of its own. */
function removal({ config, body, text }: ConfigContext, name: string) {
  const statement = body(config.file)?.findLast(
    s => s.kind === 'assign' && s.targets.length === 1 && s.targets.some(t => t.kind === 'name' && t.name === name),
  );
  const own = text(config.file) ?? '';
  if (!statement) return [];
  const { start, end } = statement.span;
  return [{ file: config.file, start, end: own[end] === '\n' ? end + 1 : end, text: '' }];
}
