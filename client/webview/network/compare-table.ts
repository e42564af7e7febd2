import type { NetworkDescription, NetworkPart } from '../../../server/picture/description.ts';
import { macText, parameterText, ratioText } from '../../../server/picture/figures.ts';
import { element } from '../page/element.ts';

interface Pair {
  readonly name: string;
  readonly before: NetworkPart | undefined;
  readonly after: NetworkPart | undefined;
}

/** Two networks part by part: figures, bars of one scale, and what is another class or has other levels. */
export function compareTable(before: NetworkDescription, after: NetworkDescription): HTMLElement {
  const names = [...new Set([...before.parts, ...after.parts].map(part => part.name))];
  const pairs = names.map((name): Pair => ({ name, before: find(before, name), after: find(after, name) }));
  const scale = {
    parameters: Math.max(before.parameters ?? 0, after.parameters ?? 0, 1),
    macs: Math.max(before.macs ?? 0, after.macs ?? 0, 1),
  };
  const row = (name: string, differs: readonly string[], figures: readonly HTMLElement[]): HTMLElement =>
    element(
      'tr',
      { class: differs.length > 0 ? 'differs' : '' },
      element('th', { scope: 'row' }, name, ...differs.map(text => element('div', { class: 'dim change' }, text))),
      ...figures,
    );
  return element(
    'table',
    { class: 'compare' },
    element('caption', { class: 'sr' }, 'The two networks, part by part'),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, 'part'),
        element('th', { scope: 'col', class: 'num' }, 'parameters'),
        element('td', { class: 'pair' }),
        element('th', { scope: 'col', class: 'num ratio' }, element('span', { class: 'sr' }, 'ratio of parameters')),
        element('th', { scope: 'col', class: 'num' }, 'MACs'),
        element('td', { class: 'pair' }),
        element('th', { scope: 'col', class: 'num ratio' }, element('span', { class: 'sr' }, 'ratio of MACs')),
      ),
    ),
    element(
      'tbody',
      {},
      ...pairs.map(pair =>
        row(pair.name, changes(pair, before, after), [
          ...figureCells(pair.before?.parameters, pair.after?.parameters, scale.parameters, parameterText),
          ...figureCells(pair.before?.macs, pair.after?.macs, scale.macs, macText),
        ]),
      ),
      row(
        'all',
        [],
        [
          ...figureCells(before.parameters, after.parameters, scale.parameters, parameterText),
          ...figureCells(before.macs, after.macs, scale.macs, macText),
        ],
      ),
    ),
  );
}

const find = ({ parts }: NetworkDescription, name: string): NetworkPart | undefined => parts.find(part => part.name === name);

/** `YOLOv5CSPDarknet → mmdet.ResNet`; levels by their channels. */
export function changes({ name, before, after }: Pair, first: NetworkDescription, second: NetworkDescription): readonly string[] {
  if (before === undefined || after === undefined) return [before === undefined ? 'only in the second' : 'only in the first'];
  const told = (part: NetworkPart): string => [part.type, part.detail].filter(Boolean).join(', ');
  const levels = (network: NetworkDescription): string =>
    (network.links.find(link => link.from === name && link.levels.length > 0)?.levels ?? [])
      .map(({ shape }) => shape?.[0] ?? '–')
      .join(', ');
  const [types, channels] = [
    [told(before), told(after)],
    [levels(first), levels(second)],
  ];
  return [types, channels].flatMap(([one, other]) => (one !== other && one && other ? [`${one} → ${other}`] : []));
}

function figureCells(
  before: number | null | undefined,
  after: number | null | undefined,
  whole: number,
  text: (value: number) => string,
): readonly HTMLElement[] {
  const say = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : text(value));
  const fill = (value: number | null | undefined): HTMLElement => {
    const made = element('i');
    made.style.width = `${((100 * (value ?? 0)) / whole).toFixed(2)}%`;
    return made;
  };
  const known = typeof before === 'number' && typeof after === 'number';
  return [
    element('td', { class: 'num' }, element('div', { class: 'dim' }, say(before)), element('div', {}, say(after))),
    element('td', { class: 'pair', 'aria-hidden': 'true' }, fill(before), fill(after)),
    element('td', { class: 'num dim ratio' }, known ? ratioText(before, after) : ''),
  ];
}
