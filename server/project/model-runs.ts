/** What running configs' models has told: verdicts and networks, kept until a file that they were made from changes. */
import { isDict } from '../config/from-value.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Size } from '../model/input.ts';
import type { ModelRunner } from '../model/run.ts';
import type { Verdict } from '../model/verdict.ts';
import type { NetworkDescription } from '../picture/description.ts';
import type { Site } from '../python/value.ts';
import { asksForNames } from '../recipe/checkpoints.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { EarlierRuns } from './earlier-runs.ts';
import type { Host } from './host.ts';
import { Recent } from './recent.ts';
import { Versioned } from './versioned.ts';

export interface ModelRunsOptions {
  readonly host: Host;
  /** Null: no model is run. */
  readonly models: ModelRunner | null;
  /** The size that the settings ask for. */
  readonly size: Size | null;
  /** So many configs' verdicts are kept. */
  readonly most: number;
  readonly config: (file: string) => ResolvedConfig;
  readonly isCancelled: () => boolean;
}

/** What was run, and what it looks like. */
export interface NetworkRun {
  readonly verdict: Verdict;
  readonly network: NetworkDescription<Site>;
}

export class ModelRuns {
  readonly #with: ModelRunsOptions;
  readonly #verdicts: Recent<string, Versioned<Verdict | null>>;
  readonly #earlier: EarlierRuns;
  /** Of the runs that the verdicts are from, and of others at sizes that were asked for. */
  readonly #networks = new Recent<string, Versioned<NetworkRun>>(RECENT_NETWORKS);

  constructor(options: ModelRunsOptions) {
    this.#with = options;
    this.#verdicts = new Recent(options.most);
    this.#earlier = new EarlierRuns(options.host, options.most);
  }

  /** What PyTorch says of the config's model. Null: it has none, or none is run here. */
  verdict(file: string): Verdict | null {
    const { host, config: configOf, isCancelled } = this.#with,
      known = this.#verdicts.get(file);
    if (known?.holds(host)) return known.value;
    const config = configOf(file);
    const earlier = this.#earlier.of(config, this.#asked(config)),
      run = earlier ? null : this.#described(file, null),
      verdict = earlier ?? run?.value.verdict ?? null;
    // Whoever cancels asks again; what was cancelled behind the run itself lacks what is found out then.
    if (verdict?.unknown !== 'cancelled' && !isCancelled())
      this.#verdicts.set(file, run?.of(verdict) ?? new Versioned(host, verdict, this.#readFor(file, verdict)));
    return verdict;
  }
  /** The network that the verdict is of, or the same at another size. Null: there is no model, or none is run here. */
  network(file: string, size: Size | null): NetworkRun | null {
    const known = this.#networks.get(networkKey(file, size));
    if (known?.holds(this.#with.host)) return known.value;
    return this.#described(file, size)?.value ?? null;
  }
  /** Of a config that is no file's, or not as it stands there: nothing is kept. */
  once(config: ResolvedConfig): Verdict | null {
    const { size, stateDict } = this.#asked(config);
    return this.#with.models?.verdict({ config, stateDict, ...(size && { size }) }) ?? null;
  }

  #asked(config: ResolvedConfig): { readonly size: Size | null; readonly stateDict: boolean } {
    return { size: this.#with.size, stateDict: asksForNames(recipeOf(config)) };
  }
  /** Runs the model. */
  #described(file: string, size: Size | null): Versioned<NetworkRun> | null {
    const { host, models, config: configOf, isCancelled } = this.#with,
      config = configOf(file),
      asked = size ?? this.#with.size;
    if (!models || !config.ok || !isDict(config.value.get('model'))) return null;
    const made = models.described({ config, stateDict: this.#asked(config).stateDict, ...(asked && { size: asked }) }),
      { verdict } = made,
      run = new Versioned(host, made, this.#readFor(file, verdict));
    if (verdict.unknown === 'cancelled' || isCancelled()) return run;
    this.#networks.set(networkKey(file, size), run);
    if (!size) this.#earlier.keep(config, this.#asked(config), run.of(verdict, config.chain));
    return run;
  }
  #readFor(file: string, verdict: Verdict | null): readonly string[] {
    const { chain, modules = [] } = this.#with.config(file);
    return [file, ...chain, ...modules, ...(verdict?.read ?? [])];
  }
}

const networkKey = (file: string, size: Size | null): string => `${size?.join('×') ?? ''} ${file}`;
/** Each has a line for every module of a model. */
const RECENT_NETWORKS = 16;
