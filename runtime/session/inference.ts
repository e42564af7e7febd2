/**
 * The program of the process that runs models. A run cannot be stopped from within, and blocks all else; so it has a process to itself, which is killed to
 * cancel. Whatever goes wrong in native code ends this process and no other.
 */
import { measure, PictureProblem } from '../image/decode.ts';
import type { FromChild, ToChild } from './messages.ts';
import { ModelMisfit } from './model-misfit.ts';
import { NoProvider, type Opened, openModel, timeProvider } from './open-model.ts';
import { type PreparedPicture, preparePicture } from './prepare-picture.ts';
import { isPreparingThread, PreparingThread, prepareForOthers } from './preparing-thread.ts';
import { runPicture } from './run-picture.ts';
import { whyRefused } from './why-refused.ts';

type Of<Kind extends ToChild['kind']> = Extract<ToChild, { kind: Kind }>;

/** Models that are kept loaded, the one used last at the end: pictures of other shapes need another, and come in turns. */
const KEPT = 3;
const models = new Map<string, Opened>();
/** One after another, in the order they came: a run keeps the thread busy to its end. */
let turn: Promise<void> = Promise.resolve();
/** Pictures that were asked for and are not answered. */
let pending = 0;
const beside = new PreparingThread(new URL(import.meta.url));

if (isPreparingThread()) prepareForOthers();
else {
  process.on('message', (request: ToChild) => {
    if (request.kind === 'detect') return detectInTurn(request);
    // A file's head is read at once, whatever runs.
    if (request.kind === 'measure') {
      void reply(request, async () => ({ kind: 'measured', id: request.id, size: await measure(request.image) }));
      return;
    }
    const work = request.kind === 'time' ? () => timed(request) : () => opened(request);
    turn = turn.then(() => reply(request, work));
  });
  process.on('disconnect', () => process.exit(0));
}

/** A picture that comes while others are not done is prepared beside them; the only one is spared a thread's start. */
function detectInTurn(request: Of<'detect'>): void {
  const ahead = pending++ > 0 ? beside.prepare(request.image, request.recipe) : preparePicture(request.image, request.recipe);
  // Whoever waits for its turn may wait longer than it takes to fail.
  ahead.catch(() => undefined);
  turn = turn.then(async () => {
    await reply(request, () => detected(request, ahead));
    pending--;
  });
}

async function reply(request: ToChild, work: () => Promise<FromChild>): Promise<void> {
  const answer = await work().catch((e: unknown) => failed(request, e));
  // Gone, or going: then nobody waits for the answer.
  if (process.connected) process.send?.(answer);
}

async function detected({ id, name, recipe, keeps }: Of<'detect'>, ahead: Promise<PreparedPicture>): Promise<FromChild> {
  const model = models.get(name);
  if (!model) throw new ModelMisfit('No model is loaded.');
  return { kind: 'detected', id, ...(await runPicture(model.session, await ahead, recipe, keeps)) };
}

async function timed({ id, provider }: Of<'time'>): Promise<FromChild> {
  return { kind: 'timed', id, milliseconds: await timeProvider(provider) };
}

async function opened(request: Of<'open'>): Promise<FromChild> {
  const { provider, refused } = await loaded(request);
  return { kind: 'opened', id: request.id, provider, refused };
}

function failed(request: ToChild, e: unknown): FromChild {
  const { id } = request;
  const message = e instanceof Error ? e.message : String(e);
  if (request.kind === 'time') return { kind: 'failed', id, what: 'provider', message: whyRefused(request.provider, message), refused: [] };
  if (e instanceof NoProvider) return { kind: 'failed', id, what: 'provider', message, refused: e.refused };
  return { kind: 'failed', id, what: e instanceof PictureProblem ? 'image' : 'model', message, refused: [] };
}

async function loaded({ name, model: source, providers, compare, shares, index }: Of<'open'>): Promise<Opened> {
  const known = models.get(name);
  models.delete(name);
  // Room first: the new one may need what the oldest holds.
  for (const [old, { session }] of models) {
    if (models.size < KEPT) break;
    models.delete(old);
    await session.release();
  }
  const model = known ?? (await openModel(source, { providers, compare, shares, index }));
  models.set(name, model);
  return model;
}
