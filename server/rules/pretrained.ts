/** Pretrained weights as a config names them: what a file's name says of the network in it. */
import type { Part } from '../recipe/part.ts';

export interface Named {
  /** Family, in small letters: `resnet`. */
  readonly family: string;
  /** Depth or size: `50`, `tiny`. */
  readonly size: string;
}

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[^a-z])(?:res|seres|se-res)net(?:v1[a-z]|[_-]?v1[a-z])?[_-]?(18|34|50|101|152)(?![0-9])/i, 'resnet'],
  [/(?:^|[^a-z0-9])r(18|34|50|101|152)(?![0-9])/i, 'resnet'],
  [/resnext[_-]?(50|101|152)(?![0-9])/i, 'resnext'],
  [/(?:^|[^a-z])vgg(11|13|16|19)(?![0-9])/i, 'vgg'],
  [/swin(?:v2)?[_-](tiny|small|base|large)(?![a-z])/i, 'swin'],
  [/convnext(?:-v2|_v2)?[_-](tiny|small|base|large|xlarge)(?![a-z])/i, 'convnext'],
];

/** What the name of a checkpoint says; null where it says nothing that is sure. */
export function namedIn(checkpoint: string): Named | null {
  const name = checkpoint.slice(checkpoint.lastIndexOf('/') + 1);
  for (const [pattern, family] of FAMILIES) {
    const size = pattern.exec(name)?.[1];
    if (size !== undefined) return { family, size: size.toLowerCase() };
  }
  return null;
}

/** What a backbone is, by its own arguments. */
export function namedBy(backbone: Part): Named | null {
  const type = backbone.typeName ?? '';
  const depth = backbone.number('depth');
  if (depth !== undefined && DEPTHS.has(depth)) {
    if (/^(?:SE)?ResNet(?:V1[a-z])?$/.test(type)) return { family: 'resnet', size: String(depth) };
    if (type === 'ResNeXt') return { family: 'resnext', size: String(depth) };
    if (/^(?:SSD)?VGG$/.test(type)) return { family: 'vgg', size: String(depth) };
  }
  const arch = backbone.text('arch')?.toLowerCase();
  if (arch === undefined) return null;
  if (/^SwinTransformer(?:V2)?$/.test(type)) return { family: 'swin', size: SHORT[arch] ?? arch };
  return type === 'ConvNeXt' ? { family: 'convnext', size: SHORT[arch] ?? arch } : null;
}
/** A depth that there is not is another rule's to tell. */
const DEPTHS = new Set([11, 13, 16, 18, 19, 34, 50, 101, 152]);
const SHORT: Readonly<Record<string, string>> = { t: 'tiny', s: 'small', b: 'base', l: 'large', xl: 'xlarge' };
