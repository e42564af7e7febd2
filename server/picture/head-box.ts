/** What a head gives for each level: a column a kind of output. */
import type { DrawnNetwork, DrawnPart } from './description.ts';
import { dimWords, fittedWords, line, words } from './marks.ts';
import type { Rows } from './rows.ts';
import type { SceneNode } from './scene.ts';

const MOST_COLUMNS = 4;

export function headBox(
  head: DrawnPart,
  { links }: DrawnNetwork,
  rows: Rows,
  x: number,
  width: number,
  rowY: (at: number) => number,
): readonly SceneNode[] {
  const link = links.find(({ to, levels }) => to === head.name && levels.length > 0);
  if (!link || (head.state !== 'ran' && head.state !== 'declared')) return [];
  const outputs = head.outputs.slice(0, MOST_COLUMNS);
  const taken = link.levels.flatMap((level, i) => (level.state === 'surplus' ? [] : [i]));
  const wide = Math.min(52, (width - 30) / Math.max(1, outputs.length));
  const right = (i: number): number => x + width - 14 - (outputs.length - 1 - i) * wide;
  const top = rowY(Math.min(...taken.map(i => rows.of(link, i))));
  return [
    ...outputs.map(({ name }, i) =>
      name.length * 6.2 > wide - 4
        ? fittedWords(name, right(i), top - 22, wide - 4, { fill: 'dim', 'text-anchor': 'end' })
        : dimWords(name, right(i), top - 22, 'end'),
    ),
    ...taken.flatMap((level, nth) => {
      const y = rowY(rows.of(link, level));
      return [
        line(`M${x} ${y}H${x + 20}`),
        ...outputs.map(({ channels }, i) => words(String(channels[nth] ?? '–'), right(i), y + 4, { anchor: 'end' })),
      ];
    }),
  ];
}
