/** A mistake in a module of the user's own is shown in that module, whether or not it is open, and goes when it is mended. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zoo } from '../zoo.ts';
import { Client } from './client.ts';

const MODULE = `from torch import nn
from mmdet.registry import MODELS


@MODELS.register_module()
class MyNet(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, stride=8, padding=1)
        self.down = nn.Conv2d(width * 2, width * 2, 3, stride=2, padding=1)

    def forward(self, x):
        x = self.stem(x)
        return x, self.down(x)
`;
const CONFIG = `default_scope = 'mmdet'
custom_imports = dict(imports=['my_net'])
model = dict(
    type='RetinaNet',
    data_preprocessor=dict(type='DetDataPreprocessor'),
    backbone=dict(type='MyNet', width=32),
    neck=dict(type='FPN', in_channels=[32, 64], out_channels=32, num_outs=2),
    bbox_head=dict(
        type='RetinaHead',
        num_classes=3,
        in_channels=32,
        feat_channels=32,
        anchor_generator=dict(type='AnchorGenerator', octave_base_scale=4, scales_per_octave=3, ratios=[1.0], strides=[8, 16])))
`;
const folder = mkdtempSync(join(tmpdir(), 'necktie-own-'));
const module = pathToFileURL(join(folder, 'my_net.py')).href;
const config = pathToFileURL(join(folder, 'a.py')).href;
let client: Client;

beforeAll(async () => {
  writeFileSync(join(folder, 'my_net.py'), MODULE);
  writeFileSync(join(folder, 'a.py'), CONFIG);
  ({ client } = await Client.start({ root: folder, settings: { sitePackages: [zoo] } }));
  await client.open(config, CONFIG);
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

test('in the module, with the config’s place beside it', async () => {
  await expect.poll(() => client.published(module).map(d => d.code), { timeout: 60_000 }).toEqual(['channel-mismatch']);
  const [found] = client.published(module);
  expect(found?.range).toEqual({ start: { line: 13, character: 8 }, end: { line: 13, character: 30 } });
  expect(found?.message).toContain('`backbone.down` expects 64 channels at stride 8, and 32 come in.');
  expect(found?.relatedInformation?.map(r => r.location.uri)).toEqual([config]);
  expect(client.published(config)).toEqual([]);
});

test('and it goes when the module is mended', async () => {
  await client.open(module, MODULE);
  await client.replace(module, 'nn.Conv2d(width * 2, width * 2', 'nn.Conv2d(width, width * 2');
  await expect.poll(() => client.published(module), { timeout: 60_000 }).toEqual([]);
});
