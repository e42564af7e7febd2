import { colourKey, element } from '../page/element.ts';
import type { Box } from './box.ts';
import { classColour } from './class-colour.ts';
import type { Pair } from './pairs.ts';
import { change, score, size } from './phrase.ts';
import type { ListRow } from './row-list.ts';
import type { Mark } from './truth.ts';

/** Class, score, size. */
export const boxRow = (box: Box): ListRow => ({
  index: box.index,
  title: from(box),
  cells: [
    element('td', {}, colourKey(classColour(box.label)), box.name),
    element('td', { class: 'num' }, score(box.score)),
    element('td', { class: 'num dim' }, size(box.width, box.height)),
  ],
});

/** Class and what is wrong with it, IoU, score. */
export function markRow({ kind, box, iou, score: reached }: Mark): ListRow {
  const name = kind === 'matched' ? box.name : `${box.name}, ${kind}`;
  const dim = kind === 'missed' ? 'num dim' : 'num';
  return {
    index: box.index,
    title: from(box),
    cells: [
      element('td', {}, colourKey(kind === 'missed' ? '' : classColour(box.label), kind), name),
      element('td', { class: 'num' }, iou === null ? '' : score(iou)),
      element('td', { class: dim }, reached === null ? 'none' : score(reached)),
    ],
  };
}

/** Class, the score of either side, what changes. `names`: of the two. */
export function pairRow({ left, right }: Pair, names: readonly [left: string, right: string]): ListRow {
  const box = left ?? right;
  const told = (of: Box | null): string => (of === null ? '–' : score(of.score));
  const alone = left === null ? `only ${names[1]}` : right === null ? `only ${names[0]}` : null;
  return {
    index: box?.index ?? 0,
    title: box === null ? '' : from(box),
    cells: [
      element('td', {}, colourKey(classColour(box?.label ?? 0), alone === null ? 'found' : 'only'), box?.name ?? ''),
      element('td', { class: 'num' }, told(left)),
      element('td', { class: 'num' }, told(right)),
      element('td', { class: 'num dim' }, alone ?? change((right?.score ?? 0) - (left?.score ?? 0))),
    ],
  };
}

const from = ({ x, y }: Box): string => `from ${Math.round(x)}, ${Math.round(y)}`;
