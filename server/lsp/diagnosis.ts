/** When open documents are checked, and what is shown meanwhile: rules of the config at once, the model's when it was run. */
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver';
import type { Verdict } from '../model/verdict.ts';
import type { Published } from './convert.ts';
import type { Documents } from './documents.ts';
import { NoAnswer, type WorkerClient } from './worker-client.ts';

export interface DiagnosisSettings {
  readonly documents: Documents;
  readonly quick: WorkerClient;
  readonly deep: WorkerClient;
  publish(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void;
  /** What takes time, in words; null: nothing any more. */
  busy(what: string | null): void;
  /** A verdict is there, or gone. */
  modelKnown(): void;
  log(text: string): void;
}

/** Typing goes on within this time. */
const PAUSE_MS = 150;
/** What is done sooner is not told. */
const SLOW_MS = 400;

interface Known {
  config: readonly Published[];
  model: readonly Published[];
  verdict: Verdict | null;
  /** Of the text that each was found in: fixes are offered for that alone. */
  configVersion: number | undefined;
  modelVersion: number | undefined;
}

export class Diagnosis {
  readonly #with: DiagnosisSettings;
  readonly #known = new Map<string, Known>();
  /** Files that are not open, and that open ones rest on: those of which something is shown. */
  readonly #bases = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  /** Counts rounds: what an older one still brings is not shown. */
  #round = 0;
  #first: string | null = null;
  #stopped = false;

  constructor(settings: DiagnosisSettings) {
    this.#with = settings;
  }

  /** Any open config may rest on the one that changed, so all are looked at; what did not change costs nothing. */
  edited(uri: string): void {
    this.#first = uri;
    this.again();
  }
  again(): void {
    this.#round++;
    this.#with.deep.cancelAll();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(this.#round), PAUSE_MS);
  }
  closed(uri: string): void {
    if (this.#known.delete(uri)) this.#with.publish(uri, 0, []);
    this.again();
  }
  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#round++;
  }

  verdict(uri: string): Verdict | null {
    return this.#known.get(uri)?.verdict ?? null;
  }
  fixes(uri: string, range: Range): readonly CodeAction[] {
    const known = this.#known.get(uri);
    const version = this.#with.documents.get(uri)?.version;
    const shown = [
      ...(known?.configVersion === version ? (known?.config ?? []) : []),
      ...(known?.modelVersion === version ? (known?.model ?? []) : []),
    ];
    const actions = shown.filter(p => touches(p.diagnostic.range, range)).flatMap(p => p.fixes);
    // One fix may end several diagnostics.
    return actions.filter((action, i) => actions.findIndex(a => a.title === action.title) === i);
  }

  async #check(round: number): Promise<void> {
    const open = this.#with.documents.all().toSorted((a, b) => Number(b.uri === this.#first) - Number(a.uri === this.#first));
    const faulty = new Map<string, string>();
    const configs: { readonly uri: string; readonly path: string; readonly version: number }[] = [];
    for (const { uri, path, version } of open) {
      const found = await this.#ask(() => this.#with.quick.request('diagnose', { path }));
      if (round !== this.#round) return;
      if (found === undefined) continue;
      if (found === null) {
        if (this.#known.delete(uri)) this.#show(uri);
        continue;
      }
      const before = this.#known.get(uri);
      // The model's stay until it was run again: an edit elsewhere must not make them flicker.
      this.#known.set(uri, {
        config: found.published,
        model: before?.model ?? [],
        verdict: before?.verdict ?? null,
        configVersion: version,
        modelVersion: before?.modelVersion,
      });
      configs.push({ uri, path, version });
      for (const base of found.faulty) faulty.set(base.uri, base.path);
      this.#show(uri);
    }
    await this.#checkBases(round, faulty);
    if (round !== this.#round) return;
    for (const { uri, path, version } of configs) {
      const slow = setTimeout(() => this.#with.busy(`Running the model of ${path.slice(path.lastIndexOf('/') + 1)}`), SLOW_MS);
      const found = await this.#ask(() => this.#with.deep.request('model', { path }));
      clearTimeout(slow);
      this.#with.busy(null);
      if (round !== this.#round) return;
      const known = this.#known.get(uri);
      if (!known || found === undefined) continue;
      known.model = found?.diagnostics ?? [];
      known.verdict = found?.verdict ?? null;
      known.modelVersion = version;
      this.#show(uri);
      this.#with.modelKnown();
    }
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
    this.#with.publish(uri, version, known ? [...known.config, ...known.model].map(p => p.diagnostic) : []);
  }
}

const before = (a: Range['start'], b: Range['start']): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);
const touches = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);
