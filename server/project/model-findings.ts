/** What is told of configs' models: at once when they were run, and with fixes when those were proven by more runs. Kept by verdict, until files change. */
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import { modelDiagnostics } from '../rules/apply.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';
import { knownCauses } from '../rules/fit/proven.ts';
import type { ModelContext } from '../rules/rule.ts';
import type { Settings } from './settings.ts';
import { type TriedFixes, withFittingFixes } from './tried-fixes.ts';

export interface ModelFindingsOptions {
  /** By running models. */
  readonly tried: TriedFixes;
  /** Without running anything. */
  readonly untried: TriedFixes;
  readonly severities: Settings['severities'];
  readonly config: (file: string) => ResolvedConfig;
  /** What the rules of the config tell. */
  readonly told: (file: string) => readonly Diagnostic[];
  readonly verdict: (file: string) => Verdict | null;
  readonly context: (file: string, verdict: Verdict) => ModelContext;
  readonly isCancelled: () => boolean;
}

export class ModelFindings {
  readonly #with: ModelFindingsOptions;
  #found = new WeakMap<Verdict, readonly Diagnostic[]>();
  #contexts = new WeakMap<Verdict, ModelContext>();
  #ran = new WeakMap<ResolvedConfig, readonly Diagnostic[]>();
  /** What was proven to be wrong, by what a run ended with: an edit that runs nothing keeps that. */
  readonly #causes = new WeakMap<Verdict['mismatches'], readonly ConfigPath[]>();

  constructor(options: ModelFindingsOptions) {
    this.#with = options;
  }
  filesChanged(): void {
    this.#found = new WeakMap();
    this.#contexts = new WeakMap();
    this.#ran = new WeakMap();
  }

  /** With fixes that were proven by running the model again. */
  proven(file: string): readonly Diagnostic[] {
    return this.#looked(file, [], (context, known) => {
      if (known) return known;
      const found = this.#with.tried.right(file, this.#told(context), true);
      if (!this.#with.isCancelled()) {
        this.#found.set(context.verdict, found);
        this.#causes.set(context.verdict.mismatches, knownCauses(context) ?? []);
      }
      return found;
    });
  }
  /** The same before anything is proven: with the fixes that need no run alone, and marked by what the run itself blames, or what was proven of the same model before. */
  unproven(file: string): readonly Diagnostic[] {
    return this.#looked(file, [], (context, known) => {
      if (known) return known;
      const causes = this.#causes.get(context.verdict.mismatches) ?? [];
      const told = this.#told({ ...context, causes, prove: () => null });
      // Proofs move what is marked, and mend it: of nothing they make nothing.
      if (!told.length && !this.#with.isCancelled()) this.#found.set(context.verdict, told);
      return this.#with.untried.right(file, told, true);
    });
  }
  /** Of what the rules of the config tell, the fixes that change the model: where models are not run they are left out. */
  withFixesThatRan(file: string): readonly Diagnostic[] {
    const { config, told, tried, isCancelled } = this.#with,
      known = this.#ran.get(config(file));
    if (known) return known;
    const waiting = tried.right(file, tried.ofModel(file, told(file)));
    const ran = this.#looked(file, waiting, context => tried.proven(context, waiting)).filter(one => one.fixes.length);
    // Trying fixes has had the config read again.
    if (!isCancelled()) this.#ran.set(config(file), ran);
    return ran;
  }
  /** Whether all that runs prove of a config is known, so that it costs nothing to ask for. */
  isProven(file: string): boolean {
    const { config, told, verdict } = this.#with,
      said = verdict(file);
    if (!said || !this.#found.has(said)) return false;
    return this.#ran.has(config(file)) || (!said.mismatches.length && told(file).every(({ fixes }) => !fixes.length));
  }

  #told(context: ModelContext): readonly Diagnostic[] {
    return withFittingFixes(modelDiagnostics(context, this.#with.severities));
  }
  /** What was cancelled has not proven all: what its context came to know is let go of, whatever asks next. */
  #looked<T>(file: string, without: T, look: (context: ModelContext, known: readonly Diagnostic[] | undefined) => T): T {
    const context = this.context(file);
    if (!context) return without;
    try {
      return look(context, this.#found.get(context.verdict));
    } finally {
      if (this.#with.isCancelled()) this.#contexts.delete(context.verdict);
    }
  }

  /** Of the last verdict: what was proven for it is known by it. */
  context(file: string): ModelContext | null {
    const verdict = this.#with.verdict(file),
      known = verdict && this.#contexts.get(verdict);
    if (!verdict || known) return known ?? null;
    const context = this.#with.context(file, verdict);
    if (!this.#with.isCancelled()) this.#contexts.set(verdict, context);
    return context;
  }
}
