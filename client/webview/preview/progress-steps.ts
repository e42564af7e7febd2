import type { Action, View } from '../../preview-messages.ts';
import { button, element, icon } from '../page/element.ts';
import { seconds } from './phrase.ts';

export interface ProgressSteps {
  readonly element: HTMLElement;
  update(view: Extract<View, { kind: 'progress' }>, config: string): void;
}

/** The side column while it runs: phases by name with seconds, Stop from the first frame. The button is the same from phase to phase, or a press would be lost where one ends under it. */
export function createProgressSteps(act: (action: Action) => void): ProgressSteps {
  const title = element('h2', { class: 'head' });
  const steps = element('ol', { class: 'rows steps' });
  const stop = button('Stop', () => act('stop'), { class: 'button second' });
  // Another step pushes it down: what was pressed is meant, wherever it is when the press ends.
  stop.addEventListener('pointerdown', ({ pointerId }) => stop.setPointerCapture(pointerId));
  return {
    element: element(
      'div',
      { class: 'progress' },
      title,
      steps,
      element('div', { class: 'buttons' }, stop),
      element('p', { class: 'hint' }, 'The session is kept: the next run of this network starts at once.'),
    ),
    update({ phase, finished }, config) {
      title.textContent = `Preparing ${config}`;
      steps.replaceChildren(
        ...finished.map(done => step(icon('done'), done.phase, seconds(done.seconds), false)),
        step(icon('turning', 'spin'), phase, '', true),
      );
    },
  };
}

function step(mark: SVGSVGElement, name: string, time: string, now: boolean): HTMLElement {
  return element(
    'li',
    { class: now ? 'now' : '', 'aria-current': now ? 'step' : null },
    mark,
    element('span', { class: 'name' }, name),
    element('span', { class: 'num dim' }, time),
  );
}
