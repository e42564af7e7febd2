/** The completions that were offered last: their documentation is made for the one that is looked at. */
import type { CompletionItem } from '../features/completion-item.ts';
import type { CompletionPlace } from '../lsp/completion-items.ts';

export class Offered {
  #list = 0;
  #items: readonly CompletionItem[] = [];

  /** The list's number. */
  keep(items: readonly CompletionItem[]): number {
    this.#items = items;
    return ++this.#list;
  }
  /** Null: it has none, or another list was offered since. */
  documentation({ list, at }: CompletionPlace): string | null {
    return list === this.#list ? (this.#items[at]?.documentation?.() ?? null) : null;
  }
}
