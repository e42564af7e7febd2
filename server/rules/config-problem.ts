/** What mmengine would fail with, as a rule: the place, mmengine's own sentence last, and a clearer one before it where there is one. */
import type { ConfigProblem, ConfigProblemKind } from '../config/resolved.ts';
import type { Site } from '../python/value.ts';
import type { Expression, Span } from '../syntax/nodes.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export interface Telling {
  /** In place of mmengine's sentence alone. */
  message?(problem: ConfigProblem, context: ConfigContext): string;
  fixes?(problem: ConfigProblem, context: ConfigContext): readonly Fix[];
  /** Not every problem of the kind. */
  when?(problem: ConfigProblem): boolean;
}

export function configProblem(kind: ConfigProblemKind, summary: string, telling: Telling = {}): ConfigRule {
  return {
    code: kind,
    severity: 'error',
    summary,
    needs: 'config',
    check: context =>
      context.config.problems
        .filter(p => p.kind === kind && (telling.when?.(p) ?? true))
        .map((problem): Finding => {
          const message = telling.message?.(problem, context) ?? (problem.message || problem.errorType);
          const fixes = telling.fixes?.(problem, context) ?? [];
          return configProblemFinding(context, problem, { message, fixes });
        }),
  };
}

/** A problem of a base is shown in that file; here, where the base is named, is one line that leads to it. */
export function configProblemFinding(
  context: ConfigContext,
  { site, related }: ConfigProblem,
  told: Pick<Finding, 'message' | 'fixes'>,
): Finding {
  const { file } = context.config;
  if (site.file === file) return { site, related, ...told };
  const name = site.file.slice(site.file.lastIndexOf('/') + 1);
  return {
    site: baseSite(context, site.file),
    message: `In ${name}: ${told.message.split('\n')[0]}`,
    related: [{ site, message: 'here' }, ...related],
  };
}

/** Where the base that leads there is named: its entry of `_base_`, or its import; else all of them. */
export function baseSite({ config: { file }, body, leads }: ConfigContext, there: string): Site {
  const name = there.slice(there.lastIndexOf('/') + 1);
  const stem = name.replace(/\.\w+$/, '');
  for (const statement of body(file) ?? []) {
    if (statement.kind === 'assign' && statement.targets.some(t => t.kind === 'name' && t.name === '_base_')) {
      const entries = strings(statement.value);
      const entry = entries.find(e => leads?.(e.text, there)) ?? entries.find(e => e.text.endsWith(`/${name}`) || e.text === name);
      return { file, ...(entry?.span ?? statement.value.span) };
    }
    if (statement.kind === 'with') {
      const entry = statement.body.find(s => s.kind === 'importFrom' && s.module.split('.').at(-1) === stem);
      return { file, ...(entry ?? statement.manager).span };
    }
  }
  return { file, start: 0, end: 0, line: 1 };
}

function strings(value: Expression): readonly { readonly text: string; readonly span: Span }[] {
  if (value.kind === 'constant' && typeof value.value === 'string') return [{ text: value.value, span: value.span }];
  return value.kind === 'list' || value.kind === 'tuple' ? value.items.flatMap(strings) : [];
}
