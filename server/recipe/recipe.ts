/**
 * The parts of a training recipe with their places: what mmengine's `Runner` takes from a resolved config (mmengine 0.10.7). Read once a config, each part when it is
 * first asked for; pure. All rules of the recipe look here.
 */
import { type Alike, alikeIn, type Holder } from '../config/alike.ts';
import { valueAt } from '../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { checkpointsOf, type NamedCheckpoint } from './checkpoints.ts';
import { type DataPart, dataOf } from './data.ts';
import { evaluationLoop, type Loop, trainLoop } from './loop.ts';
import { Part, type Presence, partAt, partsIn } from './part.ts';
import { type Pipeline, pipelinesOf } from './pipelines.ts';

export type Phase = 'train' | 'val' | 'test';
export const PHASES: readonly Phase[] = ['train', 'val', 'test'];

/** What a phase is run by: the runner takes all three or none (mmengine 0.10.7, `Runner.__init__`). */
export const TRIOS = {
  train: ['train_dataloader', 'train_cfg', 'optim_wrapper'],
  val: ['val_dataloader', 'val_cfg', 'val_evaluator'],
  test: ['test_dataloader', 'test_cfg', 'test_evaluator'],
} as const satisfies Readonly<Record<Phase, readonly string[]>>;

export interface Loader {
  readonly phase: Phase;
  readonly part: Part;
  /** Null: none is written, or it is no dict. */
  readonly data: DataPart | null;
  readonly sampler: Part | undefined;
}

export class Recipe {
  /** The config as a whole. */
  readonly top: Part;

  /** What was copied to several of its places. */
  readonly alike: Alike;

  constructor(config: Pick<ResolvedConfig, 'value'>) {
    this.top = new Part([], config.value);
    this.alike = alikeIn(config);
  }

  /** The dict at a path. */
  partAt(path: ConfigPath): Part | undefined {
    const value = valueAt({ value: this.top.dict }, path);
    return path.length ? partAt(value, path) : this.top;
  }
  presence(key: string): Presence {
    return this.top.presence(key);
  }
  /** Whether all that a phase is run by is there. */
  runs(phase: Phase): boolean {
    return TRIOS[phase].every(key => this.presence(key) === 'given');
  }
  /** Whether the config is one that is run, as it stands. */
  get isRun(): boolean {
    return PHASES.some(phase => this.runs(phase));
  }
  /** A runner of the user's own may build as it likes. */
  get isOfMmengine(): boolean {
    return this.presence('runner_type') === 'absent' || /^(?:Flexible)?Runner$/.test(this.top.text('runner_type') ?? '');
  }
  get model(): Part | undefined {
    return this.#model();
  }
  readonly #model = once(() => this.top.part('model'));

  readonly #loaders = once(() =>
    PHASES.flatMap((phase): Loader[] => {
      const part = this.top.part(`${phase}_dataloader`);
      const dataset = part?.part('dataset');
      return part ? [{ phase, part, data: dataset ? dataOf(dataset) : null, sampler: part.part('sampler') }] : [];
    }),
  );
  get loaders(): readonly Loader[] {
    return this.#loaders();
  }
  /** Those that mmengine's own loops have the runner build as torch's `DataLoader`: another loop, and what has a type of its own, may be read in other ways. */
  get plainLoaders(): readonly Loader[] {
    return this.#plainLoaders();
  }
  readonly #plainLoaders = once(() =>
    this.loaders.filter(
      ({ phase, part }) =>
        part.presence('type') === 'absent' &&
        this.presence(`${phase}_cfg`) !== 'unknown' &&
        (this.top.part(`${phase}_cfg`) === undefined || this.loopOf(phase) !== null),
    ),
  );
  /** Data sets that read files, each once: of what is alike, the first. */
  get sets(): readonly Part[] {
    return this.#sets();
  }
  readonly #sets = once(() => this.firsts(this.loaders.flatMap(({ data }) => data?.leaves ?? [])));
  /** Of parts that are alike, the first. */
  firsts(parts: readonly Part[]): readonly Part[] {
    const seen = new Set<Holder>();
    return parts.filter(({ dict }) => {
      const first = this.alike.first(dict);
      return !seen.has(first) && !!seen.add(first);
    });
  }
  loader(phase: Phase): Loader | undefined {
    return this.loaders.find(loader => loader.phase === phase);
  }

  readonly #training = once(() => trainLoop(this.top.part('train_cfg')));
  /** Null: there is none, or its kind is not mmengine's own. */
  get training(): Loop | null {
    return this.#training();
  }
  loopOf(phase: Phase): Loop | null {
    return phase === 'train' ? this.training : evaluationLoop(this.top.part(`${phase}_cfg`));
  }

  /** Metrics of an evaluator: a dict, a list of dicts, or the metrics of an `Evaluator`. */
  metrics(phase: 'val' | 'test'): readonly Part[] {
    return this.#metrics[phase]();
  }
  readonly #metrics = { val: once(() => this.#metricsOf('val')), test: once(() => this.#metricsOf('test')) };
  #metricsOf(phase: 'val' | 'test'): readonly Part[] {
    const own = this.top.part(`${phase}_evaluator`);
    return own?.dict.get('metrics') !== undefined ? own.parts('metrics') : this.top.parts(`${phase}_evaluator`);
  }

  readonly #schedulers = once(() => {
    const own = this.top.part('param_scheduler');
    if (!own || own.type !== undefined) return this.top.parts('param_scheduler');
    return [...own.dict.entries.values()].flatMap(({ key, value }) => partsIn(value, [...own.path, String(key)]));
  });
  /** Of one optimizer; of several, each has a list of its own. */
  get schedulers(): readonly Part[] {
    return this.#schedulers();
  }
  get optimWrapper(): Part | undefined {
    return this.top.part('optim_wrapper');
  }

  /** By its name among the default hooks. */
  defaultHook(name: string): Part | undefined {
    return this.top.part('default_hooks')?.part(name);
  }
  get customHooks(): readonly Part[] {
    return this.#customHooks();
  }
  readonly #customHooks = once(() => this.top.parts('custom_hooks'));
  /** That the config names, for the model or a part of it. */
  get checkpoints(): readonly NamedCheckpoint[] {
    return this.#checkpoints();
  }
  readonly #checkpoints = once(() => checkpointsOf(this));
  readonly #hooks = once(() => {
    const defaults = this.top.part('default_hooks');
    const names = defaults ? [...defaults.dict.entries.keys()].map(String) : [];
    return [...names.flatMap(name => defaults?.part(name) ?? []), ...this.customHooks];
  });
  /** Default hooks first. */
  get hooks(): readonly Part[] {
    return this.#hooks();
  }

  readonly #pipelines = once(() => pipelinesOf(this));
  get pipelines(): readonly Pipeline[] {
    return this.#pipelines();
  }
}

/** Made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: make() }).value;
}

const known = new WeakMap<object, Recipe>();

export function recipeOf(config: ResolvedConfig): Recipe {
  const before = known.get(config);
  if (before) return before;
  const recipe = new Recipe(config);
  known.set(config, recipe);
  return recipe;
}
