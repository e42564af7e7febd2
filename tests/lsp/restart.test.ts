/** A worker that dies takes no answer with it for long: the next one is greeted with all it must know, and all is asked again. */
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { Diagnosis } from '../../server/lsp/diagnosis.ts';
import { Documents } from '../../server/lsp/documents.ts';
import { Uris } from '../../server/lsp/uris.ts';
import { WorkerClient } from '../../server/lsp/worker-client.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { ToWorker } from '../../server/worker/messages.ts';
import { startWorker } from '../../server/worker/start.ts';

const URI = 'file:///nowhere/configs/a.py';

function serverWithout(connection: { readonly published: Map<string, readonly Diagnostic[]> }) {
  const documents = new Documents(new Uris());
  const started: Worker[] = [];
  const start: typeof startWorker = role => {
    const made = startWorker(role);
    started.push(made.worker);
    return made;
  };
  let deaths = 0;
  const workspace: ToWorker = { kind: 'workspace', roots: ['/nowhere'], settings: { ...DEFAULT_SETTINGS, environment: false } };
  const events = {
    greet: () => [workspace, ...documents.all().map(({ path, uri, text }): ToWorker => ({ kind: 'document', path, uri, text }))],
    installed: () => undefined,
    died: () => {
      deaths++;
      diagnosis.ended();
    },
    status: () => undefined,
    indexed: () => undefined,
  };
  const quick = new WorkerClient({ kind: 'quick' }, events, start);
  const deep = new WorkerClient({ kind: 'deep' }, events, start);
  const diagnosis: Diagnosis = new Diagnosis({
    documents,
    quick,
    deep,
    publish: (uri, _, diagnostics) => void connection.published.set(uri, diagnostics),
    busy: () => undefined,
    modelKnown: () => undefined,
    looked: () => undefined,
    log: () => undefined,
  });
  const write = (version: number, text: string): void => {
    const document = version === 1 ? documents.open(URI, version, text) : documents.change(URI, version, [{ text }]);
    if (!document) throw new Error(`${URI} is no file`);
    for (const worker of [quick, deep]) worker.tell({ kind: 'document', path: document.path, uri: URI, text });
    diagnosis.edited(URI);
  };
  const close = async (): Promise<void> => {
    diagnosis.stop();
    await Promise.all([quick.close(), deep.close()]);
  };
  return { write, close, started, diagnosis, quick, deaths: () => deaths };
}
const codes = (found: readonly Diagnostic[] | undefined) => found?.map(d => d.code);

test('the verdict of the same text arrives from the next worker', async () => {
  const published = new Map<string, readonly Diagnostic[]>();
  const { write, close, started, deaths } = serverWithout({ published });
  write(1, "default_scope = 'mmdet'\na = b\n");
  await expect.poll(() => codes(published.get(URI)), { timeout: 20_000 }).toEqual(['undefined-name']);
  published.clear();
  await started[0]?.terminate();
  await expect.poll(() => codes(published.get(URI)), { timeout: 20_000 }).toEqual(['undefined-name']);
  expect([started.length, deaths()]).toEqual([2, 1]);
  write(2, "default_scope = 'mmdet'\na = 1\n");
  await expect.poll(() => codes(published.get(URI)), { timeout: 20_000 }).toEqual([]);
  await close();
}, 60_000);

test('what was asked of the dead one is not waited for', async () => {
  const { write, close, started, quick } = serverWithout({ published: new Map() });
  write(1, "default_scope = 'mmdet'\n");
  const asked = quick.request('symbols', { path: '/nowhere/configs/a.py' });
  await started[0]?.terminate();
  await expect(asked).rejects.toThrow('the worker ended');
  await expect(quick.request('symbols', { path: '/nowhere/configs/a.py' })).resolves.toMatchObject([{ name: 'default_scope' }]);
  await close();
}, 60_000);

test('a text at which workers end again and again is left alone until it is edited', async () => {
  const published = new Map<string, readonly Diagnostic[]>();
  const { write, close, started } = serverWithout({ published });
  write(1, "default_scope = 'mmdet'\n");
  for (let i = 0; i < 3; i++) {
    await expect.poll(() => started.length, { timeout: 20_000 }).toBe(i + 1);
    await started[i]?.terminate();
  }
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(started.length).toBe(3);
  write(2, "default_scope = 'mmdet'\na = b\n");
  await expect.poll(() => codes(published.get(URI)), { timeout: 20_000 }).toEqual(['undefined-name']);
  await close();
}, 60_000);
