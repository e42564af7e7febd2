/** Every pipeline that runs, with what its steps are given: the records of a data set, or what the pipeline of the set that it wraps has made. */
import { type Holder, isHolder } from '../config/alike.ts';
import { itemsFrom } from '../config/from-value.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { DataPart } from './data.ts';
import type { Part } from './part.ts';
import type { Phase, Recipe } from './recipe.ts';

export interface Pipeline {
  readonly phase: Phase;
  readonly path: ConfigPath;
  /** Steps of an inner pipeline first: what comes here went through them. */
  readonly before: readonly Part[];
  readonly steps: readonly Part[];
  /** Data sets whose records come in. */
  readonly sources: readonly Part[];
  /** Whether the set that has it is a wrapper: its own class decides how its steps are called. */
  readonly wraps: boolean;
  /** Whether every step, those before it too, is a dict that could be read. */
  readonly isWhole: boolean;
  /** Of one that a hook puts in place of the loader's while it trains: the hook. */
  readonly switchedBy: Part | null;
}

/** What data sets of one type share, in validation and test or by the dozen in one loader, is there once: as the first has it. */
export function pipelinesOf({ loaders, hooks, alike }: Pick<Recipe, 'loaders' | 'hooks' | 'alike'>): readonly Pipeline[] {
  const shared = new Map<Holder, Set<string>>();
  const sets = new Set<Holder>();
  const isSeen = (phase: Phase, { part, inner }: DataPart): boolean => {
    const list = part.value('pipeline');
    if (list === undefined || !isHolder(list) || inner.length) return false;
    // `test_dataloader = val_dataloader`.
    const set = alike.first(part.dict);
    if (phase !== 'train' && sets.has(set)) return true;
    if (phase !== 'train') sets.add(set);
    const kind = `${phase === 'train'} ${part.type} ${part.text('_scope_')} ${part.presence('batch_shapes_cfg')}`;
    const first = alike.first(list);
    let kinds = shared.get(first);
    if (!kinds) shared.set(first, (kinds = new Set()));
    return kinds.has(kind) || !kinds.add(kind);
  };
  return [
    ...loaders.flatMap(({ phase, data }) => (data ? below(phase, data, isSeen) : [])),
    ...hooks.flatMap(hook => switched(loaders.find(({ phase }) => phase === 'train')?.data ?? null, hook)),
  ];
}

const NONE: readonly Pipeline[] = [];
type IsSeen = (phase: Phase, data: DataPart) => boolean;

function below(phase: Phase, data: DataPart, isSeen: IsSeen): readonly Pipeline[] {
  if (!data.inner.length && isSeen(phase, data)) return NONE;
  // Of a single one, its steps come before those of what wraps it.
  const inner = data.inner.flatMap(one => below(phase, one, data.inner.length === 1 ? () => false : isSeen));
  const steps = data.part.parts('pipeline');
  if (!steps.length) return inner;
  const before = data.inner.length === 1 ? inner.flatMap(pipeline => pipeline.steps) : [];
  const isWhole = areAllRead(data.part, 'pipeline') && (data.inner.length !== 1 || inner.every(pipeline => pipeline.isWhole));
  const sources = data.leaves;
  return [
    ...inner,
    { phase, path: data.part.at('pipeline'), before, steps, sources, wraps: data.inner.length > 0, isWhole, switchedBy: null },
  ];
}

/** Hooks that give the loader's own data set another pipeline (mmdet 3.3.0, mmyolo 0.6.0). */
const SWITCHING: Readonly<Record<string, string>> = { PipelineSwitchHook: 'switch_pipeline', YOLOXModeSwitchHook: 'new_train_pipeline' };

function switched(data: DataPart | null, hook: Part): readonly Pipeline[] {
  const key = SWITCHING[hook.typeName ?? ''];
  const steps = key === undefined ? [] : hook.parts(key);
  if (!data || key === undefined || !steps.length) return [];
  const before = data.inner.length === 1 ? data.inner.flatMap(one => below('train', one, () => false)) : [];
  return [
    {
      phase: 'train',
      path: hook.at(key),
      before: before.flatMap(pipeline => pipeline.steps),
      steps,
      sources: data.leaves,
      wraps: data.inner.length > 0,
      isWhole: areAllRead(hook, key) && before.every(pipeline => pipeline.isWhole),
      switchedBy: hook,
    },
  ];
}

const areAllRead = (part: Part, key: string): boolean => (itemsFrom(part.value(key))?.length ?? 1) === part.parts(key).length;
