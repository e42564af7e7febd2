/** A mistake in the user's own module: the line of their file, where no number of the config could make it right. */

import { isDict, numberFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import type { Mismatch } from '../../model/verdict.ts';
import type { Site } from '../../python/value.ts';
import { entryAt } from '../../recipe/part-types.ts';
import type { Related } from '../diagnostic.ts';
import type { ModelContext } from '../rule.ts';
import { inModel, type Place } from './blame.ts';
import { provenCauses } from './proven.ts';
import { channelsOf, sidesOf } from './sides.ts';

/**
 * A module of the user's that cannot be imported, at the line of it that ends the import; null where the failure is another, or a library's: one whose own module
 * fails is not mended in the line that imports it.
 */
export function ownImport(context: ModelContext, { imported }: Mismatch): (Pick<Place, 'site'> & { readonly module: string }) | null {
  if (!imported) return null;
  const { refused, traceback } = imported,
    at = traceback.findLastIndex(({ file }) => isOwn(context, file)),
    last = traceback[at];
  const isLibrarys = refused ? !isOwn(context, refused.file) : traceback.slice(at + 1).some(({ name }) => name === '<module>');
  const site = refused ?? (last ? lineOf(context, last.file, last.line) : null),
    first = traceback.find(({ file, name }) => name === '<module>' && isOwn(context, file))?.file ?? refused?.file;
  const module = first === undefined ? null : context.moduleOf?.(first);
  return isLibrarys || !site || !module ? null : { site, module };
}

/** The last line of the user's code that a failure went through; null where it went through none. */
export function ownLine(context: ModelContext, { traceback }: Mismatch): Site | null {
  const last = traceback.findLast(({ file, name }) => name !== '<module>' && isOwn(context, file));
  return last ? lineOf(context, last.file, last.line) : null;
}

function lineOf(context: ModelContext, file: string, number: number): Site | null {
  const text = context.text(file);
  if (text === null) return null;
  const lines = text.split('\n'),
    line = lines[number - 1] ?? '',
    from = lines.slice(0, number - 1).reduce((n, l) => n + l.length + 1, 0);
  return { file, line: number, start: from + line.length - line.trimStart().length, end: from + line.trimEnd().length };
}

/** Of the workspace, and of no library that lies there. */
export const isOwn = (context: ModelContext, file: string): boolean =>
  (context.moduleOf?.(file) ?? null) !== null && (context.isOwn?.(file) ?? true);

/** Where the blame is the code's; null where it is the config's. */
export function ownBug(context: ModelContext, mismatch: Mismatch, place: Place): Pick<Place, 'site' | 'related'> | null {
  const related = [{ site: place.site, message: 'the config builds it here' }];
  const site = ownLine(context, mismatch);
  const isIt =
    site &&
    (isSlip(context, mismatch, site) ||
      (mismatch.kind === 'build' || isOwnIndex(context, mismatch)
        ? isOfConstructor(context, mismatch, site)
        : isOfForward(context, mismatch)));
  return isIt ? { site, related } : null;
}

/** An index past the end that a constructor of the user's makes by itself: no matter of levels. */
export function isOwnIndex(context: ModelContext, mismatch: Mismatch): boolean {
  if (mismatch.kind !== 'levels' || context.verdict.stage !== 'build') return false;
  const site = ownLine(context, mismatch);
  return site !== null && isLastOf(mismatch, site) && isOfConstructor(context, mismatch, site);
}

/** A name that is not there, or an attribute that is asked for by its name and never was set: whatever value makes the line not run, the line is wrong. */
function isSlip(context: ModelContext, mismatch: Mismatch, site: Site): boolean {
  const { type, message } = mismatch.error;
  if (!isLastOf(mismatch, site) || /^raise\b/.test(textAt(context, site))) return false;
  if (type === 'NameError' || type === 'UnboundLocalError') return true;
  const [, owner, name] =
    /^(module|type object|'\w+' object)\b.* has no attribute '(\w+)'/.exec(type === 'AttributeError' ? message : '') ?? [];
  if (owner === undefined) return false;
  // Of another object than `self` it may be the config that gave the wrong one.
  const asked = owner.endsWith('object') && owner !== 'type object' ? String.raw`\bself\.${name}\b` : String.raw`\w\.${name}\b`;
  return new RegExp(asked).test(textAt(context, site));
}

const isLastOf = ({ traceback }: Mismatch, site: Site): boolean => {
  const last = traceback.at(-1);
  return last?.file === site.file && last.line === site.line;
};
const textAt = (context: ModelContext, site: Site): string => (context.text(site.file) ?? '').slice(site.start, site.end);

function isOfForward(context: ModelContext, mismatch: Mismatch): boolean {
  const { config, verdict } = context,
    { kind, expected, got } = mismatch;
  const { consumer, producer } = sidesOf(config, verdict, mismatch);
  if (consumer === null || !isOwnPart(context, ['model', consumer])) return false;
  const numbers = mismatch.blame.map(inModel).filter(path => numberFrom(valueAt(config, path)) !== undefined),
    [only] = numbers;
  // What comes in from elsewhere is the config's to fit; so are two numbers of one part, where a change of them does.
  const isAlone = numbers.length === 1 && only?.[1] === consumer && kind === 'channels';
  const isReckoned = isAlone && only !== undefined && numberFrom(valueAt(config, only)) !== expected;
  const comesIn = !isReckoned && producer !== undefined && got !== undefined && channelsOf(producer).includes(got);
  if (comesIn || (isReckoned && provenCauses(context).length > 0)) return false;
  return !numbers.length || isAlone || (isRepeated(context, mismatch) && !provenCauses(context).length);
}

/** The same in one block after another: a line of their class. */
const isRepeated = ({ verdict }: ModelContext, mismatch: Mismatch): boolean =>
  verdict.mismatches.filter(other => other.kind === mismatch.kind && isSameLayer(other, mismatch)).length > 1;

/** `backbone.layers.1.conv` and `backbone.layers.2.conv`. */
export const isSameLayer = (one: Mismatch, other: Mismatch): boolean => layerOf(one) === layerOf(other);
const layerOf = ({ error }: Mismatch): string => (error.where ?? '').replace(/\.\d+(?=\.|$)/g, '.#');

/** What a constructor does wrong by itself. What it refuses by a `raise` or an assertion, and what is about a value of the config, is the config's. */
function isOfConstructor(context: ModelContext, mismatch: Mismatch, site: Site): boolean {
  const { blame, error } = mismatch,
    part = error.where?.split('.')[0];
  // What is no part of the config's is the model's own.
  const isPart = part !== undefined && isDict(valueAt(context.config, ['model', part]));
  if (!isOwnPart(context, isPart ? ['model', part] : ['model'])) return false;
  const statement = textAt(context, site),
    isLast = isLastOf(mismatch, site);
  if (isLast && isMiscounted(error.message, statement)) return true;
  if (provenCauses(context).length) return false;
  if (isLast && isDividedByLiteral(error.message, statement)) return true;
  const isValue = blame.map(inModel).some(path => {
    const value = path.at(-1) === 'type' || path.length < (isPart ? 3 : 2) ? undefined : valueAt(context.config, path);
    return value !== undefined && !isDict(value);
  });
  return !isValue && !(isLast && /^(?:raise|assert)\b/.test(statement));
}

/** A call that is written out, of a class or a function that takes other arguments: no value makes it right. What is unpacked may be the config's. */
function isMiscounted(message: string, statement: string): boolean {
  const callee =
    /^(?:\w+\.)*?(\w+)(?:\.__init__)?\(\) (?:takes \d+ positional|takes from \d+|missing \d+ required|got an unexpected keyword|got multiple values)/.exec(
      message,
    );
  return callee !== null && new RegExp(String.raw`\b${callee[1]}\s*\(`).test(statement) && !/[(,]\s*\*/.test(statement);
}

/** `groups=5` of the code's own, where no other width that the config may have was found to do. Widths are multiples of powers of two: by one of those it is the config's that does not divide. */
function isDividedByLiteral(message: string, statement: string): boolean {
  const groups = Number(/\bgroups\s*=\s*(\d+)\b/.exec(statement)?.[1]);
  return /must be divisible by groups$/.test(message) && !Number.isInteger(Math.log2(groups)) && !Number.isNaN(groups);
}

function isOwnPart(context: ModelContext, path: ConfigPath): boolean {
  const entry = entryAt(context, path);
  return entry?.source ? isOwn(context, entry.source.file) : false;
}

/** For what is the config's: the line of the user's code that says so. */
export function ownRelated(context: ModelContext, mismatch: Mismatch): readonly Related[] {
  const site = ownLine(context, mismatch);
  return site ? [{ site, message: 'this line refuses it' }] : [];
}
