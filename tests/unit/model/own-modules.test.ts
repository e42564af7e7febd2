/** A backbone that somebody wrote this morning in `models/my_net.py` is checked like a library's. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../server/model/verdict.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { zoo } from '../../zoo.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-'));
afterAll(() => rmSync(folder, { recursive: true }));

const base = new URL('../../../configs/yolov5_s-v61_syncbn_8xb16-300e_coco.py', import.meta.url).pathname;
const config = (more: string) => `_base_ = '${base}'
custom_imports = dict(imports=['models.my_net'], allow_failed_imports=False)
channels = [32, 64, 128]
model = dict(
    backbone=dict(_delete_=True, type='MyNet', ${more}),
    neck=dict(widen_factor=1.0, in_channels=channels, out_channels=channels),
    bbox_head=dict(head_module=dict(widen_factor=1.0, in_channels=channels)))
`;
const MODULE = `import torch.nn as nn
from mmyolo.registry import MODELS


@MODELS.register_module()
class MyNet(nn.Module):
    def __init__(self, width, levels=3):
        super().__init__()
        assert width % 8 == 0, f'width must be a multiple of 8, not {width}'
        self.stem = nn.Conv2d(3, width, 7, stride=4, padding=3)
        self.stages = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width * 2**max(i - 1, 0), width * 2**i, 3, stride=2, padding=1), nn.BatchNorm2d(width * 2**i), nn.ReLU()) for i in range(levels))

    def forward(self, x):
        x = self.stem(x)
        outputs = []
        for stage in self.stages:
            x = stage(x)
            outputs.append(x)
        return tuple(outputs)
`;

async function verdictOf(more: string): Promise<Verdict> {
  mkdirSync(join(folder, 'models'), { recursive: true });
  writeFileSync(join(folder, 'models', '__init__.py'), '');
  writeFileSync(join(folder, 'models', 'my_net.py'), MODULE);
  writeFileSync(join(folder, 'config.py'), config(more));
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
  const project = await Project.open(new NodeHost(), {
    models: true,
    roots: [folder],
    settings,
    env: {},
    cancel: new Int32Array(new SharedArrayBuffer(4)),
  });
  const verdict = project.verdict(join(folder, 'config.py'));
  if (!verdict) throw new Error('no verdict');
  return verdict;
}

describe('a module of one’s own', () => {
  it('is built and run', async () => {
    const { ok, unknown, strides, outputs, read } = await verdictOf('width=32');
    expect({ unknown, ok, strides: strides['backbone'] }).toEqual({ unknown: null, ok: true, strides: [8, 16, 32] });
    expect(outputs['backbone']).toEqual([
      [32, 80, 80],
      [64, 40, 40],
      [128, 20, 20],
    ]);
    expect(read).toContain(join(folder, 'models', 'my_net.py'));
  });

  it('is blamed for its channels', async () => {
    const { ok, stage, mismatches } = await verdictOf('width=64');
    expect({ ok, stage }).toEqual({ ok: false, stage: 'forward' });
    expect(mismatches[0]).toMatchObject({ kind: 'channels', expected: 128, got: 256, stride: 32 });
    expect(mismatches[0]?.blame).toContain('backbone.width');
  });

  it('says what its own assertion says', async () => {
    const { ok, stage, error, mismatches } = await verdictOf('width=33');
    expect({ ok, stage, type: error?.type, message: error?.message, at: error?.at }).toEqual({
      ok: false,
      stage: 'build',
      type: 'AssertionError',
      message: 'width must be a multiple of 8, not 33',
      at: 'models/my_net.py:9',
    });
    expect(mismatches[0]?.blame[0]).toBe('backbone.width');
  });

  it('is asked for the levels that the neck takes', async () => {
    const { stage, mismatches } = await verdictOf('width=32, levels=2');
    expect(stage).toBe('forward');
    expect(mismatches[0]?.kind).toBe('levels');
    expect(mismatches[0]?.blame[0]).toBe('neck.in_channels');
  });

  it('takes what its constructor takes', async () => {
    const { stage, error, mismatches } = await verdictOf('width=32, depth=3');
    expect({ stage, message: error?.message }).toEqual({
      stage: 'build',
      message: "MyNet.__init__() got an unexpected keyword argument 'depth'",
    });
    expect(mismatches[0]?.blame[0]).toBe('backbone.depth');
  });
});
