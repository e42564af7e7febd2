/**
 * Where a module in Python of the selected Python's library stands for one in C: what that says of an error in other words. Null: not known, and so is the text.
 */
import type { Value } from '../value.ts';

type Rephrase = (args: readonly Value[]) => readonly Value[] | null;

const text = (args: readonly Value[]): string => (typeof args[0] === 'string' ? args[0] : '');
/** Texts that both have. */
const only =
  (same: RegExp): Rephrase =>
  args =>
    args.length === 1 && same.test(text(args)) ? args : null;

const DATES: Readonly<Record<string, string>> = {
  'cannot compare naive and aware datetimes': "can't compare offset-naive and offset-aware datetimes",
  'cannot compare naive and aware times': "can't compare offset-naive and offset-aware times",
  "can't compare offset-naive and offset-aware datetimes": "can't subtract offset-naive and offset-aware datetimes",
  'result out of range': 'date value out of range',
};
function dates(args: readonly Value[]): readonly Value[] | null {
  const told = text(args);
  if (/^day must be in 1\.\.\d+$/.test(told)) return ['day is out of range for month'];
  // What is wrong comes with it, as an argument of its own.
  if (/^(?:month|hour|minute|second|microsecond) must be in \d+\.\.\d+$/.test(told)) return [told];
  const other = Object.hasOwn(DATES, told) ? DATES[told] : undefined;
  if (other !== undefined) return [other];
  return /^Invalid isoformat string: /.test(told) ? args : null;
}

const MODULES: Readonly<Record<string, Rephrase>> = {
  datetime: dates,
  _pydecimal: () => null,
  decimal: () => null,
  queue: () => null,
  'json.encoder': args =>
    /^Out of range float values/.test(text(args))
      ? ['Out of range float values are not JSON compliant']
      : only(/is not JSON serializable$|^Circular reference detected$|^keys must be /)(args),
};
export const rephrasedIn = (module: string): Rephrase | null => (Object.hasOwn(MODULES, module) ? (MODULES[module] ?? null) : null);
