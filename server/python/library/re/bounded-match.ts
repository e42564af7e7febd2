/** A match that may take exponential time (`(a+)+$`), bounded: JavaScript's engine backtracks as Python's does, and asks nobody whether it is to go on. */
import { createContext, Script } from 'node:vm';
import { unknown } from '../../stop.ts';

/** Milliseconds. Python itself would go on for hours. */
const LONGEST = 1000;

const script = new Script('regexp.exec(text)');
const place: { regexp: RegExp; text: string } = { regexp: /(?:)/, text: '' };
let context: object | null = null;

/** Whether something that repeats stands in something that repeats, in JavaScript's language: only that can take long. */
export const mayTakeLong = (source: string): boolean => /[*+}]\??[^()]*\)[*+{]|\)[*+}]\??[^()]*\)[*+{]|\|[^()]*\)[*+{]/.test(source);

/** Within its time, or unknown. As `regexp.exec`, `lastIndex` included. */
export function boundedMatch(regexp: RegExp, text: string): RegExpExecArray | null {
  place.regexp = regexp;
  place.text = text;
  context ??= createContext(place);
  try {
    // A timer's thread is what can end it.
    return script.runInContext(context, { timeout: LONGEST });
  } catch (e) {
    if (typeof e === 'object' && e !== null && 'code' in e && e.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return unknown('a regular expression that takes too long');
    throw e;
  }
}
