/** Many pictures one after another: the next are read and prepared while the network runs. */
import type { DetectProblem } from '../protocol.ts';
import type { Found } from './detect.ts';

export interface FoundIn {
  readonly image: string;
  readonly answer: Found | DetectProblem;
}

/** In the network, prepared, being read. Each is held in memory whole, so not more. */
const AT_ONCE = 3;

/** Answers in the order of `images`. `find` is asked for a few at once, as soon as the first has opened the model. Ends early where whoever asks stops asking. */
export async function* findAll(
  images: readonly string[],
  find: (image: string) => Promise<Found | DetectProblem>,
): AsyncGenerator<FoundIn> {
  const asked: { readonly answer: Promise<Found | DetectProblem> }[] = [];
  let next = 0;
  for (const [at, image] of images.entries()) {
    const room = at === 0 ? 1 : at + AT_ONCE;
    for (; next < Math.min(images.length, room); next++) asked.push({ answer: find(images[next]!) });
    const answer = await asked.shift()!.answer;
    if ('result' in answer || answer.code !== 'child-died' || asked.length === 0) {
      yield { image, answer };
      continue;
    }
    // The process takes down all that it holds, and one of them alone is to blame: this one is tried by itself, and the others again.
    await Promise.all(asked.splice(0).map(other => other.answer));
    next = at + 1;
    yield { image, answer: await find(image) };
  }
}
