/** What a block assigns to a name, and the texts that stand there. */
import type { Block, Expression, Span, Statement } from './nodes.ts';

/** The last statement of a block that assigns to a name. */
export const assignment = (body: Block, name: string): Statement<'assign'> | null =>
  body.findLast((s): s is Statement<'assign'> => assigns(s, name)) ?? null;

export const assigned = (body: Block, name: string): Expression | null => assignment(body, name)?.value ?? null;

export const assigns = (statement: Statement, name: string): statement is Statement<'assign'> =>
  statement.kind === 'assign' && statement.targets.some(target => target.kind === 'name' && target.name === name);

export interface WrittenText {
  readonly text: string;
  readonly span: Span;
}
/** A text, or all of a list of them: the entries of `_base_`. */
export function writtenTexts(value: Expression): readonly WrittenText[] {
  if (value.kind === 'constant' && typeof value.value === 'string') return [{ text: value.value, span: value.span }];
  return value.kind === 'list' || value.kind === 'tuple' ? value.items.flatMap(writtenTexts) : [];
}
