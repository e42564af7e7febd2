import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import { isConfig, isConfigText } from '../config-document.ts';

const MOST = 2000;
const BROWSE = 'Choose a file…';

/** What is asked for, and why. */
export interface Question {
  readonly title: string;
  readonly placeHolder: string;
  /** The config that is known already: not offered, and what lies beside it comes first. */
  readonly beside: string | null;
}
interface Item extends QuickPickItem {
  /** Null: it is browsed for. */
  readonly file: string | null;
}

/** Asks for a config, open or not: open ones and those beside the known one first, then the workspace's. */
export async function chooseConfig({ title, placeHolder, beside }: Question): Promise<string | undefined> {
  const chosen = await window.showQuickPick(items(beside), { title, placeHolder, matchOnDescription: true });
  if (chosen === undefined) return undefined;
  if (chosen.file !== null) return chosen.file;
  const folder = beside === null ? workspace.workspaceFolders?.[0]?.uri : Uri.file(dirname(beside));
  const picked = await window.showOpenDialog({
    ...(folder !== undefined && { defaultUri: folder }),
    filters: { Configs: ['py', 'json', 'yaml', 'yml'] },
  });
  return picked?.[0]?.fsPath;
}

async function items(beside: string | null): Promise<Item[]> {
  const open = workspace.textDocuments.filter(isConfig).map(({ uri }) => uri.fsPath);
  const found = await workspace.findFiles('**/*.py', '**/{node_modules,site-packages,.git,work_dirs}/**', MOST);
  const configs = await Promise.all(found.map(async ({ fsPath }) => ((await isConfigFile(fsPath)) ? [fsPath] : [])));
  const near = (file: string): number =>
    open.includes(file)
      ? 0
      : beside !== null && dirname(file) === dirname(beside)
        ? 1
        : /[\\/]_base_[\\/]/.test(file)
          ? 4
          : /[\\/]configs?[\\/]/.test(file)
            ? 2
            : 3;
  const files = [...new Set([...open, ...configs.flat()])].filter(file => file !== beside);
  return [
    ...files
      .sort((a, b) => near(a) - near(b) || a.localeCompare(b))
      .map(file => ({ label: basename(file), description: folderOf(file), file })),
    { label: BROWSE, description: '', file: null },
  ];
}

/** In the workspace: nothing for one at its root. */
const folderOf = (file: string): string => dirname(workspace.asRelativePath(file)).replace(/^\.$/, '');

/** By what is saved: an open one was asked itself. */
const isConfigFile = async (path: string): Promise<boolean> => isConfigText(await readFile(path, 'utf8').catch(() => ''));
