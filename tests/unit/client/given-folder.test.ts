/** Pictures that came without a file: each has one of its own, and none is left. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { createGivenFolder } from '../../../client/preview/given-folder.ts';

it('keeps each under a name of its own, within its folder, until it is disposed of', async () => {
  const given = createGivenFolder();
  const content = Buffer.from([1, 2, 3]).toString('base64');
  const first = await given.keep([
    { name: 'image.png', content },
    { name: 'image.png', content },
  ]);
  const [outside, unnamed] = await given.keep([
    { name: '../../..\\up.jpg', content },
    { name: '', content },
  ]);
  const all = [...first, outside!, unnamed!];
  expect(all.map(path => basename(path))).toEqual(['image-1.png', 'image-2.png', 'up-3.jpg', 'picture-4.png']);
  expect(new Set(all.map(path => dirname(path))).size).toBe(1);
  expect([...readFileSync(first[0]!)]).toEqual([1, 2, 3]);
  given.dispose();
  await expect.poll(() => existsSync(dirname(outside!))).toBe(false);
});
