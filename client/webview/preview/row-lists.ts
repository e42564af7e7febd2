import type { Content } from './content.ts';
import { createRowList, type RowList, type RowListParts } from './row-list.ts';

/** The list beside the picture, for each of the page's ways to show boxes. */
export function createRowLists(selecting: Pick<RowListParts, 'select' | 'hover'>): Readonly<Record<Content['mode'], RowList>> {
  return {
    found: createRowList({
      ...selecting,
      id: 'boxes-title',
      heading: 'Boxes',
      columns: ['Class', 'Score', 'Width × height'],
      shown: false,
      none: 'No box reaches the score.',
    }),
    truth: createRowList({
      ...selecting,
      id: 'truth-title',
      heading: 'Truth and found',
      columns: ['class', 'IoU', 'score'],
      shown: true,
      none: 'Nothing is annotated here, and nothing found.',
    }),
    compare: createRowList({
      ...selecting,
      id: 'compare-title',
      heading: 'Boxes',
      columns: [],
      shown: true,
      none: 'No box of either reaches the score.',
    }),
  };
}
