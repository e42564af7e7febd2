/** Fixes that were tried: the config is edited, resolved and run again, and only what helps is offered. */
import type { ConfigPath } from '../../config/resolved.ts';
import type { Mismatch } from '../../model/verdict.ts';
import type { Fix } from '../diagnostic.ts';
import { followedBy } from '../followed-by.ts';
import type { ModelContext, Proof } from '../rule.ts';
import { furtherCandidates } from './candidates.ts';
import { editsFor } from './edits.ts';
import { ownCandidates } from './number-candidates.ts';
import { fits, isByTable, leftAfter, progress } from './progress.ts';
import { laterSteps, likelySteps, type Step, strideSteps, written } from './steps.ts';
import { takenBack, typesBack } from './take-back.ts';

/** Each proof costs a run of the model. */
const MOST_TRIED = 8;
/** Of what goes on from a step that helped, all together. */
const MOST_AFTER = 16;
const MOST_CHOSEN = 3;
/** One fix is so many steps at most. */
const MOST_STEPS = 4;
const MOST_OFFERED = 3;

/** Several rules ask for the fixes of one context; the model is run again once for them all. */
const known = new WeakMap<ModelContext, readonly Proven[]>();

export interface Proven {
  readonly fix: Fix;
  /** Whether nothing is left to complain of. */
  readonly whole: boolean;
  /** What it changes, or takes out. */
  readonly paths: readonly ConfigPath[];
}

export const provenFixes = (context: ModelContext): readonly Fix[] => proven(context).map(p => p.fix);

/** Where several things do not fit, what makes one of them right and leaves the others. */
export function ownFixes(context: ModelContext, mismatch: Mismatch): readonly Fix[] {
  const { config, verdict } = context;
  const text = context.text(config.file),
    body = context.body(config.file);
  if (text === null || !body || verdict.mismatches.length < 2) return [];
  return ownCandidates(config, mismatch).flatMap(({ changes, title }): Fix[] => {
    const edits = editsFor(config, text, body, changes),
      after = edits?.length ? context.prove(edits) : null;
    if (!edits || !after || progress(context, after, edits) !== 'farther') return [];
    if (after.verdict.mismatches.some(m => m.blame[0] === mismatch.blame[0])) return [];
    return [{ title: `${title}: ${leftAfter(verdict, after.verdict)}`, edits, preferred: false, ran: true }];
  });
}

/** What the likeliest fix that makes all right changes is what is wrong; empty where there is none. */
export const provenCauses = (context: ModelContext): readonly ConfigPath[] => context.causes ?? causesIn(proven(context));

/** The same where it was asked for before; null: it was not. */
export function knownCauses(context: ModelContext): readonly ConfigPath[] | null {
  const before = known.get(context);
  return before ? causesIn(before) : null;
}

const causesIn = ([first]: readonly Proven[]): readonly ConfigPath[] => (first?.whole ? first.paths : []);

function proven(context: ModelContext): readonly Proven[] {
  const before = known.get(context);
  if (before) return before;
  const fixes = find(context);
  known.set(context, fixes);
  return fixes;
}

/** A step that was made, and what became of the config. */
interface Made {
  readonly step: Step;
  readonly after: Proof;
}
interface Round {
  /** After which all is right. */
  readonly whole: readonly Made[];
  readonly farther: readonly Made[];
  /** Of steps of which one is as good as another, whether one did. */
  readonly isGuess: boolean;
}

function find(context: ModelContext): readonly Proven[] {
  const text = context.text(context.config.file),
    body = context.body(context.config.file);
  if (text === null || !body) return [];
  const budget = { left: MOST_TRIED },
    seen = new Set<string>();
  let round = tryEach(context, likelySteps(context), budget, MOST_OFFERED, seen);
  if (!round.whole.length) round = joined(round, tryEach(context, strideSteps(context), budget, MOST_OFFERED, seen));
  // A nearby value is a guess, and may bring what else is complained of: it can be left out as well.
  const back = !round.whole.length || round.isGuess ? tryEach(context, takenBack(context, text), { left: MOST_TRIED }, 1, seen) : NOTHING;
  const whole = [...round.whole.slice(0, MOST_OFFERED - back.whole.length), ...back.whole];
  if (whole.length) return whole.map((made, i) => asFix(context, made, i === 0));
  const further = { left: MOST_AFTER },
    first = joined(joined(round, back), tryEach(context, laterSteps(context), further, 1, seen));
  if (first.whole.length) return first.whole.map(made => asFix(context, made, true));
  const chain = stepsOn(first.farther, further);
  // What the user chose is not marked as what is wrong, nor undone unasked.
  const undone = chain ? null : (tryEach(context, typesBack(context, text), { left: MOST_CHOSEN }, 1).whole[0] ?? null);
  return [
    ...(chain ? [asFix(context, chain, true)] : []),
    ...(undone ? [{ ...asFix(context, undone, false), whole: false }] : []),
    // One after another, where the user wants to see each.
    ...first.farther.map(made => asFix(context, made, false)),
  ].slice(0, MOST_OFFERED);
}

