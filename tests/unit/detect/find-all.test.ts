/** Many pictures at once: in order, a few at a time, and what one of them does to the others. */
import { expect, it } from 'vitest';
import type { Found } from '../../../server/detect/detect.ts';
import { findAll } from '../../../server/detect/find-all.ts';
import type { DetectProblem } from '../../../server/protocol.ts';
import { detectResult } from '../../detect-result.ts';

const pictures = Array.from({ length: 9 }, (_, i) => `${i}.jpg`);
const result = (image: string): Found => ({
  result: detectResult({ image }),
  seen: { inputShape: [], scale: [1, 1], padding: { top: 0, bottom: 0, left: 0, right: 0 } },
});
const problem = (code: DetectProblem['code']): DetectProblem => ({ kind: 'problem', code, title: code, text: '', details: [] });
const names = async (find: (image: string) => Promise<Found | DetectProblem>): Promise<readonly string[]> => {
  const told: string[] = [];
  for await (const { image, answer } of findAll(pictures, find)) told.push('result' in answer ? image : `${image} ${answer.code}`);
  return told;
};

it('the first alone, then up to three at once, answers in order', async () => {
  const running = new Set<string>();
  const most: number[] = [];
  const told = await names(async image => {
    running.add(image);
    most.push(running.size);
    // The later the sooner: the order is not that of the answers.
    await new Promise(done => setTimeout(done, 9 - Number.parseInt(image, 10)));
    running.delete(image);
    return result(image);
  });
  expect(told).toEqual(pictures);
  expect(most[0]).toBe(1);
  expect(most[1]).toBe(1);
  expect(Math.max(...most)).toBe(3);
});

it('one that cannot be read is told, and the others go on', async () => {
  const told = await names(async image => (image === '4.jpg' ? problem('image-unreadable') : result(image)));
  expect(told).toEqual(pictures.map(name => (name === '4.jpg' ? '4.jpg image-unreadable' : name)));
});

it('one that takes the process down takes none of the others with it', async () => {
  // Whatever is asked while 4 is being run dies with it.
  let alive = true;
  const told = await names(async image => {
    await new Promise(done => setTimeout(done, 2));
    if (image === '4.jpg') alive = false;
    await new Promise(done => setTimeout(done, 2));
    const died = !alive;
    if (died) setTimeout(() => (alive = true), 0);
    return died ? problem('child-died') : result(image);
  });
  expect(told).toEqual(pictures.map(name => (name === '4.jpg' ? '4.jpg child-died' : name)));
});
