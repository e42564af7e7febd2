/** A name that is written twice in one file, or a key twice in one dict: the first is gone, without a word. */
import { isReadIn } from '../syntax/bindings.ts';
import type { Block, Expression, Span, Statement } from '../syntax/nodes.ts';
import type { ConfigRule, Finding } from './rule.ts';

export const boundTwice: ConfigRule = {
  code: 'bound-twice',
  severity: 'warning',
  summary: 'a name or a key is written twice, and the first is lost',
  needs: 'config',
  check({ config, body, text }) {
    const { file } = config;
    const statements = config.style === 'text' || config.style === 'lazy' ? body(file) : null;
    if (!statements) return [];
    const written = text(file) ?? '';
    return [...names(file, statements, written), ...keys(file, statements, written)];
  },
};

/** Between two plain assignments at the top nobody reads the name. */
function names(file: string, body: Block, text: string): readonly Finding[] {
  const found: Finding[] = [];
  const before = new Map<string, number>();
  for (const [next, again] of body.entries()) {
    const name = assignedName(again);
    if (name === null) continue;
    const i = before.get(name);
    before.set(name, next);
    const statement = i === undefined ? undefined : body[i];
    if (i === undefined || statement?.kind !== 'assign' || again.kind !== 'assign' || !isPart(statement.value)) continue;
    if (name.startsWith('_') || name === 'custom_imports') continue;
    // A file that is evaluated in pieces (a loop, a branch) or that reads it is right.
    if (isReadIn(text, body.slice(i + 1, next + 1), name)) continue;
    const target = statement.targets[0];
    const later = again.targets[0];
    if (!target || !later) continue;
    found.push({
      site: { file, ...later.span },
      message: `\`${name}\` was written before, in line ${target.span.line}: this takes its place, and nothing of it is left`,
      related: [{ site: { file, ...target.span }, message: 'written here first' }],
    });
  }
  return found;
}
const assignedName = (statement: Statement): string | null => {
  const target = statement.kind === 'assign' && statement.targets.length === 1 ? statement.targets[0] : undefined;
  return target?.kind === 'name' ? target.name : null;
};
/** A dict or a list: a number may be a note of what it was. */
const isPart = (value: Expression): boolean =>
  value.kind === 'dict' || value.kind === 'list' || (value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'dict');

/** `{'a': 1, 'a': 2}`; of `dict(a=1, a=2)` Python itself complains. */
function keys(file: string, body: Block, text: string): readonly Finding[] {
  const found: Finding[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      if (isDisplay(node)) {
        const first = new Map<string, Span>();
        for (const { key } of node.pairs) {
          if (key?.kind !== 'constant' || typeof key.value !== 'string') continue;
          const before = first.get(key.value);
          if (before)
            found.push({
              site: { file, ...key.span },
              message: `\`${key.value}\` is in this dict twice: only the last counts`,
              related: [{ site: { file, ...before }, message: 'written here first' }],
            });
          else first.set(key.value, key.span);
        }
      }
      for (const [name, child] of Object.entries(node)) if (name !== 'span') walk(child);
    }
  };
  // A display begins with a brace, and most configs have none.
  let brace = text.indexOf('{');
  for (const one of brace < 0 ? [] : body) {
    if (brace >= 0 && brace < one.span.start) brace = text.indexOf('{', one.span.start);
    if (brace >= 0 && brace < one.span.end) walk(one);
  }
  return found;
}
const isDisplay = (node: object): node is Expression<'dict'> => 'kind' in node && node.kind === 'dict' && 'pairs' in node;
