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
  const bound = body.map(assignedName);
  const last = new Map(bound.map((name, i) => [name, i] as const));
  return body.flatMap((statement, i): Finding[] => {
    const name = bound[i] ?? null;
    const next = name === null || last.get(name) === i ? -1 : bound.indexOf(name, i + 1);
    const again = body[next];
    if (
      name === null ||
      name.startsWith('_') ||
      name === 'custom_imports' ||
      !again ||
      statement.kind !== 'assign' ||
      again.kind !== 'assign' ||
      !isPart(statement.value)
    )
      return [];
    // A file that is evaluated in pieces (a loop, a branch) or that reads it is right.
    if (isReadIn(text, body.slice(i + 1, next + 1), name)) return [];
    const target = statement.targets[0];
    const later = again.targets[0];
    if (!target || !later) return [];
    return [
      {
        site: { file, ...later.span },
        message: `\`${name}\` was written before, in line ${target.span.line}: this takes its place, and nothing of it is left`,
        related: [{ site: { file, ...target.span }, message: 'written here first' }],
      },
    ];
  });
}
const assignedName = (statement: Statement): string | null => {
  const [target, ...more] = statement.kind === 'assign' ? statement.targets : [];
  return target?.kind === 'name' && !more.length ? target.name : null;
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
  walk(body.filter(({ span }) => text.slice(span.start, span.end).includes('{')));
  return found;
}
const isDisplay = (node: object): node is Expression<'dict'> => 'kind' in node && node.kind === 'dict' && 'pairs' in node;
