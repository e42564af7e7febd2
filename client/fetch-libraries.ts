import { type ExtensionContext, window } from 'vscode';
import { FileChangeType } from 'vscode-languageclient/node';
import { runCommandLine } from './command-line.ts';
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
  const names = chosen.map(item => item.label);
  const python = server.python();
  runCommandLine(context, {
    name: 'fetch',
    args: ['fetch', ...(python === undefined ? [] : ['--python', python]), ...names],
    message: `Fetching ${names.join(', ')}`,
    done() {
      // The cache is no folder that an editor watches.
      const changes = [{ uri: context.globalStorageUri.toString(), type: FileChangeType.Changed }];
      void server.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
    },
  });
}
