/** A neck from the inside: a row a stride, a column a step; a diagonal is where one level goes into another. */
import type { DrawnNetwork, DrawnPart } from './description.ts';
import { line, rect } from './marks.ts';
import type { Rows } from './rows.ts';
import type { SceneNode } from './scene.ts';

const INSET = 22;
const WIDEST_STEP = 30;
/** Width of a dot. */
const DOT = 7;

export function neckInside(
  part: DrawnPart,
  { links }: DrawnNetwork,
  rows: Rows,
  x: number,
  width: number,
  rowY: (at: number) => number,
): readonly SceneNode[] {
  if (part.state !== 'ran' && part.state !== 'declared') return [];
  const incoming = links.find(link => link.to === part.name),
    outgoing = links.find(link => link.from === part.name && link.levels.length > 0);
  const enters = new Set(incoming?.levels.flatMap((level, i) => (level.state === 'surplus' ? [] : [rows.of(incoming, i)])));
  const leaves = new Set(outgoing?.levels.flatMap((level, i) => (level.state === 'absent' ? [] : [rows.of(outgoing, i)])));
  const { joins } = part;
  const steps = stepsOf(joins);
  const last = Math.max(0, ...steps);
  const step = last ? Math.min(WIDEST_STEP, (width - 2 * INSET) / last) : 0;
  const from = x + (width - step * last) / 2;
  const at = joins.map(({ stride }, i) => {
    const row = rows.ofStride(stride);
    return row === undefined ? null : { row, x: from + (steps[i] ?? 0) * step, y: rowY(row) };
  });
  // Many steps stand closer than a dot is wide.
  const dot = step && step < 2 * DOT ? DOT / 2 : DOT;
  const diagonals: SceneNode[] = [];
  const dots = new Set<number>();
  joins.forEach(({ from: sources }, i) => {
    for (const source of sources) {
      const [a, b] = [at[source], at[i]];
      if (!a || !b || a.row === b.row) continue;
      diagonals.push(line(`M${a.x} ${a.y}L${b.x} ${b.y}`));
      dots.add(source).add(i);
    }
  });
  const nodesIn = (row: number): number[] => [...dots].flatMap(i => (at[i]?.row === row ? [at[i].x] : []));
  const through = [...new Set([...enters, ...leaves])].flatMap(row => {
    const marks = nodesIn(row);
    const start = enters.has(row) ? x : Math.min(...marks, x + width);
    const end = leaves.has(row) ? x + width : Math.max(...marks, x);
    return start < end ? [line(`M${start} ${rowY(row)}H${end}`)] : [];
  });
  return [
    ...through,
    ...diagonals,
    ...[...dots].flatMap(i => {
      const place = at[i];
      return place ? [rect(place.x - dot / 2, place.y - dot / 2, dot, dot, { fill: 'foreground', 'fill-opacity': 0.8, class: 'dot' })] : [];
    }),
  ];
}

/** The column of each place: behind all that it is made from. */
function stepsOf(joins: DrawnPart['joins']): readonly number[] {
  const steps: number[] = [];
  for (const { from } of joins) steps.push(from.length ? Math.max(...from.map(i => steps[i] ?? 0)) + 1 : 0);
  return steps;
}
