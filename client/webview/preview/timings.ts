import type { DetectResult } from '../../../server/protocol.ts';
import { element } from '../page/element.ts';
import { milliseconds } from './phrase.ts';

/** The bar at the bottom: how long it took, by phase, and on what. */
export function timings(result: DetectResult, provider: string): readonly HTMLElement[] {
  const phases = [
    ['load, resize', result.timings.prepare],
    ['network', result.timings.network],
    ['boxes', result.timings.decode],
  ] as const;
  const total = phases.reduce((sum, [, time]) => sum + time, 0);
  const stack = element(
    'div',
    { class: 'stack', 'aria-hidden': 'true' },
    ...phases.map(([, time]) => {
      const part = element('i');
      part.style.flexGrow = String(Math.max(time, total / 200));
      return part;
    }),
  );
  const list = element(
    'ul',
    { class: 'phases' },
    ...phases.map(([name, time]) => element('li', {}, `${name} `, element('b', {}, milliseconds(time)))),
  );
  return [
    element('p', { class: 'total' }, `${milliseconds(total)} ms`),
    element('div', { class: 'plot' }, stack, list),
    element('p', { class: 'dim' }, provider),
  ];
}
