/** Replace Backbone: what it writes for the guide's eight rows is what the sample configs say by hand; and what cannot be done is said in a sentence. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../server/config/canonical.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { replaceBackbone } from '../../server/replace/replace-backbone.ts';
import { zoo } from '../zoo.ts';

const samples = fileURLToPath(new URL('../../configs', import.meta.url));
const base = `${samples}/yolov5_s-v61_syncbn_8xb16-300e_coco.py`;
const project = await Project.open(new NodeHost(), {
  roots: [samples],
  settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
  env: {},
  cancel: new Int32Array(new SharedArrayBuffer(4)),
});

const wish = (type: string, set: Readonly<Record<string, string>> = {}) =>
  replaceBackbone(project, { file: base, type, set: new Map(Object.entries(set)) });

/** Row of the guide → the sample that says the same by hand. */
const GUIDE: readonly (readonly [type: string, set: Readonly<Record<string, string>>, sample: string])[] = [
  ['YOLOv6EfficientRep', {}, 'yolov6-efficientrep'],
  ['mmdet.ResNet', {}, 'mmdet-resnet50'],
  ['mmdet.ResNet', { init_cfg: 'None' }, 'mmdet-resnet50-scratch'],
  ['mmdet.SwinTransformer', {}, 'mmdet-swin-tiny'],
  ['mmcls.ConvNeXt', {}, 'mmcls-convnext-tiny'],
  ['mmcls.MobileNetV3', {}, 'mmcls-mobilenetv3-small'],
  ['mmcls.TIMMBackbone', { model_name: "'efficientnet_b1'" }, 'mmcls-timm-efficientnet-b1'],
  ['mmselfsup.ResNet', {}, 'mmselfsup-resnet50'],
];

describe('the guide', () => {
  test.each(GUIDE)('%s %o', (type, set, sample) => {
    const done = wish(type, set);
    if (done.kind !== 'replaced') throw new Error(done.reason);
    expect(done.verdict.ok).toBe(true);
    const restore = project.host.lay(done.file, done.text);
    try {
      for (const key of ['model', 'custom_imports'])
        expect(told(done.file, key)).toEqual(told(`${base.slice(0, -'.py'.length)}_${sample}.py`, key));
    } finally {
      restore();
    }
  });
});

function told(file: string, key: string): unknown {
  const value = project.config(file).value.get(key);
  return value === undefined ? null : canonical(value);
}

test.each([
  ['mmdet.FPN', {}, 'mmdet.FPN is no backbone but a neck'],
  ['mmdet.RestNet', {}, 'no type mmdet.RestNet is registered; perhaps mmdet.Res'],
  ['mmdet.RegNet', {}, 'mmdet.RegNet needs `arch`'],
  ['mmpretrain.VisionTransformer', { arch: "'deit-tiny'" }, 'gives levels at the stride 16; the neck expects 8, 16, 32'],
  ['mmdet.ResNet', { depth: '51' }, "by itself it fails with KeyError: 'invalid depth 51 for resnet'"],
])('%s cannot stand there', (type, set, reason) => {
  const done = wish(type, set);
  expect(done.kind === 'refused' ? done.reason : done.text).toContain(reason);
});

describe('under other models', () => {
  const under = (file: string, type: string, set: Readonly<Record<string, string>>): string => {
    const done = replaceBackbone(project, { file: `${zoo}/${file}`, type, set: new Map(Object.entries(set)) });
    if (done.kind === 'refused') throw new Error(done.reason);
    return done.text;
  };
  test('a row of necks is written whole, with what comes into the first', () => {
    const text = under('mmdet/.mim/configs/libra_rcnn/libra-faster-rcnn_r50_fpn_1x_coco.py', 'ResNet', { depth: '18' });
    expect(text).toContain("dict(type='FPN', in_channels=[64, 128, 256, 512], out_channels=256, num_outs=5),");
    expect(text).toContain("dict(type='BFP'");
  });
  test('levels are chosen by the argument that a backbone has for them', () => {
    const text = under('mmdet/.mim/configs/retinanet/retinanet_r50_fpn_1x_coco.py', 'mmpretrain.MViT', { arch: "'tiny'" });
    expect(text).toContain('out_scales=(0, 1, 2, 3)');
    expect(text).toContain('in_channels=[96, 192, 384, 768]');
  });
  test('a classifier’s head is told of the last level', () => {
    const text = under('mmpretrain/.mim/configs/resnet/resnet50_8xb32_in1k.py', 'MobileNetV3', { arch: "'small'" });
    expect(text).toContain('out_indices=(12,)');
    expect(text).toContain('in_channels=576');
  });
  test('timm’s with their channels last, and of one size, are asked for maps of the config’s pictures', () => {
    const done = wish('timm/swin_tiny_patch4_window7_224');
    if (done.kind === 'refused') throw new Error(done.reason);
    for (const said of ["feature_cls='getter'", 'img_size=640', 'channels = [192, 384, 768]']) expect(done.text).toContain(said);
  });
});

test('weights are of the very variant', () => {
  const text = (type: string, set: Readonly<Record<string, string>>): string => {
    const done = wish(type, set);
    return done.kind === 'replaced' ? done.text : done.reason;
  };
  expect(text('mmdet.ResNet', { depth: '101' })).toContain("checkpoint='torchvision://resnet101'");
  expect(text('mmcls.ConvNeXt', { arch: "'small'" })).toMatch(/checkpoint_file = '.*convnext-small_.*\.pth'/);
  expect(text('mmcls.ConvNeXt', { arch: "'small'" })).toContain("prefix='backbone.'");
});
