/** `npm run bench`: builds what tests/bench/ measures, measures it, and takes it away again. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { run, top } from './setup.mjs';

const node = process.execPath;
// What detection runs in its own process, and the files that all parts read, are the built ones.
if (run(node, [join(top, 'scripts/build.mjs')]) !== 0) process.exit(1);
const folder = join(top, 'dist/bench');
try {
  await build({
    entryPoints: ['bench.ts', 'cold.ts', 'registry-reading.ts'].map(name => join(top, 'tests/bench', name)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.9',
    external: ['onnxruntime-node', 'sharp'],
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true, target: 'es2022' } },
    logLevel: 'warning',
  });
  // The small Python recurses on JavaScript's stack, as deep as Python's 1,000 frames.
  process.exitCode = run(node, ['--stack-size=7000', join(folder, 'bench.mjs'), ...process.argv.slice(2)]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
