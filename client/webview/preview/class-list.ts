import { colourKey, element } from '../page/element.ts';
import { classColour } from './class-colour.ts';
import { boxCount } from './phrase.ts';
import type { ClassCount } from './selection.ts';

export interface ClassList {
  readonly element: HTMLElement;
  update(counts: readonly ClassCount[], hidden: ReadonlySet<string>): void;
}

/** One row a class: shown or not, its colour, how many boxes. Bars share one scale. */
export function createClassList(onToggle: (name: string) => void): ClassList {
  const list = element('ul', { class: 'rows classes', 'aria-labelledby': 'classes-title' });
  return {
    element: element('section', {}, element('h2', { class: 'head', id: 'classes-title' }, 'Classes'), list),
    update(counts, hidden) {
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.class : undefined;
      const most = Math.max(1, ...counts.map(({ count }) => count));
      list.replaceChildren(
        ...counts.map(({ name, label, count }) => {
          const check = element('input', {
            type: 'checkbox',
            class: 'check',
            'data-class': name,
            'aria-label': `Show ${name}, ${boxCount(count)}`,
          });
          check.checked = !hidden.has(name);
          check.addEventListener('change', () => onToggle(name));
          const bar = element('i', { class: 'bar-fill' });
          bar.style.width = `${(100 * count) / most}%`;
          const named = element('label', {}, check, colourKey(classColour(label)), element('span', { class: 'name' }, name));
          return element('li', {}, named, element('span', { class: 'bar-room' }, bar), element('span', { class: 'num' }, String(count)));
        }),
      );
      if (focused !== undefined) list.querySelector<HTMLElement>(`[data-class="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}
