/** Another overlap on what is shown: one question at a time, the last wish counts, and what cannot be suppressed anew is run. */
import { beforeEach, expect, test } from 'vitest';
import { createResuppression, type Shown } from '../../../client/preview/resuppression.ts';
import type { DetectResult, SuppressResult } from '../../../server/protocol.ts';
import { detectResult } from '../../detect-result.ts';

type Ready = NonNullable<ReturnType<Shown['last']>>;
type Asked = Parameters<Shown['ask']>[0];

const result = (image: string, candidates: number | null, fixed: string | null = null): DetectResult =>
  detectResult({ image, provider: 'cuda', suppression: { own: 0.65, threshold: 0.65, fixed, candidates } });
const ready = (own: DetectResult, other?: DetectResult): Ready => ({
  kind: 'ready',
  result: own,
  ...(other && { other: { result: other, names: ['a', 'b'] as const } }),
});

let last: Ready | undefined;
let wish: number | null;
let validation: boolean;
let asked: Asked[];
let answers: ((answer: SuppressResult) => void)[];
let shown: Ready[];
let runs: number;
let suppressAnew: () => Promise<void>;
beforeEach(() => {
  last = ready(result('a.jpg', 7));
  wish = 0.5;
  validation = false;
  asked = [];
  answers = [];
  shown = [];
  runs = 0;
  suppressAnew = createResuppression({
    ask: what => {
      asked.push(what);
      return new Promise(done => answers.push(done));
    },
    last: () => last,
    subject: () => ({ config: 'c.py', image: 'a.jpg', checkpoint: null, validation, iouThreshold: wish, other: null }),
    show: next => {
      last = next;
      shown.push(next);
    },
    run: async () => void runs++,
  });
});
/** Answers what was asked last, as the server does: by the threshold that was asked for. */
async function answer(as?: SuppressResult): Promise<void> {
  const { candidates = null, image = '', iouThreshold = null } = asked.at(-1) ?? {};
  const own = result(image, candidates);
  answers.at(-1)?.(as ?? { ...own, suppression: { ...own.suppression, threshold: iouThreshold ?? own.suppression.own } });
  await new Promise(done => setImmediate(done));
}
const thresholds = (): readonly number[] => shown.map(({ result: { suppression } }) => suppression.threshold);

test('asks by what was kept, and shows the answer with names as they are read', async () => {
  const done = suppressAnew();
  expect(asked).toEqual([{ candidates: 7, config: 'c.py', image: 'a.jpg', iouThreshold: 0.5, truth: false }]);
  await answer();
  await done;
  expect([thresholds(), shown[0]?.result.provider, runs]).toEqual([[0.5], 'CUDA', 0]);
});

test('while one is asked the others wait, and the last of them alone is asked then', async () => {
  const done = suppressAnew();
  for (const next of [0.6, 0.7, 0.8]) {
    wish = next;
    await suppressAnew();
  }
  expect(asked).toHaveLength(1);
  await answer();
  expect(asked.map(a => a.iouThreshold)).toEqual([0.5, 0.8]);
  await answer();
  await done;
  expect([asked.length, thresholds()]).toEqual([2, [0.5, 0.8]]);
  // And it can be asked again.
  wish = null;
  const again = suppressAnew();
  await answer();
  await again;
  expect(thresholds()).toEqual([0.5, 0.8, 0.65]);
});

test('of two that are compared both are suppressed anew, one after the other, or neither', async () => {
  last = ready(result('a.jpg', 7), result('a.jpg', 8));
  const done = suppressAnew();
  await answer();
  expect(shown).toHaveLength(0);
  await answer();
  await done;
  expect(asked.map(a => a.candidates)).toEqual([7, 8]);
  expect([shown[0]?.result.suppression.threshold, shown[0]?.other?.result.suppression.threshold, shown[0]?.other?.names]).toEqual([
    0.5,
    0.5,
    ['a', 'b'],
  ]);
  const second = suppressAnew();
  await answer();
  await answer({ kind: 'gone' });
  await second;
  expect([shown.length, runs]).toEqual([1, 1]);
});

test.each<[string, () => void, SuppressResult | null]>([
  ['what was kept is gone', () => undefined, { kind: 'gone' }],
  ['nothing was kept', () => void (last = ready(result('a.jpg', null))), null],
])('all is run where %s', async (_, prepare, told) => {
  prepare();
  const done = suppressAnew();
  if (told) await answer(told);
  await done;
  expect([shown, runs, asked.length]).toEqual([[], 1, told ? 1 : 0]);
});

test('nothing is asked where no threshold decides, or nothing is shown', async () => {
  const fixed = ready(result('a.jpg', null, 'The exported model suppresses by itself.'));
  last = fixed;
  await suppressAnew();
  expect([asked, runs, shown]).toEqual([[], 0, [fixed]]);
  last = undefined;
  await suppressAnew();
  expect([asked, runs, shown.length]).toEqual([[], 0, 1]);
});

test('an answer about a picture that is no longer looked at is dropped', async () => {
  const done = suppressAnew();
  last = ready(result('b.jpg', 9));
  await answer();
  await done;
  expect([shown, runs]).toEqual([[], 0]);
});

test('what was annotated is asked for where it is shown', async () => {
  validation = true;
  last = ready({ ...result('a.jpg', 7), truth: { objects: [], matches: [] } });
  const done = suppressAnew();
  await answer();
  await done;
  expect(asked[0]?.truth).toBe(true);
});
