/** Pretrained weights as a config names them: what a file's name says of the network in it. */
import type { Part } from '../recipe/part.ts';

export interface Named {
  /** Family, in small letters: `resnet`. */
  readonly family: string;
  /** Depth or size: `50`, `tiny`. */
  readonly size: string;
}

/** What a backbone is, and the argument that makes it so. */
export interface NamedBy extends Named {
  readonly key: 'depth' | 'arch' | 'widen_factor';
  /** As the config has it. */
  readonly value: string;
}

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[^a-z])(?:res|seres|se-res)net(?:v1[a-z]|[_-]?v1[a-z])?[_-]?(18|34|50|101|152)(?![0-9])/i, 'resnet'],
  [/(?:^|[^a-z0-9])r(18|34|50|101|152)(?![0-9])/i, 'resnet'],
  [/resnext[_-]?(50|101|152)(?![0-9])/i, 'resnext'],
  [/(?:^|[^a-z])vgg(11|13|16|19)(?![0-9])/i, 'vgg'],
  [/swin(?:v2)?[_-](tiny|small|base|large)(?![a-z])/i, 'swin'],
  [/convnext(?:-v2|_v2)?[_-](tiny|small|base|large|xlarge)(?![a-z])/i, 'convnext'],
  [/yolov5(?:u|_ins|_u)?[_-](n|s|m|l|x)(?![a-z0-9])/i, 'yolov5'],
  [/yolov8[_-](n|s|m|l|x)(?![a-z0-9])/i, 'yolov8'],
  [/yolox[_-](nano|tiny|s|m|l|x)(?![a-z0-9])/i, 'yolox'],
  [/rtmdet(?:-ins|-r)?[_-](tiny|s|m|l|x)(?![a-z0-9])/i, 'rtmdet'],
];

/** By how much each size of a family widens its base. */
const WIDTHS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  yolov5: { n: 0.25, s: 0.5, m: 0.75, l: 1, x: 1.25 },
  yolov8: { n: 0.25, s: 0.5, m: 0.75, l: 1, x: 1.25 },
  yolox: { nano: 0.25, tiny: 0.375, s: 0.5, m: 0.75, l: 1, x: 1.25 },
  rtmdet: { tiny: 0.375, s: 0.5, m: 0.75, l: 1, x: 1.25 },
};
const WIDENED: Readonly<Record<string, string>> = {
  YOLOv5CSPDarknet: 'yolov5',
  YOLOv8CSPDarknet: 'yolov8',
  YOLOXCSPDarknet: 'yolox',
  CSPDarknet: 'yolox',
  CSPNeXt: 'rtmdet',
};

/** What the name of a checkpoint says, or the folder of its training where the file is numbered: `work_dirs/yolov8_l_…/epoch_500.pth`. Null where that is nothing sure. */
export function namedIn(checkpoint: string): Named | null {
  const steps = checkpoint.split(/[\\/]/);
  const own = namedBySelf(steps.at(-1) ?? '');
  return own ?? (NUMBERED.test(steps.at(-1) ?? '') ? namedBySelf(steps.at(-2) ?? '') : null);
}
/** As mmengine's `CheckpointHook` names them: in the folder of the config's own name. */
const NUMBERED = /^(?:epoch_\d+|iter_\d+|latest|last|best_[\w-]+?_(?:epoch|iter)_\d+)\.pth$/;

function namedBySelf(name: string): Named | null {
  for (const [pattern, family] of FAMILIES) {
    const size = pattern.exec(name)?.[1];
    if (size !== undefined) return { family, size: size.toLowerCase() };
  }
  return null;
}

/** What a backbone is, by its own arguments. */
export function namedBy(backbone: Part): NamedBy | null {
  const type = backbone.typeName ?? '';
  const depth = backbone.number('depth');
  if (depth !== undefined && DEPTHS.has(depth)) {
    const of = { size: String(depth), key: 'depth', value: String(depth) } as const;
    if (/^(?:SE)?ResNet(?:V1[a-z])?$/.test(type)) return { family: 'resnet', ...of };
    if (type === 'ResNeXt') return { family: 'resnext', ...of };
    if (/^(?:SSD)?VGG$/.test(type)) return { family: 'vgg', ...of };
  }
  const family = WIDENED[type];
  const factor = backbone.number('widen_factor');
  const size = family === undefined ? undefined : Object.entries(WIDTHS[family] ?? {}).find(([, width]) => width === factor)?.[0];
  if (family !== undefined) return size === undefined ? null : { family, size, key: 'widen_factor', value: String(factor) };
  const arch = backbone.text('arch')?.toLowerCase();
  if (arch === undefined) return null;
  const of = { size: SHORT[arch] ?? arch, key: 'arch', value: arch } as const;
  if (/^SwinTransformer(?:V2)?$/.test(type)) return { family: 'swin', ...of };
  return type === 'ConvNeXt' ? { family: 'convnext', ...of } : null;
}
/** A depth that there is not is another rule's to tell. */
const DEPTHS = new Set([11, 13, 16, 18, 19, 34, 50, 101, 152]);
const SHORT: Readonly<Record<string, string>> = { t: 'tiny', s: 'small', b: 'base', l: 'large', xl: 'xlarge' };
