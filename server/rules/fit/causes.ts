/** What to mark for a mismatch: what was proven to make all right when it is changed, else what the run itself blames. */

import { numberFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import type { Mismatch } from '../../model/verdict.ts';
import { isScaled } from '../../model/widths.ts';
import type { ModelContext } from '../rule.ts';
import { inModel } from './blame.ts';
import { provenCauses } from './proven.ts';
import { channelsOf, sideOf } from './sides.ts';

/** Mismatches with what is to be marked for each. Those that go with another's cause are consequences, and are not told. */
export function causesOf(context: ModelContext, mismatches: readonly Mismatch[]): readonly Blamed[] {
  const causes = provenCauses(context);
  const all = mismatches.map(mismatch => ({ mismatch, paths: blamed(context, mismatch) }));
  if (!causes.length) return behindAll(context, all);
  const isCause = (path: ConfigPath): boolean => causes.some(cause => isWithin(path, cause));
  const direct = all.filter(({ paths }) => paths[0] && isCause(paths[0]));
  return (direct.length ? direct : all).map(({ mismatch, paths }) => {
    const named = paths.filter(isCause);
    return { mismatch, paths: named.length ? named : causes };
  });
}

interface Blamed {
  readonly mismatch: Mismatch;
  readonly paths: readonly ConfigPath[];
}

/**
 * Where nothing was proven: what several mismatches share is likelier than what each has by itself. A number comes before a factor; a factor where each number that
 * it scales is what comes in, so that the rounding alone makes them differ.
 */
function behindAll({ config, verdict }: ModelContext, all: readonly Blamed[]): readonly Blamed[] {
  const known = all.filter(({ paths }) => paths.some(path => numberFrom(valueAt(config, path)) !== undefined));
  if (known.length < 2) return all;
  const shared = (known[0]?.paths ?? []).filter(
    path => numberFrom(valueAt(config, path)) !== undefined && known.every(({ paths }) => paths.some(p => isSame(p, path))),
  );
  const number = shared.find(path => !isFactor(path)),
    factor = shared.find(isFactor);
  const given = channelsOf(sideOf(verdict, 'backbone'));
  const areScaledRight = known.every(({ paths: [first] }) => {
    const at = first?.at(-1),
      declared = first && numberFrom(valueAt(config, first)),
      width = factor && numberFrom(valueAt(config, factor));
    if (typeof at !== 'number' || first?.at(-2) !== 'in_channels' || declared === undefined || width === undefined) return true;
    return isScaled(declared * width, given[at]);
  });
  const cause = number ?? (factor && areScaledRight ? factor : undefined);
  return cause ? known.map(({ mismatch, paths }) => ({ mismatch, paths: [cause, ...paths.filter(p => !isSame(p, cause))] })) : all;
}
const isFactor = (path: ConfigPath): boolean => /(?:^|_)factor$/.test(String(path.at(-1)));
const isSame = (a: ConfigPath, b: ConfigPath): boolean => a.length === b.length && isWithin(a, b);

/** A factor of 1 changes nothing, and is not to blame. */
function blamed({ config }: ModelContext, mismatch: Mismatch): readonly ConfigPath[] {
  return mismatch.blame.map(inModel).filter(path => !(path.at(-1) === 'widen_factor' && numberFrom(valueAt(config, path)) === 1));
}

const isWithin = (path: ConfigPath, outer: ConfigPath): boolean => outer.every((step, i) => step === path[i]);
