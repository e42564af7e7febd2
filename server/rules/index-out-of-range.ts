/** A stage or a level that there is not: `out_indices`, `frozen_stages`, `in_index`. */

import { distinct } from './distinct.ts';
import { provenFixes } from './fit/proven.ts';
import { refusalFinding, refusals } from './fit/refusals.ts';
import type { ModelRule } from './rule.ts';

export const indexOutOfRange: ModelRule = {
  code: 'index-out-of-range',
  severity: 'error',
  summary: 'a stage or a level that there is not',
  needs: 'model',
  check: context =>
    distinct(
      refusals(context)
        .filter(({ kind }) => kind === 'index')
        .map(refusal => ({
          ...refusalFinding(context, refusal, (name, value) => `${name} names what is not there: ${value}`),
          fixes: refusal.mismatch ? provenFixes(context) : [],
        })),
    ),
};
