/** Runs rules over a context: adds codes and severities, drops what the user has silenced. */
import type { Settings } from '../project/settings.ts';
import { Lines } from '../text/lines.ts';
import { atBase } from './base-site.ts';
import { RULES } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ConfigContext, Finding, ModelContext, Rule } from './rule.ts';
import { isSuppressed } from './suppression.ts';

type Silenced = (finding: Finding, code: string) => boolean;

export function configDiagnostics(context: ConfigContext, severities: Settings['severities']): readonly Diagnostic[] {
  return RULES.flatMap(rule =>
    rule.needs === 'config' ? wanted(context, rule, severities, silencedIn(context), () => rule.check(context)) : [],
  );
}

/** With what the user has silenced: the model's rules must not tell it again in other words. */
export function configFindings(context: ConfigContext): readonly Diagnostic[] {
  return RULES.flatMap(rule =>
    rule.needs === 'config'
      ? wanted(
          context,
          rule,
          {},
          () => false,
          () => rule.check(context),
        )
      : [],
  );
}

export function modelDiagnostics(context: ModelContext, severities: Settings['severities']): readonly Diagnostic[] {
  return RULES.flatMap(rule => {
    const check = rule.needs === 'model' ? () => rule.check(context) : rule.checkModel && (() => rule.checkModel?.(context) ?? []);
    return check ? wanted(context, rule, severities, silencedIn(context), check) : [];
  });
}

function wanted(
  context: ConfigContext,
  rule: Rule,
  severities: Settings['severities'],
  silenced: Silenced,
  check: () => readonly Finding[],
): readonly Diagnostic[] {
  const set = severities[rule.code];
  if (set === 'off') return [];
  return check()
    .map(finding => atBase(context, finding))
    .filter(finding => !silenced(finding, rule.code))
    .map(({ site, message, related = [], fixes = [], severity = rule.severity }) => ({
      code: rule.code,
      severity: set ?? severity,
      message,
      site,
      related,
      fixes,
    }));
}

function silencedIn(context: ConfigContext): Silenced {
  const known = new Map<string, Lines>();
  return ({ site }, code) => {
    let lines = known.get(site.file);
    if (!lines) known.set(site.file, (lines = new Lines(context.text(site.file) ?? '')));
    return isSuppressed(lines, site.start, code);
  };
}
