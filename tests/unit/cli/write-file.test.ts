/** Files that a command was asked to write: whole or not at all. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder, reasonOf, writeFile } from '../../../server/cli/write-file.ts';
import { draftOf } from '../../../server/project/whole-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-write-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes the folders on the way, and leaves nothing beside the file', () => {
  const path = join(folder, 'a/b/c.txt');
  expect(writeFile(path, 'one')).toBeNull();
  expect(writeFile(path, 'two')).toBeNull();
  expect([readFileSync(path, 'utf8'), readdirSync(join(folder, 'a/b'))]).toEqual(['two', ['c.txt']]);
});
it('says why not, where a file lies in the way of a folder', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(writeFile(join(folder, 'file/below.txt'), 'x')).toMatch(/not a directory|file already exists/);
});
it.skipIf(process.platform === 'win32')('a link stays one, and the file behind it keeps its mode', () => {
  const [file, link] = [join(folder, 'behind.txt'), join(folder, 'link.txt')];
  writeFileSync(file, 'before');
  chmodSync(file, 0o750);
  symlinkSync(file, link);
  expect(writeFile(link, 'after')).toBeNull();
  expect([lstatSync(link).isSymbolicLink(), readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([true, 'after', 0o750]);
});
it.skipIf(!existsSync('/dev/full'))('a disk that is full: what was there before stays, and no half of the new', () => {
  const path = join(folder, 'kept.txt');
  writeFileSync(path, 'before');
  symlinkSync('/dev/full', draftOf(path));
  expect(writeFile(path, 'after')).toBe('no space left on device');
  expect([readFileSync(path, 'utf8'), existsSync(draftOf(path))]).toEqual(['before', false]);
});
it.skipIf(!existsSync('/proc/self'))('ends where a folder will not be made', () =>
  expect(() => makeFolder('/proc/necktie/below')).toThrow(/ENOENT/),
);
it('what is no file of the disk takes it as it comes', () => expect(writeFile('/dev/null', 'x')).toBeNull());

it.each([
  ['ENOSPC: no space left on device, write', 'no space left on device'],
  ["EACCES: permission denied, open '/data/a, b'", 'permission denied'],
  ['something else', 'something else'],
])('%s', (message, reason) => expect(reasonOf(new Error(message))).toBe(reason));
