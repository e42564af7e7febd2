/** What was annotated on a picture, and which detection meets which of it. */
import { type FoundBox, matchBoxes, overlap, overlapsOf, type TruthBox } from '../../runtime/index.ts';
import type { DetectionRecord, TruthRecord } from '../protocol.ts';
import { cocoBox } from './coco-box.ts';
import type { ValidationPicture, ValidationSet } from './validation-set.ts';

const ALL_AREAS = [0, Infinity] as const;

/**
 * `detections`: best score first, in any classes. Matched as COCO does at IoU 0.50, each class by itself: who meets whom hangs on better scores alone, so that a
 * threshold on the score leaves the others as they are.
 */
export function truthOn(set: ValidationSet, picture: ValidationPicture, detections: readonly DetectionRecord[]): TruthRecord {
  const labels = new Map(set.categories.map(({ id }, label) => [id, label]));
  const boxes = set.truth.boxes.filter(box => box.image === picture.id && labels.has(box.category));
  const place = new Map(boxes.map((box, at) => [box, at]));
  const matches: (TruthRecord['matches'][number] | undefined)[] = detections.map(() => undefined);
  for (const [label, { id: category }] of set.categories.entries()) {
    const own = [...detections.keys()]
      .filter(at => detections[at]!.label === label)
      .sort((a, b) => detections[b]!.score - detections[a]!.score);
    const found = own.map(at => foundBox(detections[at]!, picture, category));
    const truth = boxes.filter(box => box.category === category);
    const { object } = matchBoxes(found, truth, overlapsOf(found, truth), ALL_AREAS);
    for (const [i, at] of own.entries()) {
      const met = truth[object[i]!];
      matches[at] = met && { object: place.get(met) ?? -1, iou: overlap(found[i]!.box, met.box, met.crowd) };
    }
  }
  return {
    objects: boxes.map(({ box: [x, y, width, height], category, crowd }: TruthBox) => {
      const label = labels.get(category) ?? -1;
      return { label, name: set.categories[label]?.name ?? '', bbox: [x, y, x + width, y + height], crowd };
    }),
    matches: matches.map(match => match ?? null),
  };
}

function foundBox({ bbox, score }: DetectionRecord, { id: image }: ValidationPicture, category: number): FoundBox {
  return { image, category, box: cocoBox(bbox), score };
}
