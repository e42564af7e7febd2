import { basename } from 'node:path';
import { type CancellationToken, commands, type Disposable, ProgressLocation, Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { BACKBONES, type BackbonesResult, REPLACE_BACKBONE, type ReplaceBackboneResult } from '../../server/protocol.ts';
import { configOf } from '../config-document.ts';
import type { Server } from '../language-server.ts';
import { rangeOf } from '../range.ts';
import { replacedText } from './backbone-words.ts';
import { askNeeds, chooseBackbone } from './choose-backbone.ts';

type Replaced = Extract<ReplaceBackboneResult, { kind: 'replaced' }>;

/** "Replace Backbone…": which one, then where it is written. Nothing is shown that was not run. */
export const createReplaceBackbone = (server: Server): Disposable =>
  commands.registerCommand('necktie.replaceBackbone', async (target?: unknown) => {
    const config = configOf(target);
    if (config === undefined) return window.showInformationMessage('Open the config whose backbone is to be replaced, then ask again.');
    await server.started;
    const list = await waiting('Looking at the model', token =>
      server.client.sendRequest<BackbonesResult>(BACKBONES, { uri: config.toString() }, token),
    );
    if (list === undefined) return undefined;
    if (list.kind === 'refused') return window.showWarningMessage(`${list.reason}.`);
    for (;;) {
      const chosen = await chooseBackbone(server, config, list);
      const set = chosen && (await askNeeds(chosen));
      if (chosen === undefined || set === undefined) return undefined;
      const done = await waiting(`Putting ${chosen.type} in`, token =>
        server.client.sendRequest<ReplaceBackboneResult>(REPLACE_BACKBONE, { uri: config.toString(), type: chosen.type, set }, token),
      );
      if (done === undefined) return undefined;
      if (done.kind === 'replaced') return write(config, chosen.type, done);
      const again = await window.showWarningMessage(`${done.reason}.`, 'Choose Another');
      if (again === undefined) return undefined;
    }
  });

/** With a notification that can be cancelled. Undefined: it was, or the server is gone, which is told. */
async function waiting<T>(title: string, ask: (token: CancellationToken) => Promise<T>): Promise<T | undefined> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (_, token) => {
    try {
      return await ask(token);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!token.isCancellationRequested) void window.showErrorMessage(`The server did not answer: ${reason}.`);
      return undefined;
    }
  });
}

async function write(config: Uri, type: string, done: Replaced): Promise<void> {
  const file = Uri.parse(done.uri);
  const places = [
    {
      label: '$(new-file) New Config',
      description: basename(file.fsPath),
      detail: 'beside this one, which becomes its base',
      into: 'file',
    },
    { label: '$(file) Untitled Config', description: 'nothing is saved yet', into: 'untitled' },
    ...(done.edits
      ? [{ label: '$(edit) This Config', description: basename(config.fsPath), detail: 'the changes are shown first', into: 'config' }]
      : []),
  ] as const;
  const chosen = await window.showQuickPick(places, { title: replacedText(type, done), placeHolder: 'Where is it to be written?' });
  if (chosen === undefined) return;
  if (chosen.into === 'config') {
    // Looked through, and discarded.
    if (!(await change(config, done))) return;
  } else if (chosen.into === 'file') await create(file, done.text);
  else await showUntitled(file, done.text);
  void tell(chosen.into === 'file' ? file : null, type, done);
}

/** What it has become, and what is to be thought of besides. `file`: where it was written, to be compared with what it rests on. */
async function tell(file: Uri | null, type: string, done: Replaced): Promise<void> {
  const words = [`${replacedText(type, done)}.`, ...done.notes].join(' ');
  const compare = await window.showInformationMessage(words, ...(file ? ['Compare With Base'] : []));
  if (compare !== undefined) await commands.executeCommand('necktie.compareWithBase', file);
}

/** As edits that the user looks through before they count. */
async function change(config: Uri, { edits }: Replaced): Promise<boolean> {
  const edit = new WorkspaceEdit();
  for (const { range, newText } of edits ?? []) {
    edit.replace(config, rangeOf(range), newText, {
      needsConfirmation: true,
      label: 'Replace Backbone',
    });
  }
  return workspace.applyEdit(edit);
}

async function create(file: Uri, text: string): Promise<void> {
  if (await exists(file)) {
    const over = await window.showWarningMessage(
      `${basename(file.fsPath)} is there already.`,
      { modal: true },
      'Overwrite',
      'Open Untitled',
    );
    if (over === undefined) return;
    if (over === 'Open Untitled') return showUntitled(file, text);
  }
  await workspace.fs.writeFile(file, Buffer.from(text));
  await window.showTextDocument(file, { preview: false });
}

/** Under the name that it would be saved by, where that is free. */
async function showUntitled(file: Uri, text: string): Promise<void> {
  if (await exists(file)) {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'python', content: text }), { preview: false });
    return;
  }
  const untitled = file.with({ scheme: 'untitled' });
  const document = await workspace.openTextDocument(untitled);
  const edit = new WorkspaceEdit();
  edit.replace(untitled, new Range(0, 0, document.lineCount, 0), text);
  await workspace.applyEdit(edit);
  await window.showTextDocument(document, { preview: false });
}

async function exists(file: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(file)).then(
    () => true,
    () => false,
  );
}
