import { element } from '../page/element.ts';

/** One row: keyed by what the picture selects it with. */
export interface ListRow {
  readonly index: number;
  readonly title: string;
  readonly cells: readonly HTMLTableCellElement[];
}

export interface RowList {
  readonly element: HTMLElement;
  /** Rows anew: for another set of boxes. `columns`: headings, the first of the names. */
  update(rows: readonly ListRow[], selected: number | null, columns?: readonly string[]): void;
  /** Only what is marked: cheap enough for every move of the mouse. */
  mark(selected: number | null, hovered: number | null): void;
  focusRow(index: number): void;
}

export interface RowListParts {
  readonly id: string;
  readonly heading: string;
  readonly columns: readonly string[];
  /** Whether the headings are shown; else they are there for screen readers alone. */
  readonly shown: boolean;
  /** In place of the rows where there is none. */
  readonly none: string;
  readonly select: (index: number) => void;
  readonly hover: (index: number | null) => void;
}

/** Every box as a row: the picture's text, and one selection with it. */
export function createRowList({ id, heading, columns, shown, none: noRow, select, hover }: RowListParts): RowList {
  const body = element('tbody');
  const head = element('thead', shown ? {} : { class: 'sr' }, header(columns));
  const grid = element(
    'table',
    { class: shown ? 'rows pad boxes narrow' : 'rows pad boxes', role: 'grid', 'aria-labelledby': id },
    head,
    body,
  );
  const none = element('p', { class: 'hint' }, noRow);
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
    element: element('section', {}, element('h2', { class: 'head', id }, heading), grid, none),
    update(next, selected, names) {
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.index : undefined;
      if (names !== undefined) head.replaceChildren(header(names));
      rows = new Map(next.map(({ index, title, cells }) => [index, element('tr', { 'data-index': index, title }, ...cells)]));
      body.replaceChildren(...rows.values());
      grid.hidden = next.length === 0;
      none.hidden = next.length > 0;
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

function header(columns: readonly string[]): HTMLTableRowElement {
  return element('tr', {}, ...columns.map((name, at) => element('th', { scope: 'col', class: at === 0 ? null : 'num' }, name)));
}
