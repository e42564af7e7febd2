/** How a run with edits went, beside the one without: whether all is right now, or what was complained of is gone and nothing new came. */
import { originAt, valueAt } from '../../config/origins.ts';
import type { ResolvedConfig } from '../../config/resolved.ts';
import type { Mismatch, Verdict } from '../../model/verdict.ts';
import { Dict } from '../../python/types/dict.ts';
import type { Edit } from '../diagnostic.ts';
import { inModel } from './blame.ts';
import { giverOf, stridesFit } from './declared-strides.ts';
import { sideOf } from './sides.ts';

/** `same`: it fails as before. */
export type Progress = 'right' | 'farther' | 'same' | 'none';

/** What was run, and how it ended. */
export interface Ran {
  readonly config: ResolvedConfig;
  readonly verdict: Verdict;
}

/** `edits`: what made the one of the other. */
export function progress(before: Ran, after: Ran, edits: readonly Edit[]): Progress {
  if (fits(after)) return 'right';
  const was = before.verdict,
    is = after.verdict;
  if (was.ok !== false || (is.ok !== true && !RAN.has(is.stage ?? ''))) return 'none';
  // It runs, and its strides alone are told otherwise; or what it fails with now is of its run.
  if (is.ok === true || (was.stage === 'build' && is.stage === 'forward')) return 'farther';
  if (is.ok === null || was.stage !== is.stage) return 'none';
  const [first, now] = [was, is].map(({ mismatches: [one] }) => one && keyOf(one));
  if (first === now && was.mismatches.length === is.mismatches.length) return 'same';
  return (was.stage === 'build' ? isBuiltFarther : isRunFarther)(before, after, edits) ? 'farther' : 'none';
}
const RAN = new Set(['build', 'forward']);

/** Nothing is left to complain of, and the levels are those that the head was told. */
export function fits({ config, verdict }: Ran): boolean {
  if (verdict.mismatches.length || !(verdict.ok === true || isByTable(verdict))) return false;
  const giver = isByTable(verdict) ? sideOf(verdict, 'backbone') : giverOf(config, verdict);
  return !giver?.strides.length || stridesFit(config, giver.strides);
}

/** Without sources only the neck's inputs are looked at, and they fit. */
export const isByTable = (after: Verdict): boolean =>
  after.from === 'table' && after.ok === null && sideOf(after, 'backbone') !== undefined;

/** Of a build that fails only the first complaint is known: another one, of what is built later or of what was not edited. */
function isBuiltFarther(before: Ran, after: Ran, edits: readonly Edit[]): boolean {
  const [was] = before.verdict.mismatches,
    [is] = after.verdict.mismatches;
  if (!was || !is) return false;
  const [from, to] = [was, is].map(orderOf);
  if (from !== undefined && to !== undefined && to < from) return false;
  // A part's own constructor is called before anything is built within it, and the model's before all.
  const isAround = is.error.where === null ? is.error.class === was.error.class : was.error.where?.startsWith(`${is.error.where}.`);
  if (isAround && OF_THE_CALL.test(is.error.message) && !OF_THE_CALL.test(was.error.message)) return false;
  // Of one part: what a call is given is told name by name; of values, another complaint is as likely to come of the edit.
  if (was.error.where === is.error.where && !OF_THE_CALL.test(was.error.message)) return false;
  const [blamed] = is.blame.map(inModel);
  return blamed === undefined || !isWrittenBy(after.config, blamed, edits);
}

function isRunFarther({ verdict: was }: Ran, { verdict: is }: Ran): boolean {
  const before = new Set(was.mismatches.map(keyOf)),
    after = new Set(is.mismatches.map(keyOf)),
    [first] = was.mismatches;
  if (!first || after.has(keyOf(first))) return is.mismatches.length < was.mismatches.length && [...after].every(key => before.has(key));
  if ([...after].every(key => before.has(key))) return true;
  // What ended the run hid what comes after it; the same complaint farther on is what the edit handed on.
  const end = orderOf(first);
  return (
    first.kind !== 'channels' &&
    is.mismatches.every(m => before.has(keyOf(m)) || (m.kind !== first.kind && (orderOf(m) ?? -1) > (end ?? PARTS.length)))
  );
}

/** What Python and the registry say themselves, before or instead of the constructor's own code. */
export const OF_THE_CALL =
  /unexpected keyword argument|multiple values for|missing \d+ required|takes (?:no|from|\d+) |is not in the .+? registry|must contain the key "type"/;

const keyOf = ({ kind, error, blame: [first] }: Mismatch): string =>
  // What a constructor says of several arguments it says of one after another.
  JSON.stringify([kind, error.where, first ?? null, kind === 'build' ? error.message : null]);

/** Models are built and run in this order. */
const PARTS: readonly string[] = ['data_preprocessor', 'backbone', 'neck', 'rpn_head', 'bbox_head', 'roi_head', 'head', 'decode_head'];
function orderOf({ error }: Mismatch): number | undefined {
  const at = PARTS.indexOf(error.where?.split('.')[0] ?? '');
  return at < 0 ? undefined : at;
}

/** Whether what is blamed stands in what was written. A type may be right and take other arguments. */
function isWrittenBy(config: ResolvedConfig, path: readonly (string | number)[], edits: readonly Edit[]): boolean {
  const origin = originAt(config, path);
  if (!origin || path.at(-1) === 'type' || valueAt(config, path) instanceof Dict) return false;
  return rangesOf(edits).some(
    ({ file, start, end }) =>
      file === origin.value.file && start < origin.value.end && end > Math.min(origin.key.start, origin.value.start),
  );
}

/** Where the texts of edits stand when all are made. */
export function rangesOf(edits: readonly Edit[]): readonly { readonly file: string; readonly start: number; readonly end: number }[] {
  const moved = new Map<string, number>();
  return edits
    .toSorted((a, b) => a.start - b.start)
    .map(({ file, start, end, text }) => {
      const by = moved.get(file) ?? 0;
      moved.set(file, by + text.length - (end - start));
      return { file, start: start + by, end: start + by + text.length };
    });
}

/** `2 mismatches left`; of a build only that it comes farther is known. */
export function leftAfter(before: Verdict, after: Verdict): string {
  if (after.ok === true) return 'it runs, and strides are left';
  const count = after.mismatches.length,
    left = `${count} ${count === 1 ? 'mismatch' : 'mismatches'} left`;
  if (after.stage === 'build') return 'it comes farther';
  return before.stage === 'build' ? `it can be built, ${left}` : left;
}
