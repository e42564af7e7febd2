import { basename, dirname, extname } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { configOf, isConfig } from '../config-document.ts';
import { askConfig } from './choose-file.ts';
import { PICTURE_EXTENSIONS } from './picture.ts';
import { isFolder } from './picture-folder.ts';
import type { Preview } from './preview.ts';
import type { Previews } from './previews.ts';

const CHECKPOINT_EXTENSIONS = ['.pth', '.pt', '.safetensors', '.onnx'];

/**
 * "Run Detection", wherever it is asked for: of a config (palette, title, lens, explorer), on pictures and folders, or with a checkpoint (explorer). `selected`: all
 * that is selected in the explorer.
 */
export async function runDetection(previews: Previews, target: unknown, selected: unknown): Promise<void> {
  const files = Array.isArray(selected) ? selected.filter(one => one instanceof Uri) : [];
  const given = target instanceof Uri ? (files.length > 1 ? files : [target]) : [];
  const paths = given.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  const [first] = paths;
  if (first !== undefined && hasExtension(first, CHECKPOINT_EXTENSIONS)) {
    const trained = await trainedBy(first);
    return void (await (trained ? previews.of(trained) : await someone(previews, first))?.useCheckpoint(first));
  }
  if (first !== undefined && (hasExtension(first, PICTURE_EXTENSIONS) || (await isFolder(first))))
    return void (await (await someone(previews, first))?.openPictures(paths));
  const config = configOf(target);
  if (config !== undefined) return previews.detect(config);
  const preview = previews.active();
  if (preview !== undefined) return preview.run();
  void window.showInformationMessage('Open the config to run, then run detection again.');
}

/** "Run Detection on Folder…": asks for the folder, and shows its pictures as the film. */
export async function detectOnFolder(previews: Previews): Promise<void> {
  const preview = await someone(previews, workspace.workspaceFolders?.[0]?.uri.fsPath ?? '');
  if (preview === undefined) return;
  const { image, config } = preview.subject();
  const [folder] =
    (await window.showOpenDialog({
      title: 'Run Detection on Folder',
      openLabel: 'Run',
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: Uri.file(dirname(image ?? config)),
    })) ?? [];
  if (folder !== undefined) await preview.openPictures([folder.fsPath]);
}

/** The preview that is meant where a picture or a checkpoint alone is given: that of the palette's commands, the only one that is open, or a config that is asked for. */
async function someone(previews: Previews, near: string): Promise<Preview | undefined> {
  const known = previews.forCommand() ?? previews.latest();
  if (known !== undefined) return known;
  const visible = window.visibleTextEditors.find(({ document }) => isConfig(document))?.document.uri;
  if (visible !== undefined) return previews.of(visible);
  const config = await askConfig(near);
  return config === undefined ? undefined : previews.of(Uri.file(config));
}

/** Of a checkpoint in `work_dirs/<name>`, the workspace's one config of that name; else undefined. */
async function trainedBy(checkpoint: string): Promise<Uri | undefined> {
  const name = basename(dirname(checkpoint)).replace(/[{}[\]*?,]/g, '?');
  const found = await workspace.findFiles(`**/${name}.py`, '**/{node_modules,.git,work_dirs}/**', 2);
  return found.length === 1 ? found[0] : undefined;
}

const hasExtension = (path: string, extensions: readonly string[]): boolean => extensions.includes(extname(path).toLowerCase());
