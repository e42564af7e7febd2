import type { Host } from '../project/host.ts';
import type { Variables } from '../registry/environment.ts';
import { cudaVariables } from './cuda.ts';

/**
 * glibc's: what a run has given back is used by the next. Otherwise each run has megabytes of pictures and outputs laid out anew by the system, page after page,
 * which a GPU waits for as long as it computes. Bytes, of one piece and of all. Before its version 2.35 no more than 32 MB of one piece were taken, and whoever asked for more had 128 KB.
 */
const ALLOCATOR: Readonly<Record<string, string>> = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 25),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 27),
};

/** What the environment of the process that runs models has more than this one's; what the user has set comes first. `packages`: folders in which Python packages lie. */
export const inferenceVariables = (
  host: Host,
  env: Variables,
  program: string,
  packages: readonly string[],
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(ALLOCATOR).map(([name, value]) => [name, env[name] ?? value])),
  ...cudaVariables(host, env, program, packages),
});
