/** When open documents are checked, and what is shown meanwhile: rules of the config at once, the model's when it was run. */
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver';
import type { Verdict } from '../model/verdict.ts';
import type { RanSize } from '../recipe/sizes/ran-size.ts';
import { Attention } from './attention.ts';
import type { Published } from './convert.ts';
import type { Documents } from './documents.ts';
import { Elsewhere } from './elsewhere.ts';
import { NoAnswer, type WorkerClient } from './worker-client.ts';

export interface DiagnosisSettings {
  readonly documents: Documents;
  readonly quick: Pick<WorkerClient, 'request'>;
  readonly deep: Pick<WorkerClient, 'request' | 'cancelAll'>;
  publish(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void;
  /** What takes time, in words; null: nothing any more. */
  busy(what: string | null): void;
  /** A verdict is there, or gone. */
  modelKnown(): void;
  /** What there is to know of the document's model is known. */
  looked(uri: string): void;
  log(text: string): void;
}

/** Typing goes on within this time: a model is run when it has passed. The rules of the config do not wait. */
const PAUSE_MS = 150;
const MOST_ENDINGS = 2;
/** What is done sooner is not told. */
const SLOW_MS = 400;

interface Known {
  config: readonly Published[];
  model: readonly Published[];
  /** Told with the config, and mended by what was run. */
  ran: readonly Published[];
  verdict: Verdict | null;
  sizes: readonly RanSize[];
  /** Of the text that it was run with: fixes are offered for that alone. */
  modelVersion: number | undefined;
}
interface Checked {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly hasModel: boolean;
}

export class Diagnosis {
  readonly #with: DiagnosisSettings;
  readonly #known = new Map<string, Known>();
  /** Files that are not open, and that open ones rest on: those of which something is shown. */
  readonly #bases = new Set<string>();
  readonly #elsewhere = new Elsewhere();
  readonly #attention = new Attention();
  #timer: NodeJS.Timeout | null = null;
  /** Counts rounds: what an older one still brings is not shown. */
  #round = 0;
  #looking = false;
  /** The configs of the last round that came to its end. */
  #looked: { readonly round: number; readonly configs: readonly Checked[] } | null = null;
  #stopped = false;
  /** Of workers, since the last edit. */
  #endings = 0;

  constructor(settings: DiagnosisSettings) {
    this.#with = settings;
  }

