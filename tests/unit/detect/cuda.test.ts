/** CUDA as it is set up: a copy of onnxruntime with the library that pip fetched, NVIDIA's libraries from the Python environment, and what is told where one lacks. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../../../runtime/session/session.ts';
import type { Io } from '../../../server/cli/command.ts';
import { setUpCuda } from '../../../server/cli/set-up-cuda.ts';
import { cudaFolder, cudaVariables, onnxruntimeBeside, takesCuda } from '../../../server/detect/cuda.ts';
import { assets } from '../../../server/project/assets.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { inferenceProgram } from '../../inference-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-cuda-'));
const env = { XDG_CACHE_HOME: join(folder, 'cache') };
const host = new NodeHost();
let program: string;
beforeAll(async () => {
  program = await inferenceProgram();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A Python whose pip lays out a wheel, or does what else is said. */
function python(name: string, does: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${does}\n`);
  chmodSync(path, 0o755);
  return path;
}
/** `$target`: where it was told to. */
const INSTALLS = `printf '%s\\n' "$*" > '${folder}/asked'
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/onnxruntime/capi"
echo other > "$2/onnxruntime/capi/libonnxruntime.so.1"
for one in cuda shared; do echo library > "$2/onnxruntime/capi/libonnxruntime_providers_$one.so"; done`;

async function setUp(by: string): Promise<{ readonly done: boolean; readonly told: string }> {
  let told = '';
  const io: Io = {
    cwd: folder,
    env: { ...process.env, ...env },
    colours: false,
    showsProgress: false,
    columns: 80,
    cancel: new Int32Array(2),
    signal: new AbortController().signal,
    out: text => void (told += text),
    err: text => void (told += text),
  };
  const done = await setUpCuda({ root: folder, python: by, sitePackages: [], environment: true }, io);
  return { done, told };
}
const cache = join(folder, 'cache', 'necktie', 'cuda');

describe.skipIf(!takesCuda())('setting CUDA up', () => {
  it('needs nothing to be there: until then there is nothing to tell the process', () =>
    expect(cudaVariables(host, env, program, [folder])).toEqual({}));
  it.each([
    [
      'pip fails',
      'echo "ERROR: No matching distribution found" >&2; exit 1',
      /pip could not fetch onnxruntime-gpu==[\d.]+:\nERROR: No match/,
    ],
    ['there is no pip', 'echo "/usr/bin/python3: No module named pip" >&2; exit 1', /this Python has no pip. Install it/],
    ['what was fetched holds no library', 'exit 0', /onnxruntime-gpu==[\d.]+ holds no library for CUDA/],
  ])('is told where %s, and leaves nothing', async (_, does, text) => {
    const { done, told } = await setUp(python('failing', does));
    expect(done).toBe(false);
    expect(told).toMatch(text);
    expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([]);
  });
  it('lays a copy of onnxruntime out with the library beside it, for the version that is used', async () => {
    const own = onnxruntimeBeside(host, assets.inference);
    const { done, told } = await setUp(python('installing', INSTALLS));
    expect([done, told]).toEqual([true, `CUDA for onnxruntime ${own?.version}: in ${own && cudaFolder(env, own)}\n`]);
    expect(readdirSync(cache)).toEqual([own?.version]);
    expect(host.read(join(folder, 'asked'))).toMatch(new RegExp(`--no-deps .*--only-binary=:all: .*onnxruntime-gpu==${own?.version}`));
  });
  it('what a set-up that was killed has left is taken away by the next, and what another is making is not', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const machine = hostname().replace(/[^\w-]/g, '_');
    const leave = (name: string, days: number): void => {
      mkdirSync(join(cache, name, 'onnxruntime'), { recursive: true });
      writeFileSync(join(cache, name, 'onnxruntime', 'library.so'), 'half of it');
      const at = Date.now() / 1000 - days * 86_400;
      utimesSync(join(cache, name), at, at);
    };
    const left = [`fetching-${machine}.${dead}-a1b2c3`, `9.9.9.${machine}.${dead}`, 'fetching-a1b2c3'];
    // A process of that number may live on another machine that has the same cache.
    const others = [`fetching-${machine}.${process.pid}-a1b2c3`, `fetching-elsewhere.${dead}-a1b2c3`, '9.9.8'];
    for (const name of [...left, ...others]) leave(name, name === 'fetching-a1b2c3' ? 2 : 0);
    leave('fetching-elsewhere.1-a1b2c3', 2);
    const before = readdirSync(cache).filter(name => !name.startsWith('fetching-') && !name.startsWith('9.'));
    expect((await setUp(python('installing', INSTALLS))).done).toBe(true);
    expect(readdirSync(cache).toSorted()).toEqual([...before, ...others].toSorted());
    for (const name of others) rmSync(join(cache, name), { recursive: true });
  });
  it('then tells the process where it lies, and NVIDIA’s libraries of the environment after what the user has set', () => {
    const packages = join(folder, 'site-packages');
    for (const part of ['cu13/lib', 'cudnn/lib']) mkdirSync(join(packages, 'nvidia', part), { recursive: true });
    const told = cudaVariables(host, { ...env, LD_LIBRARY_PATH: '/own' }, program, [join(folder, 'elsewhere'), packages]);
    expect(told.LD_LIBRARY_PATH).toBe(`/own:${packages}/nvidia/cu13/lib:${packages}/nvidia/cudnn/lib`);
    expect(told.NECKTIE_ONNXRUNTIME).toMatch(/1\.\d+\.\d+\/node_modules\/onnxruntime-node\/dist\/index\.js$/);
    const { LD_LIBRARY_PATH: _, ...others } = told;
    expect(cudaVariables(host, env, program, [])).toEqual(others);
  });
  it('tells it to compute float32 in full, unless the user has said otherwise', () => {
    expect(cudaVariables(host, env, program, [])).toMatchObject({ NVIDIA_TF32_OVERRIDE: '0' });
    const own = { NVIDIA_TF32_OVERRIDE: '1' };
    expect(cudaVariables(host, { ...env, ...own }, program, [])).toMatchObject(own);
  });
  it('a library that will not load costs CUDA alone, and what the loader says is told', async () => {
    const session = new Session({ program, variables: () => cudaVariables(host, env, program, []) });
    try {
      await expect(session.time('cuda')).rejects.toThrow(/file too short|invalid ELF header/);
      expect(await session.time('cpu')).toBeGreaterThan(0);
    } finally {
      session.close();
    }
  });
  it('a copy that is gone costs nothing but CUDA', async () => {
    const session = new Session({ program, variables: () => ({ NECKTIE_ONNXRUNTIME: join(folder, 'gone', 'dist', 'index.js') }) });
    try {
      // Where there is a driver, setting it up helps.
      const told = existsSync('/proc/driver/nvidia')
        ? /“Set Up CUDA” \(necktie devices --set-up-cuda\) fetches it/
        : /there is no NVIDIA driver/;
      await expect(session.time('cuda')).rejects.toThrow(told);
      expect(await session.time('cpu')).toBeGreaterThan(0);
    } finally {
      session.close();
    }
  });
});
