/** Which of the open documents the user looks at. LSP does not tell; but an editor asks for hints and lenses of what it shows, and one is typed in what one sees. */
import type { Document } from '../text/document.ts';

export class Attention {
  readonly #last = new Map<string, number>();
  #now = 0;
  #edited: string | null = null;

  edited(uri: string): void {
    this.#edited = uri;
    this.seen(uri);
  }
  seen(uri: string): void {
    this.#last.set(uri, ++this.#now);
  }
  closed(uri: string): void {
    this.#last.delete(uri);
  }

  /** What was typed in first, then what was looked at last. */
  order(documents: readonly Document[]): readonly Document[] {
    const rank = ({ uri }: Document): number => (uri === this.#edited ? Infinity : (this.#last.get(uri) ?? 0));
    return documents.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
  }
}
