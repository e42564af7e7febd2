import type { NetworkDescription, SourcePlace } from '../../../server/picture/description.ts';
import { macText, parameterText, shapeText } from '../../../server/picture/figures.ts';
import { button, element, icon } from '../page/element.ts';
import { type TreeRow, type TreeWish, treeRows } from './tree-rows.ts';

export interface TreeState {
  readonly toggled: readonly string[];
  readonly filter: string;
  /** Path of the selected module. */
  readonly selected: string | null;
}
export interface Tree {
  readonly element: HTMLElement;
  update(network: NetworkDescription, state: TreeState): void;
}
export interface TreeActions {
  readonly change: (state: Partial<TreeState>) => void;
  readonly go: (place: SourcePlace) => void;
}

const ROW = 22;
/** From so many rows on, only those in view are made. */
const MOST = 500;
const SPARE = 20;

/** Every module, as the explorer shows files: arrows move and open, Enter goes to the class. */
export function createTree({ change, go }: TreeActions): Tree {
  const filter = element('input', {
    type: 'search',
    class: 'filter',
    placeholder: 'Filter modules',
    'aria-label': 'Filter modules',
    spellcheck: 'false',
  });
  const count = element('span', { class: 'dim', role: 'status' });
  const head = element(
    'div',
    { class: 'row head', role: 'row' },
    ...['module', 'output', 'parameters', 'MACs'].map(name =>
      element('span', { role: 'columnheader', class: name === 'module' ? 'name' : `num ${name.toLowerCase()}` }, name),
    ),
  );
  const above = element('div', { 'aria-hidden': 'true' }),
    below = element('div', { 'aria-hidden': 'true' }),
    body = element('div', { role: 'rowgroup', class: 'rows-in-view' });
  const grid = element(
    'div',
    { class: 'tree', role: 'treegrid', 'aria-label': 'Modules', tabindex: 0 },
    element('div', { role: 'rowgroup' }, head),
    body,
  );
  const whole = element('section', { class: 'modules', 'aria-label': 'Modules' }, element('div', { class: 'tools' }, filter, count), grid);
  let network: NetworkDescription | null = null;
  let state: TreeState = { toggled: [], filter: '', selected: null };
  let rows: readonly TreeRow[] = [];
  let range: readonly [number, number] = [0, 0];

  const typeOf = (row: TreeRow): string => network?.types[row.module.type]?.name ?? '';
  const sourceOf = (row: TreeRow): SourcePlace | null => network?.types[row.module.type]?.source ?? null;
  const configOf = (row: TreeRow): SourcePlace | null =>
    network?.parts.find(part => part.name.replace(/\[(\d+)\]$/, '.$1') === row.module.path)?.place ?? null;

  function toggle(row: TreeRow): void {
    if (!row.hasChildren) return;
    const { path } = row.module;
    change({
      toggled: state.toggled.includes(path) ? state.toggled.filter(other => other !== path) : [...state.toggled, path],
      selected: path,
    });
  }
  function render(force: boolean): void {
    const next = inView();
    if (!force && next[0] === range[0] && next[1] === range[1]) return;
    range = next;
    above.style.height = `${range[0] * ROW}px`;
    below.style.height = `${(rows.length - range[1]) * ROW}px`;
    const scale = { parameters: most(network, 'parameters'), macs: most(network, 'macs') };
    body.replaceChildren(
      above,
      ...rows.slice(...range).map((row, i) => rowElement(row, range[0] + i, row.module.path === state.selected, scale)),
      below,
    );
    grid.setAttribute('aria-rowcount', String(rows.length + 1));
    const active = body.querySelector('[aria-selected="true"]');
    if (active === null) grid.removeAttribute('aria-activedescendant');
    else grid.setAttribute('aria-activedescendant', active.id);
  }
  function inView(): readonly [number, number] {
    if (rows.length <= MOST) return [0, rows.length];
    const top = -body.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / ROW) - SPARE);
    return [first, Math.min(rows.length, first + Math.ceil(innerHeight / ROW) + 2 * SPARE)];
  }
  function rowElement(
    row: TreeRow,
    at: number,
    isSelected: boolean,
    scale: { readonly parameters: number; readonly macs: number },
  ): HTMLElement {
    const { module, name, level, hasChildren, isOpen } = row;
    const source = sourceOf(row),
      config = configOf(row);
    const made = element(
      'div',
      {
        class: module.wrong ? 'row wrong' : 'row',
        role: 'row',
        id: `module-${module.path}`,
        'aria-level': level,
        'aria-rowindex': at + 2,
        'aria-selected': isSelected ? 'true' : 'false',
        'aria-expanded': hasChildren ? String(isOpen) : null,
        'data-path': module.path,
      },
      element(
        'span',
        { class: 'name', role: 'gridcell', title: `${module.path}: ${typeOf(row)}` },
        ...Array.from({ length: level - 1 }, () => element('i', { class: 'indent' })),
        element('i', { class: 'twisty' }, hasChildren ? icon(isOpen ? 'down' : 'right') : null),
        element('b', {}, name),
        module.wrong ? element('span', { class: 'mark' }, icon('error'), element('span', { class: 'sr' }, 'does not fit')) : null,
        element('span', { class: 'dim type' }, typeOf(row)),
        element(
          'span',
          { class: 'links' },
          config === null ? null : button('config', () => go(config), { class: 'link', tabindex: -1, title: 'Where the config writes it' }),
          source === null ? null : button('source', () => go(source), { class: 'link', tabindex: -1, title: 'The class (Enter)' }),
        ),
      ),
      element(
        'span',
        { class: 'num dim output', role: 'gridcell', title: module.outputs.map(shapeText).join('\n') },
        ...outputsOf(module.outputs),
      ),
      element(
        'span',
        { class: 'num parameters', role: 'gridcell' },
        parameterText(module.parameters),
        bar(module.parameters, scale.parameters),
      ),
      element('span', { class: 'num macs', role: 'gridcell' }, macText(module.macs), bar(module.macs, scale.macs)),
    );
    return made;
  }
  const rowAt = (target: EventTarget | null): TreeRow | undefined => {
    const path = target instanceof Element ? target.closest<HTMLElement>('[data-path]')?.dataset.path : undefined;
    return rows.find(row => row.module.path === path);
  };
  const select = (row: TreeRow | undefined): void => {
    if (row === undefined) return;
    change({ selected: row.module.path });
    grid.focus({ preventScroll: true });
    const made = (): HTMLElement | null => body.querySelector<HTMLElement>(`[data-path="${CSS.escape(row.module.path)}"]`);
    if (made() === null) {
      // Of many rows those in view are made alone: the page is brought there first.
      const scroller = whole.closest('.scroller');
      const top = body.getBoundingClientRect().top - (scroller?.getBoundingClientRect().top ?? 0);
      scroller?.scrollBy(0, top + rows.findIndex(other => other.module.path === row.module.path) * ROW - scroller.clientHeight / 2);
      render(true);
    }
    made()?.scrollIntoView({ block: 'nearest' });
  };
  body.addEventListener('click', event => {
    const row = rowAt(event.target);
    if (row === undefined || (event.target instanceof Element && event.target.closest('.link'))) return;
    select(row);
    if (event.target instanceof Element && event.target.closest('.name') && row.hasChildren) toggle(row);
  });
  body.addEventListener('dblclick', event => {
    const row = rowAt(event.target),
      source = row && !row.hasChildren ? sourceOf(row) : null;
    if (source) go(source);
  });
  grid.addEventListener('keydown', event => {
    const at = rows.findIndex(({ module }) => module.path === state.selected);
    const row = rows[at];
    if (row === undefined) {
      // Nothing is selected yet.
      if (/^(?:Arrow|Home|End|Page)/.test(event.key)) {
        event.preventDefault();
        select(rows[0]);
      }
      return;
    }
    const parent = (): TreeRow | undefined => rows.slice(0, at).findLast(other => other.level < row.level);
    const byKey: Readonly<Record<string, () => void>> = {
      ArrowDown: () => select(rows[at + 1]),
      ArrowUp: () => select(rows[at - 1]),
      ArrowRight: () => (row.hasChildren && !row.isOpen ? toggle(row) : select(row.isOpen ? rows[at + 1] : undefined)),
      ArrowLeft: () => (row.isOpen && state.filter === '' ? toggle(row) : select(parent())),
      Home: () => select(rows[0]),
      End: () => select(rows.at(-1)),
      PageDown: () => select(rows[Math.min(rows.length - 1, at + 20)]),
      PageUp: () => select(rows[Math.max(0, at - 20)]),
      ' ': () => toggle(row),
      Enter: () => {
        const place = event.altKey || event.ctrlKey || event.metaKey ? configOf(row) : (sourceOf(row) ?? configOf(row));
        if (place !== null) go(place);
      },
    };
    const action = byKey[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  filter.addEventListener('input', () => change({ filter: filter.value }));
  document.addEventListener('scroll', () => render(false), { capture: true, passive: true });
  addEventListener('resize', () => render(false));

  return {
    element: whole,
    update(next, wished) {
      network = next;
      state = wished;
      if (document.activeElement !== filter) filter.value = wished.filter;
      const wish: TreeWish = { toggled: new Set(wished.toggled), filter: wished.filter };
      rows = treeRows(next.modules, module => next.types[module.type]?.name ?? '', wish);
      whole.hidden = next.modules.length === 0;
      const matches = wished.filter === '' ? '' : rows.length === 0 ? 'No module matches' : `${rows.length} rows`;
      if (count.textContent !== matches) count.textContent = matches;
      render(true);
    },
  };
}

/** Of the model's own parts: what holds all is no measure for one. */
const most = (network: NetworkDescription | null, figure: 'parameters' | 'macs'): number =>
  Math.max(1, ...(network?.modules ?? []).filter(({ path }) => path !== '' && !path.includes('.')).map(module => module[figure]));

function bar(value: number, whole: number): HTMLElement {
  const made = element('i', { class: 'share', 'aria-hidden': 'true' }),
    fill = element('i', { class: 'bar-fill' });
  fill.style.width = value === 0 ? '0' : `max(1px, ${((100 * value) / whole).toFixed(2)}%)`;
  made.append(fill);
  return made;
}

/** The first of several, and how many more. */
function outputsOf(outputs: readonly (readonly number[])[]): readonly (HTMLElement | string)[] {
  const [first, ...more] = outputs;
  if (first === undefined) return [];
  return more.length > 0 ? [shapeText(first), element('span', { class: 'more' }, ` + ${more.length}`)] : [shapeText(first)];
}
