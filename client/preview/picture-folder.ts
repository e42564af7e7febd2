import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { type Memento, RelativePattern, type Uri, workspace } from 'vscode';
import { PICTURE_EXTENSIONS } from './picture.ts';
import { rememberedPicture } from './remembered.ts';

const LIKELY_FOLDERS = ['.', 'images', 'demo', 'pictures', 'demo/images'];

/** All pictures of a picture's folder, in the order a person counts in: `img2` before `img10`. */
export async function picturesBeside(image: string): Promise<readonly string[]> {
  const found = await picturesIn(dirname(image));
  return found.includes(image) ? found : [image, ...found];
}

/** Of what was given, the pictures: a folder gives all that lie in it. */
export async function picturesOf(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(async path => ((await isFolder(path)) ? picturesIn(path) : isPicture(path) ? [path] : [])));
  return found.flat();
}

export const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** A picture to begin with, so that no dialog comes before the first result: the last one used, one near the config, any of the workspace. */
export async function firstPicture(config: Uri, memory: Memento): Promise<string | null> {
  const last = rememberedPicture(memory, config.fsPath);
  if (last !== undefined && (await picturesIn(dirname(last))).includes(last)) return last;
  const root = workspace.getWorkspaceFolder(config);
  for (const above of foldersUpTo(dirname(config.fsPath), root?.uri.fsPath)) {
    for (const folder of LIKELY_FOLDERS) {
      const [first] = await picturesIn(join(above, folder));
      if (first !== undefined) return first;
    }
  }
  if (root === undefined) return null;
  const extensions = PICTURE_EXTENSIONS.map(extension => extension.slice(1)).join(',');
  const [any] = await workspace.findFiles(new RelativePattern(root, `**/*.{${extensions}}`), '**/{node_modules,.git}/**', 1);
  return any?.fsPath ?? null;
}

/** A folder and those above it, the workspace's last. */
function foldersUpTo(folder: string, root: string | undefined): readonly string[] {
  const folders = [folder];
  while (root !== undefined && folder !== root && folder.startsWith(root)) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

const isPicture = (name: string): boolean => PICTURE_EXTENSIONS.includes(extname(name).toLowerCase());

async function picturesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(entry => !entry.isDirectory() && isPicture(entry.name))
    .map(entry => join(folder, entry.name))
    .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}
