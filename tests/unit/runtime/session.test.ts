/** The process that runs models: opened, asked, killed, started again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetectorRecipe } from '../../../runtime/detect/detection.ts';
import { type Field, message } from '../../../runtime/onnx/protobuf.ts';
import { ONNXRUNTIME_VARIABLE } from '../../../runtime/session/onnxruntime.ts';
import { deviceIndex, providersFor, providersHere, refusalReason } from '../../../runtime/session/providers.ts';
import { type Loaded, Session, SessionProblem } from '../../../runtime/session/session.ts';
import { inferenceProgram } from '../../inference-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-session-'));
const picture = join(folder, 'red.png');
const recipe: DetectorRecipe = {
  size: [16, 16],
  transforms: [{ kind: 'letter-resize', scale: [16, 16], allowScaleUp: false, padValue: 114 }],
  normalization: { mean: [0, 0, 0], std: [255, 255, 255], bgrToRgb: true },
  head: { kind: 'yolov5', classes: 1, strides: [8], baseSizes: [[[8, 8]]] },
  test: { scoreThreshold: 0.1, nmsIouThreshold: 0.5, nmsPre: 100, maxPerImage: 10, multiLabel: false },
  classes: ['red'],
  palette: null,
};

/** A detector of red: the mean of 8 × 8 pixels, by one convolution a head. Class 40 (red − green) − 20, box 0, objectness 20. */
function redDetector(): Uint8Array {
  const sums = (r: number, g: number): number[] => [...new Array(64).fill(r / 64), ...new Array(64).fill(g / 64), ...new Array(64).fill(0)];
  const heads = [
    { name: 'cls', weight: sums(40, -40), bias: [-20] },
    { name: 'box', weight: new Array(4 * 192).fill(0), bias: [0, 0, 0, 0] },
    { name: 'obj', weight: new Array(192).fill(0), bias: [20] },
  ];
  const numbers = (name: string, shape: readonly number[], values: readonly number[]): Field => [
    5,
    [...shape.map((n): Field => [1, n]), [2, 1], [8, name], [9, new Uint8Array(Float32Array.from(values).buffer)]],
  ];
  const value = (name: string, shape: readonly number[]): readonly Field[] => [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, 1],
            [2, shape.map((n): Field => [1, [[1, n]]])],
          ],
        ],
      ],
    ],
  ];
  const stride: Field = [
    5,
    [
      [1, 'strides'],
      [8, 8],
      [8, 8],
      [20, 7],
    ],
  ];
  const graph = heads.flatMap(({ name, weight, bias }): Field[] => [
    [1, [[1, 'input'], [1, `${name}.weight`], [1, `${name}.bias`], [2, name], [4, 'Conv'], stride]],
    numbers(`${name}.weight`, [bias.length, 3, 8, 8], weight),
    numbers(`${name}.bias`, [bias.length], bias),
    [12, value(name, [1, bias.length, 2, 2])],
  ]);
  return message([
    [1, 8],
    [7, [...graph, [2, 'red'], [11, value('input', [1, 3, 16, 16])]]],
    [
      8,
      [
        [1, ''],
        [2, 17],
      ],
    ],
  ]);
}

const cpu: Loaded = { model: redDetector(), version: '1', providers: ['cpu'], compare: false };
const problemOf = async (asked: Promise<unknown>): Promise<SessionProblem> => {
  const problem = await asked.then(
    () => null,
    (e: unknown) => e,
  );
  if (problem instanceof SessionProblem) return problem;
  throw problem ?? new Error('nothing went wrong');
};

let session: Session;
beforeAll(async () => {
  session = new Session({ program: await inferenceProgram() });
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } })
    .extend({ right: 8, bottom: 8, background: '#0f0' })
    .png()
    .toFile(picture);
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

