import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { compiledFiles } from '../../../server/registry/compiled-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = 'x = 1\n';
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
/** Each in a folder of its own. */
let folders = 0;
function site(files: Readonly<Record<string, string>>): string {
  const root = join(folder, String(++folders));
  for (const [name, text] of Object.entries({ 'some_net/layers.py': TEXT, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}
const isTaken = (root: string, text = TEXT, pythonMinor?: number, file = 'some_net/layers.py', host = new NodeHost()): boolean =>
  compiledFiles(host, { roots: [root], description: '', ...(pythonMinor !== undefined && { pythonMinor }) })(join(root, file), hash(text));

const record = (text: string): string => `some_net-1.0.dist-info/METADATA,,\nsome_net/layers.py,sha256=${hash(text)},6\n`;

it.each([
  ['a package of an index', { 'some_net-1.0.dist-info/RECORD': record(TEXT) }, true],
  ['one that was edited', { 'some_net-1.0.dist-info/RECORD': record('x = 2\n') }, false],
  ['one with its name written otherwise', { 'Some.Net-1.0.dist-info/RECORD': record(TEXT) }, true],
  ['one of several that give the package', { 'some_net_lite-1.0.dist-info/RECORD': record(TEXT) }, true],
  [
    'one of another name, which says so',
    { 'other-1.0.dist-info/RECORD': record(TEXT), 'other-1.0.dist-info/top_level.txt': 'some_net\n' },
    true,
  ],
  ['one of another name', { 'other-1.0.dist-info/RECORD': record(TEXT) }, false],
  [
    'one that was built from a folder',
    { 'some_net-1.0.dist-info/RECORD': record(TEXT), 'some_net-1.0.dist-info/direct_url.json': '{}' },
    false,
  ],
  ['one whose record lacks the file', { 'some_net-1.0.dist-info/RECORD': 'some_net/other.py,sha256=abc,6\n' }, false],
  ['no package at all', {}, false],
] as const)('what was published: %s', (_, files, expected) => {
  expect(isTaken(site(files))).toBe(expected);
});

/** As Python 3.7 and later write it. */
function compile(
  root: string,
  name: string,
  { seconds, size, flags = 0 }: { readonly seconds?: number; readonly size?: number; readonly flags?: number } = {},
): void {
  const source = statSync(join(root, 'some_net/layers.py')),
    header = Buffer.alloc(20);
  header.writeUInt32LE(0x0a0d0da7, 0);
  header.writeUInt32LE(flags, 4);
  header.writeUInt32LE(seconds ?? Math.floor(source.mtimeMs / 1000), 8);
  header.writeUInt32LE(size ?? source.size, 12);
  mkdirSync(join(root, 'some_net/__pycache__'), { recursive: true });
  writeFileSync(join(root, 'some_net/__pycache__', name), header);
}

it.each([
  ['just so', 'layers.cpython-311.pyc', {}, true],
  ['with assertions left out', 'layers.cpython-311.opt-1.pyc', {}, true],
  ['another module', 'layers2.cpython-311.pyc', {}, false],
  ['another time', 'layers.cpython-311.pyc', { seconds: 1 }, false],
  ['another size', 'layers.cpython-311.pyc', { size: 1 }, false],
  ['by its hash', 'layers.cpython-311.pyc', { flags: 3 }, false],
] as const)('what Python has compiled: %s', (_, name, told, expected) => {
  const root = site({});
  compile(root, name, told);
  expect(isTaken(root)).toBe(expected);
  expect(isTaken(root, TEXT, 11)).toBe(expected);
  // By another Python than the one that will run it.
  expect(isTaken(root, TEXT, 8)).toBe(false);
  // An open document is not what was compiled.
  const host = new NodeHost();
  host.overlay(join(root, 'some_net/layers.py'), 'x =\n');
  expect(isTaken(root, 'x =\n', undefined, 'some_net/layers.py', host)).toBe(false);
});
it('a file of half a header says nothing', () => {
  const root = site({ 'some_net/__pycache__/layers.cpython-311.pyc': 'abc' });
  expect(isTaken(root)).toBe(false);
});
