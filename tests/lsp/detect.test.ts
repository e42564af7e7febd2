/** Detection through the built server: asked as an editor asks, told as it goes, stopped, and asked again. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import type { DetectParams, DetectProblem, DetectProgress, DetectResult } from '../../server/protocol.ts';
import { dataPath } from '../data-file.ts';
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
it('answers two that are asked at once, each its own', async () => {
  const [first, second] = await Promise.all([ask(), ask({ image: `${root}/images/tiny.png` })]);
  expect([first.kind === 'detections' && first.width, second.kind === 'detections' && second.width]).toEqual([640, 80]);
});
