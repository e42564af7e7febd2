import type { View } from '../../preview-messages.ts';
import { type Box, boxesOf } from './box.ts';
import { boxRow, markRow, pairRow } from './box-rows.ts';
import type { PageState } from './page-state.ts';
import { type Pair, pairsOf } from './pairs.ts';
import type { ListRow } from './row-list.ts';
import { shownBoxes } from './selection.ts';
import { boxesIn, type Mark, marksOf } from './truth.ts';

/** What is shown of a result, by what the user set: what was found, or that beside what was annotated, or beside what another network finds. */
export type Content = Found | AgainstTruth | Compared;

interface Common {
  /** All candidates, best first: what the threshold chooses from. */
  readonly boxes: readonly Box[];
  /** What is drawn; with `right`, left of the divider. */
  readonly drawn: readonly Box[];
  readonly right: readonly Box[] | null;
  /** Rows of the list, in its order. */
  readonly rows: readonly ListRow[];
}
export interface Found extends Common {
  readonly mode: 'found';
}
export interface AgainstTruth extends Common {
  readonly mode: 'truth';
  /** All, those that are not shown too. */
  readonly marks: readonly Mark[];
}
export interface Compared extends Common {
  readonly mode: 'compare';
  readonly right: readonly Box[];
  readonly names: readonly [left: string, right: string];
}

export function contentOf({ result, other }: Extract<View, { kind: 'ready' }>, state: PageState): Content {
  const { threshold } = state;
  if (other !== undefined) return compared([boxesOf(result), boxesOf(other.result)], other.names, state);
  const boxes = boxesOf(result);
  if (result.truth !== undefined) {
    const marks = marksOf(result, result.truth, threshold);
    const shown = marks.filter(({ kind }) => !state.without.includes(kind));
    return { mode: 'truth', boxes, marks, drawn: boxesIn(shown), right: null, rows: shown.map(markRow) };
  }
  const drawn = shownBoxes(boxes, { threshold, hidden: new Set(state.hidden) });
  return { mode: 'found', boxes, drawn, right: null, rows: drawn.map(boxRow) };
}

function compared(
  sides: readonly [readonly Box[], readonly Box[]],
  names: readonly [string, string],
  { threshold, swapped }: PageState,
): Compared {
  const [first, second] = sides.map(boxes => boxes.filter(box => box.score >= threshold));
  const [left = [], right = []] = swapped ? [second, first] : [first, second];
  const pairs = pairsOf(left, right).map(numbered);
  const told = swapped ? ([names[1], names[0]] as const) : names;
  const of = (side: keyof Pair): readonly Box[] => pairs.flatMap(pair => pair[side] ?? []).sort((a, b) => b.score - a.score);
  return {
    mode: 'compare',
    boxes: [...sides[0], ...sides[1]].sort((a, b) => b.score - a.score),
    drawn: of('left'),
    right: of('right'),
    rows: pairs.map(pair => pairRow(pair, told)),
    names: told,
  };
}

/** Both boxes of a pair by one number, so that one row selects both. */
const numbered = ({ left, right }: Pair, index: number): Pair => ({
  left: left && { ...left, index },
  right: right && { ...right, index },
});
