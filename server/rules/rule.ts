/** A check that yields diagnostics: one file a rule, listed in `catalogue.ts`. A rule only looks; it neither reads the disk nor runs anything but what its context offers. */
import type { CheckpointHeader } from '../../runtime/index.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { PartAnswer, PartRequest } from '../model/parts.ts';
import type { PipelineRequest, StepAnswer } from '../model/pipeline-run.ts';
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

/** Data as it lies on this disk; where the config is run there may be other. */
export interface DataDisk {
  /** Where a relative path may begin: the folders above the config, up to the workspace's. */
  readonly folders: readonly string[];
  kind(path: string): 'file' | 'folder' | null;
  names(folder: string): readonly string[];
  /** Names of the categories of an annotation file in COCO's form, in their order; null where they cannot be read in a bounded look. */
  categories(file: string): readonly string[] | null;
  /** What a checkpoint says of its tensors; null where it cannot be read. Absent: none is looked at. */
  checkpoint?(file: string): CheckpointHeader | null;
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
  /** Whether a file is the user's to change: of the workspace, and of no library that lies there. */
  isOwn?(file: string): boolean;
  /** Whether a config of the workspace rests on a file. */
  isBase?(file: string): boolean;
  /** Absent: no data is looked at. */
  readonly disk?: DataDisk;
}

/** A config whose model was run, and what becomes of it with edits made. */
export interface Proof extends ConfigContext {
  readonly verdict: Verdict;
  /** What the rules of the config have found, silenced or not. */
  found(): readonly Diagnostic[];
  /** What the config would be with these edits made: resolved and run again. Null: not to be known. */
  prove(edits: readonly Edit[]): Proof | null;
}
export interface ModelContext extends Proof {
  /** Where nothing is proven yet: what to mark, as far as it is known of the same model. Absent: it is proven. */
  readonly causes?: readonly ConfigPath[];
  /** Parts of the recipe around the model, built as their registries would: what each constructor says. */
  built?(parts: readonly PartRequest[]): readonly PartAnswer[];
  /** Its pipelines, their steps called one after the other: what each says, as far as they were followed. */
  ran?(pipelines: readonly PipelineRequest[]): readonly (readonly StepAnswer[])[];
  /** The verdict at another size of the picture. Null: models are not run. */
  at?(size: readonly [width: number, height: number]): Verdict | null;
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
