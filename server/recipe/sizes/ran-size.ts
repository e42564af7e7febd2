/** The picture's size behind a step, as it was found by calling the steps of its pipeline. */
import type { Size } from './size-range.ts';

export interface RanSize {
  /** Of the step, as text. */
  readonly path: string;
  /** Its type: an edit may have put another step there since. */
  readonly type: string;
  readonly size: Size;
}
