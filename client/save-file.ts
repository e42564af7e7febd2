import { writeFile } from 'node:fs/promises';
import { dirname, extname, join, parse } from 'node:path';
import { Uri, window } from 'vscode';

export interface Saved {
  readonly title: string;
  /** It is suggested beside this file, under its name with another ending. */
  readonly beside: string;
  readonly ending: string;
  readonly content: string | Uint8Array;
}

/** Asks where to, and writes it there. */
export async function saveFile({ title, beside, ending, content }: Saved): Promise<void> {
  const suggested = join(dirname(beside), `${parse(beside).name}${ending}`);
  const type = extname(suggested).slice(1);
  const target = await window.showSaveDialog({ title, defaultUri: Uri.file(suggested), filters: { [type.toUpperCase()]: [type] } });
  if (target === undefined) return;
  try {
    await writeFile(target.fsPath, content);
    window.setStatusBarMessage(`Saved ${target.fsPath}`, 5000);
  } catch (error) {
    void window.showErrorMessage(`It could not be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
}
