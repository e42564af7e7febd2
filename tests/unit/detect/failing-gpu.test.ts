/** A GPU that takes a model and fails when it runs it, or has no room at one time and has at another. It is stood in for. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ONNXRUNTIME_VARIABLE } from '../../../runtime/index.ts';
import { Detector, type DetectRunning, type Found, type Wish } from '../../../server/detect/detect.ts';
import { findAll } from '../../../server/detect/find-all.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import type { DetectProblem, DetectResult } from '../../../server/protocol.ts';
import { inferenceProgram } from '../../inference-program.ts';

const demo = fileURLToPath(new URL('../../../configs/demo', import.meta.url));
const images = readdirSync(`${demo}/images`).map(name => `${demo}/images/${name}`);
const meadow = `${demo}/images/meadow.jpg`;
const wish: Wish = { config: `${demo}/shapes_yolov5_tiny.py`, checkpoint: `${demo}/shapes_yolov5_tiny.onnx`, device: 'cuda' };
const folder = mkdtempSync(join(tmpdir(), 'necktie-failing-'));
/** While this file is there, the GPU is full. */
const full = join(folder, 'full');
/** While this file is there, the GPU takes its process down. */
const fatal = join(folder, 'fatal');
/** While this file is there, the CPU takes its process down too. */
const ruinous = join(folder, 'ruinous');
/** While this file is there, the computer itself has no memory. */
const crowded = join(folder, 'crowded');
/** While this file is there, what comes out is another model's. */
const strange = join(folder, 'strange');
const place = Project.open(null, {
  roots: [demo],
  settings: { ...DEFAULT_SETTINGS, environment: false },
  env: {},
  cancel: new Int32Array(2),
  models: true,
});
const quiet = (): DetectRunning => ({ signal: new AbortController().signal, progress: () => undefined });
const found = (answer: Found | DetectProblem): DetectResult => {
  if ('result' in answer) return answer.result;
  throw new Error(`${answer.title}. ${answer.text}`);
};

/** onnxruntime with CUDA, which computes as the CPU does. `when`: it fails. */
function standIn(when: 'created' | 'run'): string {
  const real = createRequire(import.meta.url).resolve('onnxruntime-node');
  const path = join(folder, `${when}.mjs`);
  writeFileSync(
    path,
    `import { existsSync } from 'node:fs';
import real from ${JSON.stringify(real)};
export const { Tensor } = real;
const check = when => {
  if (when !== '${when}') return;
  if (existsSync(${JSON.stringify(fatal)})) process.abort();
  if (existsSync(${JSON.stringify(crowded)})) throw new Error('Non-zero status code returned while running Conv node. Status Message: std::bad_alloc');
  if (existsSync(${JSON.stringify(full)}))
    throw new Error('CUDA failure 2: out of memory ; GPU=0 ; hostname=here ; expr=cudaMalloc((void**)&p, size);');
};
export const InferenceSession = {
  async create(model, options) {
    const [wanted] = options.executionProviders;
    if (wanted === 'cpu') {
      if (existsSync(${JSON.stringify(ruinous)})) process.abort();
      return real.InferenceSession.create(model, options);
    }
    check('created');
    const session = await real.InferenceSession.create(model, { ...options, executionProviders: ['cpu'] });
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      release: () => session.release(),
      run(feeds) {
        if (!('input' in feeds)) check('run');
        if (existsSync(${JSON.stringify(strange)})) return {};
        return session.run(feeds);
      },
    };
  },
};
`,
  );
  return path;
}

