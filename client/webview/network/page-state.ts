import type { NetworkSubject } from '../../network-messages.ts';
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
  const subject = fields(state.subject),
    { config, compared, size } = subject;
  const [width, height] = Array.isArray(size) ? size : [];
  return {
    subject:
      typeof config === 'string'
        ? {
            config,
            compared: typeof compared === 'string' ? compared : null,
            size: typeof width === 'number' && typeof height === 'number' ? [width, height] : null,
          }
        : null,
    toggled: Array.isArray(toggled) ? toggled.filter(path => typeof path === 'string') : [],
    filter: typeof filter === 'string' ? filter : '',
    selected: typeof selected === 'string' ? selected : null,
    scroll: typeof scroll === 'number' ? scroll : 0,
  };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
