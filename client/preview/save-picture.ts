import { writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { Uri, window } from 'vscode';

/** Asks where to, and writes the page's PNG there. `image` is the picture it was drawn over. */
export async function savePicture(png: string, image: string): Promise<void> {
  const suggested = join(dirname(image), `${parse(image).name}_detections.png`);
  const target = await window.showSaveDialog({ title: 'Save Picture', defaultUri: Uri.file(suggested), filters: { PNG: ['png'] } });
  if (target === undefined) return;
  try {
    await writeFile(target.fsPath, Buffer.from(png, 'base64'));
    window.setStatusBarMessage(`Saved ${target.fsPath}`, 5000);
  } catch (error) {
    void window.showErrorMessage(`The picture could not be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
}
