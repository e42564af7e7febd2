/** The official configs: read cold, against mmengine; and served to an editor, over a pipe as an editor does. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CompletionRequest, ReferencesRequest } from 'vscode-languageserver/node';
import { walkConfigs } from '../../server/project/configs.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { COMMAND_FLAGS } from '../../server/worker/engine.ts';
import { Client } from '../lsp/client.ts';
import { zoo } from '../zoo.ts';
import type { ColdReading } from './cold.ts';
import { mmengineTime } from './mmengine.ts';
import { quantile, type Row } from './timing.ts';

const configsOf = (library: string): string => join(zoo, library, '.mim/configs');
const LIBRARIES = ['mmyolo', 'mmdet', 'mmcls', 'mmpretrain', 'mmselfsup'];

export async function coldRows(reference: Row['of']): Promise<readonly Row[]> {
  const folder = configsOf('mmyolo');
  const files = [...walkConfigs(new NodeHost(), folder)].filter(file => file.endsWith('.py'));
  const real = mmengineTime(files);
  const runs: ColdReading[] = [];
  for (let i = 0; i < 5; i++) {
    const program = fileURLToPath(new URL('./cold.mjs', import.meta.url));
    runs.push(
      JSON.parse(execFileSync(process.execPath, ['--stack-size=7000', ...COMMAND_FLAGS, program, folder, zoo], { encoding: 'utf8' })),
    );
  }
  runs.sort((a, b) => a.reading - b.reading);
  const middle = runs[2];
  if (!middle) return [];
  const of = real ? { name: "mmengine's Config.fromfile", milliseconds: real.milliseconds } : reference;
  return [
    ...(real ? [{ what: `mmengine reads all ${files.length} mmyolo configs`, milliseconds: real.milliseconds, of: reference }] : []),
    { what: `all ${middle.files} of them, in a process that has read none before`, milliseconds: middle.reading, of },
    { what: 'loading the parser, before that', milliseconds: middle.parser, of },
  ];
}

/** The zoo as one workspace. */
export async function editorRows(of: Row['of']): Promise<readonly Row[]> {
  const root = mkdtempSync(join(tmpdir(), 'necktie-bench-'));
  for (const library of LIBRARIES) {
    if (existsSync(configsOf(library))) cpSync(configsOf(library), join(root, library, 'configs'), { recursive: true });
  }
  try {
    return [...(await typingRows(root, of)), ...(await indexRows(root, of)), ...(await baseRows(root, of))];
  } finally {
    rmSync(root, { recursive: true });
  }
}

const settings = { sitePackages: [zoo] };
const open = async (client: Client, path: string): Promise<string> => {
  const uri = pathToFileURL(path).href;
  await client.open(uri, readFileSync(path, 'utf8'));
  return uri;
};

/** In the largest config, with all it rests on: a number is typed, and a line that is not whole yet; and what is offered while its model runs. */
async function typingRows(root: string, of: Row['of']): Promise<readonly Row[]> {
  const { client } = await Client.start({ root: join(root, 'mmyolo'), settings });
  const uri = await open(client, join(root, 'mmyolo/configs/yolov8/yolov8_s_syncbn_fast_8xb16-500e_coco.py'));
  await client.diagnostics(uri, () => true);
  await client.logs('are known');
  const text = client.text(uri);
  const typed = async (line: (i: number) => string): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let i = 0; i < 160; i++) {
      const began = performance.now();
      await client.write(uri, `${text}\n${line(i)}\n`);
      await client.diagnostics(uri, () => true);
      times.push(performance.now() - began);
      await pause(20);
    }
    // The first ones meet code that was never run before.
    return times.slice(40);
  };
  const whole = await typed(i => `model = dict(neck=dict(num_csp_blocks=${i}))`);
  const half = await typed(i => `model = dict(neck=dict(num_csp_blocks=${i}, widen_`);
  const offered: number[] = [];
  const line = "train_pipeline = [dict(type='mmdet.Res')]";
  for (let i = 0; i < 60; i++) {
    // Each edit has the model run again, once nothing was typed for a moment.
    if (i % 6 === 0) {
      await client.write(uri, `${text}\nx = ${i}\n${line}\n`);
      await pause(250);
    }
    const began = performance.now();
    await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: client.position(uri, 'mmdet.Res', true),
    });
    offered.push(performance.now() - began);
    await pause(15);
  }
  await client.stop();
  return [
    { what: 'key to diagnostics, a number, median', milliseconds: quantile(whole, 0.5), of },
    { what: 'key to diagnostics, a number, p95', milliseconds: quantile(whole, 0.95), of },
    { what: 'key to diagnostics, a line half typed, median', milliseconds: quantile(half, 0.5), of },
    { what: 'key to diagnostics, a line half typed, p95', milliseconds: quantile(half, 0.95), of },
    { what: 'completion while the model runs, p95', milliseconds: quantile(offered, 0.95), of },
  ];
}

