/** A mistake in the user's own module: the line of their file, where no number of the config could make it right. */

import { numberFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import type { Mismatch } from '../../model/verdict.ts';
import type { Site } from '../../python/value.ts';
import type { Related } from '../diagnostic.ts';
import type { ModelContext } from '../rule.ts';
import { entryAt } from '../typed-parts.ts';
import { inModel, type Place } from './blame.ts';
import { channelsOf, sidesOf } from './sides.ts';

/** The last line of the user's code that a failure went through; null where it went through none. */
export function ownLine(context: ModelContext, { traceback }: Mismatch): Site | null {
  const last = traceback.findLast(({ file, name }) => name !== '<module>' && isOwn(context, file));
  const text = last ? context.text(last.file) : null;
  if (!last || text === null) return null;
  const lines = text.split('\n'),
    line = lines[last.line - 1] ?? '',
    from = lines.slice(0, last.line - 1).reduce((n, l) => n + l.length + 1, 0);
  return { file: last.file, line: last.line, start: from + line.length - line.trimStart().length, end: from + line.trimEnd().length };
}

const isOwn = (context: ModelContext, file: string): boolean => (context.moduleOf?.(file) ?? null) !== null;

/** Where the blame is the code's; null where it is the config's. */
export function ownBug(context: ModelContext, mismatch: Mismatch, place: Place): Pick<Place, 'site' | 'related'> | null {
  const { config, verdict } = context,
    site = ownLine(context, mismatch);
  const { consumer, producer } = sidesOf(config, verdict, mismatch);
  if (!site || mismatch.kind === 'build' || consumer === null || !isOwnPart(context, consumer)) return null;
  const numbers = mismatch.blame.map(inModel).filter(path => numberFrom(valueAt(config, path)) !== undefined);
  // What comes in from elsewhere is the config's to fit; so are two numbers of one part.
  const comesIn = producer !== undefined && mismatch.got !== undefined && channelsOf(producer).includes(mismatch.got);
  if (
    numbers.length > 1 ||
    (numbers.length === 1 && mismatch.kind !== 'channels') ||
    (numbers.length === 1 && numbers[0]?.[1] !== consumer) ||
    comesIn
  )
    return null;
  return { site, related: [{ site: place.site, message: 'the config builds it here' }] };
}

function isOwnPart(context: ModelContext, name: string): boolean {
  const entry = entryAt(context, ['model', name]);
  return entry?.source ? isOwn(context, entry.source.file) : false;
}

/** For what is the config's: the line of the user's code that says so. */
export function ownRelated(context: ModelContext, mismatch: Mismatch): readonly Related[] {
  const site = ownLine(context, mismatch);
  return site ? [{ site, message: 'this line refuses it' }] : [];
}
