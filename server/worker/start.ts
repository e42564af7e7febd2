/** Starts the one program that interprets Python, `worker.ts`, in a thread with a stack deep enough for Python's 1,000 frames. */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { assets } from '../project/assets.ts';
import { COMMAND_FLAGS, SERVER_FLAGS } from './engine.ts';

/** `terminal`: one command of the command line. `quick`, `deep` and `detect`: the language server's, see `lsp/serve.ts`. */
export type Role =
  | { readonly kind: 'terminal'; readonly command: string; readonly args: readonly string[]; readonly terminal: TerminalFacts }
  | { readonly kind: 'quick' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'detect' };

/** What a thread cannot ask itself. */
export interface TerminalFacts {
  readonly colours: boolean;
  readonly showsProgress: boolean;
  readonly columns: number;
  readonly cwd: string;
}

export interface WorkerStart {
  readonly role: Role;
  /** Two Int32, shared by both threads. First: other than zero, what runs is to end. Second: the last request that is not wanted any more. */
  readonly cancel: SharedArrayBuffer;
}

const STACK_MEGABYTES = 64;
/** What may be alive before the thread ends. A run of a model may use 256 MB (`python/meter.ts`). Other than the flags of `engine.ts` it counts for one thread. */
const OLD_MEGABYTES: Readonly<Record<Role['kind'], number>> = { terminal: 4096, quick: 2000, deep: 1024, detect: 4096 };
/**
 * A model's run leaves much behind that lives no longer than it, for which there must be room; of what is reserved two thirds are in use all day. What evaluates configs
 * should rather be small.
 */
const YOUNG_MEGABYTES: Readonly<Record<Role['kind'], number>> = { terminal: 48, quick: 6, deep: 24, detect: 48 };

export function startWorker(role: Role): { readonly worker: Worker; readonly cancel: Int32Array } {
  for (const flag of role.kind === 'terminal' ? COMMAND_FLAGS : SERVER_FLAGS) setFlagsFromString(flag);
  const cancel = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const workerData: WorkerStart = { role, cancel };
  const worker = new Worker(assets.worker, {
    workerData,
    resourceLimits: {
      stackSizeMb: STACK_MEGABYTES,
      maxOldGenerationSizeMb: OLD_MEGABYTES[role.kind],
      maxYoungGenerationSizeMb: YOUNG_MEGABYTES[role.kind],
    },
    stdout: true,
  });
  // Standard output is the protocol's, or the command's own: what a library prints in the thread does not belong there.
  worker.stdout.pipe(process.stderr);
  return { worker, cancel: new Int32Array(cancel) };
}
