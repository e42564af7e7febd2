/** What a rule says. Offsets, not lines: `lsp/` and `cli` convert at the edge. */
import type { Site } from '../python/value.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Related {
  readonly site: Site;
  readonly message: string;
}

export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  /** Says what is done and, where it was tried, what was proven: "Change 512 to 2048: every level fits". */
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly preferred: boolean;
  /** A guess of the model's: only where a run, which failed before, ends well with it, or at least comes farther. */
  readonly mustRun?: 'right' | 'farther';
  /** The model was run with it. */
  readonly ran?: true;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly site: Site;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
