import { cocoText } from '../../server/detect/coco-text.ts';
import type { DetectResult } from '../../server/protocol.ts';
import type { FromPage } from '../preview-messages.ts';
import { saveFile } from '../save-file.ts';

/** `png`: the picture with its boxes as the page drew it, in base64. */
export const savePicture = (image: string, png: string): Promise<void> =>
  saveFile({ title: 'Save Picture', beside: image, ending: '_detections.png', content: Buffer.from(png, 'base64') });

/** The boxes that are shown, in COCO's form. */
export function saveBoxes(
  result: DetectResult,
  { threshold, hidden }: Pick<Extract<FromPage, { kind: 'listed' }>, 'threshold' | 'hidden'>,
): Promise<void> {
  const detections = result.detections.filter(({ score, name }) => score >= threshold && !hidden.includes(name));
  return saveFile({
    title: 'Save Boxes',
    beside: result.image,
    ending: '_detections.json',
    content: cocoText([{ ...result, detections }]),
  });
}
