/** One worker as the main thread sees it: requests by id, cancelled by a shared flag, started again when it dies. */
import type { Worker } from 'node:worker_threads';
import type { DetectProgress, StatusParams } from '../protocol.ts';
import type { FromWorker, Method, ParamsOf, ResultOf, ToWorker } from '../worker/messages.ts';
import { type Role, startWorker } from '../worker/start.ts';

/** Why there is no answer: the next edit came first, or the worker failed. */
export class NoAnswer extends Error {
  readonly cancelled: boolean;
  constructor(cancelled: boolean, message: string) {
    super(message);
    this.cancelled = cancelled;
  }
}

export interface WorkerEvents {
  /** What a new worker must know: the workspace and the open documents. */
  greet(): readonly ToWorker[];
  /** Once for each death. */
  died(reason: string): void;
  status(status: StatusParams): void;
  /** All configs of the workspace are known: so many files. */
  indexed(files: number): void;
  /** Packages came or went outside of the workspace. */
  installed(): void;
}

export class WorkerClient {
  readonly #role: Role;
  readonly #events: WorkerEvents;
  readonly #startWorker: typeof startWorker;
  #started: { readonly worker: Worker; readonly cancel: Int32Array } | null = null;
  #lastId = 0;

  /** `start`: how a worker comes to be. */
  constructor(role: Role, events: WorkerEvents, start: typeof startWorker = startWorker) {
    this.#role = role;
    this.#startWorker = start;
    this.#events = events;
  }

  /** To a worker that runs; one that starts later is greeted with the same. */
  tell(message: ToWorker): void {
    this.#started?.worker.postMessage(message);
  }

  /** Rejects with `NoAnswer`. */
  request<M extends Method>(method: M, params: ParamsOf<M>, progress?: (progress: DetectProgress) => void): Promise<ResultOf<M>> {
    const { worker } = (this.#started ??= this.#start());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const ended = (): void => settle(() => reject(new NoAnswer(false, 'the worker ended')));
      const settle = (how: () => void): void => {
        worker.off('message', answered);
        worker.off('exit', ended);
        how();
      };
      const answered = (message: FromWorker<ResultOf<M>>): void => {
        if (message.kind === 'status' || message.kind === 'indexed' || message.kind === 'installed' || message.id !== id) return;
        if (message.kind === 'progress') progress?.(message.progress);
        else if (message.kind === 'result') settle(() => resolve(message.result));
        else settle(() => reject(new NoAnswer(message.kind === 'cancelled', message.kind === 'failed' ? message.message : 'cancelled')));
      };
      worker.on('message', answered);
      worker.on('exit', ended);
      const request: { readonly kind: 'request'; readonly id: number; readonly method: M; readonly params: ParamsOf<M> } = {
        kind: 'request',
        id,
        method,
        params,
      };
      worker.postMessage(request);
    });
  }

  /** Ends what runs and what waits: every request so far. */
  cancelAll(): void {
    if (!this.#started) return;
    const { worker, cancel } = this.#started;
    Atomics.store(cancel, 1, this.#lastId);
    Atomics.store(cancel, 0, 1);
    worker.postMessage({ kind: 'cancel', id: this.#lastId } satisfies ToWorker);
  }

  async close(): Promise<void> {
    const started = this.#started;
    this.#started = null;
    await started?.worker.terminate();
  }

  #start(): { readonly worker: Worker; readonly cancel: Int32Array } {
    const started = this.#startWorker(this.#role);
    const { worker } = started;
    worker.setMaxListeners(0);
    let reason = 'it ended';
    worker.on('error', e => {
      reason = e.message;
    });
    worker.on('message', (message: FromWorker<unknown>) => {
      if (message.kind === 'status') this.#events.status(message.status);
      if (message.kind === 'indexed') this.#events.indexed(message.files);
      if (message.kind === 'installed') this.#events.installed();
    });
    worker.on('exit', () => {
      if (this.#started?.worker !== worker) return;
      this.#started = null;
      this.#events.died(reason);
    });
    for (const message of this.#events.greet()) worker.postMessage(message);
    return started;
  }
}
