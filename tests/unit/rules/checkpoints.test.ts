/** What is told of checkpoints on the disk: a config of five classes and its weights, and files of which a header alone was written. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpointHeader } from '../../../runtime/index.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import type { Diagnostic } from '../../../server/rules/diagnostic.ts';
import { edited } from '../../../server/rules/edited.ts';
import { dataPath } from '../../data-file.ts';
import { zoo } from '../../zoo.ts';

const demo = fileURLToPath(new URL('../../../configs/demo/shapes_yolov5_tiny', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'necktie-checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true }));

const own = [...readCheckpointHeader(`${demo}.pth`).tensors];
type Tensors = readonly (readonly [name: string, tensor: { readonly shape: readonly number[] }])[];

/** A safetensors file of these names, whose data is nothing. */
function write(name: string, tensors: Tensors): void {
  let at = 0;
  const entries = tensors.map(([key, { shape }]) => {
    const size = 4 * shape.reduce((n, d) => n * d, 1);
    const offsets = [at, (at += size)];
    return [key, { dtype: 'F32', shape, data_offsets: offsets }] as const;
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(join(folder, name), Buffer.concat([length, header, Buffer.alloc(at)]));
}
const beneath = (prefix: string): Tensors =>
  own.flatMap(([name, t]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), t] as const] : []));

/** Of a backbone of one layer; `more`: what else its constructor does. */
const backbone = (name: string, more: string): void =>
  writeFileSync(
    join(folder, `backbone_${name}.py`),
    `import torch.nn as nn
from mmengine.model import BaseModule
from mmpretrain.registry import MODELS


@MODELS.register_module('${name}')
class Backbone(BaseModule):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3)
        ${more}

    def rename(self, state_dict, prefix, *args):
        for name in list(state_dict):
            state_dict[name.replace('encoder', 'stem')] = state_dict.pop(name)

    def forward(self, x):
        return (self.stem(x), )
`,
  );

const host = new NodeHost();
let project: Project;
beforeAll(async () => {
  backbone('plain', '');
  backbone('renaming', 'self._register_load_state_dict_pre_hook(self.rename)');
  write('same.safetensors', own);
  write(
    'student.safetensors',
    own.map(([name, t]) => [`student.${name}`, t]),
  );
  write('backbone.safetensors', beneath('backbone.'));
  write(
    'headless.safetensors',
    own.filter(([name]) => !name.startsWith('bbox_head.')),
  );
  write('other.safetensors', [['encoder.weight', { shape: [4, 4] }]]);
  project = await Project.open(host, {
    roots: [folder],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(1),
  });
});

const CODES = new Set(['checkpoint-mismatch', 'pretrained-prefix']);
function found(text: string): readonly Diagnostic[] {
  host.overlay(join(folder, 'a.py'), `_base_ = '${demo}.py'\n${text}\n`);
  return project.check(join(folder, 'a.py')).diagnostics.filter(({ code }) => CODES.has(code));
}
const told = (text: string): readonly string[] => found(text).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

const initial = (rest: string): string => `model = dict(backbone=dict(init_cfg=dict(type='Pretrained', ${rest})))`;
const OTHER_CLASSES = 'model = dict(bbox_head=dict(head_module=dict(num_classes=7)), train_cfg=dict(assigner=dict(num_classes=7)))';

