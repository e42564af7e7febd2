/** The language server's half of the worker: takes requests one after another and answers each. */
import type { MessagePort } from 'node:worker_threads';
import { Room, type RoomOptions } from '../project/room.ts';
import { paced } from '../project/steps.ts';
import { Stop } from '../python/stop.ts';
import type { FromWorker, Method, Request, ResultOf, ToWorker } from './messages.ts';
import { METHODS } from './methods.ts';
import { Workplace } from './workplace.ts';

/** Milliseconds: what takes longer is told to the user. */
const SHOWN_AFTER = 100;
/** Whether something was installed: pip itself takes seconds. */
const LOOK_EVERY_MS = 2000;
/** A pause in typing is shorter. */
const IDLE_MS = 4000;
/** Between two keys it is shorter: who types a name does not wait until memory was looked at. */
const REST_MS = 300;
/** A server runs all day, mostly for one library and a few configs. */
const ROOM: RoomOptions = { most: 28 * 2 ** 20, step: 8 * 2 ** 20 };
/** Takes long, in steps: the others are answered between them. */
const PATIENT: ReadonlySet<Method> = new Set<Method>(['references']);

export function answer(kind: 'quick' | 'deep' | 'detect', cancel: Int32Array, port: MessagePort): void {
  const send = (message: FromWorker<ResultOf<Method>>): void => port.postMessage(message);
  const workplace = new Workplace(
    cancel,
    kind !== 'quick',
    status => send({ kind: 'status', status }),
    () => send({ kind: 'installed' }),
  );
  // One worker's word is enough for all.
  if (kind === 'quick') setInterval(() => workplace.lookAtInstallations(), LOOK_EVERY_MS).unref();
  const room = new Room(ROOM);
  const waiting: Request[] = [];
  let running: { readonly id: number; readonly stop: AbortController } | null = null;
  let working = false;
  /** Run out when nothing was asked for a while. */
  const timers = new Set<NodeJS.Timeout>();
  /** Which documents were open when all was made anew last. */
  let renewedAt: number | null = null;
  /** Counts beginnings of reading ahead: an older one gives way. */
  let ahead = 0;

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'request') {
      waiting.push(message);
      if (!working) void work();
    } else if (message.kind === 'cancel') {
      if (running && running.id <= message.id) running.stop.abort();
    } else {
      workplace.heed(message);
      // What was known of the workspace may be another now.
      if (message.kind !== 'document' && !working) void work();
    }
  });

  async function work(): Promise<void> {
    working = true;
    for (let request = next(true); request; request = next(true)) await take(request);
    working = false;
    if (kind === 'quick') await readAhead();
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    const after = (milliseconds: number, what: () => void): void =>
      void timers.add(setTimeout(() => !working && what(), milliseconds).unref());
    after(IDLE_MS, () => room.tidy());
    if (kind === 'quick') after(REST_MS, () => void makeRoom());
    else if (kind === 'deep') await makeRoom();
  }
  /** In turns of the event loop of their own, between which a request goes before. */
  async function makeRoom(): Promise<void> {
    await new Promise(setImmediate);
    if (working || !room.isFull()) return;
    if (renewedAt === workplace.turnover) {
      // It was all made again for what is open: once more would be no less.
      renewedAt = null;
      room.allow();
      return;
    }
    renewedAt = workplace.turnover;
    workplace.renew();
    if (kind === 'quick') void readAhead();
    await new Promise(setImmediate);
    if (!working) room.emptied();
  }
  /** The oldest; `patient`: of those that others may overtake, too, when none of the others waits. */
  function next(patient: boolean): Request | undefined {
    const at = waiting.findIndex(request => !PATIENT.has(request.method));
    return at >= 0 ? waiting.splice(at, 1)[0] : patient ? waiting.shift() : undefined;
  }
  async function take(request: Request): Promise<void> {
    // In this order: a cancel that comes between the two is not lost.
    Atomics.store(cancel, 0, 0);
    const stop = new AbortController();
    const { id } = request;
    if (id <= Atomics.load(cancel, 1)) {
      send({ kind: 'cancelled', id });
      return;
    }
    const outer = running;
    running = { id, stop };
    send(await answerOne(request, stop.signal));
    running = outer;
  }
  /** Lets messages arrive, and answers what they ask. */
  async function pause(): Promise<void> {
    await new Promise(setImmediate);
    for (let request = next(false); request; request = next(false)) await take(request);
  }

  /** While nothing is asked: the libraries' registries, one at a time, so that the first completion need not wait for them; then the workspace's configs. */
  async function readAhead(): Promise<void> {
    const mine = ++ahead;
    const idle = async (): Promise<boolean> => {
      await new Promise(setImmediate);
      return mine === ahead && !working && waiting.length === 0;
    };
    const { project, index } = await workplace.open();
    try {
      // Other Python projects need neither.
      if (!project.hasConfigs) return;
      const began = performance.now();
      for (const library of project.registry.libraries.keys()) {
        // From the cache it takes no time that anyone would wait for.
        if (performance.now() - began > SHOWN_AFTER) workplace.busy(`Reading ${library}`);
        if (!(await idle())) return;
        project.registry.entriesOf(library);
      }
      workplace.busy(null);
      // An answer that comes in between makes way for itself: what was learned stays.
      if ((await paced(project.habits.learn(), idle)) !== true) return;
      if (await paced(index, idle)) send({ kind: 'indexed', files: project.index.size });
    } catch {
      // Whoever asks for it is told.
    } finally {
      workplace.busy(null);
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
        pause,
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
