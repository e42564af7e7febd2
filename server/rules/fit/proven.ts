/** Fixes that were tried: the config is edited, resolved and run again, and only what helps is offered. */
import { originAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import type { Mismatch, Verdict } from '../../model/verdict.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Edit, Fix } from '../diagnostic.ts';
import type { ModelContext, Proof } from '../rule.ts';
import { type Candidate, candidates, furtherCandidates, lastCandidates } from './candidates.ts';
import { giverOf, stridesFit } from './declared-strides.ts';
import { editsFor, editsInBase } from './edits.ts';
import { ownCandidates } from './number-candidates.ts';
import { sideOf } from './sides.ts';
import { takenBack } from './take-back.ts';

/** Each proof costs a run of the model. */
const MOST_TRIED = 8;
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
      after = edits?.length ? context.prove(edits)?.verdict : undefined;
    if (!edits || !after || !fewer(verdict, after) || after.mismatches.some(m => m.blame[0] === mismatch.blame[0])) return [];
    return [{ title: `${title}: ${counted(after.mismatches.length)} left`, edits, preferred: false }];
  });
}

/** What the likeliest fix that makes all right changes is what is wrong; empty where there is none. */
export function provenCauses(context: ModelContext): readonly ConfigPath[] {
  const [first] = proven(context);
  return first?.whole ? first.paths : [];
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
  const seen = new Set<string>(),
    done = new Set<string>();
  for (const likely of [candidates, lastCandidates]) {
    if (whole.length) break;
    const waiting = [...likely(config, verdict)];
    for (let candidate = waiting.shift(); candidate && tried < MOST_TRIED && whole.length < MOST_OFFERED; candidate = waiting.shift()) {
      const { changes, one } = candidate;
      if (one !== undefined && done.has(one)) continue;
      for (const { edits, title } of waysToWrite(context, text, body, candidate)) {
        if (seen.has(JSON.stringify(edits))) continue;
        seen.add(JSON.stringify(edits));
        tried++;
        const proof = context.prove(edits);
        if (!proof) continue;
        const after = proof.verdict;
        if (fits(proof)) {
          if (one !== undefined) done.add(one);
          const says = isByTable(after) ? 'the neck fits' : 'every level fits';
          whole.push({
            fix: { title: `${title}: ${says}`, edits, preferred: whole.length === 0 },
            whole: true,
            paths: changes.map(({ path }) => path),
          });
        } else {
          if (fewer(verdict, after) || isBuilt(verdict, after))
            partial.push({
              fix: {
                title: `${title}: ${isBuilt(verdict, after) ? 'it can be built, ' : ''}${counted(after.mismatches.length)} left`,
                edits,
                preferred: false,
              },
              whole: false,
              paths: changes.map(({ path }) => path),
            });
          // The right levels have other channels, which are known only now.
          if (edits[0]?.file === config.file) waiting.push(...furtherCandidates(config, candidate, after));
        }
      }
    }
  }
  // A nearby value is a guess, and may bring what else is complained of: it can be left out as well.
  const back = !whole.length || done.size ? backToRight(context, text, !whole.length) : [];
  return (whole.length ? [...whole.slice(0, MOST_OFFERED - back.length), ...back] : back.length ? back : partial).slice(0, MOST_OFFERED);
}

/** What this file says is refused or does not fit, and all is right without it. */
function backToRight(context: ModelContext, text: string, preferred: boolean): readonly Proven[] {
  for (const { path, title, edit } of takenBack(context.config, context.verdict, text)) {
    const proof = context.prove([edit]);
    if (!proof || !fits(proof)) continue;
    const says = isByTable(proof.verdict) ? 'the neck fits' : 'every level fits';
    return [{ fix: { title: `${title}: ${says}`, edits: [edit], preferred }, whole: true, paths: [path] }];
  }
  return [];
}

/** In the open file; and first in a base of the user's own, where this file says nothing of the model: what it changes is its own affair. */
function waysToWrite(
  { config, text: textOf, isOwn }: ModelContext,
  text: string,
  body: Block,
  { changes, title }: Candidate,
): readonly { readonly edits: readonly Edit[]; readonly title: string }[] {
  const here = editsFor(config, text, body, changes),
    there = isOwn && !saysOf(config, 'model') ? editsInBase(config, changes, isOwn, textOf) : null;
  return [
    ...(there?.length ? [{ edits: there, title: `${title} in ${there[0]?.file.split('/').at(-1) ?? 'the base'}` }] : []),
    ...(here?.length ? [{ edits: here, title }] : []),
  ];
}

/** Whether anything that is written under a key is this file's. */
function saysOf(config: ResolvedConfig, key: string): boolean {
  const origin = originAt(config, [key]);
  return origin?.key.file === config.file || origin?.value.file === config.file;
}

/** Nothing is left to complain of, and the levels are those that the head was told. */
function fits({ config, verdict: after }: Proof): boolean {
  if (after.mismatches.length || !(after.ok === true || isByTable(after))) return false;
  const giver = isByTable(after) ? sideOf(after, 'backbone') : giverOf(config, after);
  return !giver?.strides.length || stridesFit(config, giver.strides);
}

/** Without sources only the neck's inputs are looked at, and they fit. */
const isByTable = (after: Verdict): boolean => after.from === 'table' && after.ok === null && sideOf(after, 'backbone') !== undefined;

/** Of a build that failed only the first is known: what comes to its run has gone farther. */
const isBuilt = (before: Verdict, after: Verdict): boolean =>
  before.stage === 'build' && after.stage === 'forward' && after.ok === false && after.mismatches.length > 0;
const fewer = (before: Verdict, after: Verdict): boolean =>
  after.ok === false && after.mismatches.length > 0 && after.mismatches.length < before.mismatches.length;
const counted = (count: number): string => `${count} ${count === 1 ? 'mismatch' : 'mismatches'}`;
