/** COCO's figures equal pycocotools': on a drawn set of 60 pictures, and on 66 random sets with crowds, ties, borders, odd identifiers (tests/data/eval/record.py). */
import { describe, expect, it } from 'vitest';
import { type CocoFigures, cocoFigures } from '../../runtime/evaluate/coco-figures.ts';
import { AnnotationProblem, cocoTruthOf, foundBoxesOf, foundText } from '../../runtime/evaluate/coco-truth.ts';
import { dataText } from '../data-file.ts';

interface Recorded {
  readonly kind: string;
  readonly truth: unknown;
  readonly found: unknown;
  readonly figures: { readonly stats: readonly number[]; readonly per_class: readonly (readonly [string, number, number, number])[] };
}
const figuresOf = ({ truth, found }: Pick<Recorded, 'truth' | 'found'>): CocoFigures =>
  cocoFigures(cocoTruthOf(JSON.stringify(truth)), foundBoxesOf(JSON.stringify(found)));

it('the drawn set', () => {
  const { truth, found, figures }: { truth: unknown; found: unknown; figures: { stats: number[]; per_class: Record<string, number[]> } } =
    JSON.parse(dataText('eval/drawn.json.gz'));
  const { stats, perClass } = figuresOf({ truth, found });
  expect(stats).toHaveLength(12);
  // They were rounded to six digits.
  for (const [i, figure] of figures.stats.entries()) expect(stats[i]).toBeCloseTo(figure, 5);
  for (const [name, row] of Object.entries(figures.per_class)) {
    const ours = perClass.find(c => c.name === name);
    expect([ours?.ap, ours?.ap50, ours?.ap75], name).toEqual(row.map(figure => expect.closeTo(figure, 5)));
  }
  expect(perClass).toHaveLength(6);
});

const sets: readonly Recorded[] = dataText('eval/sets.jsonl.gz')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line));
it.each(sets.map((set, i) => [i, set.kind, set] as const))('random set %i, %s', (_, __, set) => {
  const { stats, perClass } = figuresOf(set);
  expect(stats).toEqual(set.figures.stats.map(figure => expect.closeTo(figure, 10)));
  expect(perClass.map(c => c.name)).toEqual(set.figures.per_class.map(([name]) => name));
  expect(perClass.map(c => [c.ap, c.ap50, c.ap75])).toEqual(set.figures.per_class.map(([, ...row]) => row.map(f => expect.closeTo(f, 10))));
});

it('judges those classes alone that are asked for', () => {
  const set = sets.find(s => s.figures.per_class.length > 2)!;
  const truth = cocoTruthOf(JSON.stringify(set.truth));
  const all = figuresOf(set);
  const [, second] = truth.categories.toSorted((a, b) => a.id - b.id);
  const one = cocoFigures(truth, foundBoxesOf(JSON.stringify(set.found)), [second!]);
  expect(one.perClass).toEqual([all.perClass[1]]);
  expect(one.stats[0]).toBe(all.perClass[1]?.ap);
});

describe('files', () => {
  it('are written as they are read', () => {
    const found = foundBoxesOf('[{"image_id": 1, "category_id": 2, "bbox": [0.5, 1, 2, 3], "score": 0.25}]');
    expect(foundBoxesOf(foundText(found))).toEqual(found);
    expect(foundBoxesOf(foundText([]))).toEqual([]);
  });
  it.each([
    ['{', /no JSON/],
    ['[]', /no object/],
    ['{"images": []}', /no list of annotations/],
    ['{"images": [], "annotations": [{"id": 1}], "categories": []}', /Annotation 1 has no image_id/],
    ['{"images": [], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}], "categories": []}', /has no area/],
    ['{"images": [], "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "area": 1, "bbox": [1]}], "categories": []}', /no bbox/],
    ['{"images": [{}], "annotations": [], "categories": []}', /Picture 0 has no id/],
    ['{"images": [], "annotations": [], "categories": [{"id": 1}]}', /Category 0/],
    ['{"images": [{"id": 9007199254740993}], "annotations": [], "categories": []}', /identifier near 9.01e\+15.*give pictures text/],
  ])('say what is wrong with them: %s', (text, message) => {
    expect(() => cocoTruthOf(text)).toThrow(message);
    expect(() => cocoTruthOf(text)).toThrow(AnnotationProblem);
  });
  it.each([
    ['{}', /holds none/],
    ['[1]', /Detection 0 is no object/],
    ['[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": "high"}]', /lacks image_id, category_id or score/],
  ])('and lists of detections: %s', (text, message) => expect(() => foundBoxesOf(text)).toThrow(message));
});
