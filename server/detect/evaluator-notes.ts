/** What a config's evaluator would count otherwise than COCO's twelve figures do, a sentence each. Source: mmdet 3.3's CocoMetric. */
import { at, type Data, isList, numberOf, numbersOf, textOf, typeOf } from './data.ts';

/** COCO's own, and what CocoMetric takes where a config says nothing: detections of a class on a picture that count at most. */
const COCO_NUMS = [1, 10, 100];
const METRIC_NUMS = [100, 300, 1000];

/** `model`: of the config; its `test_cfg` may let fewer detections through than would matter. */
export function evaluatorNotes(evaluator: Data, model: Data): readonly string[] {
  const type = typeOf(evaluator);
  if (type === '') return [];
  if (type !== 'CocoMetric') return [`\`${type}\` of \`val_evaluator\` judges in a way of its own. These are COCO’s figures.`];
  return [...metricNotes(at(evaluator, 'metric')), ...thresholdNotes(at(evaluator, 'iou_thrs')), ...numberNotes(evaluator, model)];
}

function metricNotes(metric: Data): readonly string[] {
  const names = (isList(metric) ? metric : [metric ?? 'bbox']).flatMap(name => textOf(name) ?? []);
  const others = names.filter(name => name !== 'bbox').map(name => `\`${name}\``);
  return others.length ? [`\`metric\` of \`val_evaluator\` asks for ${others.join(' and ')}: boxes alone are judged here.`] : [];
}

function thresholdNotes(thresholds: Data): readonly string[] {
  return thresholds === undefined || thresholds === null
    ? []
    : ['`iou_thrs` of `val_evaluator` plays no part: IoU 0.50 to 0.95 counts, as in COCO.'];
}

/** AP over all thresholds counts 100 in any case, the figures beside it the largest of the numbers. */
function numberNotes(evaluator: Data, model: Data): readonly string[] {
  const given = at(evaluator, 'proposal_nums');
  const numbers = given === undefined ? METRIC_NUMS : numbersOf(given)?.toSorted((a, b) => a - b);
  if (!numbers || numbers.join() === COCO_NUMS.join()) return [];
  const most = numbers.at(-1) ?? 0;
  const through = numberOf(at(model, 'test_cfg', 'max_per_img')) ?? numberOf(at(model, 'test_cfg', 'rcnn', 'max_per_img'));
  // No class has more on a picture than all have.
  const same = through !== undefined && through > 0 && through <= Math.min(100, most);
  const told = given === undefined ? 'CocoMetric without `proposal_nums`' : '`proposal_nums` of `val_evaluator`';
  return same
    ? []
    : [
        `${told} counts up to ${most} detections of a class on a picture; here 100 count, as in COCO. AP50, AP75 and those by size may differ from a training’s log.`,
      ];
}
