/** From a head's raw outputs to detections in the picture's pixels. */
import type { Geometry } from '../image/transform.ts';
import { bestFirst } from './best-first.ts';
import { decodeDense, misfitOfDense } from './decode-dense.ts';
import { decodePoints, misfitOfPoints } from './decode-points.ts';
import { decodeYolov5, misfitOfYolov5 } from './decode-yolov5.ts';
import type { Detection, DetectorRecipe } from './detection.ts';
import { type NmsSettings, suppress } from './nms.ts';
import type { RawOutput } from './raw-output.ts';
import { picked, type Selected, select } from './selected.ts';
import { softSuppress } from './soft-nms.ts';

/** What is wrong with these outputs for this recipe; null where they fit. */
export function misfit(recipe: DetectorRecipe, outputs: readonly RawOutput[]): string | null {
  switch (recipe.head.kind) {
    case 'yolov5':
      return misfitOfYolov5(recipe.head, outputs);
    case 'points':
      return misfitOfPoints(recipe.head, outputs);
    case 'dense':
      return misfitOfDense(recipe.head, outputs);
  }
}

/** Best score first. */
export const detectionsOf = (recipe: DetectorRecipe, outputs: readonly RawOutput[], geometry: Geometry): readonly Detection[] =>
  afterSuppression(recipe, candidatesOf(recipe, outputs, geometry), geometry);

/**
 * What goes into suppression, best score first. Boxes leave the padding and return to the picture's scale before they suppress each other: mmyolo's and mmdet's order. mmyolo clamps them to
 * the picture at last, mmdet has done so before.
 */
export function candidatesOf(recipe: DetectorRecipe, outputs: readonly RawOutput[], geometry: Geometry): Selected {
  const { test, head } = recipe;
  const chosen = toPicture(choose(recipe, outputs, geometry), geometry, head.kind === 'dense');
  const large = largeEnough(chosen, test.minSize ?? -1);
  // mmdet's come level by level.
  return head.kind === 'dense' ? picked(large, bestFirst(large.scores, large.scores.length)) : large;
}

/** What suppression leaves of `candidatesOf`; `picture`: width and height of the picture. */
export function afterSuppression(recipe: DetectorRecipe, candidates: Selected, picture: PictureSize): readonly Detection[] {
  const { test } = recipe;
  const settings: NmsSettings = {
    iouThreshold: test.nmsIouThreshold,
    limit: test.maxPerImage,
    classAgnostic: test.classAgnostic ?? false,
    ...(test.split !== undefined && { split: test.split }),
    ...(test.nmsScoreThreshold !== undefined && { scoreThreshold: test.nmsScoreThreshold }),
    ...(test.nmsOffset !== undefined && { offset: test.nmsOffset }),
  };
  const found = test.soft ? softSuppress(candidates, settings, test.soft) : picked(candidates, suppress(candidates, settings));
  return told(recipe, found, picture);
}

/** The same of boxes that the model has suppressed by itself: in the network's pixels, best score first. */
export function detectionsOfSuppressed(recipe: DetectorRecipe, found: Selected, geometry: Geometry): readonly Detection[] {
  return told(recipe, toPicture(found, geometry, recipe.head.kind === 'dense'), geometry);
}

type PictureSize = Pick<Geometry, 'width' | 'height'>;

function told({ head }: DetectorRecipe, found: Selected, { width, height }: PictureSize): readonly Detection[] {
  const unclamped = head.kind === 'dense' || (head.kind === 'points' && head.unclamped === true);
  const ending = unclamped ? (side: number) => side : clamp;
  return Array.from(found.scores, (score, i) => ({
    label: found.labels[i]!,
    score,
    bbox: [
      ending(found.boxes[4 * i]!, width),
      ending(found.boxes[4 * i + 1]!, height),
      ending(found.boxes[4 * i + 2]!, width),
      ending(found.boxes[4 * i + 3]!, height),
    ],
  }));
}

function choose({ head, test }: DetectorRecipe, outputs: readonly RawOutput[], { inner }: Geometry): Selected {
  if (head.kind === 'dense') return decodeDense(head, outputs, test, inner);
  const decoded = head.kind === 'yolov5' ? decodeYolov5(head, outputs, test) : decodePoints(head, outputs, test);
  return select(decoded, bestFirst(decoded.candidates.scores, test.nmsPre));
}

/** mmyolo divides by the scale, mmdet multiplies by its inverse. */
function toPicture({ boxes, labels, scores }: Selected, { scale, padding }: Geometry, inverse: boolean): Selected {
  const out = new Float32Array(boxes.length);
  for (let i = 0; i < boxes.length; i++) {
    const along = i & 1;
    const inside = Math.fround(boxes[i]! - (along ? padding.top : padding.left));
    out[i] = inverse ? inside * Math.fround(1 / scale[along]!) : inside / Math.fround(scale[along]!);
  }
  return { boxes: out, labels, scores };
}

function largeEnough(chosen: Selected, least: number): Selected {
  if (least < 0) return chosen;
  const { boxes, scores } = chosen;
  const rows: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const [width, height] = [Math.fround(boxes[4 * i + 2]! - boxes[4 * i]!), Math.fround(boxes[4 * i + 3]! - boxes[4 * i + 1]!)];
    if (width > least && height > least) rows.push(i);
  }
  return picked(chosen, rows);
}

const clamp = (n: number, most: number): number => Math.min(Math.max(n, 0), most);
