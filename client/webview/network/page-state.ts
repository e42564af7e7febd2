import { fields } from '../../fields.ts';
import { type NetworkSubject, networkSubjectFrom } from '../../network-subject.ts';
import type { TreeState } from './tree.ts';

/** What the page keeps over being hidden and over a restart: plain JSON. */
export interface NetworkPageState extends TreeState {
  readonly subject: NetworkSubject | null;
  /** Pixels from the top. */
  readonly scroll: number;
}

export const FRESH: NetworkPageState = { subject: null, toggled: [], filter: '', selected: null, scroll: 0 };

/** Reads what `getState` gave back; anything that is not as it should be is as if it were not there. */
export function networkPageState(kept: unknown): NetworkPageState {
  const state = fields(kept),
    { toggled, filter, selected, scroll } = state;
  return {
    subject: networkSubjectFrom(state.subject),
    toggled: Array.isArray(toggled) ? toggled.filter(path => typeof path === 'string') : [],
    filter: typeof filter === 'string' ? filter : '',
    selected: typeof selected === 'string' ? selected : null,
    scroll: typeof scroll === 'number' ? scroll : 0,
  };
}
