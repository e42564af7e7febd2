/**
 * `necktie/network` through the built server: what it answers for each kind of config is what is recorded, and it follows what is typed. `NECKTIE_RECORD=1` records
 * anew what the page's tests are looked at with: look at the pictures then.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NETWORK, NETWORK_CHANGED, type NetworkChangedParams, type NetworkParams, type NetworkResult } from '../../server/protocol.ts';
import { dataPath, dataText } from '../data-file.ts';
import { BASE, RESNET } from '../resnet-config.ts';
import { zoo } from '../zoo.ts';
import { Client } from './client.ts';

const RECORDED = 'network/answers.json.gz';
const root = mkdtempSync(join(tmpdir(), 'necktie-network-'));
const NECK = `    neck=dict(in_channels=[512, 1024, 2048], out_channels=[512, 1024, 2048], widen_factor=1.0),
    bbox_head=dict(head_module=dict(in_channels=[512, 1024, 2048], widen_factor=1.0)))
`;
const OWN_NECK = `import torch.nn as nn
from scipy.ndimage import gaussian_filter
from mmyolo.registry import MODELS


@MODELS.register_module()
class TemporalNeck(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        self.mix = nn.Conv2d(in_channels[0], in_channels[0], 1)

    def forward(self, inputs):
        return [gaussian_filter(self.mix(inputs[0]), 1.0), *inputs[1:]]
`;
const files: Readonly<Record<string, string>> = {
  'mismatch.py': RESNET,
  'right.py': RESNET.replace('norm_eval=True))', 'norm_eval=True),').concat(NECK),
  'levels.py': RESNET.replace('(1, 2, 3)', '(1, 2)').replace('norm_eval=True))', 'norm_eval=True),').concat(NECK),
  'unknown.py': `_base_ = '${BASE}'
custom_imports = dict(imports=['models.temporal_neck'], allow_failed_imports=False)
model = dict(neck=dict(_delete_=True, type='TemporalNeck', in_channels=[128, 256, 512]))
`,
  'models/__init__.py': '',
  'models/temporal_neck.py': OWN_NECK,
  'failed.py': RESNET.replace('depth=50', 'depth=51'),
  'unread.py': "_base_ = 'gone.py'\nmodel = dict(neck=dict(in_channels=[1, 2, 3]))\n",
  'no_model.py': "default_scope = 'mmyolo'\ntrain_dataloader = dict(batch_size=2)\n",
};
const inZoo = (name: string): string => join(zoo, 'mmdet', '.mim', 'configs', name);
const uriOf = (name: string): string => pathToFileURL(join(root, name)).href;

/** How rules say it is theirs, and tested there. */
const withoutWords = (answer: NetworkResult | undefined): unknown =>
  answer?.kind === 'network' ? { network: answer.network, problems: answer.problems.map(({ code }) => code) } : answer;

let client: Client;
const changed: string[] = [];
const ask = (uri: string, size: NetworkParams['size'] = null, of = client): Promise<NetworkResult> =>
  of.connection.sendRequest<NetworkResult>(NETWORK, { uri, size } satisfies NetworkParams);
/** Waits until the server has looked at what was typed. */
const looked = async (uri: string, times: number): Promise<void> => {
  for (let tries = 0; tries < 300 && changed.filter(one => one === uri).length < times; tries += 1)
    await new Promise(wake => setTimeout(wake, 100));
  expect(changed.filter(one => one === uri).length).toBeGreaterThanOrEqual(times);
};

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../../configs', import.meta.url)), root, { recursive: true });
  mkdirSync(join(root, 'models'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  ({ client } = await Client.start({ root, settings: { sitePackages: [zoo] } }));
  client.connection.onNotification(NETWORK_CHANGED, ({ uri }: NetworkChangedParams) => void changed.push(uri));
}, 60_000);
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  rmSync(root, { recursive: true });
});

