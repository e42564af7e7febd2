/** Detections as one file in COCO's form: pictures, classes and boxes, as programs that draw or correct annotations open it. Boxes carry their score besides. */
import { basename } from 'node:path';
import type { DetectResult } from '../protocol.ts';
import { cocoBox } from './coco-box.ts';

/** Identifiers count from 1; a class's is its label and one. */
export function cocoText(results: readonly DetectResult[]): string {
  const images = results.map(({ image, width, height }, i) => ({ id: i + 1, file_name: basename(image), width, height }));
  const categories = (results[0]?.classes ?? []).map((name, label) => ({ id: label + 1, name }));
  const annotations = results.flatMap(({ detections }, i) =>
    detections.map(({ label, score, bbox }) => {
      const box = cocoBox(bbox);
      return { image_id: i + 1, category_id: label + 1, bbox: box, area: box[2] * box[3], iscrowd: 0, score };
    }),
  );
  const numbered = annotations.map((annotation, i) => ({ id: i + 1, ...annotation }));
  return `${JSON.stringify({ images, categories, annotations: numbered })}\n`;
}
