import type { Span } from '../syntax/nodes.ts';

/** A key of a config with what stands below it. */
export interface OutlineItem {
  readonly name: string;
  /** The type of a part; a short value. */
  readonly detail: string;
  readonly kind: 'dict' | 'list' | 'text' | 'number' | 'truth' | 'nothing' | 'other';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}
