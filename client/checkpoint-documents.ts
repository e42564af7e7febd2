import { basename } from 'node:path';
import { CancellationTokenSource, commands, Disposable, Uri, window, workspace } from 'vscode';
import { INSPECT, type InspectParams, type InspectResult } from '../server/protocol.ts';
import { askServer } from './ask-server.ts';
import { configOf } from './config-document.ts';
import type { Server } from './language-server.ts';

const SCHEME = 'necktie-checkpoint';
/** Texts that stay: a table that is shown is read again whenever its tab is, and is no open document meanwhile. */
const MOST = 30;

/** "Inspect Checkpoint": a read-only document with its tables; and its config beside the one that is open. */
export function createCheckpointDocuments(server: Server): Disposable {
  const texts = new Map<string, string>();
  const documentOf = (checkpoint: string, ending: string, text: string): Uri => {
    const uri = Uri.from({ scheme: SCHEME, path: `${Uri.file(checkpoint).path}${ending}` });
    // The last one asked for is the last to go.
    texts.delete(uri.toString());
    texts.set(uri.toString(), text);
    for (const old of texts.keys()) {
      if (texts.size <= MOST) break;
      texts.delete(old);
    }
    return uri;
  };
  const inspect = async (target: unknown): Promise<void> => {
    const shown = target instanceof Uri ? undefined : configOf(undefined);
    const checkpoint = target instanceof Uri ? target.fsPath : await ask(shown);
    if (checkpoint === undefined) return;
    const config = shown ?? configOf(undefined);
    const params: InspectParams = { checkpoint, config: config?.fsPath ?? null };
    const answer = await askServer(server, INSPECT, params, new CancellationTokenSource().token);
    if (answer.kind === 'problem') return void window.showErrorMessage(`${answer.title}. ${answer.text}`);
    const table = documentOf(checkpoint, '.md', answer.text);
    await showTable(table);
    await offerConfig(answer, checkpoint, config);
  };
  const offerConfig = async ({ config: inside, other }: InspectResult, checkpoint: string, config: Uri | undefined): Promise<void> => {
    if (inside === null) return;
    const name = basename(checkpoint);
    const own = documentOf(checkpoint, ' (config).py', inside);
    if (other === null || config === undefined) {
      const answer = await window.showInformationMessage(`${name} holds the config that it was trained with.`, 'Show Config');
      if (answer !== undefined) await window.showTextDocument(await workspace.openTextDocument(own), { preview: false });
      return;
    }
    const opened = basename(config.fsPath);
    if (inside === other) return void window.showInformationMessage(`${name} was trained with ${opened} as it is now.`);
    const answer = await window.showInformationMessage(`${name} was trained with another config than ${opened} is now.`, 'Compare');
    const now = documentOf(config.fsPath, ' (resolved).py', other);
    if (answer !== undefined) await commands.executeCommand('vscode.diff', own, now, `${name} ↔ ${opened}`);
  };
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: uri => texts.get(uri.toString()) ?? '' }),
    commands.registerCommand('necktie.inspectCheckpoint', inspect),
  );
}

/** As tables, by the editor's own Markdown; where that is switched off, as text. */
async function showTable(table: Uri): Promise<void> {
  const document = await workspace.openTextDocument(table);
  try {
    await commands.executeCommand('markdown.showPreview', table);
  } catch {
    await window.showTextDocument(document, { preview: false });
  }
}

async function ask(near: Uri | undefined): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    title: 'Inspect Checkpoint',
    openLabel: 'Inspect',
    ...(near && { defaultUri: Uri.joinPath(near, '..') }),
    filters: { Checkpoints: ['pth', 'pt', 'safetensors'], 'All files': ['*'] },
  });
  return chosen?.[0]?.fsPath;
}
