/** `necktie resolve` on the sample workspace. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EXIT, type Io, Misuse } from '../../../server/cli/command.ts';
import { resolveCommand } from '../../../server/cli/resolve.ts';

const here = fileURLToPath(new URL('../../../', import.meta.url));

const run = (...args: string[]) => runIn(here, ...args);
async function runIn(cwd: string, ...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
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
    env: {},
    cwd,
    signal: new AbortController().signal,
    cancel: new Int32Array(1),
  };
  return { code: await resolveCommand.run([...args, '--no-environment'], io), out, err };
}

const RESNET = 'configs/yolov5_s-v61_syncbn_8xb16-300e_coco_mmdet-resnet50.py';

test('--canonical: a record a file, of a folder all', async () => {
  const { code, out } = await run('configs/broken', RESNET, '--canonical');
  const records = out
    .trim()
    .split('\n')
    .map((line): { file: string; ok: boolean; value: { channels?: number[] } } => JSON.parse(line));
  expect(code).toBe(EXIT.fine);
  expect(records.map(r => r.file)).toEqual([
    ...['neck-channels', 'out-indices', 'widen-factor'].map(name => `configs/broken/resnet50_${name}.py`),
    RESNET,
  ]);
  expect(records.at(-1)?.value.channels).toEqual([512, 1024, 2048]);
});
test('--origins: where a number was written', async () => {
  const { out } = await run(RESNET, '--origins');
  expect(out).toMatch(/^model\.neck\.in_channels\[2\] = 2048 {2}configs\/yolov5_s\S*_mmdet-resnet50\.py:8:24$/m);
  expect(out).toMatch(
    /^model\.neck\.widen_factor = 1\.0 {2}\S+resnet50\.py:25:9, value \S+resnet50\.py:25:22 {2}from \S+resnet50\.py:6:16 {2}overrides \S+coco\.py:\d+:9 \(widen_factor\)$/m,
  );
});
test('as Python', async () => {
  const { code, out, err } = await run(RESNET);
  expect(code).toBe(EXIT.fine);
  expect(out).toContain('channels = [512, 1024, 2048]\n');
  expect(err).toBe('');
});
test('no file', async () => {
  await expect(run()).rejects.toThrow(Misuse);
  await expect(run('configs/nowhere.py')).rejects.toThrow(Misuse);
});

test('modules of a project within the workspace, as the editor finds them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'necktie-'));
  try {
    mkdirSync(join(folder, 'projects/one/configs'), { recursive: true });
    writeFileSync(join(folder, 'projects/one/own_names.py'), "NAMES = ('a', 'b')\n");
    writeFileSync(join(folder, 'projects/one/configs/base.py'), 'x = 1\n');
    writeFileSync(join(folder, 'projects/one/configs/c.py'), "_base_ = 'base.py'\nfrom own_names import NAMES\nn = len(NAMES)\n");
    const { out } = await runIn(folder, 'projects/one/configs/c.py', '--canonical');
    expect(JSON.parse(out).value).toEqual({ x: 1, NAMES: { $tuple: ['a', 'b'] }, n: 2 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
