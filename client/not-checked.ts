import { commands, Disposable, EventEmitter, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import { NOT_CHECKED, type NotCheckedParams, type NotCheckedResult } from '../server/protocol.ts';
import { configOf } from './config-document.ts';
import type { Server } from './language-server.ts';

const SCHEME = 'necktie-not-checked';

/** "What Was Not Checked?": a read-only document; asked for again, it is made anew. */
export function createNotChecked(server: Server): Disposable {
  const changed = new EventEmitter<Uri>();
  const provider: TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent({ query }) {
      await server.started;
      const params: NotCheckedParams = { uri: query };
      const found: NotCheckedResult = await server.client.sendRequest(NOT_CHECKED, params);
      return found ?? 'This file is no config that Necktie knows.\n';
    },
  };
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, provider),
    commands.registerCommand('necktie.whatWasNotChecked', async (target?: unknown) => {
      const config = configOf(target);
      if (!config) return void window.showInformationMessage('Open the config to look at first.');
      const name = config.path.slice(config.path.lastIndexOf('/') + 1);
      const uri = Uri.from({ scheme: SCHEME, path: `/${name} (not checked).md`, query: config.toString() });
      changed.fire(uri);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    }),
  );
}
