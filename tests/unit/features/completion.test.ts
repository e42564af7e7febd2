/** Completions at `$0`, told as data: what comes first, what is among them, what is not. The bundled facts answer; no library is needed. */
import { describe, expect, it } from 'vitest';
import { configContext, type ResolvedConfig, resolveConfig } from '../../../server/config/index.ts';
import { completion } from '../../../server/features/completion.ts';
import type { CompletionItem } from '../../../server/features/completion-item.ts';
import { assets } from '../../../server/project/assets.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { loadSnapshot } from '../../../server/registry/snapshot.ts';
import { loadUsage } from '../../../server/registry/usage.ts';
import { openParser } from '../../../server/syntax/parse.ts';
import { MemoryHost } from '../registry/memory-host.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  /** The base's text: what the config was when it could last be read. */
  readonly base?: string;
  /** The first labels, in order. */
  readonly first?: readonly string[];
  readonly among?: readonly string[];
  readonly absent?: readonly string[];
  /** The text after the first of `among` (else the first item) is accepted. */
  readonly accepted?: string;
  readonly none?: true;
}

const BASE = `default_scope = 'mmyolo'
deepen_factor = 0.33
model = dict(
    type='YOLODetector',
    backbone=dict(type='mmdet.ResNet', depth=50, num_stages=4),
    neck=dict(type='YOLOv5PAFPN', in_channels=[256, 512, 1024]))
`;
const SCOPE = "default_scope = 'mmyolo'\n";