describe('a session', () => {
  it('opens a model and detects', async () => {
    const opened = await session.open(cpu);
    const { provider, refused } = opened;
    expect([provider, refused]).toEqual(['cpu', []]);
    const { detections, width, height, inputShape, timings } = await session.detect(opened, picture, recipe);
    expect([width, height, inputShape]).toEqual([16, 16, [1, 3, 16, 16]]);
    expect(detections).toEqual([{ label: 0, score: 1, bbox: [0, 0, 8, 8] }]);
    expect(Object.values(timings).every(t => t >= 0)).toBe(true);
  });
  it('tells what it cannot read, and goes on', async () => {
    const problem = await problemOf(session.detect(await session.open(cpu), join(folder, 'absent.png'), recipe));
    expect([problem.kind, problem.message]).toEqual(['image', expect.stringMatching(/no such file/)]);
    expect((await session.detect(await session.open(cpu), picture, recipe)).detections).toHaveLength(1);
  });
  it('tells when the model is another than the recipe says', async () => {
    const problem = await problemOf(session.detect(await session.open(cpu), picture, { ...recipe, head: { ...recipe.head, classes: 2 } }));
    expect([problem.kind, problem.message]).toEqual(['misfit', expect.stringMatching(/shape/)]);
  });
  it('is killed to cancel, and ready again at once', async () => {
    const stop = new AbortController();
    const asked = session.detect(await session.open(cpu), picture, recipe, stop.signal);
    stop.abort();
    expect((await problemOf(asked)).kind).toBe('cancelled');
    const again = await session.open(cpu);
    expect((await session.detect(again, picture, recipe)).detections).toHaveLength(1);
  });
  it('says so when its process is killed, and starts another', async () => {
    const opened = await session.open(cpu);
    // It waits for its turn: of a picture that it has seen the process might be done before the signal comes.
    const before = problemOf(session.time('cpu'));
    const asked = session.detect(opened, picture, recipe);
    if (session.pid !== null) process.kill(session.pid, 'SIGKILL');
    const problem = await problemOf(asked);
    expect((await before).kind).toBe('died');
    expect([problem.kind, problem.message]).toEqual(['died', expect.stringMatching(/ended by SIGKILL/)]);
    expect(session.pid).toBeNull();
    // Between two questions: the model went with its process.
    expect((await problemOf(session.detect(opened, picture, recipe))).message).toMatch(/that held the model has ended/);
    const again = await session.open(cpu);
    expect((await session.detect(again, picture, recipe)).detections).toHaveLength(1);
  });
  it('keeps the last three models, and measures pictures', async () => {
    const first = await session.open(cpu);
    for (const version of ['2', '3']) await session.open({ ...cpu, version });
    expect((await session.detect(first, picture, recipe)).detections).toHaveLength(1);
    await session.open({ ...cpu, version: '4' });
    expect((await problemOf(session.detect(first, picture, recipe))).message).toBe('No model is loaded.');
    expect(await session.measure(picture)).toEqual([16, 16]);
    expect((await problemOf(session.measure(join(folder, 'absent.png')))).kind).toBe('image');
  });
  it('tells why its process would not start', async () => {
    const dying = new Session({ program: join(folder, 'no-such-program.mjs') });
    const problem = await problemOf(dying.open(cpu));
    expect([problem.kind, problem.message]).toEqual(['died', expect.stringMatching(/ended with code 1.*Cannot find module/)]);
    expect((await problemOf(dying.open(cpu))).kind).toBe('died');
  });
  it('tells what onnxruntime says of a model that is none', async () => {
    const problem = await problemOf(session.open({ ...cpu, model: Buffer.from('no model'), version: 'none' }));
    expect(problem.kind).toBe('model');
  });
  it('falls through to the CPU and tells why', async () => {
    const { provider, refused } = await session.open({ ...cpu, model: redDetector(), providers: ['dml', 'cpu'] });
    expect([provider, refused.map(r => r.provider)]).toEqual(['cpu', ['dml']]);
    expect(refused[0]?.reason).not.toBe('');
  });
});

