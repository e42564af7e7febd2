/** Half precision as it is asked for: always, where it gains, never; what speaks against it is told, and the boxes come in float32. A GPU is stood in for. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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
const exported = `${demo}/shapes_yolov5_tiny.onnx`;
const config = `${demo}/shapes_yolov5_tiny.py`;
const folder = mkdtempSync(join(tmpdir(), 'necktie-half-'));
/** While this file is there, a GPU has no room for a model in half precision. */
const full = join(folder, 'full');
const place = Project.open(null, {
  roots: [demo],
  settings: { ...DEFAULT_SETTINGS, environment: false },
  env: {},
  cancel: new Int32Array(2),
  models: true,
});
let program: string;
beforeAll(async () => {
  program = await inferenceProgram();
  // Not what the machine's user may have set up.
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});
const quiet = (): DetectRunning => ({ signal: new AbortController().signal, progress: () => undefined });
const wish = (more: Partial<Wish> = {}): Wish => ({ config, checkpoint: exported, device: 'cpu', ...more });
const found = (answer: Found | DetectProblem): DetectResult => {
  if ('result' in answer) return answer.result;
  throw new Error(`${answer.title}. ${answer.text}`);
};
async function find(by: Detector, image: string, more: Partial<Wish> = {}): Promise<DetectResult> {
  return found(await by.find(await place, { token: 't', image, ...wish(more) }, quiet()));
}

describe('on the CPU', () => {
  let detector: Detector;
  beforeAll(() => {
    detector = new Detector(program, join(folder, 'models'));
  });
  afterAll(() => detector.close());

  it.each(images.map(image => [image.slice(demo.length + 8), image]))('gives the same boxes on %s', async (_, image) => {
    const [whole, half] = [await find(detector, image), await find(detector, image, { halfPrecision: 'on' })];
    expect([whole.half, half.half, half.provider, half.refused]).toEqual([false, true, 'cpu', []]);
    const left = [...half.detections];
    for (const { label, score, bbox } of whole.detections.filter(d => d.score > 0.1)) {
      const at = left.findIndex(
        other =>
          other.label === label && Math.abs(other.score - score) < 1e-2 && other.bbox.every((side, i) => Math.abs(side - bbox[i]!) < 1),
      );
      expect(at, `${label} ${score} ${bbox.join()}`).not.toBe(-1);
      left.splice(at, 1);
    }
    expect(left.filter(d => d.score > 0.11)).toEqual([]);
  });
  it('is kept beside the other, each by its precision', async () => {
    await find(detector, meadow, { halfPrecision: 'on' });
    expect(readdirSync(join(folder, 'models')).filter(name => name.endsWith('.onnx'))).toHaveLength(1);
  });
  it('is never taken where it need only gain, and nothing is said of it', async () => {
    const { half, refused } = await find(detector, meadow, { halfPrecision: 'auto' });
    expect([half, refused]).toEqual([false, []]);
  });
});

/**
 * onnxruntime with a device more: CUDA that computes as the CPU does and is as fast as it says, by a clock of its own. `behaves`: how it is in half precision, whose models are known
 * by the names that their values have.
 */
function standIn(behaves: 'fast' | 'slow' | 'wrong' | 'missing' | 'too large' | 'dying' | 'dying early' | 'full'): string {
  const real = createRequire(import.meta.url).resolve('onnxruntime-node');
  const path = join(folder, `${behaves.replace(' ', '-')}.mjs`);
  writeFileSync(
    path,
    `import { existsSync, readFileSync } from 'node:fs';
import real from ${JSON.stringify(real)};
export const { Tensor } = real;
let clock = 0;
performance.now = () => clock;
const pass = milliseconds => { clock += milliseconds; };
export const InferenceSession = {
  async create(model, options) {
    const [wanted] = options.executionProviders;
    if (wanted === 'cpu') {
      const made = await real.InferenceSession.create(model, options);
      const { inputNames, outputNames } = made;
      return { inputNames, outputNames, release: () => made.release(), run: feeds => (pass(5), made.run(feeds)) };
    }
    if (wanted !== 'cuda') throw new Error('no available backend found');
    const half = Buffer.from(typeof model === 'string' ? readFileSync(model) : model).includes('/half');
    if (half && existsSync(${JSON.stringify(full)})) throw new Error('CUDA failure 2: out of memory ; GPU=0');
    if (half && '${behaves}' === 'missing') throw new Error('Could not find an implementation for Conv(11)\\nof tensor(float16)');
    const session = await real.InferenceSession.create(model, { ...options, executionProviders: ['cpu'] });
    let kept = null;
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      release: () => session.release(),
      async run(feeds) {
        const isProbe = 'input' in feeds;
        if (half && '${behaves}' === (isProbe ? 'dying early' : 'dying')) process.exit(7);
        if (isProbe && kept) pass(half && '${behaves}' !== 'slow' ? 0.05 : 0.3);
        kept = (isProbe && kept) || (await session.run(feeds));
        if (!half) return kept;
        for (const { data } of Object.values(kept)) {
          if ('${behaves}' === 'wrong' && isProbe) data[data.length >> 1] += 1;
          if ('${behaves}' === 'too large' && !isProbe) data[7] = Infinity;
        }
        return kept;
      },
    };
  },
};
`,
  );
  return path;
}

