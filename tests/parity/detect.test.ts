/**
 * The demo's twelve pictures against what mmyolo 0.6 finds on them (tests/data/demo/reference.jsonl.gz, by the real libraries): the same number, labels, scores
 * within 1e-3, boxes within 0.5 px. From the checkpoint, through the network built from the libraries' sources; and with the model that was exported from it.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../runtime/index.ts';
import { Detector, type Found } from '../../server/detect/detect.ts';
import { exportModel } from '../../server/detect/export.ts';
import { Phases } from '../../server/detect/phases.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../server/project/settings.ts';
import type { DetectParams, DetectProblem } from '../../server/protocol.ts';
import { dataPath, dataText } from '../data-file.ts';
import { inferenceProgram } from '../inference-program.ts';
import { asSafetensors } from '../safetensors-file.ts';
import { zoo } from '../zoo.ts';

interface Reference {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly input_shape: readonly number[];
  readonly scale_factor: readonly number[];
  readonly pad_param: readonly number[];
  readonly detections: readonly {
    readonly label: number;
    readonly name: string;
    readonly score: number;
    readonly bbox: readonly number[];
  }[];
}
const reference: readonly Reference[] = dataText('demo/reference.jsonl.gz')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line));
const demo = fileURLToPath(new URL('../../configs/demo', import.meta.url));
const config = `${demo}/shapes_yolov5_tiny.py`;

let detector: Detector;
beforeAll(async () => {
  detector = new Detector(await inferenceProgram(), null);
});
const folder = mkdtempSync(join(tmpdir(), 'necktie-detect-'));
afterAll(() => {
  detector.close();
  rmSync(folder, { recursive: true });
});

const open = (settings: Partial<Settings>): Promise<Project> =>
  Project.open(null, { roots: [demo], settings: { ...DEFAULT_SETTINGS, ...settings }, env: {}, cancel: new Int32Array(2), models: true });
const found = async (project: Project, image: string, checkpoint: string | null): Promise<Found | DetectProblem> => {
  const params: DetectParams = { token: image, config, image, checkpoint, device: 'cpu' };
  return detector.find(project, params, { signal: new AbortController().signal, progress: () => undefined });
};

function compare(answer: Found | DetectProblem, truth: Reference): void {
  if (!('result' in answer)) throw new Error(`${answer.title}. ${answer.text}`);
  const { result, seen } = answer;
  expect([result.width, result.height, seen.inputShape]).toEqual([truth.width, truth.height, truth.input_shape]);
  expect([...seen.scale].map(Math.fround)).toEqual(truth.scale_factor.map(Math.fround));
  const { top, bottom, left, right } = seen.padding;
  expect([top, bottom, left, right]).toEqual(truth.pad_param);
  expect(result.detections).toHaveLength(truth.detections.length);
  for (const [i, { label, name, score, bbox }] of truth.detections.entries()) {
    const ours = result.detections[i]!;
    expect([ours.label, ours.name], `#${i}`).toEqual([label, name]);
    expect(Math.abs(ours.score - score), `score of #${i}`).toBeLessThan(1e-3);
    for (const [side, at] of bbox.entries()) expect(Math.abs(ours.bbox[side]! - at), `side ${side} of #${i}`).toBeLessThan(0.5);
  }
}

describe('the exported model, with no library at hand', () => {
  it.each(reference.map(r => [r.image, r] as const))('%s', async (image, truth) => {
    const project = await open({ environment: false });
    const answer = await found(project, `${demo}/images/${image}`, `${demo}/shapes_yolov5_tiny.onnx`);
    compare(answer, truth);
    if ('result' in answer)
      expect(answer.result.weights).toEqual({ kind: 'exported', path: `${demo}/shapes_yolov5_tiny.onnx`, note: null });
  });
  it('stands in for a checkpoint that nothing can be built for', async () => {
    const answer = await found(await open({ environment: false }), `${demo}/images/meadow.jpg`, null);
    if (!('result' in answer)) throw new Error(answer.text);
    expect(answer.result.weights.kind).toBe('exported');
  });
});

describe.skipIf(!existsSync(`${zoo}/mmyolo`))('the checkpoint, through the libraries’ sources', () => {
  const sources = open({ sitePackages: [zoo] });
  it.each(reference.map(r => [r.image, r] as const))('%s', async (image, truth) =>
    compare(await found(await sources, `${demo}/images/${image}`, null), truth),
  );

  it('from safetensors', async () => {
    const path = join(folder, 'shapes.safetensors');
    writeFileSync(path, asSafetensors(readCheckpoint(`${demo}/shapes_yolov5_tiny.pth`)));
    const answer = await found(await sources, `${demo}/images/meadow.jpg`, path);
    compare(answer, reference.find(r => r.image === 'meadow.jpg')!);
  });
  it('from half precision, which moves a box by less than a pixel', async () => {
    const answer = await found(await sources, `${demo}/images/meadow.jpg`, dataPath('demo/shapes_yolov5_tiny.fp16.pth'));
    if (!('result' in answer)) throw new Error(`${answer.title}. ${answer.text}`);
    const truth = reference.find(r => r.image === 'meadow.jpg')!.detections.slice(0, 7);
    for (const [i, { name, bbox }] of truth.entries()) {
      const ours = answer.result.detections[i]!;
      expect(ours.name).toBe(name);
      for (const [side, n] of bbox.entries()) expect(Math.abs(ours.bbox[side]! - n)).toBeLessThan(1);
    }
  });

  it.each([
    ['boxes out of the graph', { nms: true, dynamicBatch: false }],
    ['any number of pictures at once', { nms: false, dynamicBatch: true }],
    ['both', { nms: true, dynamicBatch: true }],
  ])('as an exported model with %s', async (_, options) => {
    const path = join(folder, `${Object.values(options).join('-')}.onnx`);
    const { model } = await exportModel(
      await sources,
      { file: config, checkpoint: null, size: null, half: false, ...options },
      new Phases('', () => undefined),
    );
    writeFileSync(path, model);
    for (const image of ['meadow.jpg', 'phone.jpg', 'wall.jpg'])
      compare(await found(await sources, `${demo}/images/${image}`, path), reference.find(r => r.image === image)!);
  });

  it('by another overlap, as by a config that says it', async () => {
    const edited = join(folder, 'overlap.py');
    const image = `${demo}/images/meadow.jpg`;
    for (const threshold of [0.2, 0.8]) {
      writeFileSync(edited, `_base_ = '${config}'\nmodel = dict(test_cfg=dict(nms=dict(iou_threshold=${threshold})))\n`);
      const checkpoint = `${demo}/shapes_yolov5_tiny.pth`;
      const running = { signal: new AbortController().signal, progress: (): void => undefined };
      const ask = (of: string, iouThreshold: number | null): Promise<Found | DetectProblem> =>
        sources.then(project =>
          detector.find(project, { token: 't', config: of, image, checkpoint, device: 'cpu', iouThreshold, keeps: true }, running),
        );
      const [said, asked, own] = [await ask(edited, null), await ask(config, threshold), await ask(config, null)];
      if (!('result' in said && 'result' in asked && 'result' in own)) throw new Error('not found');
      expect(said.result.suppression.own).toBe(threshold);
      const again = detector.suppress({ candidates: own.result.suppression.candidates ?? -1, iouThreshold: threshold });
      for (const result of [asked.result, again]) expect(result?.detections).toEqual(said.result.detections);
      expect(own.result.detections).not.toEqual(said.result.detections);
    }
  });

  it('says which keys are those of another network', async () => {
    const answer = await found(await sources, `${demo}/images/meadow.jpg`, dataPath('weights/training.pth'));
    if ('result' in answer) throw new Error('it ran');
    expect([answer.code, answer.title]).toEqual(['checkpoint-other-network', 'training.pth is of another network']);
    expect(answer.details.map(d => d.label)).toEqual([expect.stringMatching(/^In the network alone: \d+$/), 'In the checkpoint alone: 1']);
    expect(answer.details[1]?.values).toEqual(['a.weight']);
  });
  it('says that a checkpoint is damaged, or that a picture cannot be read', async () => {
    const damaged = await found(await sources, `${demo}/images/meadow.jpg`, dataPath('weights/script.pth'));
    expect(damaged).toMatchObject({ kind: 'problem', code: 'checkpoint-corrupt' });
    const picture = await found(await sources, config, null);
    expect(picture).toMatchObject({ kind: 'problem', code: 'image-unreadable', title: 'shapes_yolov5_tiny.py cannot be read' });
  });
});

describe('a run that something happens to', () => {
  const place = open({ environment: false });
  const run = (with_: Detector, signal?: AbortSignal): Promise<Found | DetectProblem> =>
    place.then(project =>
      with_.find(
        project,
        { token: 't', config, image: `${demo}/images/meadow.jpg`, checkpoint: `${demo}/shapes_yolov5_tiny.onnx`, device: 'cpu' },
        { signal: signal ?? new AbortController().signal, progress: () => undefined },
      ),
    );
  it('says that its process died, and the next goes well', async () => {
    const running = run(detector);
    // As soon as there is one, it is killed.
    const killed = await new Promise<number>(resolve => {
      const look = (): void => (detector.pid === null ? void setImmediate(look) : resolve(detector.pid));
      look();
    });
    process.kill(killed, 'SIGKILL');
    expect(await running).toMatchObject({ kind: 'problem', code: 'child-died', title: 'The process that runs the model died' });
    expect('result' in (await run(detector))).toBe(true);
  });
  it('is stopped, and the next goes well', async () => {
    const stop = new AbortController();
    const running = run(detector, stop.signal);
    setTimeout(() => stop.abort(), 5);
    expect(await running).toMatchObject({ kind: 'problem', code: 'cancelled' });
    expect('result' in (await run(detector))).toBe(true);
  });
});

describe.skipIf(!existsSync(`${zoo}/mmyolo`))('a model of the cache', () => {
  const sources = open({ sitePackages: [zoo] });
  const kept = join(folder, 'models');
  const models = (): string[] => readdirSync(kept).filter(name => name.endsWith('.onnx'));
  it.each([
    ['is missing', (path: string): void => rmSync(path)],
    ['is cut', (path: string): void => writeFileSync(path, readFileSync(path).subarray(0, 1000))],
    // The recipe at its end is whole, and onnxruntime finds that the network is not.
    [
      'is spoiled',
      (path: string): void => writeFileSync(path, Buffer.concat([Buffer.alloc(1000, 0xff), readFileSync(path).subarray(1000)])),
    ],
  ])('that %s is made again', async (_, spoil) => {
    const first = new Detector(await inferenceProgram(), kept);
    expect('result' in (await foundBy(first, await sources))).toBe(true);
    first.close();
    for (const name of models()) spoil(join(kept, name));
    const second = new Detector(await inferenceProgram(), kept);
    const answer = await foundBy(second, await sources);
    second.close();
    expect('result' in answer ? answer.result.weights.kind : answer.text).toBe('checkpoint');
    expect(models()).toHaveLength(1);
  });
  const foundBy = (by: Detector, project: Project): Promise<Found | DetectProblem> =>
    by.find(
      project,
      { token: 't', config, image: `${demo}/images/tiny.png`, checkpoint: null, device: 'cpu' },
      { signal: new AbortController().signal, progress: () => undefined },
    );
});
