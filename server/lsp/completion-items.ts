/** Completions as an editor takes them. */
import { CompletionItemKind, InsertTextFormat, type CompletionItem as LspItem } from 'vscode-languageserver';
import type { CompletionItem } from '../features/completion.ts';
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
  const { label, kind, detail, documentation, text, range, sortText, again } = item;
  const between = snippets && /^[\w ]*=(?:''|"")$/.test(text);
  return {
    label,
    kind: KINDS[kind],
    detail,
    sortText,
    // A scope's prefix is a part of the name: what was typed is compared with all of it.
    filterText: text,
    insertTextFormat: between ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: converter.range(file, range.start, range.end), newText: between ? `${text.slice(0, -1)}$1${text.slice(-1)}` : text },
    ...(documentation !== null && { documentation: { kind: 'markdown', value: documentation } }),
    ...(again && { command: AGAIN }),
  };
}
