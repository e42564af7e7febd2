import type { DetectResult } from '../../../server/protocol.ts';
import type { Action } from '../../preview-messages.ts';
import { button, element, icon } from '../page/element.ts';

/** Lines under the bar that must not be overlooked: boxes of random weights, and why there is no GPU. */
export function notices(result: DetectResult, act: (action: Action) => void): readonly HTMLElement[] {
  const made: HTMLElement[] = [];
  if (result.weights.kind === 'random') {
    const words =
      result.weights.note ?? 'No checkpoint was found in work_dirs, beside the config, or in its load_from: these boxes mean nothing.';
    made.push(
      notice(
        'warning',
        'Random weights.',
        words,
        button('Choose Checkpoint…', () => act('choose-checkpoint'), { class: 'button second' }),
      ),
    );
  } else if (result.weights.note !== null) {
    made.push(notice('info', '', result.weights.note, null));
  }
  if (result.refused.length > 0) {
    const reasons = result.refused.map(({ provider, reason }) => `${provider}: ${withoutStop(reason)}`).join('; ');
    const first = isCpu(result.provider) ? 'No GPU in use.' : `Runs on ${result.provider}.`;
    made.push(
      notice(
        'info',
        first,
        `${reasons}.`,
        button('Choose Device…', () => act('choose-device'), { class: 'button second' }),
      ),
    );
  }
  return made;
}

function notice(kind: 'info' | 'warning', first: string, words: string, action: HTMLElement | null): HTMLElement {
  const text = element('p', {}, first === '' ? null : element('b', {}, first), first === '' ? words : ` ${words}`);
  return element('div', { class: `notice ${kind}` }, icon(kind), text, action);
}

const isCpu = (provider: string): boolean => provider.toLowerCase() === 'cpu';
const withoutStop = (sentence: string): string => sentence.trim().replace(/\.$/, '');
