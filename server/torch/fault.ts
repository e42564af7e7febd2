/** Faults of operators as exceptions of the program, and what we do not know as the end of its run. */
import { Stop as Ended, type Fault, type Unknown } from '../../runtime/network/fault.ts';
import { type Exception, type Raised, raise } from '../python/exception.ts';
import { Stop } from '../python/stop.ts';

const blames = new WeakMap<Exception, readonly string[]>();

/** Config paths of the sizes that do not agree, where torch raised this. */
export const blameOf = (exception: Exception): readonly string[] => blames.get(exception) ?? [];

/** That torch raised it: two sizes or types that do not go together. */
export const isFault = (exception: Exception): boolean => blames.has(exception);

export function raised(fault: Fault): Raised {
  const made = raise(fault.type, fault.message);
  blames.set(made.exception, fault.blame);
  return made;
}

/** Runs what ends in operators' faults; they leave it as the small Python's own ends. */
export function inPython<R>(run: () => R): R {
  try {
    return run();
  } catch (e) {
    throw ended(e);
  }
}
/** What was thrown, as the small Python throws it. */
export const ended = (e: unknown): unknown => (e instanceof Ended ? translated(e.end) : e);
const translated = (end: Fault | Unknown): Raised | Stop =>
  end.kind === 'fault' ? raised(end) : new Stop({ kind: 'unknown', what: end.reason });
