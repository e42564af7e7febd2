/** A check that yields diagnostics: one file a rule, listed in `catalogue.ts`. A rule only looks; it neither reads the disk nor runs anything but what its context offers. */
import type { ResolvedConfig } from '../config/resolved.ts';
import type { PartAnswer, PartRequest } from '../model/parts.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Site } from '../python/value.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import type { Block } from '../syntax/nodes.ts';
import type { Diagnostic, Edit, Fix, Related, Severity } from './diagnostic.ts';

/** What a rule found. `apply.ts` adds the code and the severity, and drops what is suppressed. */
export interface Finding {
  readonly site: Site;
  readonly message: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
}

export interface ConfigContext {
  readonly config: ResolvedConfig;
  readonly registry: RegistryIndex;
  /** A file's text as it was when the config was resolved. Null: there is none. */
  text(file: string): string | null;
  /** Names of the files in a folder. */
  names(folder: string): readonly string[];
  /** A file's statements; null where it cannot be read as Python. */
  body(file: string): Block | null;
  /** How a module of the workspace is imported where the config is run; null where it is none. */
  moduleOf?(file: string): string | null;
  /** Whether an entry of the config's `_base_` leads to a file: is it, or rests on it. */
  leads?(entry: string, file: string): boolean;
}

export interface ModelContext extends ConfigContext {
  readonly verdict: Verdict;
  /** What the rules of the config have found, silenced or not. */
  readonly found: readonly Diagnostic[];
  /** Parts of the recipe around the model, built as their registries would: what each constructor says. */
  built?(parts: readonly PartRequest[]): readonly PartAnswer[];
  /** The verdict that the config would have with these edits made: resolved and run again. Null: not to be known. */
  prove(edits: readonly Edit[]): Verdict | null;
}

interface Told {
  /** Stable; the name in `# necktie: ignore[code]` and in settings. */
  readonly code: string;
  readonly severity: Severity;
  /** One line for the table of rules. */
  readonly summary: string;
}
export interface ConfigRule extends Told {
  readonly needs: 'config';
  check(context: ConfigContext): readonly Finding[];
  /** What it finds besides, once the model was run. */
  checkModel?(context: ModelContext): readonly Finding[];
}
export interface ModelRule extends Told {
  readonly needs: 'model';
  check(context: ModelContext): readonly Finding[];
}
export type Rule = ConfigRule | ModelRule;
