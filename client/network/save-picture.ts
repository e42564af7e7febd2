import { writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { Uri, window } from 'vscode';

/** Asks where to, and writes the SVG there. */
export async function savePicture(svg: string, config: string): Promise<void> {
  const suggested = join(dirname(config), `${parse(config).name}.svg`);
  const target = await window.showSaveDialog({ title: 'Export Network', defaultUri: Uri.file(suggested), filters: { SVG: ['svg'] } });
  if (target === undefined) return;
  try {
    await writeFile(target.fsPath, svg);
    window.setStatusBarMessage(`Saved ${target.fsPath}`, 5000);
  } catch (error) {
    void window.showErrorMessage(`The network could not be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
}
