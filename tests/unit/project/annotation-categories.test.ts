import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { annotationCategories } from '../../../server/project/annotation-categories.ts';
import { NodeHost } from '../../../server/project/node-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-annotations-'));
afterAll(() => rmSync(folder, { recursive: true }));
const categories = annotationCategories(new NodeHost());
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const images = `"images": [${Array.from({ length: 60_000 }, (_, i) => `{"id": ${i}, "file_name": "${i}.jpg"}`).join(', ')}]`;
const named = (...names: string[]): string =>
  `"categories": ${JSON.stringify(names.map((name, id) => ({ id, name, keypoints: ['a]', '"'] })))}`;

test('at the end of a large file', () =>
  expect(categories(file('end.json', `{${images}, ${named('cat', 'do"g')}}`))).toEqual(['cat', 'do"g']));
test('at its beginning', () => expect(categories(file('begin.json', `{${named('cat')}, ${images}}`))).toEqual(['cat']));
test('in its midst they are not looked for', () =>
  expect(categories(file('midst.json', `{${images}, ${named('cat')}, ${images.replace('images', 'annotations')}}`))).toBeNull());
test('of another form', () => {
  expect(categories(file('list.json', '[1, 2]'))).toBeNull();
  expect(categories(file('names.json', '{"categories": ["cat"]}'))).toBeNull();
  expect(categories(file('cut.json', '{"categories": [{"name": "cat"}'))).toBeNull();
  expect(categories(join(folder, 'nowhere.json'))).toBeNull();
});
test('anew when the file changes', () => {
  const path = file('changed.json', `{${named('cat')}}`);
  expect(categories(path)).toEqual(['cat']);
  writeFileSync(path, `{${named('cat', 'dog', 'cow')}}`);
  expect(categories(path)).toEqual(['cat', 'dog', 'cow']);
});
