/** A worker that dies takes no answer with it for long: the next one is greeted with all it must know, and all is asked again. */
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { WorkerClient } from '../../server/lsp/worker-client.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { startWorker } from '../../server/worker/start.ts';
import { diagnosedDocument } from './diagnosed-document.ts';

const URI = 'file:///nowhere/configs/a.py';

function serverWithout(connection: { readonly published: Map<string, readonly Diagnostic[]> }) {
  const started: Worker[] = [];
  let deaths = 0;
  const server = diagnosedDocument({
    uri: URI,
    root: '/nowhere',
    settings: { ...DEFAULT_SETTINGS, environment: false },
    deep: (events, start) => new WorkerClient({ kind: 'deep' }, events, start),
    start: role => {
      const made = startWorker(role);
      started.push(made.worker);
      return made;
    },
    published: (_, diagnostics) => void connection.published.set(URI, diagnostics),
    died: () => void deaths++,
  });
  return { ...server, started, deaths: () => deaths };
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
