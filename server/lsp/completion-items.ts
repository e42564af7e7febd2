/** Completions as an editor takes them. */
import { CompletionItemKind, InsertTextFormat, type CompletionItem as LspItem } from 'vscode-languageserver';
import type { CompletionItem } from '../features/completion-item.ts';
import type { Converter } from './convert.ts';

const KINDS: Readonly<Record<CompletionItem['kind'], CompletionItemKind>> = {
  type: CompletionItemKind.Class,
  argument: CompletionItemKind.Field,
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
};
/** VS Code's own command; others leave out what they do not know. */
const AGAIN = { title: 'Suggest', command: 'editor.action.triggerSuggest' };

export function completionItem(item: CompletionItem, file: string, converter: Converter, snippets: boolean): LspItem {
  const { label, kind, detail, documentation, text, snippet, filterText, range, sortText, again, additional } = item;
  const filledIn = snippets ? snippet : null;
  return {
    label,
    kind: KINDS[kind],
    detail,
    sortText,
    filterText,
    insertTextFormat: filledIn === null ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
    textEdit: { range: converter.range(file, range.start, range.end), newText: filledIn ?? text },
    ...(documentation !== null && { documentation: { kind: 'markdown', value: documentation } }),
    ...(additional.length > 0 && {
      additionalTextEdits: additional.map(edit => ({ range: converter.range(file, edit.start, edit.end), newText: edit.text })),
    }),
    // A place to fill in is filled in by choosing.
    ...((again || filledIn !== null) && { command: AGAIN }),
  };
}
