/** One thing that may be written at the cursor, and how it is put there. */
import type { Cursor } from './completion-context.ts';

export interface Insertion {
  /** Offsets of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'type' | 'argument' | 'key' | 'value';
  /** Beside the label: the library, or a default. */
  readonly detail: string;
  /** Markdown; made when it is looked at: of thousands of types a person sees a few. */
  readonly documentation: (() => string) | null;
  readonly text: string;
  /** The same with places to fill in (`$1`), in LSP's snippet syntax, for an editor that can; null: there are none. */
  readonly snippet: string | null;
  /** What the letters that are typed are compared with. */
  readonly filterText: string;
  /** Offsets of what it replaces. */
  readonly range: { readonly start: number; readonly end: number };
  readonly sortText: string;
  /** Accepting it should offer what comes next: after `type=''` the types. */
  readonly again: boolean;
  /** What else accepting it writes, elsewhere in the file: an import. */
  readonly additional: readonly Insertion[];
}

export type Told = Pick<CompletionItem, 'label' | 'kind' | 'detail' | 'text'> &
  Partial<Pick<CompletionItem, 'documentation' | 'snippet' | 'filterText' | 'again' | 'additional'>> & {
    /** The lower the higher up; below 1e6. */
    readonly rank: number;
  };

export const sortTextOf = (rank: number): string => String(rank).padStart(6, '0');

export function item(cursor: Cursor, { rank, ...told }: Told): CompletionItem {
  return {
    documentation: null,
    snippet: null,
    filterText: told.label,
    again: false,
    additional: [],
    ...told,
    range: cursor.range,
    sortText: sortTextOf(rank),
  };
}
