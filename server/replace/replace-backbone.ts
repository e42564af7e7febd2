/** Puts another backbone under a config's neck and head, as MMYOLO's guide "Replace the backbone network" does by hand, and shows nothing that has not run. */
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';
import type { Edit } from '../rules/diagnostic.ts';
import type { Refused } from './backbone-type.ts';
import { type Chosen, chosenLevels, refused, type Wish } from './chosen-levels.ts';
import { editsInPlace } from './edits-in-place.ts';
import { fits, headsToFit, type PartChange, waysToFit } from './fit-parts.ts';
import { laid } from './laid.ts';
import type { Level } from './levels.ts';
import { type Override, overrideText } from './override-text.ts';
import { wholeRows } from './whole-rows.ts';

export interface Replaced {
  readonly kind: 'replaced';
  /** A config of its own, with the given one as its base; beside it. */
  readonly file: string;
  readonly text: string;
  /** The same as edits of the config itself; null where its form does not allow them, or they do not run. */
  readonly edits: readonly Edit[] | null;
  /** The levels that were chosen, finest first. */
  readonly levels: readonly Level[];
  /** What is to be thought of besides, a sentence each. */
  readonly notes: readonly string[];
  /** Of the model as it was written. */
  readonly verdict: Verdict;
}
export type Replacement = Replaced | Refused;

/** Each costs runs of the whole model. */
const MOST_CHOICES = 3;

export function replaceBackbone(project: Project, wish: Wish): Replacement {
  const chosen = chosenLevels(project, wish);
  if (chosen.kind === 'refused') return chosen;
  let last: Verdict | null = null;
  for (const { levels, draft } of chosen.choices.slice(0, MOST_CHOICES)) {
    const fitted = fittedTo(project, chosen, draft, levels);
    if (fitted?.done)
      return {
        kind: 'replaced',
        file: chosen.file,
        text: overrideText(fitted.done),
        edits: editsInPlace(project, chosen.config, fitted.done),
        levels,
        notes: fitted.done.notes,
        verdict: fitted.verdict,
      };
    last ??= fitted?.verdict ?? null;
  }
  return refused(whyNot(chosen, wish.type, last));
}

interface Fitted {
  /** Null: no way of telling neck and head made it run; then the verdict is the last one's. */
  readonly done: Override | null;
  readonly verdict: Verdict;
}

/** Tries what neck and head may be told, and answers with the first that runs. */
function fittedTo(project: Project, { config, file }: Chosen, draft: Override, levels: readonly Level[]): Fitted | null {
  let last: Fitted | null = null;
  const telling = (parts: readonly PartChange[]): Override => ({ ...draft, parts, rows: wholeRows(config, parts) });
  for (const way of waysToFit(
    config,
    levels.map(l => l.channels),
  )) {
    const first = run(project, file, telling(way));
    if (!first) continue;
    last = { done: null, verdict: first.verdict };
    if (fits(first.config, first.verdict)) return { done: telling(way), verdict: first.verdict };
    const heads = headsToFit(first.config, first.verdict);
    if (!heads.length) continue;
    const parts = [...way.filter(p => !heads.some(h => same(h, p))), ...heads];
    const second = run(project, file, telling(parts));
    if (second && fits(second.config, second.verdict)) return { done: telling(parts), verdict: second.verdict };
  }
  return last;
}

function whyNot({ choices }: Chosen, type: string, last: Verdict | null): string {
  const why = last?.unknown ?? (last?.error?.message || (last?.error?.source ?? last?.error?.type ?? ''));
  if (last?.ok === null) return `whether ${type} fits is not known: ${why}`;
  const odd = choices[0]?.levels.map(l => l.channels).filter(c => c % EIGHTS !== 0) ?? [];
  const [mismatch] = last?.mismatches ?? [];
  if (odd.length && mismatch?.kind === 'channels' && (mismatch.expected ?? 1) % EIGHTS === 0)
    return `no channels were found with which neck and head take ${type}: it gives ${odd.join(', ')}, and the neck rounds its widths to multiples of ${EIGHTS} (${why})`;
  return `no channels were found with which neck and head take ${type}${why ? `: ${why}` : ''}`;
}
/** What `make_divisible` rounds widths to, in MMYOLO's necks. */
const EIGHTS = 8;

const same = (a: PartChange, b: PartChange): boolean => a.path.join() === b.path.join();

function run(project: Project, file: string, draft: Override): { readonly config: ResolvedConfig; readonly verdict: Verdict } | null {
  return laid(project, file, overrideText(draft), config => {
    const verdict = config.ok ? project.models?.verdict({ config }) : null;
    return verdict ? { config, verdict } : null;
  });
}
