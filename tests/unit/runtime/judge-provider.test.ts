/** Which GPU is taken: one that is slower with a small model, whose numbers must be carried to it and back, may be faster with a larger one. It is stood in for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ONNXRUNTIME_VARIABLE, Session } from '../../../runtime/index.ts';
import { inferenceProgram } from '../../inference-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-judge-'));
let program: string;
beforeAll(async () => {
  program = await inferenceProgram();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** onnxruntime with CUDA, and a clock that runs as each is said to take: CUDA twice as long as the CPU; `gains`: with a model of more than a few layers a tenth. */
function standIn(gains: boolean): string {
  const real = createRequire(import.meta.url).resolve('onnxruntime-node');
  const path = join(folder, `${gains ? 'gains' : 'loses'}.mjs`);
  writeFileSync(
    path,
    `import real from ${JSON.stringify(real)};
export const { Tensor } = real;
let clock = 0;
performance.now = () => clock;
export const InferenceSession = {
  async create(model, options) {
    const session = await real.InferenceSession.create(model, { ...options, executionProviders: ['cpu'] });
    const layers = Buffer.from(model).toString('latin1').split('Conv').length - 1;
    const factor = options.executionProviders[0] === 'cpu' ? 1 : layers > 8 && ${gains} ? 0.1 : 2;
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      release: () => session.release(),
      async run(feeds) {
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

it.each([
  [true, 'cuda', []],
  [false, 'cpu', [{ provider: 'cuda', reason: 'slower than the CPU (64.0 ms against 32.0 ms for a larger model)' }]],
])('a GPU that is slower with a small model; faster with a larger one: %s', async (gains, provider, refused) => {
  const session = new Session({ program, variables: () => ({ [ONNXRUNTIME_VARIABLE]: standIn(gains) }) });
  try {
    expect(await session.choose({ providers: ['cuda', 'cpu'], compare: true })).toMatchObject({ provider, refused });
  } finally {
    session.close();
  }
});
