/**
 * What the description says of models of every kind, against what is recorded. `NECKTIE_RECORD=1` records anew, for the drawing's tests too.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { returnedNames } from '../../../server/model/description/head-outputs.ts';
import type { DrawnNetwork } from '../../../server/picture/description.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { dataPath, dataText } from '../../data-file.ts';
import { zoo } from '../../zoo.ts';

const RECORDED = 'network/descriptions.json.gz';
const root = mkdtempSync(join(tmpdir(), 'necktie-description-'));
const own = `import torch.nn as nn
from mmdet.registry import MODELS


@MODELS.register_module()
class Thin(nn.Module):
    def __init__(self, widths=(16, 32, 64)):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, widths[0], 3, stride=4, padding=1), nn.ReLU())
        self.stages = nn.ModuleList(
            nn.Conv2d(widths[max(0, i - 1)], width, 3, stride=2, padding=1) for i, width in enumerate(widths))

    def forward(self, x):
        x = self.stem(x)
        outputs = []
        for stage in self.stages:
            x = stage(x)
            outputs.append(x)
        return tuple(outputs)
`;
const thin = `custom_imports = dict(imports=['thin'], allow_failed_imports=False)
_base_ = 'mmdet::retinanet/retinanet_r50_fpn_1x_coco.py'
model = dict(
    backbone=dict(_delete_=True, type='Thin'),
    neck=dict(in_channels=[16, 32, 64], start_level=0))
`;
const inZoo = (library: string, name: string): string => join(zoo, library, '.mim', 'configs', name);
const configs: Readonly<Record<string, string>> = {
  yolov8: inZoo('mmyolo', 'yolov8/yolov8_s_syncbn_fast_8xb16-500e_coco.py'),
  rtmdet: inZoo('mmdet', 'rtmdet/rtmdet_s_8xb32-300e_coco.py'),
  retinanet: inZoo('mmdet', 'retinanet/retinanet_r50_fpn_1x_coco.py'),
  necks: inZoo('mmdet', 'libra_rcnn/libra-retinanet_r50_fpn_1x_coco.py'),
  ssd: inZoo('mmdet', 'ssd/ssd300_coco.py'),
  detr: inZoo('mmdet', 'detr/detr_r50_8xb2-150e_coco.py'),
  classifier: inZoo('mmpretrain', 'resnet/resnet50_8xb32_in1k.py'),
  swin: inZoo('mmpretrain', 'swin_transformer/swin-tiny_16xb64_in1k.py'),
  own: join(root, 'own.py'),
};

let project: Project;
const found: Record<string, DrawnNetwork> = {};
const isRecording = process.env['NECKTIE_RECORD'] !== undefined;
const recorded: Readonly<Record<string, DrawnNetwork>> = isRecording ? found : JSON.parse(dataText(RECORDED));
beforeAll(async () => {
  writeFileSync(join(root, 'thin.py'), own);
  writeFileSync(join(root, 'own.py'), thin);
  project = await Project.open(null, {
    roots: [root],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(2),
  });
});
afterAll(() => {
  rmSync(root, { recursive: true });
  if (isRecording) writeFileSync(dataPath(RECORDED), gzipSync(JSON.stringify(found), { level: 9 }));
});

/** Without places, and of the modules as many as a drawing needs: none. */
function summary(file: string): DrawnNetwork {
  const run = project.network(file, null);
  if (!run) throw new Error(`${file} has no model`);
  const { network } = run;
  return JSON.parse(
    JSON.stringify({ ...network, modules: [], types: [], parts: network.parts.map(part => ({ ...part, place: null, source: null })) }),
  );
}
const levels = (network: DrawnNetwork, from: string, to: string): readonly string[] =>
  (network.links.find(link => link.from === from && link.to === to)?.levels ?? []).map(
    ({ shape, stride, state }) => `${shape?.join('×') ?? '?'} ${stride === null ? '' : `/${stride} `}${state}`,
  );

describe('is what is recorded', () => {
  it.each(Object.entries(configs))('%s', (name, file) => {
    found[name] = summary(file);
    expect(found[name]).toEqual(recorded[name]);
  });
});

