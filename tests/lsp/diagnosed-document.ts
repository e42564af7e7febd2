import type { Diagnostic } from 'vscode-languageserver/node';
import { Diagnosis } from '../../server/lsp/diagnosis.ts';
import { Documents } from '../../server/lsp/documents.ts';
import { Uris } from '../../server/lsp/uris.ts';
import { WorkerClient, type WorkerEvents } from '../../server/lsp/worker-client.ts';
import type { Settings } from '../../server/project/settings.ts';
import type { ToWorker } from '../../server/worker/messages.ts';
import type { startWorker } from '../../server/worker/start.ts';

interface Wish<Deep extends WorkerClient> {
  readonly uri: string;
  readonly root: string;
  readonly settings: Settings;
  readonly deep: (events: WorkerEvents, start?: typeof startWorker) => Deep;
  readonly start?: typeof startWorker;
  readonly published: (version: number | undefined, diagnostics: readonly Diagnostic[]) => void;
  readonly died?: () => void;
  readonly looked?: () => void;
}

/** One document, its two workers and what is said of it: the server without its connection. */
export function diagnosedDocument<Deep extends WorkerClient>({ uri, root, settings, start, deep: deepOf, ...heard }: Wish<Deep>) {
  const documents = new Documents(new Uris());
  const workspace: ToWorker = { kind: 'workspace', roots: [root], settings };
  const events: WorkerEvents = {
    greet: () => [workspace, ...documents.all().map(({ path, uri, text }): ToWorker => ({ kind: 'document', path, uri, text }))],
    installed: () => undefined,
    died: () => {
      heard.died?.();
      diagnosis.ended();
    },
    status: () => undefined,
    indexed: () => undefined,
  };
  const quick = new WorkerClient({ kind: 'quick' }, events, start);
  const deep = deepOf(events, start);
  const diagnosis: Diagnosis = new Diagnosis({
    documents,
    quick,
    deep,
    publish: (_, version, diagnostics) => heard.published(version, diagnostics),
    busy: () => undefined,
    modelKnown: () => undefined,
    looked: () => heard.looked?.(),
    log: () => undefined,
  });
  return {
    diagnosis,
    quick,
    deep,
    /** The first version opens it. */
    write(version: number, text: string): void {
      const document = version === 1 ? documents.open(uri, version, text) : documents.change(uri, version, [{ text }]);
      if (!document) throw new Error(`${uri} is no file`);
      for (const worker of [quick, deep]) worker.tell({ kind: 'document', path: document.path, uri, text });
      diagnosis.edited(uri);
    },
    async close(): Promise<void> {
      diagnosis.stop();
      await Promise.all([quick.close(), deep.close()]);
    },
  };
}
