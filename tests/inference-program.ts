/** Builds the program of the process that runs models, for tests that run the sources: where `server/project/assets.ts` looks for it. */

import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The path of the program. In a folder of the repository, so that it finds the native packages. */
export async function inferenceProgram(): Promise<string> {
  const outfile = `${root}out/tests/inference.mjs`;
  // Test files run at the same time, and one must not read what another is writing.
  const draft = `${outfile}.${process.pid}.mjs`;
  await build({
    entryPoints: [`${root}runtime/session/inference.ts`],
    outfile: draft,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.9',
    external: ['onnxruntime-node', 'sharp'],
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    logLevel: 'error',
  });
  renameSync(draft, outfile);
  return outfile;
}
