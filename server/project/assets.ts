/** Where Necktie's own files lie: beside the bundle when it is built, in the source tree when the tests run the sources. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = import.meta.url;
const inSource = here.endsWith('/server/project/assets.ts');
const at = (built: string, source: string): string => fileURLToPath(new URL(inSource ? source : built, here));
const firstOf = (...paths: string[]): string => paths.find(existsSync) ?? paths[0]!;

/** Bundles lie in `dist/server/`, assets in `dist/assets/`. */
export const assets = {
  /** web-tree-sitter's own WebAssembly, and the grammar of Python. */
  parserWasm: firstOf(at('../assets/web-tree-sitter.wasm', '../../node_modules/web-tree-sitter/web-tree-sitter.wasm')),
  grammarWasm: firstOf(at('../assets/tree-sitter-python.wasm', '../../node_modules/tree-sitter-python/tree-sitter-python.wasm')),
  /** Python stand-ins that the small Python imports instead of the real thing. */
  stubs: at('../assets/stubs', '../torch/stubs'),
  /** Modules of the standard library, written in Python in our own words. */
  library: at('../assets/library', '../python/library'),
  /** Bundled facts: registered types, backbones' channels. */
  facts: at('../assets/facts', '../registry/facts'),
  /** Program of the worker thread, and of the process that runs onnxruntime. Both exist only when built. */
  worker: at('./worker.mjs', '../../dist/server/worker.mjs'),
  inference: at('../runtime/inference.mjs', '../../dist/runtime/inference.mjs'),
};
