import { element } from '../page/element.ts';
import type { Content } from './content.ts';
import { boxCount, score } from './phrase.ts';
import { countMarks } from './truth.ts';

/** What is shown is counted by `threshold`; `floor`: the config's own, below which there is no box. "6 of 8 found at IoU 0.50, score 0.30". */
export function leadWords(of: Content, threshold: number, floor: number): readonly HTMLElement[] {
  const words = (first: string, then: string): readonly HTMLElement[] => [
    element('b', {}, first),
    element('span', { class: 'dim' }, ` ${then}`),
  ];
  if (of.mode === 'truth') {
    const { matched, missed } = countMarks(of.marks);
    return words(`${matched} of ${matched + missed} found`, `at IoU 0.50, score ${score(threshold)}`);
  }
  if (of.mode === 'compare') return words(`${of.drawn.length} and ${of.right.length} boxes`, `score ${score(threshold)}`);
  const lowest = Math.min(floor, of.boxes.at(-1)?.score ?? 1);
  return words(boxCount(of.drawn.length), `of ${of.boxes.length} over ${Number(lowest.toPrecision(1))}`);
}

/** What is on the picture, in words. */
export function summary(of: Content): string {
  if (of.mode === 'found') return boxCount(of.drawn.length);
  if (of.mode === 'compare') return `${boxCount(of.drawn.length)} of ${of.names[0]} and ${of.right.length} of ${of.names[1]}`;
  const { matched, missed, extra } = countMarks(of.marks);
  return `${matched} matched, ${missed} missed and ${extra} extra`;
}
