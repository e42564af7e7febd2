/** `necktie devices`, with an onnxruntime whose CUDA is as fast as it says, by a clock of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ONNXRUNTIME_VARIABLE } from '../../../runtime/index.ts';
import { devicesCommand } from '../../../server/cli/devices.ts';
import { takesCuda } from '../../../server/detect/cuda.ts';
import { assets } from '../../../server/project/assets.ts';
import { inferenceProgram } from '../../inference-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-devices-'));
beforeAll(async () => {
  vi.spyOn(assets, 'inference', 'get').mockReturnValue(await inferenceProgram());
  // Not what the machine's user may have set up.
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** How many times as long as the CPU it takes: with a model of a few layers, and with a larger one. */
function standIn(small: number, larger: number): string {
  const real = createRequire(import.meta.url).resolve('onnxruntime-node');
  const path = join(folder, `${small}-${larger}.mjs`);
  writeFileSync(
    path,
    `import real from ${JSON.stringify(real)};
export const { Tensor } = real;
let clock = 0;
performance.now = () => clock;
export const InferenceSession = {
  async create(model, options) {
    const [provider] = options.executionProviders;
    if (provider === 'webgpu') throw new Error('Failed to get a WebGPU adapter');
    const session = await real.InferenceSession.create(model, { ...options, executionProviders: ['cpu'] });
    const layers = Buffer.from(model).toString('latin1').split('Conv').length - 1;
    const factor = provider === 'cpu' ? 1 : layers > 8 ? ${larger} : ${small};
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      release: () => session.release(),
      run(feeds) {
        clock += layers * factor;
        return session.run(feeds);
      },
    };
  },
};
`,
  );
  return path;
}

async function told(): Promise<readonly string[]> {
  let out = '';
  const exit = await devicesCommand.run([], {
    out: text => {
      out += text;
    },
    err: () => undefined,
    colours: false,
    showsProgress: false,
    columns: 100,
    env: { HOME: folder, PATH: '' },
    cwd: folder,
    signal: new AbortController().signal,
    cancel: new Int32Array(1),
  });
  expect(exit).toBe(0);
  return out.trim().split('\n');
}

it.skipIf(!takesCuda()).each([
  [0.5, 0.5, '2.0 × as fast as the CPU'],
  [2, 0.1, '2.0 × slower than the CPU, and faster with a larger one'],
  [2, 2, '2.0 × slower than the CPU: not chosen by itself'],
  [20, 0.1, '20.0 × slower than the CPU: not chosen by itself'],
])('of a GPU that takes %s and %s times as long as the CPU it says what becomes of it', async (small, larger, words) => {
  vi.stubEnv(ONNXRUNTIME_VARIABLE, standIn(small, larger));
  const [cuda, webgpu, cpu] = await told();
  expect(cuda).toMatch(/^✓ CUDA +\d+\.\d ms for a small model, /);
  expect(cuda).toContain(`, ${words};`);
  expect(webgpu).toMatch(/^✗ WebGPU +no graphics adapter was found$/);
  expect(cpu).toMatch(/^✓ CPU +\d+\.\d ms for a small model/);
});
