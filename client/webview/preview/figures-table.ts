import type { Figures } from '../../preview-messages.ts';
import { button, element } from '../page/element.ts';
import { withCode } from '../page/with-code.ts';
import { figure } from './phrase.ts';

export interface FiguresTable {
  readonly element: HTMLElement;
  update(figures: Figures): void;
}

interface Handlers {
  readonly evaluate: () => void;
  readonly stop: () => void;
  /** Shows the pictures on which objects of a class are missed; null: all again. */
  readonly misses: (label: number | null) => void;
}

/** How good the detector is on the whole set; a class leads to what is missed of it. */
export function createFiguresTable({ evaluate, stop, misses }: Handlers): FiguresTable {
  const title = element('h2', { class: 'head', id: 'figures-title' });
  const body = element('div');
  return {
    element: element('section', { class: 'wide', 'aria-labelledby': 'figures-title' }, title, body),
    update(figures) {
      const { count, running, result, only } = figures;
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.label : undefined;
      title.replaceChildren('Validation set', element('span', { class: 'dim' }, count === 1 ? '1 picture' : `${count} pictures`));
      if (running !== null) {
        body.replaceChildren(
          element('p', { class: 'hint', role: 'status' }, running),
          row(button('Stop', stop, { class: 'button second' })),
        );
      } else if (result === null) {
        body.replaceChildren(row(button('Evaluate', evaluate, { class: 'button second' })));
      } else {
        const table = element(
          'table',
          { class: 'rows pad figures' },
          header(result.mean),
          element('tbody', {}, ...result.perClass.map(classRow(only, misses))),
        );
        const notes = result.notes.map(note => element('p', { class: 'hint' }, ...withCode(note)));
        const all = only === null ? null : row(button('All pictures', () => misses(null), { class: 'button second' }));
        body.replaceChildren(table, ...(all === null ? [] : [all]), ...notes);
      }
      if (focused !== undefined) body.querySelector<HTMLElement>(`[data-label="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}

const row = (...children: HTMLElement[]): HTMLElement => element('div', { class: 'buttons' }, ...children);

function header(mean: number): HTMLElement {
  const column = (name: string): HTMLElement => element('th', { scope: 'col', class: 'num' }, name);
  return element(
    'thead',
    {},
    element('tr', {}, element('th', { scope: 'col' }, `mAP ${figure(mean)}`), column('AP'), column('AP50'), column('missed')),
  );
}

function classRow(only: number | null, misses: Handlers['misses']) {
  return ({ name, ap, ap50, missed }: NonNullable<Figures['result']>['perClass'][number], label: number): HTMLElement => {
    const pressed = only === label;
    const words = `${name}, AP ${figure(ap)}: pictures with ${missed} missed`;
    const lead =
      missed === 0
        ? element('span', { class: 'name' }, name)
        : button(name, () => misses(pressed ? null : label), {
            class: 'link',
            'aria-pressed': String(pressed),
            'aria-label': words,
            title: pressed ? 'Show all pictures' : 'Show the pictures on which one is missed',
            'data-label': label,
          });
    return element(
      'tr',
      { class: pressed ? 'on' : null },
      element('td', {}, lead),
      element('td', { class: 'num' }, figure(ap)),
      element('td', { class: 'num dim' }, figure(ap50)),
      element('td', { class: 'num dim' }, String(missed)),
    );
  };
}
