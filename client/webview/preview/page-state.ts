import type { Subject } from '../../messages.ts';
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
}

/** What detectors' own demos show from. */
export const FIRST_THRESHOLD = 0.3;

export const FRESH: PageState = { subject: null, threshold: FIRST_THRESHOLD, hidden: [], selected: null, zoom: null };

/** Reads what `getState` gave back; anything that is not as it should be is as if it were not there. */
export function pageStateFrom(kept: unknown): PageState {
  const state = fields(kept);
  const zoom = fields(state.zoom);
  const { scale, x, y } = zoom;
  const subject = fields(state.subject);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const config = text(subject.config);
  const hidden = state.hidden;
  return {
    subject: config === null ? null : { config, image: text(subject.image), checkpoint: text(subject.checkpoint) },
    threshold: typeof state.threshold === 'number' ? state.threshold : FRESH.threshold,
    hidden: Array.isArray(hidden) ? hidden.filter(name => typeof name === 'string') : [],
    selected: typeof state.selected === 'number' ? state.selected : null,
    zoom: typeof scale === 'number' && typeof x === 'number' && typeof y === 'number' ? { scale, x, y } : null,
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
