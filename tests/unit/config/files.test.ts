/** Files on a disk that are no good: what Python or mmengine says of them, and never more than that. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { canonicalRecord } from '../../../server/config/canonical.ts';
import { configContext, type ResolvedConfig, resolveConfig } from '../../../server/config/index.ts';
import { assets } from '../../../server/project/assets.ts';
import { findConfigs } from '../../../server/project/configs.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { openParser } from '../../../server/syntax/parse.ts';

const parse = await openParser(assets.parserWasm, assets.grammarWasm);
const folder = mkdtempSync(join(tmpdir(), 'necktie-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const host = new NodeHost();
const context = configContext({ host, parse, roots: [`${folder}/workspace`, `${folder}/site`] });
const resolve = (name: string): ResolvedConfig => resolveConfig(context, `${folder}/${name}`);
const record = (name: string): unknown => canonicalRecord('f', resolve(name));
const problems = (name: string): readonly string[] =>
  resolve(name).problems.map(p => `${p.kind} ${p.errorType}: ${p.message}`.replaceAll(folder, '$DIR'));
function write(name: string, content: string | Uint8Array): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
}
const project = await Project.open(host, {
  roots: [folder],
  settings: { ...DEFAULT_SETTINGS, environment: false },
  env: {},
  cancel: new Int32Array(1),
  models: false,
});
const diagnosed = (name: string): readonly string[] =>
  project.configDiagnostics(`${folder}/${name}`).map(({ code, message }) => `${code}: ${message.split('\n')[0]}`);
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** What mmengine 0.10.7 says of the last of `files`: type and message; or its value. */
const CASES: readonly {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly error?: string;
  readonly value?: unknown;
}[] = [
  {
    name: 'Latin-1',
    files: { 'latin.py': bytes("a = 1\nb = 'caf\xe9'\n") },
    error: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 14: invalid continuation byte",
  },
  {
    name: 'Latin-1 that says so',
    files: { 'coding.py': bytes("# -*- coding: latin-1 -*-\na = 1\nb = 'caf\xe9'\n") },
    error: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 40: invalid continuation byte",
  },
  {
    name: 'half of a character at the end',
    files: { 'cut.json': bytes('{"a": 1}\xe2\x82') },
    error: "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 8-9: unexpected end of data",
  },
  {
    name: 'UTF-16',
    files: { 'wide.py': bytes('\xff\xfea\x00 \x00=\x00 \x001\x00') },
    error: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
  },
  {
    name: 'a base in Latin-1',
    files: { 'latin_base.yaml': bytes('a: caf\xe9\n'), 'on_latin.py': "_base_ = './latin_base.yaml'\n" },
    error: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 6: invalid continuation byte",
  },
  { name: 'a byte order mark', files: { 'mark.py': '\uFEFFa = 1\n' }, error: 'SyntaxError: invalid non-printable character U+FEFF' },
  {
    name: 'a byte order mark in JSON',
    files: { 'mark.json': '\uFEFF{"a": 1}' },
    error: 'JSONDecodeError: Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)',
  },
  { name: 'a byte order mark in YAML', files: { 'mark.yaml': '\uFEFFa: 1\n' }, value: { a: 1 } },
  {
    name: 'a null byte in a comment',
    files: { 'null.py': 'a = 1  # \x00\n' },
    error: 'SyntaxError: source code string cannot contain null bytes',
  },
  {
    name: 'a null byte in YAML',
    files: { 'null.yaml': 'a: "\x00"\n' },
    error: 'ReaderError: unacceptable character #x0000: special characters are not allowed',
  },
  { name: 'lone carriage returns', files: { 'mac.py': 'a = 1\rb = 2\r' }, value: { a: 1, b: 2 } },
];

describe('files that are no text', () => {
  test.each(CASES)('$name', ({ files, error, value }) => {
    for (const [name, content] of Object.entries(files)) write(name, content);
    const last = Object.keys(files).at(-1) ?? '';
    const [first] = resolve(last).problems;
    expect(first && `${first.errorType}: ${first.message}`).toBe(error);
    if (value !== undefined) expect(record(last)).toEqual({ file: 'f', ok: true, value });
  });

  test('an open document does not hide how its file is written', () => {
    const path = `${folder}/open.py`;
    write('open.py', '\uFEFFa = 1\n');
    host.overlay(path, 'a = 2\n');
    expect(problems('open.py')).toEqual(['syntax-error SyntaxError: invalid non-printable character U+FEFF']);
    write('open.py', 'a = 2\n\n');
    host.overlay(path, 'a = 3\n');
    expect(problems('open.py')).toEqual([]);
    host.overlay(path, null);
  });
});

describe('what the user reads of them', () => {
  test.each([
    ['latin.py', 'This file is not written in UTF-8, as mmengine reads it: save it in that encoding.'],
    ['mark.py', 'This file begins with a byte order mark, which mmengine does not take: save it as UTF-8 without one.'],
    ['on_latin.py', 'In latin_base.yaml: This file is not written in UTF-8, as mmengine reads it: save it in that encoding.'],
  ])('%s', (name, sentence) => {
    expect(diagnosed(name)).toEqual([`syntax-error: ${sentence}`]);
  });
});

