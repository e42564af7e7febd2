/** Steps of a pipeline that each do what they say, in an order that spoils it, and nothing complains. */
import { itemsFrom, numbersFrom } from '../config/from-value.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import type { Types } from '../recipe/keys/flow.ts';
import type { Part } from '../recipe/part.ts';
import { entryAt } from '../recipe/part-types.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { exactSize, type Size } from '../recipe/sizes/size-range.ts';
import { sizesOf } from '../recipe/sizes/sizes.ts';
import { stepTypes } from '../recipe/step-types.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import type { Edit } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { isNamedPack, isPack, type PipelineFlow, pipelineFlows } from './pipeline-flows.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { indexIn, movedStep, withoutStep } from './step-edits.ts';

export const pipelineOrder: ConfigRule = {
  code: 'pipeline-order',
  severity: 'warning',
  summary: 'steps of a pipeline in an order that spoils what they do',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const types = stepTypes(context);
    const found = pipelineFlows(context).flatMap(one =>
      [...packedTooEarly(types, one), ...loadedTooLate(types, one), ...normalisedTwice(context, types, one), ...padded(types, one)].flatMap(
        told => finding(context, one.pipeline, told),
      ),
    );
    return distinct(found);
  },
};

interface Told {
  readonly step: Part;
  readonly message: string;
  /** Where a run ends with it. */
  readonly severity?: 'error';
  /** What it does not go together with. */
  readonly with: readonly ConfigPath[];
  readonly fix?: StepFix;
}
interface StepFix {
  readonly title: string;
  edits(context: ConfigContext, pipeline: Pipeline): readonly Edit[];
}

function finding(context: ConfigContext, pipeline: Pipeline, { step, message, severity, with: others, fix }: Told): readonly Finding[] {
  const place = recipePlace(context, [step.at('type'), ...others]);
  if (!place) return [];
  const edits = fix?.edits(context, pipeline) ?? [];
  return [
    {
      ...place,
      ...(severity && { severity }),
      message: `\`${step.typeName}\` of \`${formatPath(pipeline.path)}\` ${message}`,
      fixes: fix && edits.length ? [{ title: fix.title, edits, preferred: true }] : [],
    },
  ];
}

const targetOf = (types: Types, step: Part): string => types.entryOf(step)?.target ?? '';
/** A class of the libraries', and none of those whose arguments say what they work on. */
const isOfLibrary = (types: Types, step: Part): boolean =>
  isKnownFor('transforms', targetOf(types, step)) && !/\.(?:formatting|wrappers)\.\w+$/.test(targetOf(types, step));

/** What is packed is all that goes on: a step behind it finds nothing to work on. */
function packedTooEarly(types: Types, { pipeline, flow }: PipelineFlow): readonly Told[] {
  const at = flow.findIndex(isPack);
  const pack = flow[at];
  if (!pack) return [];
  const later = flow.slice(at + 1).filter(one => !isPack(one));
  // What fails is told as that; what reads what was packed is right here.
  const [first] = later.filter(({ missing }) => !missing.length).filter(({ step }) => isOfLibrary(types, step));
  if (!first || later.some(({ missing }) => missing.length)) return [];
  const handed = [...pack.keys.gives].map(key => `\`${key}\``).join(' and ');
  // Where lots are drawn it works on the picture now and then, and then it fails.
  const isOfPicture = !isLoading(first.step) && first.keys.gives.has('img') && first.step.number('prob') !== 0;
  const told = isLoading(first.step)
    ? 'what it loads is not packed'
    : isOfPicture
      ? "it finds no picture\nKeyError: 'img'"
      : 'it finds nothing to work on';
  return [
    {
      step: first.step,
      ...(isOfPicture && { severity: 'error' as const }),
      message: `comes after \`${pack.step.typeName}\`, which hands on ${handed} alone: ${told}`,
      with: [pack.step.at('type')],
      fix: {
        title: `Move ${pack.step.typeName} to the end`,
        edits: (context, { steps }) => {
          const index = indexIn(pipeline, pack.step);
          return index < 0 || index === steps.length - 1 ? [] : movedStep(context, pipeline, index, 'end');
        },
      },
    },
  ];
}

