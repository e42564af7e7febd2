/** Detection through the built server: asked as an editor asks, told as it goes, stopped, and asked again. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import type {
  DetectParams,
  DetectProblem,
  DetectProgress,
  DetectResult,
  EvaluateResult,
  SuppressParams,
  SuppressResult,
  ValidationResult,
} from '../../server/protocol.ts';
import { dataPath } from '../data-file.ts';
import { zoo } from '../zoo.ts';
import { Client } from './client.ts';

const root = fileURLToPath(new URL('../../configs/demo', import.meta.url));
const params: DetectParams = {
  token: 'here',
  config: `${root}/shapes_yolov5_tiny.py`,
  image: `${root}/images/meadow.jpg`,
  checkpoint: `${root}/shapes_yolov5_tiny.onnx`,
  device: 'cpu',
};
type Answer = DetectResult | DetectProblem;

let client: Client;
const told: DetectProgress[] = [];
beforeAll(async () => {
  ({ client } = await Client.start({ root, settings: { environment: false } }));
  client.connection.onNotification('necktie/progress', (progress: DetectProgress) => void told.push(progress));
}, 30_000);
afterAll(() => client.stop());
const ask = (more: Partial<DetectParams> = {}): Promise<Answer> => client.connection.sendRequest('necktie/detect', { ...params, ...more });

it('finds, and says what it does meanwhile', async () => {
  const answer = await ask();
  expect(answer).toMatchObject({ kind: 'detections', width: 640, height: 480, provider: 'cpu', weights: { kind: 'exported' } });
  expect(told.map(({ token, phase }) => [token, phase])).toContainEqual(['here', 'Loading the model']);
  expect(told.at(-1)?.phase).toBe('Detecting on CPU');
});
it.each([
  ['a checkpoint that is damaged', { checkpoint: dataPath('weights/script.pth') }, 'checkpoint-corrupt'],
  ['a checkpoint that is not there', { checkpoint: `${root}/absent.onnx` }, 'no-checkpoint'],
  [
    'a model that says nothing of itself',
    { checkpoint: dataPath('weights/views.pth').replace('views.pth', 'views.json.onnx') },
    'no-checkpoint',
  ],
  ['a picture that is none', { image: params.config }, 'image-unreadable'],
  ['a config that is not there', { config: `${root}/absent.py`, checkpoint: null }, 'network'],
  ['a device that is none', { device: 'abacus' }, 'child-died'],
] as const)('answers %s with a problem in words, and goes on', async (_, more, code) => {
  const answer = await ask(more);
  expect(answer).toMatchObject({ kind: 'problem', code });
  expect(JSON.stringify(answer)).not.toMatch(/undefined|\[object /);
  expect(await ask()).toMatchObject({ kind: 'detections' });
});
it('stops when it is cancelled, and is ready again', async () => {
  // The process of the model starts with the first request, which takes long enough to be stopped.
  const { client: fresh } = await Client.start({ root, settings: { environment: false } });
  const source = new CancellationTokenSource();
  fresh.connection.onNotification('necktie/progress', ({ phase }: DetectProgress) => {
    if (phase === 'Loading the model') source.cancel();
  });
  const stopped = fresh.connection.sendRequest<Answer>('necktie/detect', params, source.token);
  await expect(stopped.then(answer => ('code' in answer ? Promise.reject(answer) : answer))).rejects.toSatisfy(
    ({ code }: { readonly code: unknown }) => code === 'cancelled' || code === LSPErrorCodes.RequestCancelled,
  );
  const start = performance.now();
  expect(await fresh.connection.sendRequest('necktie/detect', params)).toMatchObject({ kind: 'detections' });
  expect(performance.now() - start).toBeLessThan(5000);
  await fresh.stop();
}, 30_000);
it.skipIf(!existsSync(`${zoo}/mmyolo`))(
  'stops while the network is built, and does not go on to the end of it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'necktie-stopped-'));
    const config = join(folder, 'own.py');
    // A model that no run before has left in the cache.
    writeFileSync(config, `_base_ = '${params.config}'\nmodel = dict(test_cfg=dict(score_thr=0.001${Date.now()}))\n`);
    const { client: fresh } = await Client.start({ root: folder, settings: { sitePackages: [zoo] } });
    const source = new CancellationTokenSource();
    const phases: string[] = [];
    fresh.connection.onNotification('necktie/progress', ({ phase }: DetectProgress) => {
      phases.push(phase);
      if (phase === 'Building the network') source.cancel();
    });
    const asked = { ...params, config, checkpoint: `${root}/shapes_yolov5_tiny.pth` };
    const answer = await fresh.connection.sendRequest<Answer>('necktie/detect', asked, source.token).catch((e: unknown) => e);
    expect(answer).toMatchObject({ code: expect.toSatisfy(code => code === 'cancelled' || code === LSPErrorCodes.RequestCancelled) });
    expect(phases.at(-1)).toBe('Building the network');
    expect(await fresh.connection.sendRequest('necktie/detect', asked)).toMatchObject({
      kind: 'detections',
      weights: { kind: 'checkpoint' },
    });
    await fresh.stop();
    rmSync(folder, { recursive: true });
  },
  60_000,
);
it('answers two that are asked at once, each its own', async () => {
  const [first, second] = await Promise.all([ask(), ask({ image: `${root}/images/tiny.png` })]);
  expect([first.kind === 'detections' && first.width, second.kind === 'detections' && second.width]).toEqual([640, 80]);
});

it.each([
  ['the one that runs', 0],
  ['the one that waits', 1],
] as const)('where of two panels %s is stopped, the other goes on', async (_, stopped) => {
  // The process of the model starts with the first request, which takes long enough to be stopped.
  const { client: fresh } = await Client.start({ root, settings: { environment: false } });
  const sources = [new CancellationTokenSource(), new CancellationTokenSource()];
  fresh.connection.onNotification('necktie/progress', ({ token, phase }: DetectProgress) => {
    if (token === 'panel 0' && phase === 'Loading the model') sources[stopped]?.cancel();
  });
  const answers = sources.map(({ token }, i) =>
    fresh.connection.sendRequest<Answer>('necktie/detect', { ...params, token: `panel ${i}` }, token).catch((e: unknown) => e),
  );
  expect(await answers[1 - stopped]).toMatchObject({ kind: 'detections' });
  expect(await answers[stopped]).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  await fresh.stop();
});

describe('another overlap', () => {
  const suppress = (more: Partial<SuppressParams>): Promise<SuppressResult> =>
    client.connection.sendRequest('necktie/suppress', {
      config: params.config,
      image: params.image,
      candidates: -1,
      iouThreshold: null,
      ...more,
    });
  const boxes = (answer: Answer | SuppressResult): readonly (readonly number[])[] =>
    answer.kind === 'detections' ? answer.detections.map(({ bbox }) => bbox) : [];
  it('gives what a run by it gives, from what one has kept; and the config’s own again', async () => {
    const first = await ask({ keeps: true });
    if (first.kind !== 'detections') throw new Error(first.text);
    expect(first.suppression).toMatchObject({ own: 0.65, threshold: 0.65, fixed: null, candidates: expect.any(Number) });
    const candidates = first.suppression.candidates ?? -1;
    for (const iouThreshold of [0.05, 0.9]) {
      const anew = await suppress({ candidates, iouThreshold });
      expect(anew).toMatchObject({ suppression: { own: 0.65, threshold: iouThreshold } });
      const ran = await ask({ iouThreshold });
      expect(boxes(anew)).toEqual(boxes(ran));
      expect(boxes(anew)).not.toEqual(boxes(first));
      expect(ran).toMatchObject({ suppression: { threshold: iouThreshold, candidates: null } });
    }
    expect(boxes(await suppress({ candidates }))).toEqual(boxes(first));
  });
  it('comes with what was annotated', async () => {
    const image = `${root}/data/shapes/val/00002.jpg`;
    const first = await ask({ image, keeps: true, truth: true });
    if (first.kind !== 'detections') throw new Error(first.text);
    const anew = await suppress({ image, candidates: first.suppression.candidates ?? -1, iouThreshold: 0.99, truth: true });
    if (anew.kind !== 'detections' || !anew.truth) throw new Error('no truth');
    expect(anew.detections.length).toBeGreaterThan(first.detections.length);
    expect(anew.truth.matches).toHaveLength(anew.detections.length);
  });
  it('of what was not kept, or is kept no more, says so', async () => {
    expect(await suppress({})).toEqual({ kind: 'gone' });
    const first = await ask({ keeps: true });
    if (first.kind !== 'detections') throw new Error(first.text);
    for (let more = 0; more < 4; more++) await ask({ keeps: true });
    expect(await suppress({ candidates: first.suppression.candidates ?? -1 })).toEqual({ kind: 'gone' });
  });
});

describe('the validation set', () => {
  const set = `${root}/data/shapes/val`;
  it('is listed', async () => {
    const answer = await client.connection.sendRequest<ValidationResult>('necktie/validation', { config: params.config });
    expect(answer).toMatchObject({ kind: 'validation', classes: ['circle', 'square', 'triangle', 'star', 'hexagon'] });
    expect(answer.pictures).toHaveLength(24);
    expect(answer.pictures[2]).toBe(`${set}/00002.jpg`);
  });
  it('gives a picture what was annotated on it', async () => {
    const answer = await ask({ image: `${set}/00002.jpg`, truth: true });
    if (answer.kind !== 'detections' || !answer.truth) throw new Error('no truth');
    expect(answer.truth.objects).toHaveLength(8);
    expect(answer.truth.matches).toHaveLength(answer.detections.length);
    const over = answer.detections.flatMap(({ score, name }, i) => (score > 0.3 ? [[name, answer.truth?.matches[i] != null]] : []));
    expect(over.filter(([, met]) => met)).toHaveLength(6);
    expect(over.filter(([, met]) => !met)).toEqual([['star', false]]);
    // A match is of one class, and each object is met once.
    const met = answer.truth.matches.flatMap((match, i) => (match ? [{ ...match, name: answer.detections[i]?.name }] : []));
    expect(met.every(({ object, name, iou }) => answer.truth?.objects[object]?.name === name && iou >= 0.5)).toBe(true);
    expect(new Set(met.map(m => m.object)).size).toBe(met.length);
    // Of another picture nothing is known.
    expect(await ask({ truth: true })).not.toHaveProperty('truth');
  });
  it('gives figures, while pictures are looked at; and stops', async () => {
    const evaluate = { token: 'all', config: params.config, checkpoint: params.checkpoint, device: 'cpu' };
    const running = client.connection.sendRequest<EvaluateResult>('necktie/evaluate', evaluate);
    expect(await ask()).toMatchObject({ kind: 'detections' });
    const { stats, perClass, pictures } = await running;
    expect([stats.length, stats[0]]).toEqual([12, expect.closeTo(0.746, 3)]);
    expect(perClass.map(({ name }) => name)).toEqual(['circle', 'square', 'triangle', 'star', 'hexagon']);
    expect(pictures[2]?.objects.filter(([, score]) => score === null || score < 0.3)).toHaveLength(2);
    expect(told.filter(({ token }) => token === 'all').map(({ phase }) => phase)).toContain('00011.jpg, 12 of 24');
    const source = new CancellationTokenSource();
    const stopped = client.connection.sendRequest('necktie/evaluate', { ...evaluate, token: 'stopped' }, source.token);
    setTimeout(() => source.cancel(), 300);
    await expect(stopped.then(answer => Promise.reject(answer))).rejects.toSatisfy(
      ({ code }: { readonly code: unknown }) => code === 'cancelled' || code === LSPErrorCodes.RequestCancelled,
    );
    expect(await ask()).toMatchObject({ kind: 'detections' });
  }, 60_000);
  it('that is not there is told', async () => {
    const { client: elsewhere } = await Client.start({ root: dirname(root), settings: { environment: false } });
    const config = `${dirname(root)}/yolov5_s-v61_syncbn_8xb16-300e_coco.py`;
    expect(await elsewhere.connection.sendRequest('necktie/validation', { config })).toMatchObject({ kind: 'problem', code: 'no-truth' });
    await elsewhere.stop();
  });
});
