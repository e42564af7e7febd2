/** `necktie devices --set-up-cuda`: fetches onnxruntime's library for CUDA into Necktie's cache, with the user's pip. Nothing is installed into an environment. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cudaFolder, fetchingFolder, layOutCuda, onnxruntimeBeside, removeUnfinished, takesCuda } from '../detect/cuda.ts';
import { assets } from '../project/assets.ts';
import { NodeHost } from '../project/node-host.ts';
import { pythonsOf } from '../registry/interpreter.ts';
import { type Io, Misuse } from './command.ts';
import { pipComplaint, pipInstall } from './pip.ts';
import type { Place } from './place.ts';
import { reasonOf } from './write-file.ts';

/** Any Python's wheel holds the same libraries: this one's is there for every version. */
const WHEEL = [
  '--python-version',
  '3.12',
  '--platform',
  'manylinux_2_28_x86_64',
  '--platform',
  'manylinux_2_27_x86_64',
  '--only-binary=:all:',
];

/** Whether it is there now; what went wrong is told. */
export async function setUpCuda(place: Place, io: Io): Promise<boolean> {
  if (!takesCuda())
    throw new Misuse(
      'CUDA is set up on Linux on x64 alone: elsewhere a GPU is used through DirectML, Core ML or WebGPU, which need nothing more',
    );
  const host = new NodeHost();
  const own = onnxruntimeBeside(host, assets.inference);
  if (!own) throw new Misuse('onnxruntime-node is not installed');
  const folder = cudaFolder(io.env, own);
  if (folder === null) throw new Misuse('there is no home folder to keep a cache in: set XDG_CACHE_HOME');
  const wanted = `onnxruntime-gpu==${own.version}`;
  if (io.showsProgress) io.err(`Fetching ${wanted} (about 250 MB) …\n`);
  removeUnfinished(folder);
  const fetched = fetchingFolder(folder);
  try {
    const pythons = pythonsOf(host, { workspace: [place.root], python: place.python }, io.env);
    const complaint = pipComplaint(
      await pipInstall(pythons, [...WHEEL, '--target', fetched, wanted], io),
      wanted,
      ' Until then models run on the CPU.',
    );
    if (complaint !== null) {
      io.err(`necktie devices: ${complaint}\n`);
      return false;
    }
    if (host.kind(join(fetched, 'onnxruntime', 'capi', 'libonnxruntime_providers_cuda.so')) !== 'file') {
      io.err(`necktie devices: ${wanted} holds no library for CUDA as pip fetched it.\n`);
      return false;
    }
    layOutCuda(folder, own, fetched);
    io.err(`CUDA for onnxruntime ${own.version}: in ${folder}\n`);
    return true;
  } catch (e) {
    io.err(`necktie devices: ${folder} cannot be written: ${reasonOf(e)}.\n`);
    return false;
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
}