/** By the class's own name: what moves pixels, and what they are marked with must move along. */
const MOVING = /(?:Resize|Flip|Crop|Affine|ResizeEdge|Shift|Expand|Rotate|Shear[XY]|Translate[XY])$/;
const MARKS = ['gt_bboxes', 'gt_masks', 'gt_seg_map', 'gt_keypoints'] as const;
const NAMES: Readonly<Record<(typeof MARKS)[number], string>> = {
  gt_bboxes: 'boxes',
  gt_masks: 'masks',
  gt_seg_map: 'segmentation map',
  gt_keypoints: 'keypoints',
};

const isLoading = (step: Part): boolean => /^Load[A-Z]/.test(step.typeName ?? '');

/** In training alone: figures are for the picture as it was, so tests load their annotations last. */
function loadedTooLate(types: Types, { pipeline, flow }: PipelineFlow): readonly Told[] {
  const end = flow.findIndex(isPack);
  const steps = flow.slice(0, end < 0 ? undefined : end);
  return steps.flatMap(({ step, keys }, i): readonly Told[] => {
    const earlier = steps.slice(0, i).filter(one => isOfLibrary(types, one.step) && indexIn(pipeline, one.step) >= 0);
    const loads = isOfLibrary(types, step) && isLoading(step);
    if (!loads || indexIn(pipeline, step) < 0) return [];
    const moving = earlier.find(({ step: one }) => MOVING.test(one.typeName ?? '') && one.number('prob') !== 0);
    if (!moving) return [];
    // One of the user's own may keep the picture under another name, or undo what was done to it.
    if (!steps.slice(steps.indexOf(moving), i).every(one => isOfLibrary(types, one.step))) return [];
    const mark = MARKS.find(one => keys.gives.has(one) && !keys.needs.includes(one));
    const isFirst = mark !== undefined && !steps.slice(0, i).some(one => one.keys.gives.has(mark) && isLoading(one.step));
    if (pipeline.phase === 'train' && mark !== undefined && isFirst)
      return [
        {
          step,
          message: `comes after \`${moving.step.typeName}\`: the picture is changed by then, and the ${NAMES[mark]} are those of the file`,
          with: [moving.step.at('type')],
          fix: {
            title: `Move ${step.typeName} before ${moving.step.typeName}`,
            edits: context => movedStep(context, pipeline, indexIn(pipeline, step), indexIn(pipeline, moving.step)),
          },
        },
      ];
    const loadsPicture = keys.gives.has('img') && !keys.needs.includes('img') && /^Load\w*Image/.test(step.typeName ?? '');
    const isAgain = loadsPicture && steps.slice(0, i).some(one => one.step.type === step.type);
    return isAgain
      ? [
          {
            step,
            message: `loads the picture anew: what \`${moving.step.typeName}\` made of it is lost`,
            with: [moving.step.at('type')],
            fix: { title: `Remove ${step.typeName}`, edits: context => withoutStep(context, pipeline, indexIn(pipeline, step)) },
          },
        ]
      : [];
  });
}

const NORMALIZE = /^(?:Normalize|torchvision\/Normalize)$/;

/** By the pipeline and by the model's preprocessor, or twice in the pipeline: values of a picture close to one colour are what is left. */
function normalisedTwice(context: ConfigContext, types: Types, { pipeline, flow }: PipelineFlow): readonly Told[] {
  const steps = flow.filter(({ step }) => NORMALIZE.test(step.typeName ?? '') && changes(step) && indexIn(pipeline, step) >= 0);
  const [first, second] = steps.filter(({ step }) => isOfLibrary(types, step) || step.typeName === 'torchvision/Normalize');
  if (!first) return [];
  const remove = (step: Part): StepFix => ({
    title: `Remove ${step.typeName}`,
    edits: context => withoutStep(context, pipeline, indexIn(pipeline, step)),
  });
  const recipe = recipeOf(context.config);
  // What stands beside the model counts where the model has none of its own.
  const preprocessor = recipe.model?.part('data_preprocessor') ?? recipe.top.part('data_preprocessor');
  if (preprocessor && changes(preprocessor) && isNormalising(context, preprocessor))
    return [
      {
        step: first.step,
        message: `normalises the picture, and \`${formatPath(preprocessor.path)}\` does so again`,
        with: [preprocessor.at('mean')],
        fix: remove(first.step),
      },
    ];
  return second
    ? [{ step: second.step, message: 'normalises the picture a second time', with: [first.step.at('type')], fix: remove(second.step) }]
    : [];
}

