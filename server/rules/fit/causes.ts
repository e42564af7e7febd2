/** What to mark for a mismatch: what was proven to make all right when it is changed, else what the run itself blames. */
import { valueAt } from '../../config/origins.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import type { Mismatch } from '../../model/verdict.ts';
import type { ModelContext } from '../rule.ts';
import { inModel } from './blame.ts';
import { numberFrom } from './plain.ts';
import { provenCauses } from './proven.ts';

/** Mismatches with what is to be marked for each. Those that go with another's cause are consequences, and are not told. */
export function causesOf(
  context: ModelContext,
  mismatches: readonly Mismatch[],
): readonly { readonly mismatch: Mismatch; readonly paths: readonly ConfigPath[] }[] {
  const causes = provenCauses(context);
  const all = mismatches.map(mismatch => ({ mismatch, paths: blamed(context, mismatch) }));
  if (!causes.length) return all;
  const isCause = (path: ConfigPath): boolean => causes.some(cause => isWithin(path, cause));
  const direct = all.filter(({ paths }) => paths[0] && isCause(paths[0]));
  return (direct.length ? direct : all).map(({ mismatch, paths }) => {
    const named = paths.filter(isCause);
    return { mismatch, paths: named.length ? named : causes };
  });
}

/** A factor of 1 changes nothing, and is not to blame. */
function blamed({ config }: ModelContext, mismatch: Mismatch): readonly ConfigPath[] {
  return mismatch.blame.map(inModel).filter(path => !(path.at(-1) === 'widen_factor' && numberFrom(valueAt(config, path)) === 1));
}

const isWithin = (path: ConfigPath, outer: ConfigPath): boolean => outer.every((step, i) => step === path[i]);