describe('files that are too large', () => {
  write('large.py', 'a = 1\n');
  truncateSync(`${folder}/large.py`, 50 * 2 ** 20);
  write('on_large.py', "_base_ = './large.py'\nb = _base_.a\nc = dict(d=1)\n");
  const reason = 'a file of 50 MB: more than 16 MB are not read';

  test('are not known, and no error', () => {
    expect(record('large.py')).toEqual({ file: 'f', ok: true, value: { $unknown: reason } });
    expect(resolve('large.py').ok).toBe(false);
    expect(diagnosed('large.py')).toEqual([]);
  });
  test('as a base: what stands beside is right', () => {
    expect(record('on_large.py')).toEqual({ file: 'f', ok: true, value: { b: { $unknown: reason }, c: { d: 1 } } });
    expect(resolve('on_large.py').unknowns[0]).toEqual({ path: [], reason });
    expect(diagnosed('on_large.py')).toEqual([]);
  });
});

describe('files that are not there', () => {
  const missing = (path: string): string => `base-not-found FileNotFoundError: [Errno 2] No such file or directory: '$DIR/${path}'`;

  test('a link that leads nowhere, links in a circle', () => {
    symlinkSync('nowhere.py', `${folder}/dangling.py`);
    symlinkSync('two.py', `${folder}/one.py`);
    symlinkSync('one.py', `${folder}/two.py`);
    write('on_circle.py', "_base_ = './one.py'\n");
    expect(problems('dangling.py')).toEqual([missing('dangling.py')]);
    expect(problems('one.py')).toEqual(["base-not-found OSError: [Errno 40] Too many levels of symbolic links: '$DIR/one.py'"]);
    expect(problems('on_circle.py')).toEqual(["base-not-found OSError: [Errno 40] Too many levels of symbolic links: '$DIR/./one.py'"]);
  });
  test('folders that lead back to themselves are walked once', () => {
    for (const side of ['left', 'right']) write(`walk/configs/${side}/${side}.py`, "_base_ = './x.py'\n");
    for (const name of ['a', 'b', 'c']) {
      symlinkSync('..', `${folder}/walk/configs/left/${name}`);
      symlinkSync('../left', `${folder}/walk/configs/right/${name}`);
    }
    const found = findConfigs(host, `${folder}/walk`, []);
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThan(20);
  });
  test('a folder', () => {
    mkdirSync(`${folder}/folder.py`);
    expect(problems('folder.py')).toEqual(["base-not-found IsADirectoryError: [Errno 21] Is a directory: '$DIR/folder.py'"]);
  });
  test('a base that vanishes, and comes again', () => {
    write('base.py', 'a = 1\n');
    write('child.py', "_base_ = './base.py'\nb = 2\n");
    expect(problems('child.py')).toEqual([]);
    unlinkSync(`${folder}/base.py`);
    expect(problems('child.py')).toEqual([missing('./base.py')]);
    write('base.py', 'a = 3\n');
    expect(record('child.py')).toEqual({ file: 'f', ok: true, value: { a: 3, b: 2 } });
  });
  test('a file that vanishes between the look and the read', () => {
    class Vanishing extends NodeHost {
      override read(): null {
        return null;
      }
    }
    const config = resolveConfig(configContext({ host: new Vanishing(), parse }), `${folder}/child.py`);
    expect(config.problems.map(p => p.errorType)).toEqual(['FileNotFoundError']);
  });
  // Root may read everything.
  test.skipIf(process.getuid?.() === 0)('a file that may not be read', () => {
    write('secret.py', 'a = 1\n');
    chmodSync(`${folder}/secret.py`, 0);
    expect(problems('secret.py')).toEqual(["base-not-found PermissionError: [Errno 13] Permission denied: '$DIR/secret.py'"]);
  });
});

describe('packages', () => {
  write('site/mmpose/.mim/configs/body/base.py', "where = 'installed'\n");
  write('site/mmpose/.mim/configs/body/old.py', "where = 'only installed'\n");
  write('site/mmpose/configs/other.py', "where = 'installed'\n");
  write('workspace/mmpose/__init__.py', '');
  write('workspace/mmpose/configs/lazy.py', "where = 'checkout'\n");
  write('workspace/configs/body/base.py', "where = 'checkout'\n");
  const found = (where: string): unknown => expect.objectContaining({ ok: true, value: expect.objectContaining({ where }) });

  test('a checkout in the workspace comes before what is installed, by the configs beside it', () => {
    write('package.py', "_base_ = 'mmpose::body/base.py'\n");
    expect(record('package.py')).toEqual(found('checkout'));
  });
  test('what the checkout lacks is taken from the installed one', () => {
    write('package_old.py', "_base_ = 'mmpose::body/old.py'\n");
    expect(record('package_old.py')).toEqual(found('only installed'));
  });
  test('neither has it', () => {
    write('package_none.py', "_base_ = 'mmpose::body/none.py'\n");
    expect(problems('package_none.py')).toEqual([
      'base-not-found FileNotFoundError: file "$DIR/site/mmpose/.mim/configs/body/none.py" does not exist',
    ]);
  });
  test.each([
    ['lazy', 'checkout'],
    ['other', 'installed'],
  ])('absolute imports of lazy configs go the same way: %s', (name, where) => {
    write(`imports_${name}.py`, `from mmengine.config import read_base\nwith read_base():\n    from mmpose.configs.${name} import *\n`);
    expect(record(`imports_${name}.py`)).toEqual(found(where));
  });
});
