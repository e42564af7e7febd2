import { element } from '../page/element.ts';

export interface Divider {
  readonly element: HTMLElement;
  /** `at`: from 0, all of the right, to 1, all of the left. */
  update(at: number, names: readonly [left: string, right: string]): void;
}

/** Half of the thumb's width: so far from the stage's edges the line stays. CSS's `.divider` has the whole. */
const INSET = 11;

/** Where the line is, from 0 to 1 of a stage of this width. */
export const dividerOn = (at: number, width: number): number => (width <= 2 * INSET ? at : (INSET + at * (width - 2 * INSET)) / width);

/** The line between two results on one picture: dragged, or moved by the arrow keys. A slider over the whole stage, of which the thumb alone takes the mouse. */
export function createDivider(onMove: (at: number) => void): Divider {
  const line = element('i', { class: 'divider-line', 'aria-hidden': 'true' });
  const slider = element('input', { type: 'range', min: 0, max: 1, step: 0.01, class: 'divider', 'aria-label': 'Divider' });
  slider.addEventListener('input', () => onMove(slider.valueAsNumber));
  return {
    element: element('div', { class: 'dividing' }, line, slider),
    update(at, [left, right]) {
      slider.value = String(at);
      slider.setAttribute('aria-valuetext', `${Math.round(100 * at)}% ${left}, ${Math.round(100 - 100 * at)}% ${right}`);
      line.style.left = `calc(${INSET}px + (100% - ${2 * INSET}px) * ${at})`;
    },
  };
}