async function indexRows(root: string, of: Row['of']): Promise<readonly Row[]> {
  const { client } = await Client.start({ root, settings });
  const uri = await open(client, join(root, 'mmdet/configs/_base_/default_runtime.py'));
  await client.diagnostics(uri, () => true);
  const began = performance.now();
  const told = await client.logs('are known');
  const indexed = performance.now() - began;
  const megabytes = client.megabytes();
  const references = async (key: string): Promise<Row> => {
    const start = performance.now();
    const position = client.position(uri, key);
    const found = await client.connection.sendRequest(ReferencesRequest.type, {
      textDocument: { uri },
      position,
      context: { includeDeclaration: false },
    });
    return { what: `who overrides ${key} of mmdet's default_runtime (${found?.length ?? 0})`, milliseconds: performance.now() - start, of };
  };
  const rows = [await references('default_hooks'), await references('env_cfg'), await references('log_level')];
  await client.stop();
  const memory = megabytes === null ? '' : `; the server has ${megabytes.toFixed(0)} MB`;
  return [
    { what: `the libraries, and an index of the zoo as a workspace (${/\d+/.exec(told)?.[0]} files${memory})`, milliseconds: indexed, of },
    ...rows,
  ];
}

/** A hundred open configs on one base, in which a number changes. */
async function baseRows(root: string, of: Row['of']): Promise<readonly Row[]> {
  const { client } = await Client.start({ root: join(root, 'mmdet'), settings });
  const folder = join(root, 'mmdet/configs');
  const base = await open(client, join(folder, '_base_/default_runtime.py'));
  const files = [...walkConfigs(new NodeHost(), folder)]
    .filter(file => /default_runtime\.py'/.test(readFileSync(file, 'utf8')))
    .slice(0, 100);
  const uris: string[] = [];
  for (const file of files) uris.push(await open(client, file));
  for (const uri of uris) await client.diagnostics(uri, () => true, 60_000);
  await client.logs('are known');
  const child = uris[50] ?? base;
  const first: number[] = [];
  const all: number[] = [];
  const asked: number[] = [];
  for (let i = 0; i < 8; i++) {
    await pause(400);
    const before = uris.map(uri => client.times(uri));
    const began = performance.now();
    await client.write(base, `${client.text(base)}\n# ${i}\n`);
    const offered = client.connection
      .sendRequest(CompletionRequest.type, { textDocument: { uri: child }, position: { line: 0, character: 0 } })
      .then(() => asked.push(performance.now() - began));
    await client.diagnostics(base, () => true);
    first.push(performance.now() - began);
    await Promise.all(uris.map((uri, j) => client.told(uri, (before[j] ?? 0) + 1)));
    all.push(performance.now() - began);
    await offered;
  }
  await client.stop();
  return [
    { what: 'an edit in a base of 100 open configs: the one in sight', milliseconds: quantile(first, 0.5), of },
    { what: 'all of them', milliseconds: quantile(all, 0.5), of },
    { what: 'a completion asked meanwhile', milliseconds: quantile(asked, 0.5), of },
  ];
}
