/** What becomes of a config with edits made: fixes are tried before they are offered. */
import { isDict } from '../config/from-value.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { modelKey } from '../model/model-key.ts';
import type { Verdict } from '../model/verdict.ts';
import { configFindings } from '../rules/apply.ts';
import type { Diagnostic, Edit, Fix } from '../rules/diagnostic.ts';
import { edited } from '../rules/edited.ts';
import { fits, isByTable, progress } from '../rules/fit/progress.ts';
import { withProvenFixes } from '../rules/fit/told-by-config.ts';
import { followedBy } from '../rules/followed-by.ts';
import { type Attempt, type ModelWith, withRightFixes } from '../rules/right-fixes.ts';
import type { ConfigContext, ModelContext, Proof } from '../rules/rule.ts';
import { isDataFile } from './data-config.ts';
import type { NodeHost } from './node-host.ts';

export interface TriedFixesOptions {
  readonly host: NodeHost;
  /** As the files are now. */
  readonly config: (file: string) => ResolvedConfig;
  readonly context: (config: ResolvedConfig) => ConfigContext;
  /** What the rules of the config find, silenced or not. */
  readonly found: (config: ResolvedConfig) => readonly Diagnostic[];
  readonly verdict: (file: string) => Verdict | null;
  /** Null: models are run elsewhere. */
  readonly run: ((config: ResolvedConfig) => Verdict | null) | null;
  readonly isAsked: (code: string) => boolean;
}

export class TriedFixes {
  readonly #with: TriedFixesOptions;
  constructor(options: TriedFixesOptions) {
    this.#with = options;
  }

  /** The same, with those of their fixes that leave nothing new to complain of. `byModel`: they are told of a run. */
  right(file: string, diagnostics: readonly Diagnostic[], byModel = false): readonly Diagnostic[] {
    if (!diagnostics.some(({ fixes }) => fixes.length)) return diagnostics;
    const config = this.#with.config(file);
    const before = { ok: config.ok, found: this.#with.found(config) };
    return withRightFixes(diagnostics, before, byModel, fix => this.#attempt(config, fix));
  }
  /** `told` by the rules of the config: with what was proven by runs where one of them is what the model fails with. */
  proven(context: ModelContext, told: readonly Diagnostic[]): readonly Diagnostic[] {
    return withProvenFixes(context, told, ({ fixes }) => fixes.some(({ ran }) => ran));
  }
  /** The same with those of their fixes that change the model. */
  ofModel(file: string, told: readonly Diagnostic[]): readonly Diagnostic[] {
    const config = this.#with.config(file);
    const changes = ({ edits }: Fix): boolean => this.#laid(file, edits, after => !isSameModel(config, after)) === true;
    return told.map(one => ({ ...one, fixes: one.fixes.filter(changes) }));
  }

  /** Resolved and run with the edits. */
  prove(file: string, edits: readonly Edit[]): Proof | null {
    return this.#laid(file, edits, config => {
      const verdict = config.ok ? (this.#with.run?.(config) ?? null) : null;
      if (!verdict) return null;
      const around = this.#with.context(config);
      // Looked at when the edits are gone again.
      for (const { file: changed } of edits) around.body(changed);
      for (const { file: changed } of edits) around.text(changed);
      let found: readonly Diagnostic[] | null = null;
      return {
        ...around,
        verdict,
        found: () => (found ??= withFittingFixes(configFindings(around, () => true))),
        prove: more => this.prove(file, followedBy(edits, more)),
      };
    });
  }

  /** What the rules of a config would find with the edits made, and how the model runs. */
  #attempt(before: ResolvedConfig, { edits, ran }: Fix): Attempt | null {
    // Before the edits are laid.
    const verdict = ran || !this.#with.run ? null : this.#with.verdict(before.file);
    return this.#laid(before.file, edits, config => {
      const model = ran ? 'right' : this.#modelWith({ config: before, verdict }, config, edits);
      // It is not offered here, whatever they find.
      const found = model === 'elsewhere' ? [] : configFindings(this.#with.context(config), this.#with.isAsked);
      return { ok: config.ok, found, model };
    });
  }
  #modelWith(
    { config: before, verdict }: { readonly config: ResolvedConfig; readonly verdict: Verdict | null },
    config: ResolvedConfig,
    edits: readonly Edit[],
  ): ModelWith {
    // What cannot be read yet has no model that was run.
    if (!before.ok || !config.ok || isSameModel(before, config)) return 'same';
    if (!this.#with.run) return 'elsewhere';
    const after = this.#with.run(config);
    // A gap of ours says nothing of the fix.
    if (!verdict || verdict.ok === null || !after || (after.ok === null && !isByTable(after))) return 'unknown';
    const how = progress({ config: before, verdict }, { config, verdict: after }, edits);
    if (how === 'none') return verdict.ok && after.ok && !fits({ config: before, verdict }) ? 'right' : 'wrong';
    return how === 'same' ? 'failing' : how;
  }

  /** With the edits laid over the files, as open documents would be, and taken away again. Null: a file of them cannot be read. */
  #laid<T>(file: string, edits: readonly Edit[], look: (config: ResolvedConfig) => T): T | null {
    const { host, config } = this.#with;
    const restores: (() => void)[] = [];
    try {
      for (const changed of new Set(edits.map(edit => edit.file))) {
        const text = host.read(changed);
        if (text === null) return null;
        const own = edits.filter(edit => edit.file === changed);
        restores.push(host.lay(changed, edited(text, own)));
      }
      return look(config(file));
    } finally {
      for (const restore of restores.reverse()) restore();
    }
  }
}

/** Whether a run would say the same of both. */
function isSameModel(one: ResolvedConfig, other: ResolvedConfig): boolean {
  if (!isDict(one.value.get('model')) && !isDict(other.value.get('model'))) return true;
  const [was, is] = [one, other].map(config => modelKey(config));
  return was !== null && was === is;
}

/** Fixes are written as Python; in JSON and YAML, a number is the same. */
export const withFittingFixes = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
  found.map(diagnostic => ({
    ...diagnostic,
    fixes: diagnostic.fixes.filter(fix => fix.edits.every(({ file, text }) => !isDataFile(file) || /^-?\d+(?:\.\d+)?$/.test(text))),
  }));
