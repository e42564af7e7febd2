/** Values that metrics end with at the first evaluation (mmdet 3.3.0, mmpretrain 1.2.0). */
import { itemsFrom, numberFrom, textFrom } from '../config/from-value.ts';
import { plain } from '../python/origin.ts';
import { isSilentOf } from '../recipe/mentions.ts';
import type { Part } from '../recipe/part.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { type Check, type Refused, refused } from './refused.ts';

const COCO_ITEMS = 'mAP mAP_50 mAP_75 mAP_s mAP_m mAP_l AR@100 AR@300 AR@1000 AR_s@1000 AR_m@1000 AR_l@1000'.split(' ');
export function ofCocoItems(part: Part): readonly Refused[] {
  // Results that are only written are not measured, and the recall of proposals has no names.
  const metrics = itemsFrom(part.value('metric')) ?? [part.value('metric') ?? 'bbox'];
  const isMeasured = part.presence('format_only') === 'absent' || part.flag('format_only') === false;
  if (!isMeasured || !metrics.some(metric => /^(?:bbox|segm|proposal)$/.test(textFrom(metric) ?? ''))) return [];
  const strange = (itemsFrom(part.value('metric_items')) ?? [])
    .map(plain)
    .find(item => typeof item === 'string' && !COCO_ITEMS.includes(item));
  return typeof strange === 'string'
    ? [
        {
          code: 'invalid-choice',
          key: 'metric_items',
          told: `there is no '${strange}'; there are ${COCO_ITEMS.join(', ')}`,
          says: `KeyError: metric item "${strange}" is not supported`,
        },
      ]
    : [];
}

/** Detectors that find boxes alone (mmdet 3.3.0); those of two stages find masks where they have a head for them. */
const OF_BOXES = new Set(
  'RetinaNet FCOS ATSS YOLOX GFL PAA FSAF VFNet TOOD YOLOV3 YOLOF NASFCOS FOVEA RepPointsDetector DDOD AutoAssign'.split(' '),
);
const OF_TWO_STAGES = new Set(['FasterRCNN', 'CascadeRCNN', 'FastRCNN', 'GridRCNN', 'SparseRCNN']);
export const ofMasks: Check = (part, { model }, { targetOf, sourceOf }) => {
  const metric = part.value('metric');
  const metrics = (itemsFrom(metric) ?? [metric ?? 'bbox']).map(one => textFrom(plain(one)));
  if (!metrics.includes('segm') || !model) return [];
  const [box, roi] = [model.part('bbox_head'), model.part('roi_head')];
  const name = model.type?.replace(/^mmdet\./, '') ?? '';
  const isWithout = OF_BOXES.has(name) ? box : OF_TWO_STAGES.has(name) && roi?.presence('mask_head') === 'absent' ? roi : undefined;
  // A head of somebody's own may give masks with its boxes.
  const isKnown =
    isWithout &&
    [model, isWithout].every(one => isKnownFor('boxes', targetOf(one)) && (one === roi || isSilentOf(sourceOf(one), /^(?:gt_)?masks$/)));
  const isMeasured = part.presence('format_only') === 'absent' || part.flag('format_only') === false;
  return isKnown && isMeasured
    ? [
        refused(
          'invalid-choice',
          'metric',
          `masks are measured by \`segm\`, and ${name} finds boxes alone`,
          "KeyError: 'segm is not in results'",
        ),
      ]
    : [];
};

/** The right class among the first five of three: of a classifier whose head says how many it tells apart. */
export const ofRanks: Check = (part, { model }, { targetOf }) => {
  const head = model?.typeName === 'ImageClassifier' ? model.part('head') : undefined;
  const count = head && [model, head].every(one => one && isKnownFor('figures', targetOf(one))) ? head.number('num_classes') : undefined;
  const single = part.number('topk');
  const ranks = single === undefined ? (itemsFrom(part.value('topk')) ?? []).map(numberFrom) : [single];
  const most = Math.max(...ranks.map(rank => rank ?? 0));
  if (!head || count === undefined || count < 1 || !ranks.length || most <= count) return [];
  const kept = ranks.filter(rank => rank !== undefined && rank <= count);
  const right = `(${(kept.length ? kept : [1]).join(', ')}${kept.length > 1 ? '' : ', '})`;
  const told = `the best ${most} are asked for, and the head tells ${count} classes apart`;
  const says = `ValueError: Top-${most} accuracy is unavailable since the number of categories is ${count}.`;
  return [{ ...refused('invalid-choice', 'topk', told, says, right), against: head.at('num_classes') }];
};
