import { element } from '../page/element.ts';
import { MARK_KINDS, type MarkCounts, type MarkKind } from './truth.ts';

export interface MarkToggles {
  readonly element: HTMLElement;
  update(counts: MarkCounts, without: ReadonlySet<MarkKind>): void;
}

const NAMES: Readonly<Record<MarkKind, string>> = { matched: 'Matched', missed: 'Missed', extra: 'Extra' };

/** Which of what was annotated and found is drawn and listed. */
export function createMarkToggles(onToggle: (kind: MarkKind) => void): MarkToggles {
  const rows = MARK_KINDS.map(kind => {
    const check = element('input', { type: 'checkbox', class: 'check' });
    check.addEventListener('change', () => onToggle(kind));
    const count = element('span', { class: 'num' });
    const label = element('label', {}, check, element('i', { class: `key ${kind}` }), element('span', { class: 'name' }, NAMES[kind]));
    return { kind, check, count, row: element('li', {}, label, count) };
  });
  return {
    element: element(
      'section',
      {},
      element('h2', { class: 'head', id: 'marks-title' }, 'Show'),
      element('ul', { class: 'rows classes', 'aria-labelledby': 'marks-title' }, ...rows.map(({ row }) => row)),
    ),
    update(counts, without) {
      for (const { kind, check, count } of rows) {
        check.checked = !without.has(kind);
        check.setAttribute('aria-label', `Show ${kind}, ${counts[kind]}`);
        count.textContent = String(counts[kind]);
      }
    },
  };
}
