/** Pictures that are loaded grey, for a preprocessor of three colours (mmengine 0.10.7, `ImgDataPreprocessor.forward`; mmdet 3's inherits from it). */
import { itemsFrom } from '../config/from-value.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { type Refused, refused } from './refused.ts';
import type { ConfigContext } from './rule.ts';

/** Steps that leave a picture's channels as they are: of any other it is not known. */
const KEEP = new Set(
  'LoadAnnotations Resize RandomResize RandomChoiceResize RandomFlip RandomCrop CenterCrop Pad PackDetInputs FilterAnnotations'.split(' '),
);

export function ofGrey(context: ConfigContext, recipe: Recipe): readonly { readonly part: Part; readonly refused: Refused }[] {
  const preprocessor = recipe.model?.part('data_preprocessor') ?? recipe.top.part('data_preprocessor');
  const says = preprocessor ? saysOf(preprocessor) : null;
  if (!preprocessor || says === null || !isMmdets(context, preprocessor, 'DetDataPreprocessor')) return [];
  return recipe.pipelines
    .filter(pipeline => recipe.runs(pipeline.phase) && isGrey(context, pipeline))
    .flatMap(({ steps }) => (steps[0] ? [{ part: steps[0], refused: refused('argument-type', 'color_type', TOLD, says) }] : []));
}
const TOLD = "a grey picture has one channel, and the model's preprocessor takes three: 'color' loads three of any picture";

function isGrey(context: ConfigContext, { isWhole, wraps, before, steps: [first, ...rest] }: Pipeline): boolean {
  if (!isWhole || wraps || before.length || first?.typeName !== 'LoadImageFromFile' || !/^grayscale/.test(first.text('color_type') ?? ''))
    return false;
  // Of a TIFF the colours are taken as they are, whatever is asked for.
  const backend = first.presence('imdecode_backend') === 'absent' ? 'cv2' : first.text('imdecode_backend');
  if (!/^(?:cv2|pillow|turbojpeg)$/.test(backend ?? '') || entryOf(context, first)?.target.startsWith('mmcv.') !== true) return false;
  return rest.every(step => KEEP.has(step.typeName ?? '') && isKnownFor('transforms', entryOf(context, step)?.target));
}

const isMmdets = (context: ConfigContext, part: Part, name: string): boolean => {
  const target = entryOf(context, part)?.target ?? '';
  return target.startsWith('mmdet.') && target.endsWith(`.${name}`);
};

/** Colours are turned round before they are counted. */
function saysOf(preprocessor: Part): string | null {
  if (preprocessor.flag('bgr_to_rgb') === true || preprocessor.flag('rgb_to_bgr') === true)
    return 'IndexError: index 2 is out of bounds for dimension 0 with size 1';
  return itemsFrom(preprocessor.value('mean'))?.length === 3
    ? 'AssertionError: If the mean has 3 values, the input tensor should in shape of (3, H, W)'
    : null;
}