describe('a GPU that is full', () => {
  let program: string;
  let detector: Detector;
  beforeAll(async () => {
    program = await inferenceProgram();
    vi.stubEnv('XDG_CACHE_HOME', folder);
  });
  beforeEach(() => {
    for (const told of [full, fatal, ruinous, crowded, strange]) rmSync(told, { force: true });
    detector = new Detector(program, null);
    return () => detector.close();
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const find = async (): Promise<DetectResult> => found(await detector.find(await place, { token: 't', image: meadow, ...wish }, quiet()));
  const reason = 'its memory is full: end what else computes on it';

  it.each(['created', 'run'] as const)(
    'when a model is %s: the CPU does it, it is told, and the GPU is taken again when it has room',
    async when => {
      vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn(when));
      const before = await find();
      expect([before.provider, before.refused]).toEqual(['cuda', []]);
      // Another process comes, and this one begins anew.
      detector.close();
      writeFileSync(full, '');
      for (let again = 0; again < 2; again++) {
        const during = await find();
        expect([during.provider, during.refused]).toEqual(['cpu', [{ provider: 'cuda', reason }]]);
        expect(during.detections).toEqual(before.detections);
      }
      rmSync(full);
      const after = await find();
      expect([after.provider, after.refused]).toEqual(['cuda', []]);
    },
  );
  it.each(['created', 'run'] as const)(
    'that takes its process down when a model is %s: the CPU does it, it is told, and it is not tried again',
    async when => {
      vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn(when));
      writeFileSync(fatal, '');
      const [during, then] = [await find(), await find()];
      const died = { provider: 'cuda', reason: 'the process that runs the model died on it' };
      for (const { provider, refused } of [during, then]) expect([provider, refused]).toEqual(['cpu', [died]]);
      expect(then.detections).toEqual(during.detections);
      rmSync(fatal);
      expect((await find()).refused).toEqual([died]);
      detector.close();
      // Another device, and another editor, may take the GPU.
      const other = new Detector(program, null);
      expect(found(await other.find(await place, { token: 't', image: meadow, ...wish }, quiet())).provider).toBe('cuda');
      other.close();
    },
  );
  it('is not to blame for what takes the process down on the CPU too', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('run'));
    for (const file of [fatal, ruinous]) writeFileSync(file, '');
    const ask = async () => detector.find(await place, { token: 't', image: meadow, ...wish }, quiet());
    expect(await ask()).toMatchObject({ code: 'child-died', text: expect.stringMatching(/It is started again/) });
    for (const file of [fatal, ruinous]) rmSync(file);
    expect((await find()).provider).toBe('cuda');
  });
  it('that takes its process down among many pictures: each is found', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('run'));
    const series = detector.series(await place, wish, quiet());
    const told: string[] = [];
    for await (const { answer } of findAll(images, series)) {
      told.push(found(answer).provider);
      if (told.length === 3) writeFileSync(fatal, '');
    }
    expect([told.length, told.slice(0, 3), told.at(-1)]).toEqual([images.length, ['cuda', 'cuda', 'cuda'], 'cpu']);
  });
  it('where it is the computer that has no memory, that is told', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('run'));
    writeFileSync(crowded, '');
    const { provider, refused } = await find();
    expect([provider, refused]).toEqual(['cpu', [{ provider: 'cuda', reason: "the computer's memory is full: close other programs" }]]);
    rmSync(crowded);
    expect((await find()).provider).toBe('cuda');
  });
  it('what does not fit model or picture is not held against it: it is told, and the others run there', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('run'));
    const series = detector.series(await place, wish, quiet());
    expect(found(await series(meadow)).provider).toBe('cuda');
    const { pid } = detector;
    writeFileSync(strange, '');
    expect(await series(meadow)).toMatchObject({ code: 'network', text: expect.stringMatching(/holds no float32 numbers/) });
    rmSync(strange);
    const { provider, refused } = found(await series(meadow));
    expect([provider, refused, detector.pid]).toEqual(['cuda', [], pid]);
  });
  it('while it runs many pictures: each is found', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('run'));
    const series = detector.series(await place, wish, quiet());
    const told: string[] = [];
    for await (const { answer } of findAll(images, series)) {
      told.push(found(answer).provider);
      if (told.length === 3) writeFileSync(full, '');
    }
    expect(existsSync(full)).toBe(true);
    expect([told.length, told.slice(0, 3), told.at(-1)]).toEqual([images.length, ['cuda', 'cuda', 'cuda'], 'cpu']);
  });
});
