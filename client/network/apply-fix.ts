import { Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { NetworkFix } from '../../server/picture/description.ts';
import { rangeOf } from '../range.ts';

/** Writes a fix into its files, which stay unsaved as after a quick fix. */
export async function applyFix({ edits }: NetworkFix): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const { uri, range, newText } of edits) edit.replace(Uri.parse(uri), rangeOf(range), newText);
  if (!(await workspace.applyEdit(edit))) void window.showErrorMessage('The fix could not be applied.');
}
