/** Models that were made before: found while nothing they were made from has changed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ModelCache } from '../../../server/detect/model-cache.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { draftOf } from '../../../server/project/whole-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));
const source = join(folder, 'source.py');
writeFileSync(source, 'a = 1\n');
const host = new NodeHost();
const cache = new ModelCache(join(folder, 'models'));

it('keeps a model until a source changes', () => {
  const key = cache.key('model', 'checkpoint');
  expect(cache.find(host, key)).toBeNull();
  const path = cache.keep(host, key, Buffer.from('model'), [source]);
  expect(typeof path === 'string' && readFileSync(path, 'utf8')).toBe('model');
  expect(cache.find(host, key)).toBe(path);
  writeFileSync(source, 'a = 1000\n');
  expect(cache.find(host, key)).toBeNull();
});
it('keeps the twenty used last, and no drafts', () => {
  for (let i = 0; i < 25; i++) cache.keep(host, cache.key(String(i)), Buffer.from('x'), []);
  const names = readdirSync(join(folder, 'models'));
  expect(names.filter(n => n.endsWith('.onnx'))).toHaveLength(20);
  expect(names.every(n => /\.(onnx|json)$/.test(n))).toBe(true);
});
it('takes away what another left half written when it was killed', () => {
  const models = join(folder, 'models');
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const own = draftOf(join(models, 'own.onnx'));
  const half = own.replace(`.${process.pid}.`, `.${dead}.`);
  for (const path of [own, half]) writeFileSync(path, 'half of it');
  cache.keep(host, cache.key('another'), Buffer.from('x'), []);
  expect([own, half].map(path => existsSync(path))).toEqual([true, false]);
  rmSync(own);
});
it.each([
  ['a folder that cannot be made', join(source, 'no-folder')],
  ['no folder', null],
])('keeps the last in memory where there is %s', (_, at) => {
  const other = new ModelCache(at);
  expect(other.find(host, 'k')).toBeNull();
  const model = Buffer.from('x');
  expect(other.keep(host, 'k', model, [source])).toBe(model);
  expect(other.find(host, 'k')).toBe(model);
  writeFileSync(source, 'changed once more\n');
  expect(other.find(host, 'k')).toBeNull();
});
