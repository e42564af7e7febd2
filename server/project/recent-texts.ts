/**
 * What was made of texts that were used last. V8 tells texts of more than 16,383 characters apart by their length alone, so that of a large file that is edited, one
 * text after the other would be compared with all that were as long.
 */
import { Recent } from './recent.ts';

export class RecentTexts<V> {
  readonly #kept: Recent<string, { readonly text: string; readonly value: V }>;
  /** The text that was asked for last, mostly several times. */
  #last = { text: '', key: '' };

  constructor(most: number) {
    this.#kept = new Recent(most);
  }
  get(text: string): V | undefined {
    const kept = this.#kept.get(this.#keyOf(text));
    return kept?.text === text ? kept.value : undefined;
  }
  set(text: string, value: V): void {
    this.#kept.set(this.#keyOf(text), { text, value });
  }
  #keyOf(text: string): string {
    if (text.length <= HASHED) return text;
    if (this.#last.text !== text) this.#last = { text, key: keyOf(text) };
    return this.#last.key;
  }
}
/** In characters. */
const HASHED = 16_383;

function keyOf(text: string): string {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return `${text.length} ${hash}`;
}
