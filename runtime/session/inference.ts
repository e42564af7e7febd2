/**
 * The program of the process that runs models. A run cannot be stopped from within, and blocks all else; so it has a process to itself, which is killed to
 * cancel. Whatever goes wrong in native code ends this process and no other.
 */
import { measure, PictureProblem } from '../image/decode.ts';
import type { FromChild, ToChild } from './messages.ts';
import { NoProvider, type Opened, openModel, timeProvider } from './open-model.ts';
import { refusalReason } from './providers.ts';
import { ModelMisfit, runPicture } from './run-picture.ts';

/** Models that are kept loaded, the one used last at the end: pictures of other shapes need another, and come in turns. */
const KEPT = 3;
const models = new Map<string, Opened>();
/** One after another, in the order they came. */
let turn: Promise<void> = Promise.resolve();

process.on('message', (request: ToChild) => {
  turn = turn.then(async () => {
    const reply = await answer(request);
    // Gone, or going: then nobody waits for the answer.
    if (process.connected) process.send?.(reply);
  });
});
process.on('disconnect', () => process.exit(0));

async function answer(request: ToChild): Promise<FromChild> {
  const { id } = request;
  try {
    switch (request.kind) {
      case 'time':
        return { kind: 'timed', id, milliseconds: await timeProvider(request.provider) };
      case 'measure':
        return { kind: 'measured', id, size: await measure(request.image) };
      case 'open': {
        const { provider, refused } = await loaded(request);
        return { kind: 'opened', id, provider, refused };
      }
      case 'detect': {
        const model = models.get(request.name);
        if (!model) throw new ModelMisfit('No model is loaded.');
        return { kind: 'detected', id, ...(await runPicture(model.session, request.image, request.recipe)) };
      }
    }
  } catch (e) {
    const message = e instanceof Error ? e.message : String(e);
    if (request.kind === 'time')
      return { kind: 'failed', id, what: 'provider', message: refusalReason(request.provider, message), refused: [] };
    if (e instanceof NoProvider) return { kind: 'failed', id, what: 'provider', message, refused: e.refused };
    return { kind: 'failed', id, what: e instanceof PictureProblem ? 'image' : 'model', message, refused: [] };
  }
}

async function loaded({ name, model, providers, compare }: Extract<ToChild, { kind: 'open' }>): Promise<Opened> {
  const known = models.get(name);
  models.delete(name);
  // Room first: the new one may need what the oldest holds.
  for (const [old, { session }] of models) {
    if (models.size < KEPT) break;
    models.delete(old);
    await session.release();
  }
  const opened = known ?? (await openModel(model, providers, compare));
  models.set(name, opened);
  return opened;
}
