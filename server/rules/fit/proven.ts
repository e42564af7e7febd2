/** Fixes that were tried: the config is edited, resolved and run again, and only what helps is offered. */
import type { ConfigPath } from '../../config/resolved.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Fix } from '../diagnostic.ts';
import type { ModelContext, Proof } from '../rule.ts';
import { candidates, furtherCandidates, lastCandidates } from './candidates.ts';
import { giverOf, stridesFit } from './declared-strides.ts';
import { type Change, editsFor } from './edits.ts';
import { sideOf } from './sides.ts';

/** Each proof costs a run of the model. */
const MOST_TRIED = 8;
const MOST_OFFERED = 3;

/** Several rules ask for the fixes of one context; the model is run again once for them all. */
const known = new WeakMap<ModelContext, readonly Proven[]>();

export interface Proven {
  readonly fix: Fix;
  /** Whether nothing is left to complain of. */
  readonly whole: boolean;
  readonly changes: readonly Change[];
}

export const provenFixes = (context: ModelContext): readonly Fix[] => proven(context).map(p => p.fix);

/** What the likeliest fix that makes all right changes is what is wrong; empty where there is none. */
export function provenCauses(context: ModelContext): readonly ConfigPath[] {
  const [first] = proven(context);
  return first?.whole ? first.changes.map(change => change.path) : [];
}

function proven(context: ModelContext): readonly Proven[] {
  const before = known.get(context);
  if (before) return before;
  const fixes = find(context);
  known.set(context, fixes);
  return fixes;
}

function find(context: ModelContext): readonly Proven[] {
  const { config, verdict } = context;
  const text = context.text(config.file);
  const body: Block | null = context.body(config.file);
  if (text === null || !body) return [];
  const whole: Proven[] = [];
  const partial: Proven[] = [];
  let tried = 0;
  /** One literal may be several values. */
  const seen = new Set<string>();
  for (const likely of [candidates, lastCandidates]) {
    if (whole.length) break;
    const waiting = [...likely(config, verdict)];
    for (let candidate = waiting.shift(); candidate && tried < MOST_TRIED && whole.length < MOST_OFFERED; candidate = waiting.shift()) {
      const { changes, title } = candidate;
      const edits = editsFor(config, text, body, changes);
      if (!edits?.length || seen.has(JSON.stringify(edits))) continue;
      seen.add(JSON.stringify(edits));
      tried++;
      const proof = context.prove(edits);
      if (!proof) continue;
      const after = proof.verdict;
      if (fits(proof)) {
        const says = isByTable(after) ? 'the neck fits' : 'every level fits';
        whole.push({ fix: { title: `${title}: ${says}`, edits, preferred: whole.length === 0 }, whole: true, changes });
      } else {
        if (fewer(verdict, after))
          partial.push({
            fix: { title: `${title}: ${counted(after.mismatches.length)} left`, edits, preferred: false },
            whole: false,
            changes,
          });
        // The right levels have other channels, which are known only now.
        waiting.push(...furtherCandidates(config, candidate, after));
      }
    }
  }
  return (whole.length ? whole : partial).slice(0, MOST_OFFERED);
}

/** Nothing is left to complain of, and the levels are those that the head was told. */
function fits({ config, verdict: after }: Proof): boolean {
  if (after.mismatches.length || !(after.ok === true || isByTable(after))) return false;
  const giver = isByTable(after) ? sideOf(after, 'backbone') : giverOf(config, after);
  return !giver?.strides.length || stridesFit(config, giver.strides);
}

/** Without sources only the neck's inputs are looked at, and they fit. */
const isByTable = (after: Verdict): boolean => after.from === 'table' && after.ok === null && sideOf(after, 'backbone') !== undefined;

const fewer = (before: Verdict, after: Verdict): boolean =>
  after.ok === false && after.mismatches.length > 0 && after.mismatches.length < before.mismatches.length;
const counted = (count: number): string => `${count} ${count === 1 ? 'mismatch' : 'mismatches'}`;