const NOTHING: Round = { whole: [], farther: [], isGuess: false };
const joined = (a: Round, b: Round): Round => ({
  whole: [...a.whole, ...b.whole],
  farther: [...a.farther, ...b.farther],
  isGuess: a.isGuess || b.isGuess,
});

/** `seen`: edits that were tried before; one literal may be several values. */
function tryEach(at: Proof, steps: readonly Step[], budget: { left: number }, wanted: number, seen = new Set<string>()): Round {
  const whole: Made[] = [],
    farther: Made[] = [],
    done = new Set<string>();
  const waiting = [...steps];
  for (let step = waiting.shift(); step && budget.left > 0 && whole.length < wanted; step = waiting.shift()) {
    const key = JSON.stringify(step.edits);
    if (seen.has(key) || (step.one !== undefined && done.has(step.one))) continue;
    seen.add(key);
    budget.left--;
    const after = at.prove(step.edits);
    if (!after) continue;
    const how = progress(at, after, step.edits);
    if (how === 'right') {
      if (step.one !== undefined) done.add(step.one);
      whole.push({ step, after });
    } else {
      if (how === 'farther') farther.push({ step, after });
      // The right levels have other channels, which are known only now.
      waiting.push(...furtherOf(at, step, after));
    }
  }
  return { whole, farther, isGuess: done.size > 0 };
}

function furtherOf(at: Proof, { candidate, edits }: Step, after: Proof): readonly Step[] {
  const text = at.text(at.config.file),
    body = at.body(at.config.file);
  if (!candidate || text === null || !body || edits[0]?.file !== at.config.file) return [];
  return furtherCandidates(at.config, candidate, after.verdict).flatMap(further => written(at, text, body, further));
}

/** What makes all right when it follows a step that came farther, and what followed that; the first that is found. Null: nothing does. */
function stepsOn(first: readonly Made[], budget: { left: number }): Made | null {
  let waiting = inOrder(first);
  for (let steps = 1; steps < MOST_STEPS; steps++) {
    const next: Made[] = [];
    for (const made of waiting.slice(0, MOST_WAYS)) {
      const { whole, farther } = tryEach(made.after, [...likelySteps(made.after), ...laterSteps(made.after)], budget, 1);
      const [end] = whole;
      if (end) return follow(made, end);
      next.push(...farther.map(then => follow(made, then)));
    }
    waiting = inOrder(next);
  }
  return null;
}
const MOST_WAYS = 2;

/** Those that have come farthest first. */
const inOrder = (all: readonly Made[]): readonly Made[] => all.toSorted((a, b) => leftOf(a) - leftOf(b));
const leftOf = ({ after: { verdict } }: Made): number => (verdict.stage === 'build' ? 100 : 0) + verdict.mismatches.length;

function follow({ step: first }: Made, { step: then, after }: Made): Made {
  const title = `${first.title}, ${then.title[0]?.toLowerCase() ?? ''}${then.title.slice(1)}`;
  return { step: { title, edits: followedBy(first.edits, then.edits), paths: [...first.paths, ...then.paths] }, after };
}

function asFix(context: ModelContext, { step: { title, edits, paths }, after }: Made, preferred: boolean): Proven {
  const whole = fits(after),
    says = !whole ? leftAfter(context.verdict, after.verdict) : isByTable(after.verdict) ? 'the neck fits' : 'every level fits';
  return { fix: { title: `${title}: ${says}`, edits, preferred, ran: true }, whole, paths };
}
