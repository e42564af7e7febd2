/** What is installed is read as far as a model needs it, and yet refused where Python refuses it. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { opened } from './opened.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-'));
afterAll(() => rmSync(folder, { recursive: true }));

const base = new URL('../../../configs/yolov5_s-v61_syncbn_8xb16-300e_coco.py', import.meta.url).pathname;
const CONFIG = `_base_ = '${base}'
custom_imports = dict(imports=['some_net.layers'], allow_failed_imports=False)
channels = [8, 16, 32]
model = dict(
    backbone=dict(_delete_=True, type='SomeNet'),
    neck=dict(widen_factor=1.0, in_channels=channels, out_channels=channels),
    bbox_head=dict(head_module=dict(widen_factor=1.0, in_channels=channels)))
`;
const MODULE = `from mmyolo.registry import MODELS
import torch.nn as nn


@MODELS.register_module()
class SomeNet(nn.Module):
    """A network of three layers: ${'its text is long enough to be kept as that of a library. '.repeat(5)}"""
    def __init__(self):
        super().__init__()
        self.stages = nn.ModuleList(nn.Conv2d(c, d, 3, stride=s, padding=1) for c, d, s in ((3, 8, 8), (8, 16, 2), (16, 32, 2)))

    def forward(self, x):
        out = []
        for stage in self.stages:
            x = stage(x)
            out.append(x)
        return tuple(out)

    def unused(self, width):
        return width
`;
const BROKEN = MODULE.replace('return width', 'global width');

async function verdictOf(module: string, recorded: string | null): Promise<{ readonly ok: boolean | null; readonly said: string | null }> {
  const root = mkdtempSync(join(folder, 'case-')),
    site = join(root, 'site-packages');
  mkdirSync(join(site, 'some_net'), { recursive: true });
  mkdirSync(join(site, 'some_net-1.0.dist-info'));
  mkdirSync(join(root, 'work'));
  writeFileSync(join(site, 'some_net/__init__.py'), '');
  writeFileSync(join(site, 'some_net/layers.py'), module);
  if (recorded !== null) {
    const hash = createHash('sha256').update(recorded).digest('base64url');
    writeFileSync(join(site, 'some_net-1.0.dist-info/RECORD'), `some_net/layers.py,sha256=${hash},${recorded.length}\n`);
  }
  writeFileSync(join(root, 'work/config.py'), CONFIG);
  const project = await opened(join(root, 'work'), [site]);
  const verdict = project.verdict(join(root, 'work/config.py'));
  return { ok: verdict?.ok ?? null, said: verdict?.error ? `${verdict.error.type}: ${verdict.error.message}` : (verdict?.unknown ?? null) };
}

describe('a function of an installed module that no one calls', () => {
  const refused = { ok: false, said: "SyntaxError: name 'width' is parameter and global (layers.py, line 20)" };
  it('is read where nothing says that Python takes it', async () => {
    expect(await verdictOf(BROKEN, null)).toEqual(refused);
    expect((await verdictOf(MODULE, null)).ok).toBe(true);
  });
  it('is read where it was edited since it was installed', async () => {
    expect(await verdictOf(BROKEN, MODULE)).toEqual(refused);
    expect((await verdictOf(`${MODULE}\n# Edited.\n`, MODULE)).ok).toBe(true);
  });
  it('is left where it is as it was published', async () => {
    expect((await verdictOf(MODULE, MODULE)).ok).toBe(true);
  });
});
