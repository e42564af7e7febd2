/** What mmengine would fail with, as a rule: the place, mmengine's own sentence last, and a clearer one before it where there is one. */
import type { ConfigProblem, ConfigProblemKind } from '../config/resolved.ts';
import { baseSite } from './base-site.ts';
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