describe('a checkpoint', () => {
  it.each([
    ['that fits', "load_from = 'same.safetensors'"],
    ['of the training, by its path', `load_from = '${demo}.pth'`],
    ['that is not on this disk', "load_from = 'nowhere.pth'"],
    ['that is loaded from elsewhere', "load_from = 'https://example.com/other.safetensors'"],
    ['of the backbone alone', initial("checkpoint='backbone.safetensors'")],
    ['of a whole model, with its prefix', initial("checkpoint='same.safetensors', prefix='backbone.'")],
    ['of a whole model, with its prefix and no dot', initial("checkpoint='same.safetensors', prefix='backbone'")],
  ])('%s has nothing to be told', (_, text) => expect(told(text)).toEqual([]));

  it.each([
    [
      'of other classes',
      `load_from = '${demo}.pth'\n${OTHER_CLASSES}`,
      /^hint checkpoint-mismatch: `load_from`: `shapes_yolov5_tiny.pth` was trained on 5 classes: `bbox_head.head_module.convs_pred.0.weight`, \[30, 32, 1, 1\] in the file and \[36, 32, 1, 1\] here \(and 5 more\)/,
    ],
    [
      'of another width',
      "load_from = 'same.safetensors'\nmodel = dict(backbone=dict(widen_factor=0.25), neck=dict(widen_factor=0.25), bbox_head=dict(head_module=dict(widen_factor=0.25)))",
      /^warning checkpoint-mismatch: `load_from`: of the 348 tensors of this model, \d+ have another shape in `same.safetensors` and are not loaded: `backbone.stem.conv.weight`/,
    ],
    [
      'of fewer layers',
      "load_from = 'same.safetensors'\nmodel = dict(backbone=dict(deepen_factor=0.67), neck=dict(deepen_factor=0.67))",
      /^warning checkpoint-mismatch: `load_from`: the network in `same.safetensors` has fewer layers: there is no `backbone.stage1.1.blocks.1`/,
    ],
    [
      'without a head',
      "load_from = 'headless.safetensors'",
      /^hint checkpoint-mismatch: `load_from`: of the 348 tensors of this model, 6 are not in `headless.safetensors`, and learned from the beginning: `bbox_head`$/,
    ],
    [
      'of another model',
      "load_from = 'other.safetensors'",
      /^warning checkpoint-mismatch: `load_from`: none of the 348 tensors of this model is in `other.safetensors`, whose names begin with `encoder.`: nothing is loaded$/,
    ],
    [
      'with other names for the same',
      "load_from = 'student.safetensors'",
      /^warning checkpoint-mismatch: .* whose names begin with `student.` \(they are there behind `student.`\): nothing is loaded$/,
    ],
    [
      'of a part, for another part',
      initial("checkpoint='other.safetensors'"),
      /^warning checkpoint-mismatch: `model.backbone.init_cfg.checkpoint`: none of the 198 tensors of `backbone` is in `other.safetensors`/,
    ],
    [
      'that training goes on from, of another model',
      `load_from = '${dataPath('weights/training.pth')}'\nresume = True\noptim_wrapper = dict(_delete_=True, type='OptimWrapper', optimizer=dict(type='SGD', lr=0.1))`,
      /^error checkpoint-mismatch: .*: nothing is loaded[\s\S]*\nValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group$/,
    ],
    [
      'of a whole model, without a prefix',
      initial("checkpoint='same.safetensors'"),
      /^warning pretrained-prefix: `model.backbone.init_cfg` has no `prefix`, and in `same.safetensors` the names of `backbone` stand behind `backbone.`: nothing is loaded$/,
    ],
    [
      'of a student, without a prefix',
      initial("checkpoint='student.safetensors'"),
      /^warning pretrained-prefix: .* stand behind `student.backbone.`: nothing is loaded$/,
    ],
    [
      'with another prefix',
      initial("checkpoint='same.safetensors', prefix='backbon.'"),
      /^error pretrained-prefix: No name in `same.safetensors` begins with `backbon.`: they begin with `backbone.`, `neck.`, `bbox_head.`\nAssertionError: backbon. is not in the pretrained model$/,
    ],
  ])('%s', (_, text, message) => {
    const all = told(text);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(message);
  });

  it.each([initial("checkpoint='same.safetensors'"), initial("checkpoint='same.safetensors', prefix='backbon.'")])(
    '%s: the fix is right',
    text => {
      const [{ fixes } = { fixes: [] }] = found(text);
      expect(fixes).toHaveLength(1);
      const file = join(folder, 'a.py');
      host.overlay(file, edited(host.read(file) ?? '', fixes[0]?.edits ?? []));
      expect(project.check(file).diagnostics.filter(({ code }) => CODES.has(code))).toEqual([]);
    },
  );

  it('is told of where the size is changed, when a base names it', () => {
    host.overlay(join(folder, 'base.py'), `_base_ = '${demo}.py'\nload_from = '${demo}.pth'\n`);
    host.overlay(join(folder, 'b.py'), `_base_ = './base.py'\n${OTHER_CLASSES}\n`);
    const [{ site } = { site: null }] = project
      .check(join(folder, 'b.py'))
      .diagnostics.filter(({ code }) => code === 'checkpoint-mismatch');
    expect(site?.file).toBe(join(folder, 'b.py'));
    expect(host.read(join(folder, 'b.py'))?.slice(site?.start, site?.end)).toBe('7');
  });

  it.each([
    ['plain', 'checkpoint-mismatch'],
    ['renaming', ''],
  ])('of a backbone that is %s', (name, code) => {
    const file = join(folder, `of_${name}.py`);
    const backbone = `backbone=dict(type='${name}')`;
    const rest = "neck=dict(type='GlobalAveragePooling'), head=dict(type='LinearClsHead', num_classes=4, in_channels=8)";
    host.overlay(
      file,
      `default_scope = 'mmpretrain'
custom_imports = dict(imports=['backbone_${name}'])
model = dict(type='ImageClassifier', ${backbone}, ${rest})
load_from = 'other.safetensors'
`,
    );
    expect(
      project
        .check(file)
        .diagnostics.map(d => d.code)
        .join(),
    ).toBe(code);
  });

  it('is read anew when it changes', () => {
    write('changing.safetensors', own);
    expect(told("load_from = 'changing.safetensors'")).toEqual([]);
    write('changing.safetensors', [['encoder.weight', { shape: [4, 4] }]]);
    expect(told("load_from = 'changing.safetensors'  # again")).toHaveLength(1);
  });
});
