/** Python's text of a value (`repr`); null where part of it is not known. */
import { repr } from './operate.ts';
import type { Value } from './value.ts';

export function textIfKnown(value: Value): string | null {
  try {
    return repr(value);
  } catch {
    return null;
  }
}
