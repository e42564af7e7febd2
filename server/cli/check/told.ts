import type { Lines } from '../../text/lines.ts';

/** Where diagnostics are told from: texts and names as the user knows them. */
export interface Told {
  lines(file: string): Lines;
  /** Relative to the root. */
  name(file: string): string;
}
