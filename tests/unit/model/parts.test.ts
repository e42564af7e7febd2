/** Parts that are built without the model, one config after another: what is unknown of one says nothing of the next. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { opened } from './opened.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-'));
afterAll(() => rmSync(folder, { recursive: true }));

const withWeights = (initCfg: string): string => `default_scope = 'mmpretrain'
model = dict(
    type='ImageClassifier',
    backbone=dict(type='ResNet', depth=18, init_cfg=${initCfg}),
    neck=dict(type='GlobalAveragePooling'),
    head=dict(type='LinearClsHead', num_classes=3, in_channels=512))
train_dataloader = dict(
    batch_size=2, num_workers=0, sampler=dict(type='DefaultSampler', shuffle=True), dataset=dict(type='CustomDataset', data_root='x', pipeline=[dict(type='LoadImageFromFile'), dict(type='PackInputs')]))
train_cfg = dict(by_epoch=True, max_epochs=1)
optim_wrapper = dict(type='OptimWrapper', optimizer=dict(type='SGD', lr=0.1))
`;

test('a file of weights that cannot be known does not hide one that is not named', async () => {
  const project = await opened(folder);
  const told = (name: string, initCfg: string) => {
    const file = join(folder, name);
    writeFileSync(file, withWeights(initCfg));
    return project.check(file).diagnostics.map(({ code, message }) => `${code}: ${message.split('\n')[0]}`);
  };
  expect(told('a.py', "dict(type='Pretrained', checkpoint='', prefix='backbone.')")).toEqual([]);
  expect(told('b.py', "dict(type='Pretrained', prefix='backbone.')")).toEqual([
    "build-error: Pretrained cannot be built: TypeError: PretrainedInit.__init__() missing 1 required positional argument: 'checkpoint'",
  ]);
}, 60_000);
