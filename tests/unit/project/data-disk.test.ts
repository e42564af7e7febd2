import { expect, test } from 'vitest';
import { dataDisk } from '../../../server/project/data-disk.ts';

/** A disk that counts how often it is looked at, and a clock. */
function disk(folders: readonly string[]) {
  const there = new Set(folders);
  const asked: string[] = [];
  let time = 0;
  const seen = dataDisk(
    {
      kind: path => (asked.push(path), there.has(path) ? 'folder' : null),
      list: folder => (
        asked.push(`${folder}/`),
        [...there].flatMap(path =>
          path.startsWith(`${folder}/`) ? [{ name: path.slice(folder.length + 1), kind: 'folder' as const }] : [],
        )
      ),
    },
    () => time,
  );
  return { seen, there, asked, wait: (ms: number) => void (time += ms) };
}

test('what lies in a folder that is not there is not looked for', () => {
  const { seen, asked } = disk(['/ws']);
  expect(seen.kind('/ws/data/coco/annotations/a.json')).toBe(null);
  expect(seen.kind('/ws/data/coco/train')).toBe(null);
  expect(asked).toEqual(['/ws', '/ws/data']);
});
test('what was seen counts for a moment, or until something is known to have changed', () => {
  const { seen, there, asked, wait } = disk(['/ws', '/ws/data']);
  expect(seen.names('/ws')).toEqual(['data']);
  expect(seen.kind('/ws/new')).toBe(null);
  there.add('/ws/new');
  wait(1000);
  expect(seen.kind('/ws/new')).toBe(null);
  expect(seen.names('/ws')).toEqual(['data']);
  expect(asked).toEqual(['/ws/', '/ws', '/ws/new']);
  wait(3000);
  expect(seen.kind('/ws/new')).toBe('folder');
  there.delete('/ws/new');
  seen.forget();
  expect(seen.kind('/ws/new')).toBe(null);
});
