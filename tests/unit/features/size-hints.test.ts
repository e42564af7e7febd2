import { expect, test } from 'vitest';
import { hintsIn } from '../../../server/features/hints.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { zoo } from '../../zoo.ts';

const FILE = '/workspace/configs/a.py';

/** The text with each hint in brackets where it is shown. */
async function hinted(text: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  const models = Object.keys(others).length > 0;
  const host = new NodeHost();
  host.overlay(FILE, text);
  for (const [name, other] of Object.entries(others)) host.overlay(`/workspace/configs/${name}`, other);
  const project = await Project.open(host, {
    roots: ['/workspace'],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo], configFiles: ['*.py'] },
    env: {},
    cancel: new Int32Array(1),
    models,
  });
  const hints = hintsIn(project, FILE, null, models ? project.ranSizes(FILE) : []).toSorted((a, b) => b.at - a.at);
  return hints.reduce((shown, { at, text: hint }) => `${shown.slice(0, at)}[${hint}]${shown.slice(at)}`, text);
}

/** Shown where the marked text has them, and nowhere else. */
const CASES: readonly (readonly [name: string, marked: string])[] = [
  [
    'a letterbox, and what does not change it',
    `default_scope = 'mmyolo'
size = (640, 384)
pipeline = [
    dict(type='LoadImageFromFile'),
    dict(type='YOLOv5KeepRatioResize', scale=size),
    dict(type='LetterResize', scale=size, pad_val=dict(img=114))[→ 640 × 384],
    dict(type='LoadAnnotations', with_bbox=True),
    dict(type='mmdet.RandomFlip', prob=0.5),
    dict(type='mmdet.Pad', size_divisor=128)[→ 640 × 384],
    dict(type='mmdet.PackDetInputs')]
test_dataloader = dict(dataset=dict(type='YOLOv5CocoDataset', pipeline=pipeline))
`,
  ],
  [
    'four pictures in one, and the border that takes half of it away',
    `default_scope = 'mmyolo'
train_dataloader = dict(dataset=dict(type='YOLOv5CocoDataset', pipeline=[
    dict(type='Mosaic', img_scale=(640, 320), pre_transform=[])[→ 1280 × 640],
    dict(type='YOLOv5RandomAffine', border=(-320, -160))[→ 640 × 320],
    dict(type='mmdet.Albu', transforms=[dict(type='Blur', p=0.01)]),
    dict(type='YOLOv5MixUp', prob=0.1),
    dict(type='mmdet.Resize', scale=(416, 416), keep_ratio=False)[→ 416 × 416],
    dict(type='mmdet.Albu', transforms=[dict(type='RandomResizedCrop', height=64, width=64)]),
    dict(type='mmdet.Pad', size_divisor=32)]))
`,
  ],
  [
    'where it may be several, nothing is shown until a step makes it one',
    `default_scope = 'mmdet'
train_dataloader = dict(dataset=dict(type='CocoDataset', pipeline=[
    dict(type='LoadImageFromFile'),
    dict(type='CachedMosaic', img_scale=(640, 640)),
    dict(type='RandomResize', scale=(1280, 1280), ratio_range=(0.1, 2.0), keep_ratio=True),
    dict(type='RandomCrop', crop_size=(640, 480)),
    dict(type='Pad', size=(640, 480), pad_val=dict(img=(114, 114, 114)))[→ 640 × 480],
    dict(type='RandomApply', transforms=[dict(type='Resize', scale=(64, 64))[→ 64 × 64]], prob=0.5),
    dict(type='Pad', size_divisor=32),
    dict(type='RandomChoice', transforms=[[dict(type='Resize', scale=(64, 32))[→ 64 × 32]], [dict(type='Resize', scale=(64, 32))[→ 64 × 32]]]),
    dict(type='Pad', pad_to_square=True)[→ 64 × 64]]))
val_dataloader = dict(dataset=dict(type='CocoDataset', pipeline=[dict(type='Resize', scale=(1333, 800), keep_ratio=True), dict(type='Pad', size_divisor=32)]))
`,
  ],
  [
    'a shape for each batch',
    `default_scope = 'mmyolo'
val_dataloader = dict(dataset=dict(type='YOLOv5CocoDataset', batch_shapes_cfg=dict(type='BatchShapePolicy'),
    pipeline=[dict(type='LetterResize', scale=(640, 640))]))
`,
  ],
  [
    'crops of classification, whose height comes first',
    `default_scope = 'mmpretrain'
train_dataloader = dict(dataset=dict(type='ImageNet', pipeline=[
    dict(type='LoadImageFromFile'),
    dict(type='RandomResizedCrop', scale=(224, 160))[→ 160 × 224],
    dict(type='RandAugment', policies='timm_increasing', num_policies=2, total_level=10, magnitude_level=9),
    dict(type='RandomCrop', crop_size=128, padding=4)[→ 128 × 128],
    dict(type='PackInputs')]))
val_dataloader = dict(dataset=dict(type='ImageNet', pipeline=[
    dict(type='ResizeEdge', scale=256, edge='short'),
    dict(type='CenterCrop', crop_size=224)[→ 224 × 224]]))
test_dataloader = dict(dataset=dict(type='CIFAR10', pipeline=[dict(type='RandomCrop', crop_size=32, padding=4), dict(type='CenterCrop', crop_size=16)]))
`,
  ],
  [
    'a list with a step that cannot be read, and a type that is not known',
    `default_scope = 'mmdet'
import os
first = os.environ['STEP']
train_dataloader = dict(dataset=dict(type='CocoDataset', pipeline=[dict(type='Resize', scale=(64, 64), keep_ratio=False), first]))
val_dataloader = dict(dataset=dict(type='CocoDataset', pipeline=[
    dict(type='Resize', scale=(64, 64), keep_ratio=False)[→ 64 × 64],
    dict(type='MyOwn'),
    dict(type='Pad', size=(32, 32))]))
`,
  ],
];
test.each(CASES)('%s', async (_, marked) => expect(await hinted(marked.replace(/\[→[^\]]*\]/g, ''))).toBe(marked));

