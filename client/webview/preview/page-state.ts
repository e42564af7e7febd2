import { fields } from '../../fields.ts';
import { type Subject, subjectFrom } from '../../preview-subject.ts';
import { MARK_KINDS, type MarkKind } from './truth.ts';
import type { Zoom } from './zoom.ts';

/** What the page keeps over being hidden and over a restart: plain JSON, no pixels. */
export interface PageState {
  readonly subject: Subject | null;
  readonly threshold: number;
  readonly hidden: readonly string[];
  /** Place of the selected box in the result. */
  readonly selected: number | null;
  /** Null: the whole picture. */
  readonly zoom: Zoom | null;
  /** What of annotated and found boxes is not shown. */
  readonly without: readonly MarkKind[];
  /** Where the line between two results lies: from 0 to 1 of the stage. */
  readonly divider: number;
  /** Whether the two have changed sides. */
  readonly swapped: boolean;
}

/** What detectors' own demos show from. */
export const FIRST_THRESHOLD = 0.3;

export const FRESH: PageState = {
  subject: null,
  threshold: FIRST_THRESHOLD,
  hidden: [],
  selected: null,
  zoom: null,
  without: [],
  divider: 0.5,
  swapped: false,
};

/** Reads what `getState` gave back; anything that is not as it should be is as if it were not there. */
export function pageStateFrom(kept: unknown): PageState {
  const state = fields(kept);
  const zoom = fields(state.zoom);
  const { scale, x, y } = zoom;
  const hidden = state.hidden;
  return {
    subject: subjectFrom(state.subject),
    threshold: typeof state.threshold === 'number' ? state.threshold : FRESH.threshold,
    hidden: Array.isArray(hidden) ? hidden.filter(name => typeof name === 'string') : [],
    selected: typeof state.selected === 'number' ? state.selected : null,
    zoom: typeof scale === 'number' && typeof x === 'number' && typeof y === 'number' ? { scale, x, y } : null,
    without: Array.isArray(state.without) ? MARK_KINDS.filter(kind => Array.isArray(state.without) && state.without.includes(kind)) : [],
    divider: typeof state.divider === 'number' ? Math.min(1, Math.max(0, state.divider)) : FRESH.divider,
    swapped: state.swapped === true,
  };
}