describe('on a GPU', () => {
  it.each<[Parameters<typeof standIn>[0], boolean, RegExp | null]>([
    ['fast', true, null],
    ['slow', false, /^half precision gains nothing \(0\.\d ms against 0\.\d ms\)$/],
    ['wrong', false, /^in half precision its results differ from those of float32$/],
    ['missing', false, /^half precision does not work: Could not find an implementation for Conv\(11\)$/],
    ['too large', false, /^half precision is not used: the network’s numbers grow beyond 65,504/],
    ['dying early', false, /^half precision is not used: the process that runs the model died in it$/],
  ])('that is %s in it', async (behaves, half, reason) => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn(behaves));
    const detector = new Detector(program, null);
    try {
      // Whether it is named or found; and a second time, when all is known.
      for (const device of ['cuda', 'auto', 'auto']) {
        const result = await find(detector, meadow, { device, halfPrecision: 'auto' });
        expect([result.provider, result.half]).toEqual(['cuda', half]);
        expect(result.refused.map(({ provider }) => provider)).toEqual(reason ? ['cuda'] : []);
        if (reason) expect(result.refused[0]?.reason).toMatch(reason);
        // Half precision puts one of those that hardly count over the border.
        expect(Math.abs(result.detections.length - 84)).toBeLessThan(half ? 3 : 1);
      }
      const off = await find(detector, meadow, { device: 'cuda' });
      expect([off.half, off.refused]).toEqual([false, []]);
    } finally {
      detector.close();
    }
  });
  it.each([
    ['too large', /grow beyond 65,504/],
    ['wrong', /^in half precision its results differ from those of float32$/],
    ['missing', /^half precision does not work with this model: CUDA: Could not find an implementation for Conv\(11\)$/],
    ['dying', /^half precision is not used: the process that runs the model died in it$/],
    ['dying early', /^half precision is not used: the process that runs the model died in it$/],
  ] as const)(
    'where it is asked for always and is %s: float32 on that GPU, and why, and the next run tries nothing',
    async (behaves, reason) => {
      vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn(behaves));
      const detector = new Detector(program, null);
      try {
        const pids: (number | null)[] = [];
        for (let again = 0; again < 2; again++) {
          const { provider, half, refused } = await find(detector, meadow, { device: 'cuda', halfPrecision: 'on' });
          expect([provider, half, refused.map(r => r.reason)]).toEqual(['cuda', false, [expect.stringMatching(reason)]]);
          pids.push(detector.pid);
        }
        expect(pids[1]).toBe(pids[0]);
      } finally {
        detector.close();
      }
    },
  );
  it('that is full at one time takes it at another', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('full'));
    const detector = new Detector(program, null);
    try {
      const told: unknown[] = [];
      for (const isFull of [true, false]) {
        if (isFull) writeFileSync(full, '');
        else rmSync(full);
        const { provider, half, refused } = await find(detector, meadow, { device: 'cuda', halfPrecision: 'on' });
        told.push([provider, half, refused.map(({ reason }) => reason)]);
      }
      expect(told).toEqual([
        ['cuda', false, ['half precision is not used: the GPU had no room for the model in it']],
        ['cuda', true, []],
      ]);
    } finally {
      detector.close();
    }
  });
  it('what speaks against it on one device does not on another', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('missing'));
    const detector = new Detector(program, null);
    try {
      const halves: boolean[] = [];
      for (const device of ['cuda', 'cpu']) halves.push((await find(detector, meadow, { device, halfPrecision: 'on' })).half);
      expect(halves).toEqual([false, true]);
    } finally {
      detector.close();
    }
  });
  it('of many pictures each is found, though it turns out on the first that it will not do', async () => {
    vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn('too large'));
    const detector = new Detector(program, null);
    try {
      const series = detector.series(await place, wish({ device: 'cuda', halfPrecision: 'on' }), quiet());
      const told: boolean[] = [];
      for await (const { answer } of findAll(images, series)) told.push(found(answer).half);
      expect(told).toEqual(images.map(() => false));
    } finally {
      detector.close();
    }
  });
});
