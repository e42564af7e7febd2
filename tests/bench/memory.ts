/**
 * Memory of the process, all its threads counted, while six hundred models of five libraries are checked one after another: in an editor's server, and on the command
 * line. What is wanted stands beside it; a figure that keeps growing is a leak.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DidCloseTextDocumentNotification } from 'vscode-languageserver/node';
import { SERVER_ENVIRONMENT } from '../../client/server-environment.ts';
import { walkConfigs } from '../../server/project/configs.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { NETWORK_CHANGED } from '../../server/protocol.ts';
import { Client, megabytesOf } from '../lsp/client.ts';
import { zoo } from '../zoo.ts';

const MODELS = 600;
const WANTED = 250;
const REST_MS = 8000;
const LOOK_MS = 50;
const LIBRARIES = ['mmyolo', 'mmdet', 'mmpretrain', 'mmselfsup', 'mmcls'];

/** Lines of text: megabytes after so many models, and of all the moments that were looked at the median, the 99th hundredth and the highest. */
export async function memoryTable(folder: string, models = MODELS): Promise<string> {
  const files = sample(models);
  const rows = [
    ['in an editor', await inEditor(files, SERVER_ENVIRONMENT)],
    ['server --stdio', await inEditor(files)],
    ['necktie check', await onCommandLine(['check', ...files, '--format', 'json'])],
    ['necktie model', await onCommandLine(['model', '--jsonl', casesOf(folder, files)])],
  ] as const;
  const told = rows.map(([what, seen]) => `  ${what.padEnd(16)}${seen.told}; ${spread(seen.all)}`);
  return `Memory of the process, ${files.length} models (wanted: ${WANTED} MB, and flat)\n${told.join('\n')}\n`;
}

interface Seen {
  readonly told: string;
  readonly all: readonly number[];
}

/** As many of each library, from all over it. */
function sample(models: number): readonly string[] {
  return LIBRARIES.flatMap(library => {
    const folder = join(zoo, library, '.mim/configs');
    const all = [...walkConfigs(new NodeHost(), folder)].filter(file => file.endsWith('.py') && !file.includes('/_base_/'));
    const most = Math.ceil(models / LIBRARIES.length);
    return all.length <= most ? all : Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)] ?? '');
  }).slice(0, models);
}

/** Each is opened, looked at until its model was run, and closed. `env`: as the extension starts the server; absent: as any editor does. */
async function inEditor(files: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Seen> {
  const { client } = await Client.start({ root: join(zoo, 'mmyolo/.mim/configs'), settings: { sitePackages: [zoo] }, env });
  let looked: (uri: string) => void = () => undefined;
  client.connection.onNotification(NETWORK_CHANGED, ({ uri }: { readonly uri: string }) => looked(uri));
  const all: number[] = [];
  const look = (): void => {
    const now = client.megabytes();
    if (now !== null) all.push(now);
  };
  // Within a run as well: between two of them garbage was collected.
  const timer = setInterval(look, LOOK_MS);
  const told: string[] = [];
  for (const [i, file] of files.entries()) {
    const uri = pathToFileURL(file).href;
    const done = new Promise<void>(resolve => {
      looked = of => of === uri && resolve();
    });
    await client.open(uri, readFileSync(file, 'utf8'));
    await done;
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    look();
    if (isTold(i, files.length)) told.push(`${all.at(-1)?.toFixed(0)} MB after ${i + 1}`);
  }
  // Nothing is typed for a while.
  await pause(REST_MS);
  clearInterval(timer);
  const rest = client.megabytes() ?? NaN;
  await client.stop();
  return { told: `${told.join(', ')}, ${rest.toFixed(0)} MB when it rests`, all };
}

async function onCommandLine(args: readonly string[]): Promise<Seen> {
  const program = process.env['NECKTIE_PROGRAM'] ?? fileURLToPath(new URL('../../dist/server/cli.mjs', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [program, ...args, '--site-packages', zoo], { stdio: 'ignore' });
  const all: number[] = [];
  const timer = setInterval(() => {
    const now = child.pid === undefined ? null : megabytesOf(child.pid);
    if (now !== null) all.push(now);
  }, LOOK_MS);
  await new Promise(resolve => child.once('exit', resolve));
  clearInterval(timer);
  const told = [1, 2, 3, 4].map(part => `${all[Math.floor((part * (all.length - 1)) / 4)]?.toFixed(0)} MB after ${part}/4 of the time`);
  return { told: told.join(', '), all };
}

function spread(all: readonly number[]): string {
  const sorted = all.toSorted((a, b) => a - b),
    at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? NaN).toFixed(0);
  return `median ${at(0.5)}, 99 % ${at(0.99)}, the highest ${at(1)} MB`;
}

const isTold = (i: number, of: number): boolean => (i + 1) % Math.ceil(of / 4) === 0 || i + 1 === of;

function casesOf(folder: string, files: readonly string[]): string {
  const cases = join(folder, 'memory-cases.jsonl');
  writeFileSync(cases, files.map(config => `${JSON.stringify({ config })}\n`).join(''));
  return cases;
}
