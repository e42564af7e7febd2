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
  ['mmdet.RegNet', {}, 'mmdet.RegNet needs `arch`: say it with --set arch=…'],
  ['mmpretrain.VisionTransformer', { arch: "'deit-tiny'" }, 'gives levels at the strides 16; the neck expects 8, 16, 32'],
  ['mmdet.ResNet', { depth: '51' }, "by itself it fails with KeyError: 'invalid depth 51 for resnet'"],
])('%s cannot stand there', (type, set, reason) => {
  const done = wish(type, set);
  expect(done.kind === 'refused' ? done.reason : done.text).toContain(reason);
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
