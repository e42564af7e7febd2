/** `necktie registry` and `necktie fetch`, with a Python that only writes down what it was asked. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Command, type Io, Misuse } from '../../../server/cli/command.ts';
import { fetchCommand } from '../../../server/cli/fetch.ts';
import { registryCommand } from '../../../server/cli/registry.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { environmentOf } from '../../../server/registry/environment.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'necktie-'));
  mkdirSync(join(folder, 'ws'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(
  command: Command,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  const io: Io = {
    out: text => {
      out += text;
    },
    err: text => {
      err += text;
    },
    colours: false,
    showsProgress: false,
    columns: 100,
    env: { HOME: folder, PATH: process.env.PATH, ...env },
    cwd: join(folder, 'ws'),
    signal: new AbortController().signal,
    cancel: new Int32Array(1),
  };
  return { exit: await command.run(args, io), out, err };
}

/** A `python` that writes its arguments to a file, and then does as it is told. */
function python(then: string, path = join(folder, 'python')): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "$@" > ${join(folder, 'asked')}\n${then}\n`);
  chmodSync(path, 0o755);
  return path;
}
const asked = (): string => readFileSync(join(folder, 'asked'), 'utf8').trim();

describe('necktie fetch', () => {
  it('asks pip for the sources alone, into the cache', async () => {
    const { exit, out } = await run(fetchCommand, ['mmdet', 'mmcv', 'mmyolo==0.5.0', '--python', python('exit 0')]);
    const cache = join(folder, '.cache', 'necktie', 'libraries');
    expect(exit).toBe(0);
    expect(asked()).toBe(
      `-m pip install --quiet --disable-pip-version-check --no-deps --no-compile --upgrade --target ${cache} mmdet==3.3.0 mmcv-lite==2.0.1 mmyolo==0.5.0`,
    );
    expect(existsSync(cache)).toBe(true);
    expect(out).toContain(cache);
  });
  it('takes the version that the workspace asks for', async () => {
    writeFileSync(join(folder, 'ws', 'requirements.txt'), 'mmdet>=3.0,<3.2\n');
    await run(fetchCommand, ['mmdet', '--python', python('exit 0')]);
    expect(asked()).toMatch(/ mmdet>=3\.0,<3\.2$/);
  });
  it('keeps a version that another takes the place of, for the workspace that asks for it', async () => {
    const library = (version: string): string =>
      `mkdir -p ${cache}/mmdet && echo "__version__ = '${version}'" > ${cache}/mmdet/version.py && touch ${cache}/mmdet/__init__.py; exit 0`;
    const cache = join(folder, '.cache', 'necktie', 'libraries');
    const described = (): string =>
      environmentOf(
        new NodeHost(),
        { workspace: [join(folder, 'ws')], python: null, sitePackages: [], environment: true },
        { HOME: folder },
      ).description;
    await run(fetchCommand, ['mmdet==3.2.0', '--python', python(library('3.2.0'))]);
    await run(fetchCommand, ['mmdet==3.3.0', '--python', python(library('3.3.0'))]);
    expect(described()).toContain('mmdet 3.3.0');
    writeFileSync(join(folder, 'ws', 'requirements.txt'), 'mmdet>=3.0,<3.3\n');
    expect(described()).toContain('mmdet 3.2.0');
    writeFileSync(join(folder, 'ws', 'requirements.txt'), 'mmdet~=3.3\n');
    expect(described()).toContain('mmdet 3.3.0');
    writeFileSync(join(folder, 'ws', 'requirements.txt'), 'mmdet==2.0.0\n');
    expect(described()).toContain('mmdet 3.3.0');
  });
  it('says what to do without Python, without pip, and what pip said', async () => {
    expect(await run(fetchCommand, ['mmdet', '--python', join(folder, 'nowhere')])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('Install Python 3 with pip'),
    });
    expect(await run(fetchCommand, ['mmdet', '--python', python('echo "No module named pip" >&2; exit 1')])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('has no pip'),
    });
    expect(await run(fetchCommand, ['mmdet', '--python', python('echo "ERROR: no network" >&2; exit 1')])).toMatchObject({
      exit: 1,
      err: expect.stringContaining('ERROR: no network'),
    });
  });
  it("uses the environment's own pip, and the one on the path where that has none", async () => {
    const own = python('echo "No module named pip" >&2; exit 1', join(folder, 'ws', '.venv', 'bin', 'python'));
    const path = { PATH: `${join(folder, 'bin')}:/bin:/usr/bin` };
    python(`echo on the path >> ${join(folder, 'asked')}; exit 0`, join(folder, 'bin', 'python3'));
    expect((await run(fetchCommand, ['mmdet'], path)).exit).toBe(0);
    expect(asked()).toContain('on the path');
    python('exit 0', own);
    expect((await run(fetchCommand, ['mmdet'], path)).exit).toBe(0);
    expect(asked()).not.toContain('on the path');
    // A folder is an environment.
    expect((await run(fetchCommand, ['mmdet', '--python', '.venv'], path)).exit).toBe(0);
  });
  it('takes names of packages only', async () => {
    await expect(run(fetchCommand, [])).rejects.toThrow(Misuse);
    await expect(run(fetchCommand, ['git+ssh://x'])).rejects.toThrow(Misuse);
  });
});

describe('necktie registry', () => {
  it('prints the bundled facts where there is no environment', async () => {
    const { exit, out } = await run(registryCommand, ['--no-environment', '--json']);
    const records = out
      .trim()
      .split('\n')
      .map((line): { readonly registry: string; readonly name: string; readonly parameters: readonly { readonly name: string }[] } =>
        JSON.parse(line),
      );
    expect(exit).toBe(0);
    expect(records.length).toBe(1472);
    expect(
      records.find(({ registry, name }) => registry === 'mmdet::model' && name === 'FPN')?.parameters.map(({ name }) => name),
    ).toContain('num_outs');
  });
  it('prints what a workspace module registers, and what it takes', async () => {
    mkdirSync(join(folder, 'site', 'mmshapes'), { recursive: true });
    writeFileSync(join(folder, 'site', 'mmshapes', '__init__.py'), '');
    writeFileSync(
      join(folder, 'site', 'mmshapes', 'registry.py'),
      "from mmengine.registry import MODELS as ROOT, Registry\nMODELS = Registry('model', parent=ROOT)\n",
    );
    writeFileSync(
      join(folder, 'site', 'mmshapes', 'nets.py'),
      'from .registry import MODELS\n@MODELS.register_module()\nclass Net:\n    def __init__(self, width, depth=3):\n        pass\n',
    );
    const { out } = await run(registryCommand, ['mmshapes', '--site-packages', join(folder, 'site')]);
    expect(out).toContain('  mmshapes::model Net(width, depth=3)\n');
  });
});
