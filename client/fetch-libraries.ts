import { type ExtensionContext, Uri, window } from 'vscode';
import { FileChangeType } from 'vscode-languageclient/node';
import type { Server } from './language-server.ts';

const PACKAGES = ['mmyolo', 'mmdet', 'mmpretrain', 'mmengine', 'mmcv', 'mmcls', 'mmselfsup', 'timm'];

/**
 * Lays libraries' sources out in Necktie's cache, in a terminal that the user can watch: it is their pip that runs, so it is asked first.
 * The command line does the work.
 */
export async function fetchLibraries(context: ExtensionContext, server: Server): Promise<void> {
  const chosen = await window.showQuickPick(
    PACKAGES.map(label => ({ label, picked: label !== 'mmcls' && label !== 'mmselfsup' })),
    {
      canPickMany: true,
      title: 'Fetch Library Sources',
      placeHolder: 'Your pip lays them out in Necktie’s cache, without their dependencies. Nothing is installed into your environment.',
    },
  );
  if (chosen === undefined || chosen.length === 0) return;
  const program = Uri.joinPath(context.extensionUri, 'dist', 'server', 'cli.mjs').fsPath;
  const python = server.python();
  const terminal = window.createTerminal({
    name: 'Necktie: fetch',
    shellPath: process.execPath,
    shellArgs: [program, 'fetch', ...(python === undefined ? [] : ['--python', python]), ...chosen.map(item => item.label)],
    // The editor's own binary is Electron: this makes it behave as node.
    env: { ELECTRON_RUN_AS_NODE: '1' },
    message: `Fetching ${chosen.map(item => item.label).join(', ')}`,
  });
  terminal.show();
  const closing = window.onDidCloseTerminal(closed => {
    if (closed !== terminal) return;
    closing.dispose();
    // The cache is no folder that an editor watches.
    const changes = [{ uri: context.globalStorageUri.toString(), type: FileChangeType.Changed }];
    if (closed.exitStatus?.code === 0) void server.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
  });
  context.subscriptions.push(closing);
}
