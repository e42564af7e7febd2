/** Where a rule of the config tells what the build ends with, the fixes that were proven by runs are offered there. */
import { originAt } from '../../config/origins.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { ModelContext } from '../rule.ts';
import { inModel } from './blame.ts';
import { provenFixes } from './proven.ts';
import { OF_REGISTRIES } from './steps.ts';

/** `told`: with the fixes of their own that are right. Those that were proven come first where none of them makes the model right by itself. */
export function withProvenFixes(
  context: ModelContext,
  told: readonly Diagnostic[],
  isRight: (own: Diagnostic) => boolean,
): readonly Diagnostic[] {
  const it = toldOfBuild(context, told);
  if (!it || isRight(it)) return told;
  const proven = provenFixes(context),
    own = it.fixes.filter(fix => !proven.some(other => JSON.stringify(other.edits) === JSON.stringify(fix.edits)));
  const hasPreferred = proven.some(fix => fix.preferred);
  const fixes = [...proven, ...own.map(fix => (hasPreferred ? { ...fix, preferred: false } : fix))];
  return told.map(one => (one === it ? { ...one, fixes } : one));
}

/** The error that is told at what the build is blamed on. */
function toldOfBuild({ config, verdict }: ModelContext, told: readonly Diagnostic[]): Diagnostic | undefined {
  const [failed] = verdict.mismatches;
  if (verdict.stage !== 'build' || !failed) return undefined;
  const sites = failed.blame.map(inModel).flatMap(path => {
    const origin = originAt(config, path);
    return origin ? [origin.value, origin.key] : [];
  });
  const errors = told.filter(({ severity, code }) => severity === 'error' && OF_REGISTRIES.has(code));
  return errors.find(({ site }) => sites.some(s => s.file === site.file && s.start <= site.start && site.end <= s.end));
}