describe('says', () => {
  it('levels with their strides, on both sides of the neck', () => {
    const network = summary(configs['retinanet'] ?? '');
    expect(levels(network, 'backbone', 'neck')).toEqual([
      '256×160×160 /4 fits',
      '512×80×80 /8 fits',
      '1024×40×40 /16 fits',
      '2048×20×20 /32 fits',
    ]);
    expect(levels(network, 'neck', 'bbox_head').at(-1)).toBe('256×5×5 /128 fits');
    expect(network.parts.at(-1)?.outputs).toEqual([
      { name: 'class', channels: [720, 720, 720, 720, 720] },
      { name: 'box', channels: [36, 36, 36, 36, 36] },
    ]);
  });
  it('necks of a list one by one', () => {
    const network = summary(configs['necks'] ?? '');
    expect(network.parts.map(part => [part.name, part.type])).toEqual([
      ['backbone', 'ResNet'],
      ['neck[0]', 'FPN'],
      ['neck[1]', 'BFP'],
      ['bbox_head', 'RetinaHead'],
    ]);
    expect(levels(network, 'neck[0]', 'neck[1]').length).toBe(5);
  });
  it('a transformer’s parts, joined as its own forward joins them', () => {
    const network = summary(configs['detr'] ?? '');
    const names = network.parts.map(part => part.name);
    expect(names.slice(0, 2)).toEqual(['backbone', 'neck']);
    expect(names).toEqual(expect.arrayContaining(['encoder', 'decoder', 'bbox_head']));
    expect(network.links.map(link => `${link.from} ${link.to}`)).toEqual(
      expect.arrayContaining(['backbone neck', 'neck encoder', 'encoder decoder', 'decoder bbox_head']),
    );
    expect(network.parts.filter(part => part.state !== 'ran').map(part => part.name)).not.toContain('decoder');
  });
  it('a second stage, run on as many proposals as there may be', () => {
    const { parts } = summary(inZoo('mmdet', 'mask_rcnn/mask-rcnn_r50_fpn_1x_coco.py'));
    // Two fully connected layers and two outputs for each of 1,000; four convolutions, one transposed, and a mask for each class, for each of 100.
    const boxes = 1000 * (256 * 7 * 7 * 1024 + 1024 * 1024 + 1024 * 81 + 1024 * 320),
      masks = 100 * (4 * 256 * 256 * 9 * 14 * 14 + 256 * 256 * 4 * 14 * 14 + 80 * 256 * 28 * 28);
    expect(parts.find(part => part.name === 'roi_head')).toMatchObject({ state: 'ran', note: 'on 1,000 proposals', macs: boxes + masks });
  });
  it('each of a cascade’s stages', () => {
    const { network } = project.network(inZoo('mmdet', 'cascade_rcnn/cascade-rcnn_r50_fpn_1x_coco.py'), null) ?? {};
    const heads = network?.modules.filter(({ path }) => /^roi_head\.bbox_head\.\d$/.test(path)) ?? [];
    expect(heads.map(({ macs }) => macs)).toEqual(Array(3).fill(1000 * (256 * 7 * 7 * 1024 + 1024 * 1024 + 1024 * 81 + 1024 * 4)));
  });
  it('one whose proposals are learned, as it predicts with them: all of its stages', () => {
    const { parts } = summary(inZoo('mmdet', 'sparse_rcnn/sparse-rcnn_r50_fpn_1x_coco.py'));
    // Of each of 100: the weights that cross it with what was cropped and what they give, two layers to and fro, one for classes and three for boxes, and both outputs.
    const each = 256 * (2 * 256 * 64) + 256 * 7 * 7 * 256 + 2 * 256 * 2048 + 4 * 256 * 256 + 256 * (80 + 4);
    expect(parts.find(part => part.name === 'roi_head')).toMatchObject({ state: 'ran', note: 'on 100 proposals', macs: 6 * 100 * each });
  });
  it('the inside of a neck that joins its levels many times over', () => {
    const neck = summary(inZoo('mmdet', 'nas_fpn/retinanet_r50_nasfpn_crop640-50e_coco.py')).parts.find(part => part.name === 'neck');
    // Seven times nine cells, each of two levels.
    expect(neck?.joins.filter(({ from }) => from.length > 1).length).toBe(63);
  });
  it('a classifier’s head, behind what the neck pools', () => {
    const network = summary(configs['classifier'] ?? '');
    expect(levels(network, 'neck', 'head')).toEqual(['2048 fits']);
    expect(network.parts.at(-1)).toMatchObject({ name: 'head', state: 'ran', outputs: [{ channels: [1000] }] });
  });
  it('a backbone of the user’s own, with its own stages’ names', () => {
    const network = summary(configs['own'] ?? '');
    expect(network.parts[0]?.stages.map(stage => `${stage.name} ${stage.shape.join('×')}`)).toEqual([
      'input 3×640×640',
      'stem 16×160×160',
      'stages.0 16×80×80',
      'stages.1 32×40×40',
      'stages.2 64×20×20',
    ]);
  });
});

it('counts as torch does: a module’s parameters are those of all that it holds, its MACs too', () => {
  const run = project.network(configs['yolov8'] ?? '', null);
  const { network, verdict } = run ?? {};
  const whole = network?.modules.find(({ path }) => path === '');
  expect([whole?.parameters, whole?.macs]).toEqual([verdict?.parameters, verdict?.macs]);
  for (const part of verdict?.parts ?? []) {
    const module = network?.modules.find(({ path }) => path === part.name);
    expect([part.name, module?.parameters, module?.macs]).toEqual([part.name, part.parameters, part.macs]);
  }
});

it('is of the run that the verdict is of: nothing is run for it', () => {
  const models = project.models;
  if (!models) throw new Error('models are not run');
  const file = configs['rtmdet'] ?? '';
  project.verdict(file);
  const run = vi.spyOn(models, 'run');
  project.verdict(file);
  project.network(file, null);
  project.modelDiagnostics(file);
  project.modelDiagnostics(file);
  expect(run).toHaveBeenCalledTimes(0);
  project.network(file, [320, 320]);
  project.network(file, [320, 320]);
  expect(run).toHaveBeenCalledTimes(1);
  run.mockRestore();
});

it.each([
  ['def forward_single(self, x):\n    return cls_score, bbox_pred, objectness\n', 3, ['class', 'box', 'object']],
  [
    'def forward(self, feats):\n    if self.training:\n        return a, b, c\n    return tuple(cls_scores), tuple(bbox_preds)\n',
    2,
    ['class', 'box'],
  ],
  ['def forward(self, x):\n    return (cls_scores, bbox_preds, centernesses)\n', 3, ['class', 'box', 'centernesses']],
  ['def forward(self, x):\n    return rpn_cls_score, rpn_bbox_pred\n', 2, ['class', 'box']],
  ['def forward(self, x):\n    return multi_apply(self.forward_single, x)\n', 2, null],
] as const)('names of outputs are those of its source: %j', (source, count, names) => {
  expect(returnedNames(source, count)).toEqual(names);
});