describe('is answered as it is recorded', () => {
  const cases: Readonly<Record<string, string>> = {
    right: uriOf('right.py'),
    mismatch: uriOf('mismatch.py'),
    levels: uriOf('levels.py'),
    base: uriOf(BASE),
    failed: uriOf('failed.py'),
    unknown: uriOf('unknown.py'),
    unread: uriOf('unread.py'),
    noModel: uriOf('no_model.py'),
    noConfig: uriOf('absent.py'),
    twoStage: pathToFileURL(inZoo('faster_rcnn/faster-rcnn_r50_fpn_1x_coco.py')).href,
  };
  const found: Record<string, NetworkResult> = {};
  const plainly = (answer: NetworkResult): NetworkResult =>
    JSON.parse(
      JSON.stringify(answer)
        .replaceAll(pathToFileURL(root).href, 'file:///project')
        .replaceAll(root, '/project')
        .replaceAll(pathToFileURL(zoo).href, 'file:///libraries')
        .replaceAll(zoo, '/libraries'),
    );
  const recorded: Readonly<Record<string, NetworkResult>> = process.env['NECKTIE_RECORD'] ? found : JSON.parse(dataText(RECORDED));
  afterAll(() => {
    if (!process.env['NECKTIE_RECORD']) return;
    mkdirSync(dataPath('network'), { recursive: true });
    writeFileSync(dataPath(RECORDED), gzipSync(JSON.stringify(found), { level: 9 }));
  });

  test.each(Object.entries(cases))('%s', async (name, uri) => {
    found[name] = plainly(await ask(uri));
    expect(withoutWords(found[name])).toEqual(withoutWords(recorded[name]));
  });
  test('missing', async () => {
    const { client: bare } = await Client.start({ root, settings: { environment: false } });
    found['missing'] = plainly(await ask(uriOf('right.py'), null, bare));
    await bare.stop();
    expect(withoutWords(found['missing'])).toEqual(withoutWords(recorded['missing']));
  });
});

describe('follows', () => {
  test('what is typed: the mismatch comes and goes', async () => {
    const uri = uriOf('right.py');
    await client.open(uri, files['right.py'] ?? '');
    await looked(uri, 1);
    expect(await ask(uri)).toMatchObject({ kind: 'network', network: { ok: true }, problems: [] });

    await client.replace(uri, 'in_channels=[512, 1024, 2048], out', 'in_channels=[512, 1024, 512], out');
    await client.diagnostics(uri, diagnostics => diagnostics.some(({ code }) => code === 'channel-mismatch'));
    await looked(uri, 2);
    const wrong = await ask(uri);
    if (wrong.kind !== 'network') throw new Error(wrong.kind);
    expect(wrong.network.links[0]?.levels.map(({ state, expected }) => [state, expected])).toEqual([
      ['fits', null],
      ['fits', null],
      ['wrong', 512],
    ]);
    expect(wrong.problems[0]?.fixes[0]?.title).toMatch(/every level fits/);
    expect(wrong.network.modules.find(({ path }) => path === 'neck.reduce_layers.2.conv')?.wrong).toBe(true);

    await client.replace(uri, 'in_channels=[512, 1024, 512], out', 'in_channels=[512, 1024, 2048], out');
    await looked(uri, 3);
    expect(await ask(uri)).toMatchObject({ kind: 'network', network: { ok: true } });
  }, 120_000);

  test('a text that cannot be read says so', async () => {
    const uri = uriOf('right.py');
    const before = changed.filter(one => one === uri).length;
    await client.replace(uri, 'depth=50', 'depth=(');
    await looked(uri, before + 1);
    expect(await ask(uri)).toMatchObject({ kind: 'unread', message: expect.stringMatching(/^SyntaxError/), place: { uri } });
  });

  test('the disk, where the config is not open', async () => {
    const uri = uriOf('mismatch.py');
    expect(await ask(uri)).toMatchObject({ kind: 'network', network: { ok: false } });
    const before = changed.filter(one => one === uri).length;
    writeFileSync(join(root, 'mismatch.py'), RESNET.replace('norm_eval=True))', 'norm_eval=True),').concat(NECK));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await looked(uri, before + 1);
    expect(await ask(uri)).toMatchObject({ kind: 'network', network: { ok: true } });
  });

  test('the size that is asked for, and says where the model does not run so', async () => {
    const answer = await ask(uriOf(BASE), [320, 416]);
    expect(answer).toMatchObject({ kind: 'network', network: { size: [320, 416], sizeFrom: null, ok: true } });
    if (answer.kind !== 'network') throw new Error(answer.kind);
    expect(answer.network.links[0]?.levels[0]).toEqual({ shape: [128, 52, 40], stride: 8, state: 'fits', expected: null });
    const odd = await ask(uriOf(BASE), [100, 100]);
    if (odd.kind !== 'network') throw new Error(odd.kind);
    expect(odd.problems.map(({ message }) => message).join()).toMatch(/100 × 100/);
  });
});
