/** A workspace's configs, evaluated when they are asked for and kept until a file they were made from changes. */

import { baseFile, packageFolder } from '../config/base-path.ts';
import { type ConfigContext as Configs, configContext } from '../config/context.ts';
import { isDict } from '../config/from-value.ts';
import { resolveConfig } from '../config/index.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Size } from '../model/input.ts';
import type { ModelRunner } from '../model/run.ts';
import type { Verdict } from '../model/verdict.ts';
import type { NetworkDescription } from '../picture/description.ts';
import { ParsedSources } from '../python/import/parsed-sources.ts';
import { textIfKnown } from '../python/text-if-known.ts';
import type { Site } from '../python/value.ts';
import { asksForNames } from '../recipe/checkpoints.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import { environmentOf, type Variables } from '../registry/environment.ts';
import type { Environment } from '../registry/environment.types.ts';
import { type NearbyHabits, nearbyHabits } from '../registry/habits/nearby-habits.ts';
import { isOwnFile } from '../registry/own-file.ts';
import { createRegistry } from '../registry/registry.ts';
import { foldersAbove, importName } from '../registry/sight.ts';
import { loadSnapshot } from '../registry/snapshot.ts';
import { configFindings, modelDiagnostics, wanted } from '../rules/apply.ts';
import type { Diagnostic, Edit } from '../rules/diagnostic.ts';
import { edited } from '../rules/edited.ts';
import { type Attempt, withRightFixes } from '../rules/right-fixes.ts';
import type { ConfigContext, ModelContext, Proof } from '../rules/rule.ts';
import type { Block } from '../syntax/nodes.ts';
import { openParser, type Parse } from '../syntax/parse.ts';
import { annotationCategories } from './annotation-categories.ts';
import { assets } from './assets.ts';
import { checkpointHeaders } from './checkpoint-headers.ts';
import { ConfigIndex } from './config-index.ts';
import { findConfigs } from './configs.ts';
import { isDataFile } from './data-config.ts';
import { dataDisk, type SeenData } from './data-disk.ts';
import { type DiskStore, diskStore } from './disk-store.ts';
import { EarlierRuns } from './earlier-runs.ts';
import { KnownConfigs } from './known-configs.ts';
import { NodeHost } from './node-host.ts';
import { Recent } from './recent.ts';
import type { Settings } from './settings.ts';
import { Versioned } from './versioned.ts';

export interface ProjectOptions {
  /** Workspace folders, absolute. */
  readonly roots: readonly string[];
  readonly settings: Settings;
  readonly env: Variables;
  /** Non-zero cancels what runs. */
  readonly cancel: Int32Array;
  /** False: models are not run here, and what that takes is not loaded. */
  readonly models?: boolean;
}

export class Project {
  readonly host: NodeHost;
  readonly environment: Environment;
  readonly registry: RegistryIndex;
  readonly #options: ProjectOptions;
  /** For whoever goes further than this class. */
  readonly configs: Configs;
  readonly models: ModelRunner | null;
  /** Who rests on whom, in the workspace. */
  readonly index: ConfigIndex;
  /** What the configs around one write where. */
  readonly habits: NearbyHabits;
  readonly #readable = new Recent<string, ResolvedConfig>(RECENT);
  readonly #verdicts = new Recent<string, Versioned<Verdict | null>>(RECENT);
  readonly #earlier: EarlierRuns;
  /** Of the runs that the verdicts are from, and of others at sizes that were asked for. */
  readonly #networks = new Recent<string, Versioned<NetworkRun>>(RECENT_NETWORKS);
  readonly #categories: (file: string) => readonly string[] | null;
  readonly #checkpoints: ReturnType<typeof checkpointHeaders>;
  readonly #data: SeenData;
  readonly #stores: readonly (DiskStore | null)[];
  /** Whether a config was asked for yet. */
  hasConfigs = false;
  /** What the rules of a config have found, silenced or not. */
  #found = new WeakMap<ResolvedConfig, readonly Diagnostic[]>();
  #modelFound = new WeakMap<Verdict, readonly Diagnostic[]>();
  readonly #known: KnownConfigs;

