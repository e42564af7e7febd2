/** What a value of a config is written as at a range of its file: a call or display, or the name of one. */
import type { Block, Expression, Span } from './nodes.ts';

type Written = Expression<'call' | 'dict' | 'list' | 'tuple' | 'name'>;

/** Null where none has exactly that range. */
export function expressionAt(body: Block, { start, end }: Pick<Span, 'start' | 'end'>): Written | null {
  let found: Written | null = null;
  const walk = (node: unknown): void => {
    if (found || typeof node !== 'object' || node === null) return;
    if (isWritten(node) && node.span.start === start && node.span.end === end) found = node;
    else for (const [name, child] of Object.entries(node)) if (name !== 'span') walk(child);
  };
  walk(body.filter(({ span }) => span.start <= start && end <= span.end));
  return found;
}

const KINDS: ReadonlySet<unknown> = new Set(['call', 'dict', 'list', 'tuple', 'name']);
const isWritten = (node: object): node is Written => 'kind' in node && 'span' in node && KINDS.has(node.kind);
