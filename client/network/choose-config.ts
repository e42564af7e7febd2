import { basename, dirname } from 'node:path';
import { Uri, window, workspace } from 'vscode';

const MOST = 2000;
const BROWSE = 'Choose a file…';

/** Asks for another config: open ones and those beside it first, then the workspace's. */
export async function chooseConfig(config: string): Promise<string | undefined> {
  const open = workspace.textDocuments
    .filter(({ uri, languageId }) => uri.scheme === 'file' && languageId === 'python')
    .map(({ uri }) => uri.fsPath);
  const found = (await workspace.findFiles('**/*.py', '**/{node_modules,site-packages,.git,work_dirs}/**', MOST)).map(
    ({ fsPath }) => fsPath,
  );
  const near = (file: string): number =>
    open.includes(file) ? 0 : dirname(file) === dirname(config) ? 1 : /[\\/]configs?[\\/]/.test(file) ? 2 : 3;
  const files = [...new Set([...open, ...found])].filter(file => file !== config).sort((a, b) => near(a) - near(b) || a.localeCompare(b));
  const items = [
    ...files.map(file => ({ label: basename(file), description: workspace.asRelativePath(dirname(file)), file })),
    { label: BROWSE, description: '', file: null },
  ];
  const chosen = await window.showQuickPick(items, {
    title: `Compare ${basename(config)} With`,
    placeHolder: 'Another config: its network is drawn above this one',
    matchOnDescription: true,
  });
  if (chosen === undefined || chosen.file !== null) return chosen?.file;
  const picked = await window.showOpenDialog({
    defaultUri: Uri.file(dirname(config)),
    filters: { Configs: ['py', 'json', 'yaml', 'yml'] },
  });
  return picked?.[0]?.fsPath;
}