  /** `host` null: the disk alone. */
  static async open(host: NodeHost | null, options: ProjectOptions): Promise<Project> {
    const parse = await openParser(assets.parserWasm, assets.grammarWasm);
    return new Project(
      host ?? new NodeHost(),
      parse,
      options,
      options.models === false ? null : (await import('../model/run.ts')).ModelRunner,
    );
  }
  private constructor(host: NodeHost, parse: Parse, options: ProjectOptions, Runner: typeof ModelRunner | null) {
    const { roots, settings, env, cancel } = options;
    this.host = host;
    this.#options = options;
    this.#earlier = new EarlierRuns(host, RECENT);
    this.environment = environmentOf(host, { ...settings, workspace: roots }, env);
    const stores = { registry: diskStore(env, 'registry'), sources: diskStore(env, 'sources') };
    this.#stores = Object.values(stores);
    this.registry = createRegistry(host, this.environment, loadSnapshot(assets.facts), stores.registry);
    const { environment, registry } = this;
    const limits = { cancel };
    this.configs = configContext({
      host,
      parse,
      roots: environment.roots,
      packages: environment.mappings ?? new Map(),
      environment: new Map(variables(env)),
      // Since 3.11, mmengine refuses more. Where the version is not known, nothing is claimed that older ones take.
      pythonMinor: environment.pythonMinor ?? 10,
      limits,
    });
    this.#categories = annotationCategories(host);
    this.#data = dataDisk(host);
    this.#checkpoints = checkpointHeaders(host);
    this.habits = nearbyHabits(host);
    // They outlive projects, of which a new one is made because something changed.
    this.habits.filesChanged();
    this.#known = new KnownConfigs({
      host,
      roots,
      patterns: settings.configFiles,
      baseOf: (file, written) => this.baseOf(file, written),
      chain: file => this.config(file).chain,
      index: () => this.index,
    });
    this.index = new ConfigIndex({
      host,
      roots,
      isConfig: (path, text, root) => this.#known.saysSo(path, text, root),
      inPackage: written => (written.includes('::') ? this.baseOf(`${roots[0] ?? ''}/_`, written) : this.#packageModule(written)),
      chain: path => this.config(path).chain,
    });
    this.models = Runner && new Runner({ host, environment, registry, parse, sources: new ParsedSources(parse, stores.sources), limits });
  }

  get roots(): readonly string[] {
    return this.#options.roots;
  }

  /** Before it is let go of: what waits to be written on the disk holds what it is made from, the project with it. */
  writeCaches(): void {
    for (const store of this.#stores) store?.flush();
  }

  /** By what the file says, or by a config that rests on it. */
  isConfig(file: string): boolean {
    return this.#known.isConfig(file);
  }
  configsIn(folder: string): readonly string[] {
    return findConfigs(this.host, folder, this.#options.settings.configFiles);
  }

  config(file: string): ResolvedConfig {
    this.hasConfigs = true;
    const config = resolveConfig(this.configs, file);
    if (!config.problems.some(p => p.kind === 'syntax-error' && p.site.file === file)) this.#readable.set(file, config);
    this.#known.saw(config);
    return config;
  }
  /** As it was when the text could last be read: for what is half typed. If that was never, as much as can be read of it. */
  readable(file: string): ResolvedConfig {
    const config = this.config(file);
    return this.#readable.get(file) ?? config;
  }
  /** Folder of a library's own configs, for `mmdet::`; null where it is not at hand. */
  configsOf(library: string): string | null {
    const folder = packageFolder(this.configs, library);
    return folder === null ? null : `${folder}/.mim/configs`;
  }
  /** The file that an entry of `_base_` means; null where there is none. */
  baseOf(file: string, written: string): string | null {
    this.configs.moment.begin();
    const base = baseFile(this.configs, file, written);
    return base.kind === 'found' ? base.file : null;
  }

  /** What PyTorch says of the config's model. Null: it has none, or none is run here. */
  verdict(file: string): Verdict | null {
    const known = this.#verdicts.get(file);
    if (known?.holds(this.host)) return known.value;
    const config = this.config(file);
    const earlier = this.#earlier.of(config, this.#asked(config)),
      run = earlier ? null : this.#described(file, null),
      verdict = earlier ?? run?.value.verdict ?? null;
    // Whoever cancels asks again.
    if (verdict?.unknown !== 'cancelled')
      this.#verdicts.set(file, run?.of(verdict) ?? new Versioned(this.host, verdict, this.#readFor(file, verdict)));
    return verdict;
  }
  /** The network that the verdict is of, or the same at another size. Null: there is no model, or none is run here. */
  network(file: string, size: Size | null): NetworkRun | null {
    const key = networkKey(file, size),
      known = this.#networks.get(key);
    if (known?.holds(this.host)) return known.value;
    return this.#described(file, size)?.value ?? null;
  }
  #asked(config: ResolvedConfig): { readonly size: Size | null; readonly stateDict: boolean } {
    return { size: this.#options.settings.size, stateDict: asksForNames(recipeOf(config)) };
  }
  /** Runs the model. */
  #described(file: string, size: Size | null): Versioned<NetworkRun> | null {
    const config = this.config(file),
      asked = size ?? this.#options.settings.size;
    if (!this.models || !config.ok || !isDict(config.value.get('model'))) return null;
    const made = this.models.described({ config, stateDict: this.#asked(config).stateDict, ...(asked && { size: asked }) }),
      { verdict } = made,
      run = new Versioned(this.host, made, this.#readFor(file, verdict));
    if (verdict.unknown !== 'cancelled') this.#networks.set(networkKey(file, size), run);
    if (!size) this.#earlier.keep(config, this.#asked(config), run.of(verdict, config.chain));
    return run;
  }
  #readFor(file: string, verdict: Verdict | null): readonly string[] {
    return [file, ...this.config(file).chain, ...(verdict?.read ?? [])];
  }

  configDiagnostics(file: string): readonly Diagnostic[] {
    const config = this.config(file);
    return wanted(this.context(config), this.#configFindings(config), this.#options.settings.severities);
  }
  /** The same, with those of their fixes that were tried and leave nothing new to complain of: for whoever is shown fixes. */
  withRightFixes(file: string, diagnostics: readonly Diagnostic[], byModel = false): readonly Diagnostic[] {
    if (!diagnostics.some(({ fixes }) => fixes.length)) return diagnostics;
    const config = this.config(file);
    const before = { ok: config.ok, found: this.#configFindings(config) };
    return withRightFixes(diagnostics, before, byModel, (edits, mustRun) => this.#attempt(config, edits, !byModel, mustRun));
  }
  /** Of what the rules of the config tell, what only a run shows how to mend: elsewhere those fixes are left out. */
  withFixesThatRan(file: string): readonly Diagnostic[] {
    const waiting = this.configDiagnostics(file).map(one => ({ ...one, fixes: one.fixes.filter(fix => fix.mustRun) }));
    return this.withRightFixes(
      file,
      waiting.filter(one => one.fixes.length),
    ).filter(one => one.fixes.length);
  }
  #isOff(code: string): boolean {
    return this.#options.settings.severities[code] === 'off';
  }
  /** Of the rules that are not turned off. */
  #configFindings(config: ResolvedConfig): readonly Diagnostic[] {
    let found = this.#found.get(config);
    if (!found) this.#found.set(config, (found = withFittingFixes(configFindings(this.context(config), code => !this.#isOff(code)))));
    return found;
  }
  /** Rules look at more than the config: at which files there are, and who is open. */
  filesChanged(): void {
    this.#data.forget();
    this.habits.filesChanged();
    this.#found = new WeakMap();
    this.#modelFound = new WeakMap();
  }
  modelDiagnostics(file: string): readonly Diagnostic[] {
    const verdict = this.verdict(file);
    if (!verdict) return [];
    const known = this.#modelFound.get(verdict);
    if (known) return known;
    const config = this.config(file);
    const around = this.context(config);
    const context: ModelContext = {
      ...around,
      verdict,
      found: [...this.#configFindings(config), ...configFindings(around, code => this.#isOff(code))],
      prove: edits => this.#prove(file, edits),
      at: size => this.models?.verdict({ config: this.config(file), size, exactly: true }) ?? null,
      built: parts => this.models?.parts.answers(this.config(file), parts) ?? [],
    };
    const found = this.withRightFixes(file, withFittingFixes(modelDiagnostics(context, this.#options.settings.severities)), true);
    // What was cancelled has not proven all its fixes.
    if (Atomics.load(this.#options.cancel, 0) === 0) this.#modelFound.set(verdict, found);
    return found;
  }
  /** All rules, for the command line. `unknown`: why the model could not be checked, where it could not; `facts`: what is certain all the same. */
  check(file: string): { readonly diagnostics: readonly Diagnostic[]; readonly unknown: string | null; readonly facts: string | null } {
    const diagnostics = [...this.withRightFixes(file, this.configDiagnostics(file)), ...this.modelDiagnostics(file)];
    const verdict = this.verdict(file);
    return {
      diagnostics: diagnostics.toSorted((a, b) => a.site.start - b.site.start),
      unknown: verdict?.unknown ?? null,
      facts: verdict?.facts ?? null,
    };
  }

  /** A file's statements; null where it cannot be read as Python. */
  body(file: string): Block | null {
    const text = this.host.read(file);
    const parsed = text === null ? null : this.configs.parse(text);
    return parsed?.kind === 'module' ? parsed.body : null;
  }

  /** What rules see of a config. Each file that they ask for is read once. */
  context(config: ResolvedConfig): ConfigContext {
    const texts = new Map<string, string | null>();
    const bodies = new Map<string, Block | null>();
    return {
      config,
      registry: this.registry,
      text: file => known(texts, file, () => this.host.read(file)),
      names: folder => this.host.list(folder).flatMap(e => (e.kind === 'file' ? [e.name] : [])),
      body: file => known(bodies, file, () => this.body(file)),
      moduleOf: file => importName(this.host, config.file, file, this.environment.workspace ?? []),
      leads: (entry, file) => {
        const base = this.baseOf(config.file, entry);
        return base !== null && this.config(base).chain.includes(file);
      },
      isOwn: file => isOwnFile(this.environment, file),
      isBase: file => this.#known.isBaseOfAny(file),
      disk: {
        folders: foldersAbove(config.file, this.environment.workspace ?? []),
        kind: path => this.#data.kind(path),
        names: folder => this.#data.names(folder),
        categories: file => this.#categories(file),
        checkpoint: file => this.#checkpoints(file),
      },
    };
  }

  #run(config: ResolvedConfig): Verdict | null {
    const { size } = this.#options.settings;
    return this.models?.verdict({ config, stateDict: asksForNames(recipeOf(config)), ...(size && { size }) }) ?? null;
  }

  #prove(file: string, edits: readonly Edit[]): Proof | null {
    return this.#laid(file, edits, config => {
      const verdict = config.ok ? this.#run(config) : null;
      return verdict && { config, verdict };
    });
  }
  /** What the rules of a config would find with the edits made. `runs`: the model has to run as well, where it did and the edits change it. */
  #attempt(before: ResolvedConfig, edits: readonly Edit[], runs: boolean, mustRun: boolean): Attempt | null {
    const ran = runs && this.models !== null && this.verdict(before.file)?.ok === true;
    return this.#laid(before.file, edits, config => {
      const found = configFindings(this.context(config), code => !this.#isOff(code));
      const breaksModel = ran && config.ok && modelText(config) !== modelText(before) && this.#run(config)?.ok === false;
      const after = mustRun && config.ok ? this.#run(config) : null;
      return { ok: config.ok, found, breaksModel, runs: after?.ok === true || after?.stage === 'forward' };
    });
  }
  /** With the edits laid over the files, as open documents would be, and taken away again. Null: a file of them cannot be read. */
  #laid<T>(file: string, edits: readonly Edit[], look: (config: ResolvedConfig) => T): T | null {
    const restores: (() => void)[] = [];
    try {
      for (const changed of new Set(edits.map(edit => edit.file))) {
        const text = this.host.read(changed);
        if (text === null) return null;
        const own = edits.filter(edit => edit.file === changed);
        restores.push(this.host.lay(changed, edited(text, own)));
      }
      return look(resolveConfig(this.configs, file));
    } finally {
      for (const restore of restores.reverse()) restore();
    }
  }

  /** `mmdet.configs._base_.default_runtime`, under `read_base()`. */
  #packageModule(module: string): string | null {
    const [name = '', ...rest] = module.split('.');
    const folder = packageFolder(this.configs, name);
    return folder === null ? null : `${folder}/${rest.join('/')}.py`;
  }
}

function known<T>(all: Map<string, T>, file: string, find: () => T): T {
  const before = all.get(file);
  if (before !== undefined) return before;
  const found = find();
  all.set(file, found);
  return found;
}

/** What was run, and what it looks like. */
export interface NetworkRun {
  readonly verdict: Verdict;
  readonly network: NetworkDescription<Site>;
}
const networkKey = (file: string, size: Size | null): string => `${size?.join('×') ?? ''} ${file}`;

/** So many configs are remembered as they were, or with their verdict. */
const RECENT = 200;
/** Each has a line for every module of a model. */
const RECENT_NETWORKS = 16;

const modelText = ({ value }: ResolvedConfig): string | null => textIfKnown(value.get('model') ?? null);

/** Fixes are written as Python; in JSON and YAML, a number is the same. */
const withFittingFixes = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.map(diagnostic => ({
    ...diagnostic,
    fixes: diagnostic.fixes.filter(fix => fix.edits.every(({ file, text }) => !isDataFile(file) || /^-?\d+(?:\.\d+)?$/.test(text))),
  }));

const variables = (env: Variables): [string, string][] =>
  Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
