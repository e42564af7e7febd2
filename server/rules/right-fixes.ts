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
  const modelWith = ({ code }: Diagnostic, fix: Fix): ModelWith | null => {
    const after = tried(fix);
    if (!after || (before.ok && !after.ok) || after.model === 'wrong' || after.model === 'elsewhere') return null;
    if (fix.mustRun && after.model !== 'right' && after.model !== fix.mustRun) return null;
    const [was, is] = [countsOf(before.found), countsOf(after.found)];
    if (!byModel && (is.get(code) ?? 0) >= (was.get(code) ?? 0)) return null;
    const isClean = (!byModel && BLINDING.has(code)) || [...is].every(([other, count]) => count <= (was.get(other) ?? 0));
    return isClean ? after.model : null;
  };
  return diagnostics.map(diagnostic => {
    if (!diagnostic.fixes.length) return diagnostic;
    const right = diagnostic.fixes.flatMap(fix => {
      const model = modelWith(diagnostic, fix);
      return model ? [{ fix, model }] : [];
    });
    const isRun = right.some(({ model }) => model === 'right');
    const kept = right
      .filter(({ model }) => !isRun || (model !== 'farther' && model !== 'failing'))
      .map(({ fix, model }): Fix => (model === 'right' ? { ...fix, ran: true } : fix));
    return { ...diagnostic, fixes: onePreferred(diagnostic.fixes, kept.slice(0, MOST_OFFERED)) };
  });
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