  /** Any open config may rest on the one that changed, so all are looked at; what did not change costs next to nothing. */
  edited(uri: string): void {
    this.#attention.edited(uri);
    this.#endings = 0;
    this.again();
  }
  again(): void {
    if (this.#stopped) return;
    this.#round++;
    this.#with.deep.cancelAll();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#runModelsWhenDue();
    }, PAUSE_MS);
    void this.#look();
  }
  /** A worker ended, and with it what it was to answer. Whether all is asked again: not where the same text ends one after another. */
  ended(): boolean {
    if (++this.#endings > MOST_ENDINGS) return false;
    this.again();
    return true;
  }
  /** More is known of the workspace: an open file may turn out to be a config's base. */
  learned(): void {
    if (this.#with.documents.all().some(({ uri }) => !this.#known.has(uri))) this.again();
  }
  /** The editor asks for what it shows, so this is one that is seen. */
  seen(uri: string): void {
    this.#attention.seen(uri);
  }
  closed(uri: string): void {
    this.#attention.closed(uri);
    if (this.#known.delete(uri)) this.#with.publish(uri, 0, []);
    this.#tellElsewhere(uri, []);
    this.again();
  }
  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#round++;
  }

  /** What a run of its model has shown, for those that draw it beside the text. */
  ran(uri: string): { readonly verdict: Verdict | null; readonly sizes: readonly RanSize[] } {
    const { verdict, sizes } = this.#known.get(uri) ?? {};
    return { verdict: verdict ?? null, sizes: sizes ?? [] };
  }
  /** Of what is told at a range, those that were tried by running the model. */
  modelFixes(uri: string, range: Range): readonly CodeAction[] {
    const known = this.#known.get(uri);
    const shown = known && known.modelVersion === this.#with.documents.get(uri)?.version ? [...known.model, ...known.ran] : [];
    return shown.filter(p => touches(p.diagnostic.range, range)).flatMap(p => p.fixes);
  }

  /** One at a time: a round that begins while another asks takes over when its answer is there, so no more than one question waits before those of the user. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (let round = -1; round !== this.#round && !this.#stopped; ) {
        round = this.#round;
        const configs = await this.#checkConfigs(round);
        if (configs) this.#looked = { round, configs };
      }
    } finally {
      this.#looking = false;
    }
    this.#runModelsWhenDue();
  }

  /** Null: there is a newer round. */
  async #checkConfigs(round: number): Promise<readonly Checked[] | null> {
    const faulty = new Map<string, string>();
    const configs: Checked[] = [];
    for (const { uri, path, version } of this.#attention.order(this.#with.documents.all())) {
      const found = await this.#ask(() => this.#with.quick.request('diagnose', { path }));
      if (round !== this.#round) return null;
      if (found === undefined) continue;
      if (found === null) {
        if (this.#known.delete(uri)) this.#show(uri);
        this.#tellElsewhere(uri, []);
        continue;
      }
      const before = this.#known.get(uri);
      // The model's stay until it was run again: an edit elsewhere must not make them flicker.
      this.#known.set(uri, {
        config: found.published,
        model: before?.model ?? [],
        ran: before?.ran ?? [],
        verdict: before?.verdict ?? null,
        sizes: before?.sizes ?? [],
        modelVersion: before?.modelVersion,
      });
      configs.push({ uri, path, version, hasModel: found.hasModel });
      for (const base of found.faulty) faulty.set(base.uri, base.path);
      this.#show(uri);
    }
    await this.#checkBases(round, faulty);
    return round === this.#round ? configs : null;
  }

  /** When the configs of the last edit were looked at, and nothing was typed for a while. */
  #runModelsWhenDue(): void {
    if (this.#timer || this.#stopped || this.#looked?.round !== this.#round) return;
    const { round, configs } = this.#looked;
    this.#looked = null;
    void this.#runModels(round, configs);
  }
  async #runModels(round: number, configs: readonly Checked[]): Promise<void> {
    for (const { uri, path, version, hasModel } of configs) {
      // Where there is none, nothing has to be started for it.
      if (!hasModel && !this.#known.get(uri)?.verdict) {
        this.#with.looked(uri);
        continue;
      }
      const slow = setTimeout(() => this.#with.busy(`Running the model of ${path.slice(path.lastIndexOf('/') + 1)}`), SLOW_MS);
      const found = await this.#ask(() => this.#with.deep.request('model', { path }));
      clearTimeout(slow);
      this.#with.busy(null);
      if (round !== this.#round) return;
      const known = this.#known.get(uri);
      if (!known || found === undefined) continue;
      known.verdict = found?.verdict ?? null;
      known.sizes = found?.sizes ?? [];
      known.modelVersion = version;
      const told = found?.proven?.diagnostics ?? found?.diagnostics ?? [];
      known.ran = found?.proven?.config ?? [];
      this.#tell(uri, known, told);
      this.#with.modelKnown();
      if (found && !found.proven && !(await this.#prove(round, uri, path, told))) return;
      this.#with.looked(uri);
    }
  }
  /** What is told is shown; its fixes follow when they were proven, and what they show to be wrong elsewhere. False: there is a newer round. */
  async #prove(round: number, uri: string, path: string, told: readonly Published[]): Promise<boolean> {
    const slow = setTimeout(() => this.#with.busy(`Trying fixes for ${path.slice(path.lastIndexOf('/') + 1)}`), SLOW_MS);
    const proven = await this.#ask(() => this.#with.deep.request('proven', { path }));
    clearTimeout(slow);
    this.#with.busy(null);
    if (round !== this.#round) return false;
    const known = this.#known.get(uri);
    if (!known || !proven) return true;
    known.ran = proven.config;
    // An editor asks anew what can be done where it is told anew what is wrong. What brings nothing new would only be drawn again.
    if (proven.config.length || !areAlike(told, proven.diagnostics)) this.#tell(uri, known, proven.diagnostics);
    return true;
  }
  /** Of the model, in the config and elsewhere. */
  #tell(uri: string, known: Known, told: readonly Published[]): void {
    known.model = told.filter(one => one.uri === uri);
    this.#show(uri);
    this.#tellElsewhere(
      uri,
      told.filter(one => one.uri !== uri),
    );
  }

  /** What is wrong in a base is shown there, whether or not it is open. */
  async #checkBases(round: number, faulty: ReadonlyMap<string, string>): Promise<void> {
    for (const uri of this.#bases) if (!faulty.has(uri) || this.#isOpen(uri)) this.#hideBase(uri);
    for (const [uri, path] of faulty) {
      if (this.#isOpen(uri)) continue;
      const found = await this.#ask(() => this.#with.quick.request('diagnose', { path }));
      if (round !== this.#round) return;
      this.#bases.add(uri);
      this.#with.publish(
        uri,
        undefined,
        (found?.published ?? []).map(p => p.diagnostic),
      );
    }
  }
  #hideBase(uri: string): void {
    this.#bases.delete(uri);
    if (!this.#isOpen(uri)) this.#with.publish(uri, undefined, []);
  }
  #isOpen(uri: string): boolean {
    return this.#with.documents.get(uri) !== undefined;
  }

  /** Undefined: there is no answer, and what was shown stays. */
  async #ask<T>(request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (e) {
      if (!this.#stopped && !(e instanceof NoAnswer && e.cancelled)) this.#with.log(e instanceof Error ? e.message : String(e));
      return undefined;
    }
  }

  #show(uri: string): void {
    const known = this.#known.get(uri);
    const version = this.#with.documents.get(uri)?.version;
    if (version === undefined) return;
    const own = known ? [...known.config, ...known.model].map(p => p.diagnostic) : [];
    this.#with.publish(uri, version, [...own, ...this.#elsewhere.of(uri)]);
  }
  /** A module of the user's own is shown what is wrong in it, open or not. */
  #tellElsewhere(config: string, told: readonly Published[]): void {
    for (const uri of this.#elsewhere.set(config, told)) {
      if (this.#isOpen(uri)) this.#show(uri);
      else this.#with.publish(uri, undefined, this.#elsewhere.of(uri));
    }
  }
}

const areAlike = (some: readonly Published[], others: readonly Published[]): boolean => JSON.stringify(some) === JSON.stringify(others);
const before = (a: Range['start'], b: Range['start']): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);
const touches = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);
