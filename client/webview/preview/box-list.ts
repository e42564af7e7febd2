import type { Box } from './box.ts';
import { classColour } from './class-colour.ts';
import { colourKey, element } from './element.ts';
import { score, size } from './phrase.ts';

export interface BoxList {
  readonly element: HTMLElement;
  /** Rows anew: for another set of boxes. */
  update(boxes: readonly Box[], selected: number | null): void;
  /** Only what is marked: cheap enough for every move of the mouse. */
  mark(selected: number | null, hovered: number | null): void;
  focusRow(index: number): void;
}

interface Handlers {
  readonly select: (index: number) => void;
  readonly hover: (index: number | null) => void;
}

/** Every box as a row: the picture's text, and one selection with it. */
export function createBoxList({ select, hover }: Handlers): BoxList {
  const body = element('tbody');
  const grid = element('table', { class: 'rows pad boxes', role: 'grid', 'aria-labelledby': 'boxes-title' }, header(), body);
  const none = element('p', { class: 'hint' }, 'No box reaches the score.');
  let rows = new Map<number, HTMLTableRowElement>();

  const rowOf = (event: Event): number | null => {
    const row = event.target instanceof Element ? event.target.closest('tr[data-index]') : null;
    return row === null ? null : Number(row.getAttribute('data-index'));
  };
  body.addEventListener('click', event => {
    const index = rowOf(event);
    if (index !== null) select(index);
  });
  body.addEventListener('focusin', event => {
    const index = rowOf(event);
    if (index !== null) select(index);
  });
  body.addEventListener('mouseover', event => hover(rowOf(event)));
  body.addEventListener('mouseleave', () => hover(null));

  const mark = (selected: number | null, hovered: number | null): void => {
    const reachable = selected !== null && rows.has(selected) ? selected : [...rows.keys()][0];
    for (const [index, row] of rows) {
      row.setAttribute('aria-selected', String(index === selected));
      row.tabIndex = index === reachable ? 0 : -1;
      row.classList.toggle('hovered', index === hovered);
    }
  };
  return {
    element: element('section', {}, element('h2', { class: 'head', id: 'boxes-title' }, 'Boxes'), grid, none),
    update(boxes, selected) {
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.index : undefined;
      rows = new Map(boxes.map(box => [box.index, rowFor(box)]));
      body.replaceChildren(...rows.values());
      grid.hidden = boxes.length === 0;
      none.hidden = boxes.length > 0;
      mark(selected, null);
      if (focused !== undefined) rows.get(Number(focused))?.focus();
    },
    mark,
    focusRow(index) {
      const row = rows.get(index);
      row?.focus();
      row?.scrollIntoView({ block: 'nearest' });
    },
  };
}

function header(): HTMLTableSectionElement {
  return element(
    'thead',
    { class: 'sr' },
    element(
      'tr',
      {},
      element('th', { scope: 'col' }, 'Class'),
      element('th', { scope: 'col' }, 'Score'),
      element('th', { scope: 'col' }, 'Width × height'),
    ),
  );
}

function rowFor(box: Box): HTMLTableRowElement {
  return element(
    'tr',
    { 'data-index': box.index, title: `from ${Math.round(box.x)}, ${Math.round(box.y)}` },
    element('td', {}, colourKey(classColour(box.label)), box.name),
    element('td', { class: 'num' }, score(box.score)),
    element('td', { class: 'num dim' }, size(box.width, box.height)),
  );
}
