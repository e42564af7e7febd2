/** COCO's figures of detections against what was annotated: average precision and recall, over all classes and of each. */
import type { CocoTruth, FoundBox, ImageId, TruthBox, TruthCategory } from './coco-truth.ts';
import { type AreaRange, matchBoxes, overlapsOf, THRESHOLDS } from './match-boxes.ts';

export interface CocoFigures {
  /**
   * Average precision: all, IoU 0.50, IoU 0.75, small, medium, large. Average recall: with 1, 10, 100 detections a picture; small, medium, large. From 0 to 1;
   * -1 where there is nothing to find.
   */
  readonly stats: readonly number[];
  readonly perClass: readonly ClassFigures[];
}
export interface ClassFigures {
  readonly name: string;
  readonly ap: number;
  readonly ap50: number;
  readonly ap75: number;
}

/** What the twelve are called, as COCO prints them. */
export const FIGURE_NAMES = [
  'AP',
  'AP50',
  'AP75',
  'AP small',
  'AP medium',
  'AP large',
  'AR 1',
  'AR 10',
  'AR 100',
  'AR small',
  'AR medium',
  'AR large',
] as const;

/** All, small, medium, large; in pixels. */
const AREAS: readonly AreaRange[] = [
  [0, 1e10],
  [0, 32 ** 2],
  [32 ** 2, 96 ** 2],
  [96 ** 2, 1e10],
];
/** So many of a class on a picture count, the best. */
const MOST = [1, 10, 100] as const;
const LAST = MOST.length - 1;
/** Where precision is read off: recall 0.00 to 1.00. */
const RECALLS = Array.from({ length: 101 }, (_, i) => (i === 100 ? 1 : i * 0.01));

/**
 * Equal to pycocotools' `COCOeval` with `bbox`, ties and all. `categories`: those that are judged; boxes of others play no part. Pictures of `found` must be among
 * `truth.images`. Source: Lin et al., Microsoft COCO: Common Objects in Context, 2014, and the evaluation that its authors publish as pycocotools.
 */
export function cocoFigures(
  truth: CocoTruth,
  found: readonly FoundBox[],
  categories: readonly TruthCategory[] = truth.categories,
): CocoFigures {
  const groups = grouped(truth, found);
  const sorted = [...new Map(categories.map(category => [category.id, category])).values()].sort((a, b) => a.id - b.id);
  const curves = sorted.map(({ id }) => curvesOf(groups.get(id) ?? []));
  const precision = (area: number, most: number, threshold: number | null): number =>
    mean(curves.flatMap(of => precisionsOf(of, area, most, threshold)));
  const recall = (area: number, most: number): number => mean(curves.flatMap(of => of[area]![most]?.recall ?? []));
  const stats = [
    ...[null, 0, 5].map(threshold => precision(0, LAST, threshold)),
    ...[1, 2, 3].map(area => precision(area, LAST, null)),
    ...[0, 1, 2].map(most => recall(0, most)),
    ...[1, 2, 3].map(area => recall(area, LAST)),
  ];
  const perClass = sorted.map(({ name }, k) => {
    const [ap = -1, ap50 = -1, ap75 = -1] = [null, 0, 5].map(threshold => mean(precisionsOf(curves[k]!, 0, LAST, threshold)));
    return { name, ap, ap50, ap75 };
  });
  return { stats, perClass };
}

/** Of one class: by range of areas, by number of detections; null where there is nothing to find. */
type Curves = readonly (readonly (Curve | null)[])[];
interface Curve {
  /** By threshold: precision at each of `RECALLS`, and the recall that is reached. */
  readonly precision: readonly Float64Array[];
  readonly recall: readonly number[];
}

/** One class on one picture. */
interface Group {
  readonly found: FoundBox[];
  readonly truth: TruthBox[];
}

/** By class; pictures in the order of their identifiers, which decides among equal scores. */
function grouped({ images, boxes }: CocoTruth, found: readonly FoundBox[]): ReadonlyMap<number, readonly Group[]> {
  const place = new Map([...new Set(images.map(({ id }) => id))].sort(compareIds).map((id, i) => [id, i]));
  const byClass = new Map<number, Map<number, Group>>();
  const groupOf = (category: number, image: ImageId): Group | null => {
    const at = place.get(image);
    if (at === undefined) return null;
    const ofClass = byClass.get(category) ?? new Map<number, Group>();
    byClass.set(category, ofClass);
    const group = ofClass.get(at) ?? { found: [], truth: [] };
    ofClass.set(at, group);
    return group;
  };
  for (const box of boxes) groupOf(box.category, box.image)?.truth.push(box);
  for (const box of found) groupOf(box.category, box.image)?.found.push(box);
  return new Map([...byClass].map(([category, ofClass]) => [category, [...ofClass].sort(([a], [b]) => a - b).map(([, group]) => group)]));
}

export function compareIds(a: ImageId, b: ImageId): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function curvesOf(groups: readonly Group[]): Curves {
  const best = groups.map(({ found }) => found.toSorted((a, b) => b.score - a.score).slice(0, MOST[LAST]));
  const overlaps = groups.map(({ truth }, i) => overlapsOf(best[i]!, truth));
  const ranks = best.flatMap(found => [...found.keys()]);
  const scores = best.flatMap(found => found.map(({ score }) => score));
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  return AREAS.map(area => {
    const matched = groups.map(({ truth }, i) => matchBoxes(best[i]!, truth, overlaps[i]!, area));
    const wanted = matched.reduce((sum, m) => sum + m.wanted, 0);
    const met = matched.flatMap(m => [...m.met]);
    const ignored = matched.flatMap(m => [...m.ignored]);
    return MOST.map(most =>
      wanted === 0 ? null : curveOf(met, ignored, most === MOST[LAST] ? order : order.filter(i => ranks[i]! < most), wanted),
    );
  });
}

function curveOf(met: readonly number[], ignored: readonly number[], order: readonly number[], wanted: number): Curve {
  const curves = THRESHOLDS.map((_, t) => {
    const recalls = new Float64Array(order.length);
    const precisions = new Float64Array(order.length);
    let [right, wrong] = [0, 0];
    for (const [at, i] of order.entries()) {
      if (!((ignored[i]! >> t) & 1)) {
        if ((met[i]! >> t) & 1) right++;
        else wrong++;
      }
      recalls[at] = right / wanted;
      precisions[at] = right / (wrong + right + Number.EPSILON);
    }
    // Never rising with the recall: what a lower threshold of the score reaches counts for the higher ones too.
    for (let at = order.length - 1; at > 0; at--) precisions[at - 1] = Math.max(precisions[at - 1]!, precisions[at]!);
    return { precision: readOff(recalls, precisions), recall: recalls.at(-1) ?? 0 };
  });
  return { precision: curves.map(c => c.precision), recall: curves.map(c => c.recall) };
}

/** Precision where each recall is first reached; 0 where it is not. */
function readOff(recalls: Float64Array, precisions: Float64Array): Float64Array {
  let at = 0;
  return Float64Array.from(RECALLS, recall => {
    while (at < recalls.length && recalls[at]! < recall) at++;
    return precisions[at] ?? 0;
  });
}

function precisionsOf(curves: Curves, area: number, most: number, threshold: number | null): readonly number[] {
  const { precision = [] } = curves[area]?.[most] ?? {};
  return (threshold === null ? precision : precision.slice(threshold, threshold + 1)).flatMap(values => [...values]);
}

const mean = (values: readonly number[]): number => (values.length === 0 ? -1 : values.reduce((sum, v) => sum + v, 0) / values.length);
