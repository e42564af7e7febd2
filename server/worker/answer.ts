/** The language server's half of the worker: takes requests one after another and answers each. */
import type { MessagePort } from 'node:worker_threads';
import { Stop } from '../python/stop.ts';
import type { FromWorker, Method, Request, ResultOf, ToWorker } from './messages.ts';
import { METHODS } from './methods.ts';
import { Workplace } from './workplace.ts';

export function answer(kind: 'quick' | 'deep' | 'detect', cancel: Int32Array, port: MessagePort): void {
  const send = (message: FromWorker<ResultOf<Method>>): void => port.postMessage(message);
  const workplace = new Workplace(cancel, kind !== 'quick', status => send({ kind: 'status', status }));
  const waiting: Request[] = [];
  let running: { readonly id: number; readonly stop: AbortController } | null = null;

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'request') {
      waiting.push(message);
      if (!running) void work();
    } else if (message.kind === 'cancel') {
      if (running && running.id <= message.id) running.stop.abort();
    } else {
      workplace.heed(message);
    }
  });

  async function work(): Promise<void> {
    for (let request = waiting.shift(); request; request = waiting.shift()) {
      // In this order: a cancel that comes between the two is not lost.
      Atomics.store(cancel, 0, 0);
      const stop = new AbortController();
      const { id } = request;
      if (id <= Atomics.load(cancel, 1)) {
        send({ kind: 'cancelled', id });
        continue;
      }
      running = { id, stop };
      send(await answerOne(request, stop.signal));
      running = null;
    }
    if (kind === 'quick') await readAhead();
  }

  /** Reads the libraries' registries, one at a time, while nothing is asked: the first completion need not wait for them. */
  async function readAhead(): Promise<void> {
    const { project } = await workplace.open();
    for (const library of project.registry.libraries.keys()) {
      await new Promise(setImmediate);
      if (running || waiting.length) return;
      try {
        project.registry.entriesOf(library);
      } catch {
        // Whoever asks for it is told.
        return;
      }
    }
  }

  async function answerOne<M extends Method>(request: Request<M>, signal: AbortSignal): Promise<FromWorker<ResultOf<M>>> {
    const { id } = request;
    try {
      const workspace = await workplace.open();
      const result = await METHODS[request.method](workspace, request.params, {
        signal,
        cancel,
        progress: progress => send({ kind: 'progress', id, progress }),
      });
      return id <= Atomics.load(cancel, 1) ? { kind: 'cancelled', id } : { kind: 'result', id, result };
    } catch (e) {
      const cancelled = id <= Atomics.load(cancel, 1) || (e instanceof Stop && e.reason.kind === 'cancelled');
      return cancelled
        ? { kind: 'cancelled', id }
        : { kind: 'failed', id, message: e instanceof Error ? (e.stack ?? e.message) : String(e) };
    }
  }
}
