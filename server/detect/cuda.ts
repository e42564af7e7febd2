/**
 * What CUDA needs beside the package that Necktie ships: onnxruntime's own library for it, which must lie beside onnxruntime (so a copy of that lies in the
 * cache, by version), and NVIDIA's libraries, which a PyTorch with CUDA 13 has brought into its environment.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { ONNXRUNTIME_VARIABLE } from '../../runtime/index.ts';
import type { Host } from '../project/host.ts';
import { makersMark, removeLeftovers } from '../project/leftovers.ts';
import { libraryCache, type Variables } from '../registry/environment.ts';

/** onnxruntime builds for CUDA on Linux that its package lacks; elsewhere a GPU is reached by what it brings. */
export const takesCuda = (platform: string = process.platform, arch: string = process.arch): boolean =>
  `${platform}-${arch}` === 'linux-x64';

/** onnxruntime as it lies beside a program. */
export interface Onnxruntime {
  readonly version: string;
  /** Folder of the package. */
  readonly folder: string;
}

/** `program`: a file that imports it. Null where it is not installed. */
export function onnxruntimeBeside(host: Host, program: string): Onnxruntime | null {
  try {
    const folder = dirname(dirname(createRequire(program).resolve('onnxruntime-node')));
    const { version }: { version?: unknown } = JSON.parse(host.read(join(folder, 'package.json')) ?? '{}');
    return typeof version === 'string' ? { version, folder } : null;
  } catch {
    return null;
  }
}

/** Where the copy with the libraries for CUDA lies once it is set up. Null where there is no home. */
export function cudaFolder(env: Variables, { version }: Onnxruntime): string | null {
  const libraries = libraryCache(env);
  return libraries === null ? null : join(dirname(libraries), 'cuda', version);
}

/** Where pip unpacks, beside what is laid out. Throws what the system says. */
export function fetchingFolder(folder: string): string {
  mkdirSync(dirname(folder), { recursive: true });
  return mkdtempSync(join(dirname(folder), `fetching-${makersMark()}-`));
}

/** Takes away what a set-up that was killed has left: hundreds of megabytes. */
export function removeUnfinished(folder: string): void {
  // Without a mark: of an older version of Necktie.
  const fetching = (name: string): string | undefined =>
    name.startsWith('fetching-') ? (/^fetching-([\w-]+\.\d+)-/.exec(name)?.[1] ?? '') : undefined;
  removeLeftovers(dirname(folder), name => fetching(name) ?? /^\d+\.\d+\.\d+\.([\w-]+\.\d+)$/.exec(name)?.[1]);
}

const NATIVE = join('bin', 'napi-v6', 'linux', 'x64');
const packageIn = (folder: string): string => join(folder, 'node_modules', 'onnxruntime-node');
const entryIn = (folder: string): string => join(packageIn(folder), 'dist', 'index.js');

/** Lays the copy out: `fetched` is where pip unpacked `onnxruntime-gpu` of the same version. Whole or not at all. */
export function layOutCuda(folder: string, { folder: from }: Onnxruntime, fetched: string): void {
  const draft = `${folder}.${makersMark()}`;
  const libraries = join(fetched, 'onnxruntime', 'capi');
  try {
    for (const part of ['package.json', 'dist', NATIVE]) cpSync(join(from, part), join(packageIn(draft), part), { recursive: true });
    cpSync(commonBeside(from), join(draft, 'node_modules', 'onnxruntime-common'), { recursive: true });
    for (const name of readdirSync(libraries))
      if (/^libonnxruntime_providers_\w+\.so$/.test(name)) renameOrCopy(join(libraries, name), join(packageIn(draft), NATIVE, name));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const commonBeside = (from: string): string => {
  const entry = createRequire(join(from, 'dist', 'index.js')).resolve('onnxruntime-common');
  return entry.slice(0, entry.lastIndexOf('onnxruntime-common') + 'onnxruntime-common'.length);
};

/** 270 MB need not be written twice. */
function renameOrCopy(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    cpSync(from, to);
  }
}

/** Folders of NVIDIA's libraries as their wheels lay them out: CUDA 13 has one for all, cuDNN its own. */
const NVIDIA = ['cu13/lib', 'cudnn/lib'];

/**
 * Read by cuDNN and cuBLAS. Otherwise they round what float32 convolutions multiply to 10 bits, and boxes differ from the libraries'; onnxruntime's package
 * passes no option of its CUDA provider on that says so. Who can do with less takes half precision.
 */
const TF32 = 'NVIDIA_TF32_OVERRIDE';

/** What CUDA needs in the environment of the process that runs models. `packages`: folders in which Python packages lie. */
export function cudaVariables(host: Host, env: Variables, program: string, packages: readonly string[]): Readonly<Record<string, string>> {
  const own = takesCuda() ? onnxruntimeBeside(host, program) : null;
  const folder = own && cudaFolder(env, own);
  if (!folder || host.kind(entryIn(folder)) !== 'file') return {};
  const libraries = packages.flatMap(root => NVIDIA.map(part => join(root, 'nvidia', part)).filter(path => host.kind(path) === 'folder'));
  // What the user has set comes first.
  const path = [...(env.LD_LIBRARY_PATH ? [env.LD_LIBRARY_PATH] : []), ...libraries];
  return {
    [ONNXRUNTIME_VARIABLE]: entryIn(folder),
    [TF32]: env[TF32] ?? '0',
    ...(path.length ? { LD_LIBRARY_PATH: path.join(delimiter) } : {}),
  };
}
