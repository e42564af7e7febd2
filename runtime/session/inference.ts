/**
 * The program of the process that runs models. A run cannot be stopped from within, and blocks all else; so it has a process to itself, which is killed to
 * cancel. Whatever goes wrong in native code ends this process and no other.
 */
import { rowsOf } from '../detect/selected.ts';
import { measure, PictureProblem } from '../image/decode.ts';
import { chooseProvider, type Trying, timeProvider } from './judge-provider.ts';
import type { FromChild, ToChild } from './messages.ts';
import { HalfOverflow, ModelMisfit } from './model-misfit.ts';
import { NoProvider } from './no-provider.ts';
import { type Opened, openModel } from './open-model.ts';
import { Pictures } from './pictures.ts';
import { type PreparedPicture, preparePicture } from './prepare-picture.ts';
import { isPreparingThread, PreparingThread, prepareForOthers } from './preparing-thread.ts';
import { hadNoRoom } from './providers.ts';
import { runPicture } from './run-picture.ts';
import { whyRefused } from './why-refused.ts';

/** What is answered. */
type Question = Exclude<ToChild, { kind: 'expect' }>;
type Of<Kind extends ToChild['kind']> = Extract<ToChild, { kind: Kind }>;

/** Models that are kept loaded, the one used last at the end: pictures of other shapes need another, and come in turns. */
const KEPT = 3;
const models = new Map<string, Opened>();
/** One after another, in the order they came: a run keeps the thread busy to its end. */
let turn: Promise<void> = Promise.resolve();
/** Pictures that were asked for and are not answered. */
let pending = 0;
const beside = new PreparingThread(new URL(import.meta.url));
const pictures = new Pictures();

if (isPreparingThread()) prepareForOthers();
else {
  process.on('message', (request: ToChild) => {
    if (request.kind === 'detect') return detectInTurn(request);
    if (request.kind === 'expect') return pictures.expect(request.image);
    // A file's head is read at once, whatever runs.
    if (request.kind === 'measure') {
      void reply(request, async () => ({ kind: 'measured', id: request.id, size: await measure(request.image) }));
      return;
    }
    turn = turn.then(() => reply(request, () => answered(request)));
  });
  process.on('disconnect', () => process.exit(0));
}

/** A picture that comes while others are not done is prepared beside them; the only one is spared a thread's start. */
function detectInTurn(request: Of<'detect'>): void {
  const { image, recipe } = request;
  const alone = pending++ === 0;
  const ahead = pictures.prepare(image, recipe, () => (alone ? preparePicture(image, recipe) : beside.prepare(image, recipe)));
  // Whoever waits for its turn may wait longer than it takes to fail.
  ahead.catch(() => undefined);
  turn = turn.then(async () => {
    await reply(request, () => detected(request, ahead));
    pending--;
  });
}

async function reply(request: Question, work: () => Promise<FromChild>): Promise<void> {
  const answer = await work().catch((e: unknown) => failed(request, e));
  // Gone, or going: then nobody waits for the answer.
  if (process.connected) process.send?.(answer);
}

function answered(request: Of<'time' | 'choose' | 'open'>): Promise<FromChild> {
  switch (request.kind) {
    case 'time':
      return timed(request);
    case 'choose':
      return chosen(request);
    case 'open':
      return opened(request);
  }
}

async function detected({ id, name, recipe, keeps }: Of<'detect'>, ahead: Promise<PreparedPicture>): Promise<FromChild> {
  const model = models.get(name);
  if (!model) throw new ModelMisfit('No model is loaded.');
  const { detections, ...detected } = await runPicture(model, await ahead, recipe, keeps);
  return { kind: 'detected', id, found: rowsOf(detections), ...detected };
}

/** Told before what may block this thread for good. */
const trying =
  (id: number): Trying =>
  provider =>
    new Promise(done => {
      const notice: FromChild = { kind: 'trying', id, provider };
      if (process.connected) process.send?.(notice, () => done());
      else done();
    });

async function timed({ id, provider, half }: Of<'time'>): Promise<FromChild> {
  return { kind: 'timed', id, milliseconds: await timeProvider(provider, half) };
}

async function chosen({ id, providers, compare, index }: Of<'choose'>): Promise<FromChild> {
  return { kind: 'chosen', id, ...(await chooseProvider({ providers, compare, index, trying: trying(id) })) };
}

async function opened(request: Of<'open'>): Promise<FromChild> {
  const { provider, refused } = await loaded(request);
  return { kind: 'opened', id: request.id, provider, refused };
}

function failed(request: Question, e: unknown): FromChild {
  const { id } = request;
  const message = e instanceof Error ? e.message : String(e);
  if (request.kind === 'time') return { kind: 'failed', id, what: 'provider', message: whyRefused(request.provider, message), refused: [] };
  if (e instanceof NoProvider) return { kind: 'failed', id, what: 'provider', message, refused: e.refused };
  return { kind: 'failed', id, what: whatFailed(e), message, refused: [] };
}

function whatFailed(e: unknown): Extract<FromChild, { kind: 'failed' }>['what'] {
  if (e instanceof PictureProblem) return 'image';
  if (e instanceof HalfOverflow) return 'overflow';
  return e instanceof ModelMisfit ? 'misfit' : 'model';
}

async function loaded({ id, name, model: source, providers, compare, shares, index, half }: Of<'open'>): Promise<Opened> {
  const before = models.get(name);
  // Where a GPU had no room, it may have now.
  const known = before?.refused.some(hadNoRoom) && !shares ? undefined : before;
  if (!known) await before?.session.release();
  models.delete(name);
  // Room first: the new one may need what the oldest holds.
  for (const [old, { session }] of models) {
    if (models.size < KEPT) break;
    models.delete(old);
    await session.release();
  }
  const model = known ?? (await openModel(source, { providers, compare, shares, index, half, trying: trying(id) }));
  models.set(name, model);
  return model;
}