const CASES: readonly Case[] = [
  {
    name: 'before the first statement of a text that begins with an empty line',
    text: "\n    'a.py',$0\n]\nx = 1\n",
    absent: ['YOLODetector'],
  },
  {
    name: 'backbones first under backbone, own ones bare, others with their library',
    text: `${SCOPE}model = dict(backbone=dict(type='$0'))`,
    first: ['YOLOv5CSPDarknet'],
    among: ['YOLOv5CSPDarknet', 'mmdet.ResNet', 'mmcls.ConvNeXt', 'mmselfsup.ResNet'],
    absent: ['Resize'],
  },
  {
    name: 'half typed, nothing closed after it',
    text: `${SCOPE}model = dict(backbone=dict(type='mmdet.Res$0`,
    first: ['mmdet.ResNet', 'mmdet.ResNeXt', 'mmdet.Res2Net', 'mmdet.ResNeSt', 'mmdet.ResNetV1d'],
    accepted: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet`,
  },
  {
    name: 'half typed, with the rest of the file after it',
    text: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResN$0\n\ntrain_cfg = dict(type='EpochBasedTrainLoop')\n`,
    among: ['mmdet.ResNet'],
    accepted: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet\n\ntrain_cfg = dict(type='EpochBasedTrainLoop')\n`,
  },
  {
    name: 'replaces the whole name, in the middle of it too',
    text: `${SCOPE}model = dict(backbone=dict(type='mmdet.Res$0NeXt', depth=50))`,
    among: ['mmdet.ResNet'],
    accepted: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', depth=50))`,
  },
  {
    name: 'without quotes yet',
    text: `${SCOPE}model = dict(neck=dict(type=$0))`,
    first: ['YOLOv5PAFPN'],
    among: ['YOLOv5PAFPN'],
    accepted: `${SCOPE}model = dict(neck=dict(type='YOLOv5PAFPN'))`,
  },
  {
    name: 'head modules',
    text: `${SCOPE}model = dict(bbox_head=dict(head_module=dict(type='Y$0')))`,
    first: ['YOLOv5HeadModule'],
  },
  { name: 'in a display with braces', text: `${SCOPE}model = {'neck': {'type': '$0'}}`, among: ['YOLOv5PAFPN', 'mmdet.FPN'] },
  {
    name: 'steps of a pipeline',
    text: `${SCOPE}train_pipeline = [\n    dict(type='LoadImageFromFile'),\n    dict(type='$0'),\n]`,
    among: ['Mosaic', 'mmdet.Resize', 'YOLOv5KeepRatioResize'],
    absent: ['YOLOv5PAFPN'],
  },
  { name: 'hooks', text: `${SCOPE}default_hooks = dict(checkpoint=dict(type='Check$0'))`, first: ['CheckpointHook'] },
  { name: 'losses', text: `${SCOPE}model = dict(bbox_head=dict(loss_bbox=dict(type='IoU$0')))`, first: ['IoULoss'] },
  { name: 'norm layers', text: `${SCOPE}model = dict(backbone=dict(norm_cfg=dict(type='BN$0')))`, first: ['BN', 'BN1d', 'BN2d', 'BN3d'] },
  {
    name: 'the nearest _scope_ counts',
    text: `${SCOPE}model = dict(backbone=dict(_scope_='mmdet', type='ResN$0'))`,
    among: ['ResNet'],
    absent: ['mmdet.ResNet'],
  },
  {
    name: 'arguments of the type, required ones first, those given left out',
    text: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', num_stages=4, $0))`,
    first: ['depth'],
    among: ['out_indices', 'frozen_stages', 'norm_cfg', 'init_cfg'],
    absent: ['num_stages', 'type'],
    accepted: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', num_stages=4, out_indices=))`,
  },
  {
    name: 'arguments through **kwargs of a base',
    text: `${SCOPE}train_pipeline = [dict(type='YOLOv5KeepRatioResize', $0)]`,
    first: ['scale'],
    among: ['keep_ratio', 'interpolation', 'backend'],
  },
  {
    name: 'arguments given after the cursor',
    text: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', $0, depth=50, style='pytorch'))`,
    among: ['num_stages'],
    absent: ['depth', 'style'],
  },
  {
    name: 'arguments in a file that breaks off',
    text: `${SCOPE}model = dict(\n    backbone=dict(\n        type='mmdet.ResNet',\n        dep$0\n\nx = 1\n`,
    first: ['depth'],
  },
  { name: 'arguments where the type comes after', text: `${SCOPE}model = dict(backbone=dict($0, type='mmdet.ResNet'))`, first: ['depth'] },
  { name: 'a boolean', text: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', with_cp=$0))`, first: ['False', 'True'] },
  { name: 'type first where there is none', text: `${SCOPE}model = dict(backbone=dict($0))`, first: ['type'] },
  { name: 'nothing in a comment', text: `${SCOPE}# model = dict(backbone=dict(type='$0`, none: true },
  { name: 'nothing in another string', text: `${SCOPE}load_from = 'a$0'`, none: true },
  { name: 'nothing in a number', text: `${SCOPE}base_lr = 0.0$0`, none: true },
  {
    name: "keys of the base's dict",
    base: BASE,
    text: "_base_ = './base.py'\nmodel = dict($0",
    first: ['backbone', 'neck', 'bbox_head'],
    among: ['data_preprocessor', '_delete_', 'type'],
  },
  {
    name: "arguments of the base's type",
    base: BASE,
    text: "_base_ = './base.py'\nmodel = dict(backbone=dict($0))",
    first: ['depth', 'out_indices'],
    among: ['num_stages', 'type', '_delete_'],
  },
  {
    name: 'the type that replaces it',
    base: BASE,
    text: "_base_ = './base.py'\nmodel = dict(backbone=dict(_delete_=True, type='YOLOv5CSPDarknet', $0))",
    among: ['arch', 'widen_factor'],
    absent: ['depth', 'num_stages'],
  },
  { name: 'the scope of the base', base: BASE, text: "_base_ = './base.py'\nmodel = dict(neck=dict(type='$0'))", first: ['YOLOv5PAFPN'] },
  {
    name: 'names behind _base_',
    base: BASE,
    text: "_base_ = './base.py'\nx = _base_.de$0",
    among: ['deepen_factor', 'default_scope', 'model'],
  },
  {
    name: 'names behind a part of the base',
    base: BASE,
    text: "_base_ = './base.py'\n_base_.model.backbone.$0",
    first: ['type', 'depth', 'num_stages'],
  },
  {
    name: 'a type that is assigned',
    base: BASE,
    text: "_base_ = './base.py'\n_base_.model.backbone.type = 'mmdet.R$0'",
    among: ['mmdet.ResNet'],
  },
  {
    name: 'an update',
    base: BASE,
    text: "_base_ = './base.py'\n_base_.model.update(dict(neck=dict(type='YOLO$0')))",
    first: ['YOLOv5PAFPN'],
  },
  {
    name: 'top-level names of the base',
    base: BASE,
    text: "_base_ = './base.py'\nmo$0",
    among: ['model'],
    accepted: "_base_ = './base.py'\nmodel = ",
  },
  {
    name: 'the scope by the types of a file that names none',
    text: "model = dict(type='FasterRCNN', neck=dict(type='FPN'), backbone=dict(type='ResN$0'))",
    first: ['ResNet'],
  },
  {
    name: 'an argument whose value stands there already',
    text: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', $0=50))`,
    among: ['depth'],
    accepted: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', depth=50))`,
  },
  {
    name: 'a key in quotes, with its colon',
    text: `${SCOPE}model = {'backbone': {'type': 'mmdet.ResNet', 'dep$0`,
    among: ['depth'],
    accepted: `${SCOPE}model = {'backbone': {'type': 'mmdet.ResNet', 'depth': `,
  },
  {
    name: 'a key in quotes that are closed',
    text: `${SCOPE}model = {'backbone': {'type': 'mmdet.ResNet', '$0': 50}}`,
    among: ['depth'],
    accepted: `${SCOPE}model = {'backbone': {'type': 'mmdet.ResNet', 'depth': 50}}`,
  },
  {
    name: 'keys of a dict without a type, as configs have them',
    text: `${SCOPE}env_cfg = dict($0)`,
    among: ['cudnn_benchmark', 'mp_cfg', 'dist_cfg'],
  },
  { name: "a loader's keys", text: `${SCOPE}train_dataloader = dict($0)`, among: ['dataset', 'sampler', 'batch_size', 'prefetch_factor'] },
  { name: "keys of the Runner's own loop", text: `${SCOPE}train_cfg = dict($0)`, among: ['type', 'max_epochs', 'val_interval'] },
  { name: 'top-level names where there is no base', text: 'param_$0', among: ['param_scheduler'], accepted: 'param_scheduler = ' },
  {
    name: 'a variable that stands for a type',
    text: `${SCOPE}dataset_type = 'mmdet.CocoDataset'\nx = dict(dataset=dict(type=$0))`,
    first: ['dataset_type'],
  },
  {
    name: 'arguments of a type that a variable stands for',
    text: `${SCOPE}dataset_type = 'mmdet.CocoDataset'\nx = dict(dataset=dict(type=dataset_type, $0))`,
    among: ['data_root', 'ann_file', 'pipeline'],
  },
  {
    name: 'a name half typed, without the library that it must be written with',
    text: `${SCOPE}train_pipeline = [dict(type='RandomFl$0')]`,
    among: ['mmdet.RandomFlip'],
    accepted: `${SCOPE}train_pipeline = [dict(type='mmdet.RandomFlip')]`,
  },
  {
    name: 'stages of a backbone',
    text: `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', depth=50, out_indices=$0))`,
    first: ['(0, 1, 2, 3)', '(1, 2, 3)', '(2, 3)', '(3,)'],
  },
  {
    name: 'a class in lazy style',
    text: 'from mmdet.models import FPN\nmodel = dict(neck=dict(type=FP$0))',
    first: ['FPN'],
    accepted: 'from mmdet.models import FPN\nmodel = dict(neck=dict(type=FPN))',
  },
  { name: 'scopes', text: `default_scope = 'mm$0'`, among: ['mmyolo', 'mmdet'] },
];

const registry = createRegistry(new MemoryHost({}), { roots: [], workspace: [], description: '' }, loadSnapshot(assets.facts));

const parse = await openParser(assets.parserWasm, assets.grammarWasm);
function resolved(base: string): ResolvedConfig {
  const host = new MemoryHost({ '/ws/base.py': base, '/ws/a.py': "_base_ = './base.py'\n" });
  return resolveConfig(configContext({ host, parse, roots: [] }), '/ws/a.py');
}

function at(text: string, base: string | null): { readonly items: readonly CompletionItem[]; readonly text: string } {
  const offset = text.indexOf('$0');
  const plain = text.slice(0, offset) + text.slice(offset + 2);
  const items = [
    ...completion({ text: plain, offset, config: base === null ? null : resolved(base), registry, usage: loadUsage(assets.facts) }),
  ].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
  return { items, text: plain };
}

describe('completion', () => {
  it.each(CASES)('$name', ({ text, base, first, among, absent, accepted, none }) => {
    const found = at(text, base ?? null);
    const labels = found.items.map(({ label }) => label);
    if (none) expect(labels).toEqual([]);
    if (first) expect(labels.slice(0, first.length)).toEqual(first);
    for (const label of among ?? []) expect(labels).toContain(label);
    for (const label of absent ?? []) expect(labels).not.toContain(label);
    if (accepted !== undefined) {
      const item = among ? found.items.find(({ label }) => label === among[0]) : found.items[0];
      expect(item && found.text.slice(0, item.range.start) + item.text + found.text.slice(item.range.end)).toBe(accepted);
    }
  });

  const added = (text: string, label: string): string => {
    const found = at(text, null);
    const item = found.items.find(one => one.label === label);
    const [insertion] = item?.additional ?? [];
    return insertion ? found.text.slice(0, insertion.start) + insertion.text + found.text.slice(insertion.end) : found.text;
  };
  it.each([
    [
      'no line for what the library brings along',
      `${SCOPE}model = dict(backbone=dict(type='$0'))`,
      'mmdet.ResNet',
      `${SCOPE}model = dict(backbone=dict(type=''))`,
    ],
    [
      'a line for a library that nothing imports',
      `_base_ = 'a.py'\n${SCOPE}model = dict(backbone=dict(type='$0'))`,
      'mmpretrain.ConvNeXt',
      `_base_ = 'a.py'\ncustom_imports = dict(imports=['mmpretrain.models'], allow_failed_imports=False)\n${SCOPE}model = dict(backbone=dict(type=''))`,
    ],
    [
      'one more in the list that is there',
      `${SCOPE}custom_imports = dict(imports=['a.b'])\nmodel = dict(backbone=dict(type='$0'))`,
      'mmcls.ConvNeXt',
      `${SCOPE}custom_imports = dict(imports=['a.b', 'mmcls.models'])\nmodel = dict(backbone=dict(type=''))`,
    ],
    [
      'nothing where it is imported',
      `${SCOPE}custom_imports = dict(imports=['mmcls.models'])\nmodel = dict(backbone=dict(type='$0'))`,
      'mmcls.ConvNeXt',
      `${SCOPE}custom_imports = dict(imports=['mmcls.models'])\nmodel = dict(backbone=dict(type=''))`,
    ],
    [
      'the class in lazy style',
      'from mmdet.models.detectors.retinanet import RetinaNet\nmodel = dict(type=RetinaNet, neck=dict(type=$0))',
      'FPN',
      'from mmdet.models.detectors.retinanet import RetinaNet\nfrom mmdet.models.necks.fpn import FPN\nmodel = dict(type=RetinaNet, neck=dict(type=))',
    ],
  ])('imports: %s', (_, text, label, expected) => expect(added(text, label)).toBe(expected));

  it('leaves a place for the type where a part is wanted', () => {
    const found = at(`${SCOPE}model = dict(type='YOLODetector', $0)`, null).items;
    expect(found.find(({ label }) => label === 'backbone')).toMatchObject({ text: 'backbone=', snippet: "backbone=dict(type='$1')" });
    expect(found.find(({ label }) => label === 'use_syncbn')).toMatchObject({ text: 'use_syncbn=', snippet: null });
  });

  it('tells the library and what a type takes', () => {
    const resnet = at(`${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet$0'))`, null).items.find(
      ({ label }) => label === 'mmdet.ResNet',
    );
    expect(resnet?.detail).toBe('mmdet · backbone');
    expect(resnet?.documentation?.()).toContain('depth,');
    expect(resnet?.documentation?.()).toContain('mmdet 3.3.0');
  });

  it('offers files and folders in _base_', () => {
    const host = new MemoryHost({
      '/ws/configs/_base_/runtime.py': '',
      '/ws/configs/yolo/a.py': '',
      '/ws/configs/yolo/b.py': '',
      '/ws/configs/yolo/notes.txt': '',
      '/ws/configs/other/c.py': '',
    });
    const offered = (text: string) => {
      const offset = text.indexOf('$0');
      const plain = text.replace('$0', '');
      const list = (folder: string) => host.list(folder);
      return completion({
        text: plain,
        offset,
        config: null,
        registry,
        usage: loadUsage(assets.facts),
        file: '/ws/configs/yolo/a.py',
        list,
      }).map(({ label, text: accepted, range }) => [label, plain.slice(0, range.start) + accepted + plain.slice(range.end)]);
    };
    expect(offered("_base_ = '$0'")).toEqual([
      ['b.py', "_base_ = 'b.py'"],
      ['../', "_base_ = '../'"],
    ]);
    expect(offered("_base_ = ['b.py', '../$0").map(([label]) => label)).toEqual(['../_base_/', '../other/', '../yolo/', '../../']);
    expect(offered("_base_ = ['../_base_/r$0untime.py']")).toEqual([['../_base_/runtime.py', "_base_ = ['../_base_/runtime.py']"]]);
  });
});
