/** Runs rules over a context: adds codes and severities, drops what the user has silenced. */
import type { Settings } from '../project/settings.ts';
import { Lines } from '../text/lines.ts';
import { atBase } from './base-site.ts';
import { RULES } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ConfigContext, Finding, ModelContext, Rule } from './rule.ts';
import { isSuppressed } from './suppression.ts';

/** All that these rules of the config find, what the user has silenced too: the model's rules must not tell it again in other words. */
export const configFindings = (context: ConfigContext, isAsked: (code: string) => boolean): readonly Diagnostic[] =>
  RULES.flatMap(rule => (rule.needs === 'config' && isAsked(rule.code) ? diagnostics(context, rule, rule.check(context)) : []));

export function modelDiagnostics(context: ModelContext, severities: Settings['severities']): readonly Diagnostic[] {
  const found = RULES.filter(rule => severities[rule.code] !== 'off').flatMap(rule =>
    diagnostics(context, rule, (rule.needs === 'model' ? rule.check(context) : rule.checkModel?.(context)) ?? []),
  );
  return wanted(context, found, severities);
}

const diagnostics = (context: ConfigContext, rule: Rule, findings: readonly Finding[]): readonly Diagnostic[] =>
  findings
    .map(finding => atBase(context, finding))
    .map(({ site, message, related = [], fixes = [], severity = rule.severity }) => ({
      code: rule.code,
      severity,
      message,
      site,
      related,
      fixes,
    }));

/** In the user's severities, without what is silenced. */
export function wanted(context: ConfigContext, found: readonly Diagnostic[], severities: Settings['severities']): readonly Diagnostic[] {
  const known = new Map<string, Lines>();
  const isSilenced = ({ site, code }: Diagnostic): boolean => {
    let lines = known.get(site.file);
    if (!lines) known.set(site.file, (lines = new Lines(context.text(site.file) ?? '')));
    return isSuppressed(lines, site.start, code);
  };
  return found.flatMap(diagnostic => {
    const severity = severities[diagnostic.code] ?? diagnostic.severity;
    return severity === 'off' || isSilenced(diagnostic) ? [] : [{ ...diagnostic, severity }];
  });
}
