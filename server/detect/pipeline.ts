/** The test pipeline's steps that change pixels, read from the config and not assumed. */
import type { Transform } from '../../runtime/index.ts';
import { at, type Data, isList, numberOf, numbersOf, pairOf, textOf, typeOf } from './data.ts';
import { DetectFailure } from './problem.ts';

/** As mmdet finds it: that of the test dataset, else the config's `test_pipeline`. */
export function pipelineOf(config: Data, dataset: Data): readonly Data[] {
  const pipeline = at(dataset, 'pipeline') ?? at(config, 'test_pipeline');
  if (isList(pipeline)) return pipeline;
  throw new DetectFailure(
    'unsupported-head',
    'There is no test pipeline in this config',
    'Detection prepares pictures as `test_dataloader.dataset.pipeline` says. Give the config one, or a base that has it.',
  );
}

/** These change no pixel of one picture. */
const OTHERS = new Set(['LoadImageFromFile', 'LoadImageFromNDArray', 'LoadAnnotations', 'PackDetInputs', 'DefaultFormatBundle']);

export function transformsOf(pipeline: readonly Data[]): readonly Transform[] {
  const transforms: Transform[] = [];
  for (const step of pipeline) {
    const type = typeOf(step);
    if (OTHERS.has(type)) continue;
    const read = STEPS[type];
    if (!read) throw unsupported(type ? `The step ${type}` : 'A step without a type');
    transforms.push(...read(step, transforms.at(-1)));
  }
  return transforms;
}

/** `before`: what the step is applied to. */
type Reader = (step: Data, before: Transform | undefined) => readonly Transform[];

const STEPS: Readonly<Record<string, Reader>> = {
  YOLOv5KeepRatioResize: step => {
    // It takes INTER_AREA or bilinear, whatever `interpolation` says.
    backendOf(step);
    return [{ kind: 'yolov5-keep-ratio-resize', scale: scaleOf(step) }];
  },
  LetterResize: step => {
    const filling = at(step, 'use_mini_pad') === true ? 'least' : at(step, 'stretch_only') === true ? 'none' : null;
    return [
      {
        kind: 'letter-resize',
        scale: scaleOf(step),
        allowScaleUp: at(step, 'allow_scale_up') !== false,
        padValue: padValueOf(step),
        ...(at(step, 'half_pad_param') === true ? { halfPadding: true } : {}),
        ...(filling ? { filling } : {}),
        ...(cubic(step) ? { cubic: true } : {}),
      },
    ];
  },
  Resize: step => [{ kind: at(step, 'keep_ratio') === true ? 'keep-ratio-resize' : 'resize', scale: scaleOf(step), cubic: cubic(step) }],
  /** mmdet's: without a kept ratio simply that size; with it, what is left is padded. */
  FixShapeResize: step => {
    const [width, height] = [numberOf(at(step, 'width')), numberOf(at(step, 'height'))];
    if (width === undefined || height === undefined) throw unsupported('A size of FixShapeResize that is not two numbers');
    const scale = [width, height] as const;
    if (at(step, 'keep_ratio') !== true) return [{ kind: 'resize', scale, cubic: cubic(step) }];
    if (width !== height) throw unsupported('FixShapeResize with `keep_ratio` to something else than a square');
    return [
      { kind: 'keep-ratio-resize', scale, cubic: cubic(step) },
      { kind: 'pad', size: scale, value: padValueOf(step) },
    ];
  },
  Pad: (step, before) => {
    const divisor = numberOf(at(step, 'size_divisor'));
    if (divisor !== undefined) return [{ kind: 'pad-to-multiple', divisor, value: padValueOf(step) }];
    return [{ kind: 'pad', size: padSizeOf(step, before), value: padValueOf(step) }];
  },
};

function scaleOf(step: Data): readonly [number, number] {
  const scale = pairOf(at(step, 'scale'));
  if (scale) return scale;
  throw unsupported(`A scale of ${typeOf(step)} that is not two numbers`);
}

function cubic(step: Data): boolean {
  const backend = backendOf(step);
  const interpolation = textOf(at(step, 'interpolation')) ?? 'bilinear';
  if (interpolation === 'bilinear' || interpolation === 'bicubic') return interpolation === 'bicubic';
  throw unsupported(`Resizing by ${backend}, ${interpolation}`);
}

function backendOf(step: Data): string {
  const backend = textOf(at(step, 'backend')) ?? 'cv2';
  if (backend !== 'cv2') throw unsupported(`Resizing by ${backend}`);
  return backend;
}

/** To a square, around what was resized to fit one; or to a size that is told. */
function padSizeOf(step: Data, before: Transform | undefined): readonly [number, number] {
  const size = pairOf(at(step, 'size'));
  if (size) return size;
  const [width, height] = before && 'scale' in before ? before.scale : [0, 1];
  if (at(step, 'pad_to_square') === true && width === height) return [width, height];
  throw unsupported('Pad to something else than a size or a square');
}

/** One colour for all channels: `114`, `dict(img=114)`, `dict(img=(114, 114, 114))`. */
function padValueOf(step: Data): number {
  const given = at(step, 'pad_val');
  const value = at(given, 'img') ?? (typeof given === 'number' || isList(given) ? given : 0);
  const values = numbersOf(value) ?? [numberOf(value)];
  const [first] = values;
  if (first === undefined || values.some(v => v !== first)) throw unsupported('Padding with another colour than a gray');
  return first;
}

/** What the last step makes of any picture; null where that depends on the picture. */
export function fixedSizeOf(transforms: readonly Transform[]): readonly [width: number, height: number] | null {
  const last = transforms.at(-1);
  if (last?.kind === 'resize' || (last?.kind === 'letter-resize' && last.filling !== 'least')) return last.scale;
  return last?.kind === 'pad' ? last.size : null;
}

const unsupported = (what: string): DetectFailure =>
  new DetectFailure(
    'unsupported-head',
    `${what} in the test pipeline is not supported yet`,
    `Detection knows ${Object.keys(STEPS).join(', ')}; with OpenCV, bilinear or bicubic.`,
  );
