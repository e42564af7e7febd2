/** Fixes that were tried: the edits are laid over the files, the config is read and checked again, the model is run where they change it, and only what leaves nothing new to complain of is offered. */
import type { Diagnostic, Fix } from './diagnostic.ts';

/** What the rules of the config find with some edits made. */
export interface Attempt {
  /** Whether mmengine would read it to its end. */
  readonly ok: boolean;
  readonly found: readonly Diagnostic[];
  readonly model: ModelWith;
}
/**
 * How the model runs with the edits: `same`, they change nothing of it; `right`; `farther`, what it failed with is gone and something else is left; `failing`, as before; `wrong`; `unknown`, it
 * cannot be run here at all; `elsewhere`, models are run by another thread, which offers the fix.
 */
export type ModelWith = 'same' | 'right' | 'farther' | 'failing' | 'wrong' | 'unknown' | 'elsewhere';

/**
 * What stood in the way of other rules: with it gone, they find what was there all along, and that is no fault of the fix. Of its own code nothing new may come all the same.
 */
export const BLINDING: ReadonlySet<string> = new Set([
  'syntax-error',
  'base-not-found',
  'base-cycle',
  'undefined-name',
  'merge-type-conflict',
  'evaluation-error',
  'import-not-found',
  'lazy-imports-not-found',
  'unknown-type',
  'type-needs-import',
  'type-wrong-place',
  'unused-override',
  'shadowed-pipeline',
  'old-version-key',
]);

/** Each is a config read anew, and a run where the model changes. */
const MOST_TRIED = 40;
const MOST_OFFERED = 4;

/**
 * `before`: all that the rules of the config find as it is. `byModel`: the diagnostics are those of a run, whose fixes end what only a run can tell. Each different set of
 * edits is tried once. Of the fixes of one diagnostic those that make the model right come without those that only come farther.
 */
export function withRightFixes(
  diagnostics: readonly Diagnostic[],
  before: Pick<Attempt, 'ok' | 'found'>,
  byModel: boolean,
  attempt: (fix: Fix) => Attempt | null,
): readonly Diagnostic[] {
  const known = new Map<string, Attempt | null>();
  const tried = (fix: Fix): Attempt | null => {
    const key = JSON.stringify(fix.edits);
    const after = known.get(key);
    if (after !== undefined) return after;
    const fresh = known.size < MOST_TRIED ? attempt(fix) : null;
    known.set(key, fresh);
    return fresh;
  };
  /** Null: not right. */
  const rightBy = ({ code, severity }: Diagnostic, fix: Fix): Right | null => {
    const after = tried(fix);
    if (!after || (before.ok && !after.ok) || after.model === 'wrong' || after.model === 'elsewhere') return null;
    if (fix.mustRun && after.model !== 'right' && after.model !== fix.mustRun) return null;
    const count = (all: readonly Diagnostic[]): number => all.filter(one => one.code === code).length;
    if (!byModel && count(after.found) >= count(before.found)) return null;
    const { model } = after;
    if (!byModel && BLINDING.has(code)) return { fix, model, isClean: true };
    if (!isNoMore(before.found.filter(isGrave), after.found.filter(isGrave))) return null;
    const isClean = isNoMore(before.found, after.found);
    // What is wrong may cost a hint; one hint for another is nothing won.
    return isClean || isGrave({ severity }) ? { fix, model, isClean } : null;
  };
  return diagnostics.map(diagnostic => {
    if (!diagnostic.fixes.length) return diagnostic;
    const right = diagnostic.fixes.flatMap(fix => rightBy(diagnostic, fix) ?? []);
    const isClean = right.some(one => one.isClean);
    const isRun = right.some(one => one.model === 'right' && one.isClean === isClean);
    const kept = right
      .filter(one => one.isClean === isClean && (!isRun || (one.model !== 'farther' && one.model !== 'failing')))
      .map(({ fix, model }): Fix => (model === 'right' ? { ...fix, ran: true } : fix));
    return { ...diagnostic, fixes: onePreferred(diagnostic.fixes, kept.slice(0, MOST_OFFERED)) };
  });
}

interface Right {
  readonly fix: Fix;
  readonly model: ModelWith;
  /** Whether it leaves nothing new at all; else a hint comes, and it is offered only where there is no better one. */
  readonly isClean: boolean;
}

const isGrave = ({ severity }: Pick<Diagnostic, 'severity'>): boolean => severity === 'error' || severity === 'warning';

/** Of no code are there more. */
function isNoMore(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  const [was, is] = [countsOf(before), countsOf(after)];
  return [...is].every(([code, count]) => count <= (was.get(code) ?? 0));
}

/** Where the one that was is none any more, the next takes its place. */
function onePreferred(before: readonly Fix[], after: readonly Fix[]): readonly Fix[] {
  const isLost = before.some(fix => fix.preferred) && !after.some(fix => fix.preferred);
  return isLost ? after.map((fix, i) => ({ ...fix, preferred: i === 0 })) : after;
}

function countsOf(found: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of found) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
