import type { DetectResult } from '../../../server/protocol.ts';
import { button, element } from '../page/element.ts';
import { score } from './phrase.ts';
import { roundThreshold } from './selection.ts';

export interface OverlapField {
  readonly element: HTMLElement;
  update(suppression: DetectResult['suppression']): void;
  /** What was asked for is answered by a run, or by nothing. */
  forget(): void;
  /** Asks for another, by so much. */
  moveBy(step: number): void;
}

/** How much boxes of a class may overlap: a number and a slider, and the way back to the config's own. Null is asked for where that is wanted. */
export function createOverlapField(onChange: (threshold: number | null) => void): OverlapField {
  const number = element('input', { id: 'overlap', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false' });
  const slider = element('input', { type: 'range', min: 0, max: 1, step: 0.01, class: 'range', 'aria-label': 'Overlap at most' });
  const hint = element('p', { class: 'hint' });
  let shown: DetectResult['suppression'] | null = null;
  /** What was asked for last and is not answered: a hand that still moves is not pulled back. */
  let asked: number | null = null;

  const ask = (threshold: number): void => {
    asked = threshold;
    slider.value = String(threshold);
    if (document.activeElement !== number) number.value = score(threshold);
    onChange(threshold === shown?.own ? null : threshold);
  };
  slider.addEventListener('input', () => ask(roundThreshold(slider.valueAsNumber)));
  number.addEventListener('change', () => {
    const typed = Number.parseFloat(number.value.replace(',', '.'));
    if (Number.isFinite(typed)) ask(roundThreshold(typed));
    else number.value = score(slider.valueAsNumber);
  });
  const goBack = (): void => {
    if (shown === null) return;
    slider.focus();
    ask(shown.own);
  };
  const back = button('', goBack, { class: 'link' });

  return {
    element: element(
      'div',
      { class: 'field' },
      element('div', { class: 'head' }, element('label', { for: 'overlap' }, 'Overlap at most'), number),
      element('div', { class: 'scale' }, slider),
      hint,
    ),
    update(suppression) {
      shown = suppression;
      const { own, threshold, fixed } = suppression;
      if (asked === threshold) asked = null;
      const value = fixed === null ? (asked ?? threshold) : threshold;
      number.disabled = slider.disabled = fixed !== null;
      slider.value = String(value);
      slider.setAttribute('aria-valuetext', fixed ?? `IoU ${score(value)}`);
      if (document.activeElement !== number) number.value = score(value);
      back.textContent = `Back to ${score(own)}`;
      if (fixed !== null) hint.textContent = fixed;
      else if (threshold === own) hint.textContent = 'IoU of NMS, as the config has it';
      else hint.replaceChildren(`The config has ${score(own)}. `, back);
    },
    forget() {
      asked = null;
    },
    moveBy(step) {
      if (shown !== null && shown.fixed === null) ask(roundThreshold((asked ?? shown.threshold) + step));
    },
  };
}
