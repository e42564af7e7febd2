/** Completions as an editor takes them. */
import { CompletionItemKind, InsertTextFormat, type CompletionItem as LspItem, type MarkupContent } from 'vscode-languageserver';
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

/** What a client can do with a completion. */
export interface CompletionAbilities {
  readonly snippets: boolean;
  /** It asks for the documentation of the one that is looked at. */
  readonly resolves: boolean;
}
/** Where an item's documentation is found when it is asked for: the how-manieth of which list. */
export interface CompletionPlace {
  readonly list: number;
  readonly at: number;
}
/** A client that does not ask gets as much documentation as a person may look at. */
const MOST_DOCUMENTED = 150;

export function completionItem(
  item: CompletionItem,
  file: string,
  converter: Converter,
  { snippets, resolves }: CompletionAbilities,
  place: CompletionPlace,
): LspItem {
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
    ...(documentation !== null && resolves && { data: place }),
    ...(documentation !== null && !resolves && place.at < MOST_DOCUMENTED && { documentation: markdown(documentation()) }),
    ...(additional.length > 0 && {
      additionalTextEdits: additional.map(edit => ({ range: converter.range(file, edit.start, edit.end), newText: edit.text })),
    }),
    // A place to fill in is filled in by choosing.
    ...((again || filledIn !== null) && { command: AGAIN }),
  };
}

export const markdown = (value: string): MarkupContent => ({ kind: 'markdown', value });