describe('a driver that hangs', () => {
  /** onnxruntime with a CUDA that never comes back. */
  function hanging(): string {
    const path = join(folder, 'hanging-driver.mjs');
    const real = createRequire(import.meta.url).resolve('onnxruntime-node');
    writeFileSync(
      path,
      `import real from ${JSON.stringify(real)};
export const { Tensor } = real;
export const InferenceSession = {
  async create(model, options) {
    if (options.executionProviders[0] === 'cuda') for (;;);
    return real.InferenceSession.create(model, options);
  },
};
`,
    );
    return path;
  }
  it('is given up, told, and not tried again; the model runs on the next', async () => {
    const patient = new Session({
      program: await inferenceProgram(),
      variables: () => ({ [ONNXRUNTIME_VARIABLE]: hanging() }),
      patience: 1500,
    });
    try {
      const wanted: Loaded = { ...cpu, providers: ['cuda', 'cpu'], compare: true };
      const reason = { provider: 'cuda', reason: 'it did not answer within 2 s' };
      const opened = await patient.open(wanted);
      expect([opened.provider, opened.refused]).toEqual(['cpu', [reason]]);
      expect((await patient.detect(opened, picture, recipe)).detections).toHaveLength(1);
      // The same process goes on: it is not killed for it again.
      const { pid } = patient;
      const another = await patient.open({ ...wanted, version: '2' });
      expect([another.provider, another.refused, patient.pid]).toEqual(['cpu', [reason], pid]);
      expect(await patient.choose(wanted)).toMatchObject({ provider: 'cpu', refused: [reason], half: false });
    } finally {
      patient.close();
    }
  });
  it.each(['open', 'choose'] as const)(
    'while nothing is compared is the user’s to stop: who is named may take minutes (%s)',
    async what => {
      const patient = new Session({
        program: await inferenceProgram(),
        variables: () => ({ [ONNXRUNTIME_VARIABLE]: hanging() }),
        patience: 100,
      });
      const stop = new AbortController();
      const asked = patient[what]({ ...cpu, providers: ['cuda', 'cpu'] }, stop.signal);
      setTimeout(() => stop.abort(), 1000);
      expect((await problemOf(asked)).kind).toBe('cancelled');
      expect(patient.pid).toBeNull();
    },
  );
});

describe('a process that waits for the next picture', () => {
  /** onnxruntime with CUDA, which computes as the CPU does. */
  function computing(): string {
    const path = join(folder, 'computing.mjs');
    const real = createRequire(import.meta.url).resolve('onnxruntime-node');
    writeFileSync(
      path,
      `import real from ${JSON.stringify(real)};
export const { Tensor } = real;
export const InferenceSession = {
  create: (model, options) => real.InferenceSession.create(model, { ...options, executionProviders: ['cpu'] }),
};
`,
    );
    return path;
  }
  it.each(['cuda', 'cpu'] as const)('gives a GPU’s memory back, and keeps what is only its own (%s)', async provider => {
    const waiting = new Session({
      program: await inferenceProgram(),
      variables: () => ({ [ONNXRUNTIME_VARIABLE]: computing() }),
      idle: 200,
    });
    try {
      const opened = await waiting.open({ ...cpu, providers: [provider] });
      expect((await waiting.detect(opened, picture, recipe)).detections).toHaveLength(1);
      const { pid } = waiting;
      expect(pid).not.toBeNull();
      await new Promise(done => setTimeout(done, 800));
      expect(waiting.pid).toBe(provider === 'cpu' ? pid : null);
      const again = await waiting.open({ ...cpu, providers: [provider] });
      expect((await waiting.detect(again, picture, recipe)).detections).toHaveLength(1);
    } finally {
      waiting.close();
    }
  });
  it('waits anew from when its model was opened again', async () => {
    const waiting = new Session({
      program: await inferenceProgram(),
      variables: () => ({ [ONNXRUNTIME_VARIABLE]: computing() }),
      idle: 2000,
    });
    try {
      const opened = await waiting.open({ ...cpu, providers: ['cuda'] });
      for (let again = 0; again < 3; again++) {
        await new Promise(done => setTimeout(done, 1200));
        expect(await waiting.open({ ...cpu, providers: ['cuda'] })).toBe(opened);
      }
      expect((await waiting.detect(opened, picture, recipe)).detections).toHaveLength(1);
    } finally {
      waiting.close();
    }
  });
  it.each([
    ['SIGKILL', true],
    ['SIGTERM', true],
    ['SIGSEGV', false],
  ] as const)('is not to blame where it is ended from outside: %s', async (signal, wasKilled) => {
    const ended = new Session({ program: await inferenceProgram() });
    await ended.open(cpu);
    const asked = problemOf(ended.time('cpu'));
    if (ended.pid !== null) process.kill(ended.pid, signal);
    expect(await asked).toMatchObject({ kind: 'died', wasKilled });
  });
});

