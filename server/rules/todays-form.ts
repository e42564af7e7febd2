/** What a key of version 2 is in today's words, where it can be said (MMEngine's guides of migration, and mmcv 1.7's hooks for what the old words mean). */
import { itemsFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { type Part, partAt } from '../recipe/part.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { oldMomentum } from './old-momentum.ts';
import { oldSchedule } from './old-schedule.ts';
import type { ConfigContext } from './rule.ts';

export interface Assignment {
  readonly path: readonly string[];
  /** Python's text. */
  readonly text: string;
}

/** Null: not to be said in today's words without a look at what was meant. Empty: nothing has to be said any more. */
export function todaysForm({ config, text }: ConfigContext, name: string): readonly Assignment[] | null {
  const value = config.value.get(name);
  const origin = originAt(config, [name]);
  if (value === undefined || !origin) return null;
  const whole = text(origin.value.file)?.slice(origin.value.start, origin.value.end) ?? '';
  const part = partAt(value, [name]);
  const written = (key: string): string | undefined => {
    const own = originAt(config, [name, key]);
    return own?.value.file === config.file && part?.dict.get(key) !== undefined
      ? text(own.value.file)?.slice(own.value.start, own.value.end)
      : undefined;
  };
  const moved = (key: string, path: readonly string[]): Assignment[] => {
    const own = written(key);
    return own === undefined ? [] : [{ path, text: own }];
  };
  /** Behind those that there are: of this file's own list, or of a base's. */
  const withSchedulers = (added: readonly string[]): string | null => {
    const recipe = recipeOf(config);
    const presence = recipe.presence('param_scheduler');
    if (presence === 'absent' || presence === 'none') return `[${added.join(', ')}]`;
    const own = originAt(config, ['param_scheduler']);
    const before = own && text(own.value.file)?.slice(own.value.start, own.value.end);
    const isList = itemsFrom(recipe.top.value('param_scheduler')) !== undefined;
    if (!own || before === undefined || (!isList && recipe.top.part('param_scheduler')?.type === undefined)) return null;
    if (own.value.file === config.file) {
      if (!isList) return `[${before}, ${added.join(', ')}]`;
      const items = /^\[([\s\S]*?),?\s*\]$/.exec(before)?.[1];
      return items === undefined ? null : `[${items}, ${added.join(', ')}]`;
    }
    return config.style === 'text' ? `[${isList ? '*' : ''}_base_.param_scheduler, ${added.join(', ')}]` : null;
  };
  const some = (...assignments: readonly Assignment[]): readonly Assignment[] | null => (assignments.length ? assignments : null);
  switch (name) {
    case 'total_epochs':
      return [{ path: ['train_cfg', 'max_epochs'], text: whole }];
    case 'runner':
      return some(...moved('max_epochs', ['train_cfg', 'max_epochs']), ...moved('max_iters', ['train_cfg', 'max_iters']));
    case 'optimizer':
      return part?.type === undefined ? null : [{ path: ['optim_wrapper', 'optimizer'], text: whole }];
    case 'optimizer_config':
      return part && onlyHas(part, ['grad_clip']) ? moved('grad_clip', ['optim_wrapper', 'clip_grad']) : null;
    case 'fp16':
      return part && onlyHas(part, ['loss_scale'])
        ? [{ path: ['optim_wrapper', 'type'], text: "'AmpOptimWrapper'" }, ...moved('loss_scale', ['optim_wrapper', 'loss_scale'])]
        : null;
    case 'lr_config': {
      const schedule = part && oldSchedule(part, key => written(key), recipeOf(config).training);
      return schedule ? [{ path: ['param_scheduler'], text: schedule }] : null;
    }
    case 'momentum_config': {
      const recipe = recipeOf(config);
      const added = part && oldMomentum(part, key => written(key), recipe.training, recipe.optimWrapper?.part('optimizer'));
      const all = added ? withSchedulers(added) : null;
      return all === null ? null : [{ path: ['param_scheduler'], text: all }];
    }
    case 'checkpoint_config':
      return some(
        ...moved('interval', ['default_hooks', 'checkpoint', 'interval']),
        ...moved('max_keep_ckpts', ['default_hooks', 'checkpoint', 'max_keep_ckpts']),
      );
    case 'log_config':
      return some(...moved('interval', ['default_hooks', 'logger', 'interval']));
    case 'evaluation':
      return some(...moved('interval', ['train_cfg', 'val_interval']), ...moved('save_best', ['default_hooks', 'checkpoint', 'save_best']));
    case 'data':
      return part ? ofData(part, moved) : null;
    // Validation has a loop of its own, and is there or is not.
    case 'workflow':
      return itemsFrom(value)?.length ? [] : null;
    case 'resume_from':
      return [
        { path: ['load_from'], text: whole },
        { path: ['resume'], text: 'True' },
      ];
    case 'dist_params':
      return part ? [{ path: ['env_cfg', 'dist_cfg'], text: whole }] : null;
    case 'cudnn_benchmark':
      return [{ path: ['env_cfg', 'cudnn_benchmark'], text: whole }];
    case 'opencv_num_threads':
    case 'mp_start_method':
      return [{ path: ['env_cfg', 'mp_cfg', name], text: whole }];
    default:
      return null;
  }
}

const onlyHas = (part: Part, keys: readonly string[]): boolean => [...part.dict.entries.keys()].every(key => keys.includes(String(key)));

/** Numbers of a loader. Data sets had other arguments, and are written anew. */
function ofData(part: Part, moved: (key: string, path: readonly string[]) => readonly Assignment[]): readonly Assignment[] | null {
  if (!onlyHas(part, ['samples_per_gpu', 'workers_per_gpu'])) return null;
  return [
    ...moved('samples_per_gpu', ['train_dataloader', 'batch_size']),
    ...moved('workers_per_gpu', ['train_dataloader', 'num_workers']),
  ];
}
