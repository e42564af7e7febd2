import { element, svgElement } from '../page/element.ts';
import type { Box } from './box.ts';
import { boxCount, hiddenSentence, score } from './phrase.ts';
import { belowThreshold, roundThreshold } from './selection.ts';

export interface ThresholdField {
  readonly element: HTMLElement;
  update(boxes: readonly Box[], threshold: number, shown: number): void;
}

/** The score to reach: a number, a slider, and over it a tick for each candidate's score. */
export function createThresholdField(onChange: (threshold: number) => void): ThresholdField {
  const number = element('input', { id: 'threshold', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false' });
  const slider = element('input', { type: 'range', min: 0, max: 1, step: 0.01, class: 'range', 'aria-label': 'Score at least' });
  const rug = svgElement('svg', { class: 'rug', viewBox: '0 0 100 14', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const hint = element('p', { class: 'hint' });
  let drawn: readonly Box[] | undefined;

  slider.addEventListener('input', () => onChange(roundThreshold(slider.valueAsNumber)));
  number.addEventListener('change', () => {
    const typed = Number.parseFloat(number.value.replace(',', '.'));
    if (Number.isFinite(typed)) onChange(roundThreshold(typed));
    else number.value = score(slider.valueAsNumber);
  });

  return {
    element: element(
      'div',
      { class: 'field' },
      element('div', { class: 'head' }, element('label', { for: 'threshold' }, 'Score at least'), number),
      element('div', { class: 'scale' }, rug, slider),
      hint,
    ),
    update(boxes, threshold, shown) {
      if (boxes !== drawn) rug.replaceChildren(...boxes.map(tick));
      drawn = boxes;
      [...rug.children].forEach((line, at) => {
        const passes = (boxes[at]?.score ?? 0) >= threshold;
        line.setAttribute('class', passes ? '' : 'cut');
        line.setAttribute('y1', passes ? '2' : '8');
      });
      slider.value = String(threshold);
      slider.setAttribute('aria-valuetext', `${score(threshold)}, ${boxCount(shown)}`);
      if (document.activeElement !== number) number.value = score(threshold);
      hint.textContent = hiddenSentence(belowThreshold(boxes, threshold));
    },
  };
}

function tick(box: Box): SVGLineElement {
  const x = (box.score * 100).toFixed(2);
  return svgElement('line', { x1: x, x2: x, y1: 2, y2: 14 });
}