/** Whether a mean is taken off, or a deviation divided by. */
function changes(part: Part): boolean {
  const mean = numbersFrom(part.value('mean'));
  const deviation = numbersFrom(part.value('std'));
  return mean !== undefined && (mean.some(of => of !== 0) || (deviation?.some(of => of !== 1) ?? false));
}

/** One of the user's own may keep the numbers to show pictures by; and those of pictures from 0 to 1 belong behind a step that divides by 255. */
function isNormalising(context: ConfigContext, preprocessor: Part): boolean {
  const numbers = ['mean', 'std'].flatMap(key => numbersFrom(preprocessor.value(key)) ?? []);
  const entry = preprocessor.isGiven('type') ? entryAt(context, preprocessor.path) : undefined;
  const isKnown = entry === undefined || (entry !== null && context.registry.libraries.has(entry.scope));
  return isKnown && numbers.some(of => Math.abs(of) > 1);
}

/** A size that another step gave is undone; or there is nothing to pad. */
function padded(types: Types, { pipeline, flow }: PipelineFlow): readonly Told[] {
  if (!flow.some(({ step }) => step.typeName === 'Pad' && step.isGiven('size'))) return [];
  const sized = sizesOf(types, pipeline);
  return sized.flatMap(({ step, before }, i): readonly Told[] => {
    const size = step.typeName === 'Pad' && isOfLibrary(types, step) ? pairOf(step) : null;
    const given = exactSize(before) ?? (before.most.every(Number.isFinite) ? before.most : null);
    const isExact = exactSize(before) !== null;
    const giver = sized.slice(0, i).findLast(one => one.decides);
    if (!size || !given || !giver || indexIn(pipeline, step) < 0 || size.join() === given.join()) return [];
    // Where it may be smaller, only what is larger in both ways is all border.
    const isMore = size.every((side, axis) => side - (given[axis] ?? 0) >= LARGEST_DIVISOR);
    if (!isExact && !isMore) return [];
    const isLess = size[0] <= given[0] && size[1] <= given[1];
    // Up to a multiple that the network asks for; or for a crop to move in.
    const isRoundedUp = size.every((side, axis) => side >= (given[axis] ?? 0) && side - (given[axis] ?? 0) < LARGEST_DIVISOR);
    if (!isLess && (isRoundedUp || sized.slice(i + 1).some(one => one.decides && !isNamedPack(one.step)))) return [];
    return [
      {
        step,
        message: isLess
          ? `does nothing: \`${giver.step.typeName}\` made the picture ${told(given)}, which is no less than ${told(size)}`
          : `undoes what \`${giver.step.typeName}\` did: the picture was ${isExact ? '' : 'at most '}${told(given)}, and is padded to ${told(size)}`,
        with: [step.at('size'), giver.step.at('type')],
        // Where it is to be of one size, which of the two is meant nobody knows.
        ...(isExact && {
          fix: { title: `Remove ${step.typeName}`, edits: context => withoutStep(context, pipeline, indexIn(pipeline, step)) },
        }),
      },
    ];
  });
}
/** In pixels: heads on maps of a stride of 128 ask for it. */
const LARGEST_DIVISOR = 128;
const told = (size: Size): string => size.join(' × ');
function pairOf(step: Part): Size | null {
  const [width, height] = itemsFrom(step.value('size'))?.length === 2 ? (numbersFrom(step.value('size')) ?? []) : [];
  return width !== undefined && height !== undefined ? [width, height] : null;
}
