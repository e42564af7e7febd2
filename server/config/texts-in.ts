/** The literal texts in a config's statements that hold `{{`, given other nodes. */
import type { Block, Expression, Statement } from '../syntax/nodes.ts';

export type Text = Expression<'constant'> & { readonly value: string };

/** `written`: the text that the statements' places are of. Statements without such a literal are as they were. */
export function withTexts(body: Block, written: string, other: (text: Text) => Expression): Block {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return isText(node) ? other(node) : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  };
  // The place of a block is that of its head.
  const mayHold = ({ kind, span }: Statement): boolean =>
    (kind !== 'assign' && kind !== 'expression') || written.slice(span.start, span.end).includes('{{');
  return body.map(s => (mayHold(s) ? walk(s) : s)).filter(isStatement);
}

const isText = (node: object): node is Text =>
  'kind' in node && node.kind === 'constant' && 'value' in node && typeof node.value === 'string';
const isStatement = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && 'kind' in value && 'span' in value;
