/** A config's detections on its validation set, as COCO's result files hold them. */
import { basename } from 'node:path';
import type { FoundBox } from '../../runtime/index.ts';
import type { DetectResult } from '../protocol.ts';
import { cocoBox } from './coco-box.ts';
import type { Detector, DetectRunning, Wish } from './detect.ts';
import { findAll } from './find-all.ts';
import type { DetectPlace } from './place.ts';
import { DetectFailure } from './problem.ts';
import { missingPictures, type ValidationPicture, type ValidationSet } from './validation-set.ts';

/** One picture of the set. */
export interface Evaluated {
  readonly picture: ValidationPicture;
  readonly found: readonly FoundBox[];
  readonly result: DetectResult;
}

const NAMED = 8;

/** Picture by picture, in the set's order; every detection that the config's `test_cfg` lets through. Throws `DetectFailure`: without all pictures there are no figures. */
export async function* detectOnSet(
  detector: Detector,
  place: DetectPlace,
  set: ValidationSet,
  wish: Wish,
  running: DetectRunning,
): AsyncGenerator<Evaluated> {
  const missing = missingPictures(place.host, set);
  if (missing.length) {
    throw new DetectFailure(
      'no-truth',
      `${missing.length} of ${set.pictures.length} pictures are not there`,
      'Put them where `data_root` and `data_prefix` of `val_dataloader.dataset` say, or change those.',
      [{ label: 'Looked for', values: missing.slice(0, NAMED).map(({ path }) => path) }],
    );
  }
  const paths = set.pictures.map(({ path }) => path);
  let at = 0;
  for await (const { image, answer } of findAll(paths, detector.series(place, wish, running))) {
    if (!('result' in answer)) {
      const { code, title, text, details } = answer;
      const own =
        code === 'image-unreadable' || code === 'cancelled' || title.startsWith(basename(image)) ? title : `${basename(image)}: ${title}`;
      throw new DetectFailure(code, own, text, details);
    }
    const picture = set.pictures[at++]!;
    yield { picture, found: foundBoxes(answer.result, picture, set), result: answer.result };
  }
}

/** Throws `DetectFailure` where the network knows more classes than the annotation file. */
export function foundBoxes(
  { detections, classes }: DetectResult,
  { id }: ValidationPicture,
  { categories }: ValidationSet,
): readonly FoundBox[] {
  return detections.map(({ label, score, bbox }) => {
    const category = categories[label]?.id;
    if (category !== undefined) return { image: id, category, box: cocoBox(bbox), score };
    throw new DetectFailure(
      'no-truth',
      `The network has ${classes.length} classes, and the annotation file ${categories.length} of them`,
      'Set `metainfo` of `val_dataloader.dataset` to the classes that the network was trained on, and choose their annotation file.',
    );
  });
}
