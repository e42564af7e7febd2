import { TextEditorRevealType, Uri, ViewColumn, window } from 'vscode';
import type { SourcePlace } from '../../server/picture/description.ts';
import { rangeOf } from '../range.ts';

/** Opens a place beside the panel: where the file is seen already, else in another column than the panel's. */
export async function showPlace({ uri, range }: SourcePlace, panel: ViewColumn | undefined): Promise<void> {
  const file = Uri.parse(uri);
  const seen = window.visibleTextEditors.find(editor => editor.document.uri.toString() === file.toString())?.viewColumn;
  const other = window.visibleTextEditors.map(editor => editor.viewColumn).find(column => column !== undefined && column !== panel);
  const selection = rangeOf(range);
  const editor = await window.showTextDocument(file, { viewColumn: seen ?? other ?? ViewColumn.Beside, selection });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
