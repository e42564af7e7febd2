// Builds all that runs into dist/: the language server and command line, the process that runs models, the extension and its pages, and the files they read.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
process.chdir(root);

/** Native code, found in node_modules at run time. */
const native = ['onnxruntime-node', 'sharp'];
/** In what esbuild makes of ES modules, packages that are CommonJS need a `require`. */
const withRequire = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

const shared = {
  bundle: true,
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  // Fields that only a type declares must not overwrite what a base class's constructor has set.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true, target: 'es2022' } },
};
const node = { ...shared, platform: 'node', target: 'node20.9' };

/**
 * V8 keeps a program's text as long as the program runs, in each thread, and where one comment has a character beyond Latin-1, two bytes for each. Names stay as they are,
 * so that a stack can be read.
 */
const held = { minifyWhitespace: true, minifySyntax: true };

const bundles = [
  {
    ...node,
    ...held,
    format: 'esm',
    splitting: true,
    banner: withRequire,
    external: native,
    entryPoints: present('server/main.ts', 'server/cli.ts', 'server/worker.ts'),
    outdir: 'dist/server',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
  },
  {
    ...node,
    format: 'esm',
    banner: withRequire,
    external: native,
    entryPoints: present('runtime/session/inference.ts'),
    outdir: 'dist/runtime',
    outExtension: { '.js': '.mjs' },
  },
  {
    ...node,
    format: 'cjs',
    external: ['vscode', 'sharp'],
    entryPoints: present('client/extension.ts'),
    outdir: 'dist/client',
    outExtension: { '.js': '.cjs' },
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'chrome122',
    entryPoints: pages(),
    outdir: 'dist/webview',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
];

/** What is read at run time: folder or file in the source, and its name in dist/assets. See server/project/assets.ts. */
const files = [
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'web-tree-sitter.wasm'],
  ['node_modules/tree-sitter-python/tree-sitter-python.wasm', 'tree-sitter-python.wasm'],
  ['server/torch/stubs', 'stubs'],
  ['server/torch/facts', 'torch'],
  ['server/registry/facts', 'facts'],
  ['server/python/library', 'library'],
];

mkdirSync(join(dist, 'assets'), { recursive: true });
const made = new Set();
for (const bundle of bundles) {
  if (!bundle.entryPoints.length) continue;
  const { metafile } = await build({ ...bundle, metafile: true });
  for (const file of Object.keys(metafile.outputs)) made.add(resolve(file));
}
for (const [from, to] of files) {
  if (existsSync(from)) cpSync(from, join(dist, 'assets', to), { recursive: true, filter: name => !name.includes('__pycache__') });
}
// Not emptied before: what runs from here meanwhile keeps its files.
for (const folder of ['server', 'runtime', 'client', 'webview']) {
  if (!existsSync(join(dist, folder))) continue;
  for (const name of readdirSync(join(dist, folder)))
    if (!made.has(join(dist, folder, name))) rmSync(join(dist, folder, name), { recursive: true });
}

function present(...entries) {
  return entries.filter(entry => existsSync(entry));
}

function pages() {
  const folder = 'client/webview';
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter(name => /\.(ts|css)$/.test(name) && !name.endsWith('.d.ts')).map(name => `${folder}/${name}`);
}
