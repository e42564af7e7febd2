/** A failure of the interpreted program as plain data: what, in which module, on which line of a library's or the user's code. */

import { assets } from '../project/assets.ts';
import type { Host } from '../project/host.ts';
import type { Exception, TracebackLine } from '../python/exception.ts';
import { str } from '../python/operate.ts';
import { textIfKnown } from '../python/text-if-known.ts';
import type { Environment } from '../registry/environment.types.ts';
import { buildPlace } from './build-place.ts';
import type { Place } from './network.ts';
import type { Mismatch, ModelError } from './verdict.ts';

/** Longer messages are cut. */
const LONGEST = 500,
  LONGEST_LINE = 120;

export function describe(exception: Exception, place: Place, host: Host, environment: Environment): ModelError {
  const inner = innermost(exception),
    built = place.stage === 'build' ? buildPlace(exception, place, host, isOurs) : null;
  return {
    type: exception.type.module === 'cv2' ? `cv2.${exception.type.name}` : exception.type.name,
    message: messageOf(exception, environment),
    where: place.module?.path ?? built?.path ?? null,
    class: place.module?.type ?? built?.type ?? null,
    at: inner ? `${shorten(inner.file, environment)}:${inner.span.line}` : null,
    source: inner ? (host.read(inner.file)?.split('\n')[inner.span.line - 1] ?? '').trim().slice(0, LONGEST_LINE) : null,
    ...comparedIn(exception, inner, host),
  };
}

/** Of an assertion without words. */
function comparedIn(exception: Exception, inner: TracebackLine | undefined, host: Host): Pick<ModelError, 'compared'> {
  const { compared, args, traceback } = exception,
    isWordless = exception.type.name === 'AssertionError' && !args.length && traceback[0] === inner;
  const text = inner && isWordless && compared.length ? host.read(inner.file) : null;
  if (text === null) return {};
  const told = compared.flatMap(({ span, value }) => {
    const shown = textIfKnown(value);
    return shown === null || shown.length > LONGEST_VALUE ? [] : [`${text.slice(span.start, span.end)} is ${shown}`];
  });
  return told.length ? { compared: told.join(', ') } : {};
}
const LONGEST_VALUE = 80;

/** What `str` makes of it; where that itself is not known, its type alone is said. */
export function messageOf(exception: Exception, environment: Environment): string {
  try {
    return shorten(str(exception), environment).slice(0, LONGEST);
  } catch {
    return '';
  }
}

/** Last line that is neither ours nor the registry's: an assertion often has no message. */
const innermost = (exception: Exception): TracebackLine | undefined => exception.traceback.find(isTold);
const isOurs = (file: string): boolean => file.startsWith(assets.stubs) || file.startsWith(assets.library);
export const isTold = (line: TracebackLine): boolean =>
  line.file.endsWith('.py') && !isOurs(line.file) && !line.file.includes('/mmengine/registry/');

/** Outermost first, files absolute; our stand-ins left out. */
export const tracebackOf = (exception: Exception): Mismatch['traceback'] =>
  exception.traceback
    .filter(isTold)
    .map(t => ({ file: t.file, line: t.span.line, name: t.name }))
    .reverse();

/** `/…/site-packages/mmdet/x.py` → `mmdet/x.py`. */
export function shorten(text: string, environment: Environment): string {
  return environment.roots.reduce((t, root) => t.replaceAll(`${root}/`, ''), text);
}
