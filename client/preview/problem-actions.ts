import type { DetectProblem } from '../../server/protocol.ts';
import type { ActionButton } from '../preview-messages.ts';

const CHECKPOINT: ActionButton = { action: 'choose-checkpoint', title: 'Choose Checkpoint…' };
const AGAIN: ActionButton = { action: 'run', title: 'Run Again' };
const LOG: ActionButton = { action: 'show-log', title: 'Show Log' };

const ACTIONS: Readonly<Record<DetectProblem['code'], readonly ActionButton[]>> = {
  'no-checkpoint': [CHECKPOINT],
  'checkpoint-corrupt': [CHECKPOINT, AGAIN],
  'checkpoint-other-network': [CHECKPOINT, AGAIN],
  'image-unreadable': [
    { action: 'choose-image', title: 'Open Picture…' },
    { action: 'next', title: 'Next Picture' },
  ],
  // The same disagreement stands under the number in the config.
  network: [{ action: 'show-problems', title: 'Show Problems' }, AGAIN, LOG],
  'unsupported-head': [LOG],
  'child-died': [AGAIN, { action: 'restart', title: 'Restart Server' }, LOG],
  cancelled: [AGAIN],
  'no-truth': [{ action: 'choose-image', title: 'Open Picture…' }, LOG],
  'no-sources': [{ action: 'fetch', title: 'Fetch Library Sources…' }, CHECKPOINT],
};

/** What can be done about it, the surest first. */
export function actionsFor(problem: DetectProblem): readonly ActionButton[] {
  return ACTIONS[problem.code] ?? [AGAIN, LOG];
}
