/** A thread beside the process's own that prepares pictures: onnxruntime keeps the own one busy while the network runs. */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { DetectorRecipe } from '../detect/detection.ts';
import { PictureProblem } from '../image/decode.ts';
import { ModelMisfit } from './model-misfit.ts';
import { type PreparedPicture, preparePicture } from './prepare-picture.ts';

interface Question {
  readonly id: number;
  readonly path: string;
  readonly recipe: DetectorRecipe;
}
type Answer = { readonly id: number } & (
  | { readonly kind: 'prepared'; readonly picture: PreparedPicture }
  | { readonly kind: 'failed'; readonly what: 'picture' | 'misfit' | 'other'; readonly message: string }
);
interface Waiting {
  resolve(picture: PreparedPicture): void;
  reject(reason: Error): void;
}

/** Starts with the first picture, and again with the next after it ended. */
export class PreparingThread {
  readonly #program: URL;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #last = 0;

  /** `program`: calls `prepareForOthers` where it is not the process's own thread. */
  constructor(program: URL) {
    this.#program = program;
  }

  /** Rejects as `preparePicture` does, and where the thread ends. */
  prepare(path: string, recipe: DetectorRecipe): Promise<PreparedPicture> {
    const worker = (this.#worker ??= this.#started());
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, path, recipe } satisfies Question);
    });
  }

  #started(): Worker {
    const worker = new Worker(this.#program, { execArgv: [] });
    // It keeps nobody alive.
    worker.unref();
    worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.kind === 'prepared') waiting?.resolve(answer.picture);
      else waiting?.reject(errorOf(answer.what, answer.message));
    });
    const ended = (reason: Error): void => {
      if (this.#worker === worker) this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(reason);
      this.#waiting.clear();
    };
    worker.on('error', ended);
    worker.on('exit', code => ended(new Error(`the thread that prepares pictures ended with code ${code}`)));
    return worker;
  }
}

/** What the thread does: answers until it is ended. */
export function prepareForOthers(): void {
  parentPort?.on('message', async ({ id, path, recipe }: Question) => {
    try {
      const picture = await preparePicture(path, recipe);
      parentPort?.postMessage({ id, kind: 'prepared', picture } satisfies Answer, [picture.input.buffer]);
    } catch (e) {
      const what = e instanceof PictureProblem ? 'picture' : e instanceof ModelMisfit ? 'misfit' : 'other';
      parentPort?.postMessage({ id, kind: 'failed', what, message: e instanceof Error ? e.message : String(e) } satisfies Answer);
    }
  });
}

export const isPreparingThread = (): boolean => !isMainThread;

function errorOf(what: Extract<Answer, { kind: 'failed' }>['what'], message: string): Error {
  if (what === 'picture') return new PictureProblem(message);
  return what === 'misfit' ? new ModelMisfit(message) : new Error(message);
}
