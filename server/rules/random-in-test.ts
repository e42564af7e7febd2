/** Steps of training in a pipeline of validation or test: pictures are changed by chance, and the figures are those of other pictures each time. */
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { formatPath } from '../config/path.ts';
import type { Part } from '../recipe/part.ts';
import { stepTypes } from '../recipe/step-types.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { distinct } from './distinct.ts';
import { pipelineFlows } from './pipeline-flows.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, Finding } from './rule.ts';

/** Of the libraries' own (mmcv 2, mmdet 3, mmyolo 0.6, mmpretrain 1), by their names. */
const BY_CHANCE =
  /^(?:Random(?:Flip|Resize|ResizedCrop|Crop|Affine|Erasing|Shift|Grayscale|ChoiceResize)|EfficientNetRandomCrop|MinIoURandomCrop|PhotoMetricDistortion|YOLO(?:v5|X)HSVRandomAug|YOLOv5RandomAffine|PPYOLOERandom(?:Distort|Crop)|ColorJitter|RandAugment|AutoAugment|(?:Cached)?Mosaic9?|(?:Cached|YOLOv5|YOLOX)?MixUp|CutOut)$/;

export function randomInTest(context: ConfigContext): readonly Finding[] {
  const types = stepTypes(context);
  const found = pipelineFlows(context).flatMap(({ pipeline: { phase, path }, flow }) =>
    (phase === 'train' ? [] : flow).flatMap(({ step, missing }): readonly Finding[] => {
      if (!BY_CHANCE.test(step.typeName ?? '') || missing.length || isNever(step.number('prob')) || isOneSize(step)) return [];
      if (!isKnownFor('transforms', types.entryOf(step)?.target)) return [];
      const place = recipePlace(context, [step.at('type'), path]);
      const told = `\`${step.typeName}\` of \`${formatPath(path)}\` changes pictures by chance: the figures are other ones each time`;
      return place ? [{ ...place, related: [], severity: 'hint', message: told }] : [];
    }),
  );
  return distinct(found);
}

/** Never, or always: one is nothing, the other no chance. */
const isNever = (prob: number | undefined): boolean => prob === 0 || prob === 1;

/** Of several sizes there is one: `ratio_range=(1.0, 1.0)`, `scales=[(640, 640)]`. */
function isOneSize(step: Part): boolean {
  const [least, most] = (itemsFrom(step.value('ratio_range')) ?? []).map(numberFrom);
  return (least !== undefined && least === most) || itemsFrom(step.value('scales'))?.length === 1;
}
