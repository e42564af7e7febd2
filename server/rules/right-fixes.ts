/** Fixes that were tried: the edits are laid over the files, the config is read and checked again, and only what leaves nothing new to complain of is offered. */
import type { Diagnostic, Edit, Fix } from './diagnostic.ts';

/** What the rules of the config find with some edits made. */
export interface Attempt {
  /** Whether mmengine would read it to its end. */
  readonly ok: boolean;
  readonly found: readonly Diagnostic[];
  /** Whether a model that ran fails, where the edits change the model. */
  readonly breaksModel?: boolean;
  /** Whether the model runs with the edits, or comes farther; told where it was asked for. */
  readonly runs?: boolean;
}

/**
 * What stood in the way of other rules: with it gone, they find what was there all along, and that is no fault of the fix. Of its own code nothing new may come all the same.
 */
const BLINDING = new Set([
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

/**
 * `before`: all that the rules of the config find as it is. `byModel`: the diagnostics are those of a run, whose fixes end what only a run can tell. Each different set of
 * edits is tried once.
 */
export function withRightFixes(
  diagnostics: readonly Diagnostic[],
  before: Attempt,
  byModel: boolean,
  attempt: (edits: readonly Edit[], mustRun: boolean) => Attempt | null,
): readonly Diagnostic[] {
  const known = new Map<string, Attempt | null>();
  const tried = (edits: readonly Edit[], mustRun: boolean): Attempt | null => {
    const key = JSON.stringify([edits, mustRun]);
    const after = known.get(key);
    if (after !== undefined) return after;
    const fresh = attempt(edits, mustRun);
    known.set(key, fresh);
    return fresh;
  };
  const isRight = ({ code }: Diagnostic, { edits, mustRun = false }: Fix): boolean => {
    const after = tried(edits, mustRun);
    if (!after || (before.ok && !after.ok) || after.breaksModel || (mustRun && !after.runs)) return false;
    const [was, is] = [countsOf(before.found), countsOf(after.found)];
    const own = is.get(code) ?? 0;
    if (!byModel && own >= (was.get(code) ?? 0)) return false;
    return (!byModel && BLINDING.has(code)) || [...is].every(([other, count]) => count <= (was.get(other) ?? 0));
  };
  return diagnostics.map(diagnostic => {
    const fixes = diagnostic.fixes.filter(fix => isRight(diagnostic, fix));
    return fixes.length === diagnostic.fixes.length ? diagnostic : { ...diagnostic, fixes };
  });
}

function countsOf(found: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of found) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
