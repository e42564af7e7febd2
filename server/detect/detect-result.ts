/** From what a run found to what is answered. */
import type { Detected, DetectorRecipe, Opened } from '../../runtime/index.ts';
import type { DetectionRecord, DetectResult } from '../protocol.ts';
import type { ReadyModel } from './model.ts';

/** `recipe`: of the config, whatever threshold the run was made with. */
export function resultOf(
  image: string,
  { recipe, weights, half }: Pick<ReadyModel, 'recipe' | 'weights' | 'half'>,
  { provider, refused }: Pick<Opened, 'provider' | 'refused'>,
  { width, height, detections, timings }: Detected,
  iouThreshold: number | null,
): DetectResult {
  return {
    kind: 'detections',
    image,
    width,
    height,
    detections: detectionRecords(recipe, detections),
    classes: recipe.classes,
    palette: recipe.palette,
    timings,
    provider,
    half,
    refused,
    weights,
    scoreThreshold: recipe.test.scoreThreshold,
    suppression: suppressionOf(recipe, iouThreshold),
  };
}

export const detectionRecords = ({ classes }: DetectorRecipe, detections: Detected['detections']): readonly DetectionRecord[] =>
  detections.map(({ label, score, bbox }) => ({ label, name: classes[label] ?? `class ${label}`, score, bbox }));

/** How boxes were suppressed; null: as the config says. */
export function suppressionOf(recipe: DetectorRecipe, iouThreshold: number | null): DetectResult['suppression'] {
  const own = recipe.test.nmsIouThreshold;
  const fixed = fixedReason(recipe);
  return { own, threshold: fixed === null ? (iouThreshold ?? own) : own, fixed, candidates: null };
}

/** Why no threshold decides on what is suppressed; null where one does. */
function fixedReason({ suppressed, test }: DetectorRecipe): string | null {
  if (suppressed) return 'The exported model suppresses by itself.';
  if (test.soft?.method === 'gaussian') return 'Soft suppression by gaussian has no threshold.';
  return null;
}

/** What is to be known of a run beside its boxes, a sentence each: of the weights, and why it was not in half precision. */
export const notesOf = ({ weights, refused, provider }: DetectResult): readonly string[] => [
  ...(weights.note === null ? [] : [weights.note]),
  ...refused.flatMap(one => (one.provider === provider ? [`${one.reason.charAt(0).toUpperCase()}${one.reason.slice(1)}.`] : [])),
];
