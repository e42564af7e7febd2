/** A workspace's configs, evaluated when they are asked for and kept until a file they were made from changes. */

import { baseFile, packageFolder } from '../config/base-path.ts';
import { type ConfigContext as Configs, configContext } from '../config/context.ts';
import { resolveConfig } from '../config/index.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Size } from '../model/input.ts';
import type { ModelRunner } from '../model/run.ts';
import type { Verdict } from '../model/verdict.ts';
import { ParsedSources } from '../python/import/parsed-sources.ts';
import type { RanSize } from '../recipe/sizes/ran-size.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import { environmentOf, type Variables } from '../registry/environment.ts';
import type { Environment } from '../registry/environment.types.ts';
import { type NearbyHabits, nearbyHabits } from '../registry/habits/nearby-habits.ts';
import { foldersOf } from '../registry/import-search.ts';
import { isOwnFile } from '../registry/own-file.ts';
import { createRegistry } from '../registry/registry.ts';
import { forgetOutlines } from '../registry/scan/outlines.ts';
import { foldersAbove, importName } from '../registry/sight.ts';
import { loadSnapshot } from '../registry/snapshot.ts';
import { configFindings, wanted } from '../rules/apply.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';
import { ranSizes } from '../rules/fit/called-steps.ts';
import type { ConfigContext, ModelContext } from '../rules/rule.ts';
import type { Block } from '../syntax/nodes.ts';
import { openParser, type Parse } from '../syntax/parse.ts';
import { annotationCategories } from './annotation-categories.ts';
import { assets } from './assets.ts';
import { checkpointHeaders } from './checkpoint-headers.ts';
import { ConfigIndex, type IndexSource } from './config-index.ts';
import { findConfigs } from './configs.ts';
import { dataDisk, type SeenData } from './data-disk.ts';
import { type DiskStore, diskStore } from './disk-store.ts';
import { KnownConfigs } from './known-configs.ts';
import { ModelFindings } from './model-findings.ts';
import { ModelRuns, type NetworkRun } from './model-runs.ts';
import { NodeHost } from './node-host.ts';
import { Recent } from './recent.ts';
import type { Settings } from './settings.ts';
import { TriedFixes, type TriedFixesOptions, withFittingFixes } from './tried-fixes.ts';

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
  readonly #runs: ModelRuns;
  readonly #categories: (file: string) => readonly string[] | null;
  readonly #checkpoints: ReturnType<typeof checkpointHeaders>;
  readonly #data: SeenData;
  readonly #stores: { readonly registry: DiskStore | null; readonly sources: DiskStore | null };
  /** Whether a config was asked for yet. */
  hasConfigs: boolean;
  /** What the rules of a config have found, silenced or not. */
  #found = new WeakMap<ResolvedConfig, readonly Diagnostic[]>();
  readonly #known: KnownConfigs;
  readonly #fixes: TriedFixes;
  readonly #ofModels: ModelFindings;

  /** `host` null: the disk alone. */
  static async open(host: NodeHost | null, options: ProjectOptions): Promise<Project> {
    return Project.#made(host ?? new NodeHost(), options, null);
  }
  /** The same, which begins anew from the disk. This one is not asked any more: its index, which the whole workspace would have to be read for, is taken over. */
  async renewed(): Promise<Project> {
    forgetOutlines(this.host);
    return Project.#made(this.host, this.#options, this);
  }
  static async #made(host: NodeHost, options: ProjectOptions, before: Project | null): Promise<Project> {
    const parse = await openParser(assets.parserWasm, assets.grammarWasm);
    return new Project(host, parse, options, options.models === false ? null : (await import('../model/run.ts')).ModelRunner, before);
  }
  private constructor(host: NodeHost, parse: Parse, options: ProjectOptions, Runner: typeof ModelRunner | null, before: Project | null) {
    const { roots, settings, env, cancel } = options;
    this.host = host;
    this.#options = options;
    this.hasConfigs = before?.hasConfigs ?? false;
    this.environment = environmentOf(host, { ...settings, workspace: roots }, env);
    const stores = { registry: diskStore(env, 'registry'), sources: diskStore(env, 'sources') };
    this.#stores = stores;
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
      startedIn: file => foldersOf(host, environment, file),
      isOwn: file => roots.some(root => file.startsWith(`${root}/`)) && !INSTALLED.test(file),
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
    const source: IndexSource = {
      host,
      roots,
      isConfig: (path, text, root) => this.#known.saysSo(path, text, root),
      inPackage: written => (written.includes('::') ? this.baseOf(`${roots[0] ?? ''}/_`, written) : this.#packageModule(written)),
      chain: path => this.config(path).chain,
    };
    this.index = new ConfigIndex(source, before?.index);
    const trying: TriedFixesOptions = {
      host,
      config: file => resolveConfig(this.configs, file),
      context: config => this.context(config),
      found: config => this.#configFindings(config),
      verdict: file => this.verdict(file),
      run: Runner && (config => this.#runs.once(config)),
      isAsked: code => !this.#isOff(code),
    };
    this.#fixes = new TriedFixes(trying);
    this.#ofModels = new ModelFindings({
      tried: this.#fixes,
      untried: new TriedFixes({ ...trying, run: null }),
      severities: settings.severities,
      config: file => this.config(file),
      told: file => this.configDiagnostics(file),
      verdict: file => this.verdict(file),
      context: (file, verdict) => this.#modelContext(file, verdict),
      isCancelled: () => this.#isCancelled(),
    });
    this.models =
      Runner &&
      new Runner({
        host,
        environment,
        registry,
        parse,
        sources: new ParsedSources(parse, stores.sources),
        limits,
        config: file => resolveConfig(this.configs, file),
      });
    this.#runs = new ModelRuns({
      host,
      models: this.models,
      size: settings.size,
      most: RECENT,
      config: file => this.config(file),
      isCancelled: () => this.#isCancelled(),
    });
  }

  get roots(): readonly string[] {
    return this.#options.roots;
  }

  /** Before it is let go of: what waits to be written on the disk holds what it is made from, the project with it. */
  writeCaches(): void {
    for (const store of Object.values(this.#stores)) store?.flush();
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
    return this.#runs.verdict(file);
  }
  /** The network that the verdict is of, or the same at another size. Null: there is no model, or none is run here. */
  network(file: string, size: Size | null): NetworkRun | null {
    return this.#runs.network(file, size);
  }

  configDiagnostics(file: string): readonly Diagnostic[] {
    const config = this.config(file);
    return wanted(this.context(config), this.#configFindings(config), this.#options.settings.severities);
  }
  /** The same, with those of their fixes that were tried and leave nothing new to complain of: for whoever is shown fixes. */
  withRightFixes(file: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    return this.#fixes.right(file, diagnostics);
  }
  /** Of what the rules of the config tell, the fixes that change the model: where models are not run they are left out. */
  withFixesThatRan(file: string): readonly Diagnostic[] {
    return this.#ofModels.withFixesThatRan(file);
  }
  #isCancelled(): boolean {
    return Atomics.load(this.#options.cancel, 0) !== 0;
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
    this.#ofModels.filesChanged();
  }
  /** Of the model that was run, with fixes that were proven by running it again. */
  modelDiagnostics(file: string): readonly Diagnostic[] {
    return this.#ofModels.proven(file);
  }
  /** The same as soon as there is a verdict, without what takes further runs to prove; `isProven`: there is nothing left to prove. */
  unprovenDiagnostics(file: string): readonly Diagnostic[] {
    return this.#ofModels.unproven(file);
  }
  /** Of pictures behind the steps of its pipelines, once its model was run. */
  ranSizes(file: string): readonly RanSize[] {
    const context = this.#ofModels.context(file);
    return context ? ranSizes(context) : [];
  }
  isProven(file: string): boolean {
    return this.#ofModels.isProven(file);
  }
  #modelContext(file: string, verdict: Verdict): ModelContext {
    const around = this.context(this.config(file)),
      found = [...this.#configFindings(around.config), ...configFindings(around, code => this.#isOff(code))];
    const verdicts = new Map<string, Verdict | null>();
    return {
      ...around,
      verdict,
      found: () => found,
      prove: edits => this.#fixes.prove(file, edits),
      at: size => known(verdicts, String(size), () => this.models?.verdict({ config: this.config(file), size, exactly: true }) ?? null),
      ran: pipelines => this.models?.parts.runs(this.config(file), pipelines) ?? [],
      built: parts => this.models?.parts.answers(this.config(file), parts) ?? [],
    };
  }
  /** All rules, for the command line. `unknown`: why the model could not be checked, where it could not; `facts`: what is certain all the same. */
  check(file: string): { readonly diagnostics: readonly Diagnostic[]; readonly unknown: string | null; readonly facts: string | null } {
    const context = this.#ofModels.context(file),
      told = this.withRightFixes(file, this.configDiagnostics(file));
    const diagnostics = [...(context ? this.#fixes.proven(context, told) : told), ...this.modelDiagnostics(file)];
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

/** So many configs are remembered as they were, or with their verdict. */
const RECENT = 200;

/** Folders of what is installed, an environment within the workspace too. */
const INSTALLED = /\/(?:site|dist)-packages\//;

const variables = (env: Variables): [string, string][] =>
  Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
