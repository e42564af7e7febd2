/** Replace Backbone over the wire: what is listed, measured and written, and where it is offered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CancellationTokenSource, CodeActionRequest, CodeLensRequest } from 'vscode-languageserver/node';
import {
  BACKBONES,
  type BackbonesResult,
  MEASURE_BACKBONE,
  type MeasureBackboneResult,
  REPLACE_BACKBONE,
  type ReplaceBackboneResult,
} from '../../server/protocol.ts';
import { zoo } from '../zoo.ts';
import { Client } from './client.ts';

const workspace = fileURLToPath(new URL('../../configs', import.meta.url));
const NAME = 'yolov5_s-v61_syncbn_8xb16-300e_coco_mmdet-resnet50.py';
const uri = pathToFileURL(join(workspace, NAME)).href;
let client: Client;

beforeAll(async () => {
  ({ client } = await Client.start({ root: workspace, settings: { sitePackages: [zoo] } }));
  await client.open(uri, readFileSync(join(workspace, NAME), 'utf8'));
});
afterAll(async () => expect(await client.stop()).toBe(0));

const ask = <T>(method: string, params: object): Promise<T> => client.connection.sendRequest<T>(method, params);
const replace = (type: string, set: Readonly<Record<string, string>> = {}): Promise<ReplaceBackboneResult> =>
  ask(REPLACE_BACKBONE, { uri, type, set });

test('every backbone of the environment is listed, with what is known of it', async () => {
  const list = await ask<BackbonesResult>(BACKBONES, { uri });
  if (list.kind !== 'list') throw new Error(list.reason);
  expect(list).toMatchObject({ strides: [8, 16, 32], now: 'mmdet.ResNet' });
  const one = (type: string, set: Readonly<Record<string, string>> = {}) =>
    list.backbones.find(b => b.type === type && Object.entries(set).every(([name, value]) => b.set[name] === value));
  expect(one('mmdet.ResNet', { depth: '101' })?.levels).toEqual([
    { index: 1, channels: 512, stride: 8 },
    { index: 2, channels: 1024, stride: 16 },
    { index: 3, channels: 2048, stride: 32 },
  ]);
  expect(one('timm/resnet18')).toMatchObject({ library: 'timm', levels: [{ channels: 128 }, { channels: 256 }, { channels: 512 }] });
  expect(one('timm/vit_tiny_patch16_224')).toMatchObject({ levels: null, misses: [16] });
  expect(one('mmdet.FPN')).toBeUndefined();
  expect(one('BaseBackbone')).toBeUndefined();
});

test('what is not known is measured', async () => {
  const measured = await ask<MeasureBackboneResult>(MEASURE_BACKBONE, { uri, type: 'timm/resnet18', set: {} });
  expect(measured).toMatchObject({ kind: 'measured', parameters: 11_176_512 });
});

test('a replacement comes as a config of its own and as edits; an edit meanwhile does not end it', async () => {
  const asked = replace('mmpretrain.ConvNeXt', { arch: "'tiny'" });
  await client.replace(uri, '_base_', '_base_');
  const done = await asked;
  if (done.kind !== 'replaced') throw new Error(done.reason);
  expect(done.uri).toMatch(/_mmpretrain-convnext\.py$/);
  expect(done.levels.map(l => l.channels)).toEqual([192, 384, 768]);
  expect(done.text).toContain('channels = [192, 384, 768]');
  expect(done.notes.join()).toContain('AdamW');
  expect(done.edits?.map(edit => edit.newText).join()).toContain("type='mmpretrain.ConvNeXt'");
});

test('what cannot be done is said', async () => {
  expect(await replace('mmdet.HRNet', { extra: 'dict()' })).toMatchObject({ kind: 'refused' });
  expect(await replace('timm/vit_tiny_patch16_224')).toEqual({
    kind: 'refused',
    reason: 'timm/vit_tiny_patch16_224 gives levels at the stride 16; the neck expects 8, 16, 32',
  });
});

test('it can be cancelled', async () => {
  const cancel = new CancellationTokenSource();
  const asked = client.connection.sendRequest(REPLACE_BACKBONE, { uri, type: 'timm/convnext_base', set: {} }, cancel.token);
  setTimeout(() => cancel.cancel(), 20);
  await expect(asked).rejects.toThrow('cancelled');
});

test('it is offered on the backbone, and nowhere else', async () => {
  const titles = async (text: string): Promise<readonly string[]> => {
    const at = client.position(uri, text);
    const found = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
    return (found ?? []).map(action => action.title);
  };
  expect(await titles("mmdet.ResNet'")).toContain('Replace Backbone…');
  expect(await titles('depth=50')).toContain('Replace Backbone…');
  expect(await titles('neck=dict')).not.toContain('Replace Backbone…');
  const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
  expect(lenses?.find(lens => lens.command?.command === 'necktie.replaceBackbone')?.range.start).toEqual(
    client.position(uri, 'backbone=dict'),
  );
});