const OWN = `import mmcv
from mmcv.transforms import BaseTransform
from mmdet.registry import TRANSFORMS


@TRANSFORMS.register_module()
class ToFixed(BaseTransform):
    def __init__(self, size):
        self.size = size

    def transform(self, results):
        results['img'] = mmcv.imresize(results['img'], self.size)
        results['img_shape'] = results['img'].shape[:2]
        return results
`;
test("behind a step of one's own, once it was called", async () => {
  const marked = `default_scope = 'mmdet'
custom_imports = dict(imports=['own_steps'], allow_failed_imports=False)
train_dataloader = dict(batch_size=1, num_workers=0, sampler=dict(type='DefaultSampler', shuffle=True), dataset=dict(
    type='CocoDataset', data_root='data/', ann_file='ann.json', data_prefix=dict(img='img/'), pipeline=[
        dict(type='LoadImageFromFile'),
        dict(type='ToFixed', size=(320, 192))[→ 320 × 192],
        dict(type='YOLOXHSVRandomAug'),
        dict(type='ToFixed', size=(320, 192)),
        dict(type='ToFixed', size=(64, 64))[→ 64 × 64],
        dict(type='PackDetInputs')]))
train_cfg = dict(type='EpochBasedTrainLoop', max_epochs=1)
optim_wrapper = dict(type='OptimWrapper', optimizer=dict(type='SGD', lr=0.01))
model = dict(type='RetinaNet', data_preprocessor=dict(type='DetDataPreprocessor', pad_size_divisor=32), backbone=dict(type='ResNet', depth=18),
    neck=dict(type='FPN', in_channels=[64, 128, 256, 512], out_channels=32, num_outs=5),
    bbox_head=dict(type='RetinaHead', num_classes=80, in_channels=32, stacked_convs=1, feat_channels=32))
`;
  expect(await hinted(marked.replace(/\[→[^\]]*\]/g, ''), { 'own_steps.py': OWN })).toBe(marked);
});