describe('providers', () => {
  it('are tried GPU first, and the CPU last', () => {
    expect(providersHere('linux', 'x64')).toEqual(['cuda', 'webgpu', 'cpu']);
    expect(providersHere('darwin', 'arm64')[0]).toBe('coreml');
    expect(providersHere('freebsd', 'x64')).toEqual(['cpu']);
    expect(providersFor('directml')).toEqual(['dml', 'cpu']);
    expect(providersFor('tpu')).toBeNull();
  });
  it('of several GPUs one may be named', () => {
    expect([providersFor('cuda:1'), deviceIndex('cuda:1')]).toEqual([['cuda', 'cpu'], 1]);
    expect([deviceIndex('cuda'), deviceIndex('auto'), deviceIndex('DirectML:2')]).toEqual([0, 0, 2]);
    for (const none of ['cuda:', 'cuda:x', 'cuda:-1', 'cpu:1', 'auto:1', ':1', 'cuda:1:2']) expect(providersFor(none), none).toBeNull();
  });
  it('are refused in words', () => {
    expect(refusalReason('cuda', 'dlopen: libcuda.so.1: cannot open shared object file: No such file')).toBe('there is no NVIDIA driver');
    expect(refusalReason('cuda', 'x libcublasLt.so.13: cannot open shared object file')).toBe(
      "libcublasLt.so.13 is missing: it comes with a PyTorch for CUDA 13 in the selected Python environment, or with NVIDIA's CUDA 13 and cuDNN 9",
    );
    expect(refusalReason('tensorrt', 'libnvinfer.so.10: cannot open shared object file')).toBe(
      'libnvinfer.so.10 is missing: it comes with TensorRT',
    );
    expect(refusalReason('cuda', 'CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version')).toMatch(
      /driver is too old/,
    );
    expect(refusalReason('cuda', 'CUDA failure 101: invalid device ordinal ; GPU=7')).toBe('there is no GPU of that number');
    expect(refusalReason('cuda', 'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library')).toMatch(
      /is not there: “Set Up CUDA” \(necktie devices --set-up-cuda\) fetches it/,
    );
    expect(refusalReason('webgpu', 'Program Transpose requires f16 but the device does not support it.')).toBe(
      'it does not compute with 16 bits (shader-f16)',
    );
    for (const full of [
      'CudaCall(ERRTYPE, …) CUDA failure 2: out of memory ; GPU=0 ; expr=cudaSetDevice(info_.device_id);',
      'Exception during initialization: CUBLAS failure 3: the resource allocation failed ; GPU=0 ; expr=cublasCreate(&cublas_handle_);',
      'BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 4718592',
      'CUDNN failure 4000: CUDNN_STATUS_INTERNAL_ERROR ; GPU=0 ; expr=cudnnCreate(&cudnn_handle_);',
    ])
      expect(refusalReason('cuda', full)).toBe('its memory is full: end what else computes on it');
    for (const full of [
      'Exception during initialization: std::bad_alloc',
      'bad allocation',
      'Array buffer allocation failed',
      'JavaScript heap out of memory',
    ])
      expect(refusalReason('cuda', full)).toBe("the computer's memory is full: close other programs");
    expect(refusalReason('cuda', 'CudaCall(ERRTYPE, …) CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; expr=x')).toBe(
      'CUDA failure 700: an illegal memory access was encountered',
    );
    expect(refusalReason('webgpu', 'Initialize::<lambda()> device_result.status == wgpu::RequestDeviceStatus::Success was false.')).toBe(
      'its driver gives no device',
    );
    expect(refusalReason('webgpu', 'Failed to get a WebGPU adapter')).toBe('no graphics adapter was found');
  });
});
