/** The documents an editor has open. */
import { type Change, changed, type Document } from '../text/document.ts';
import type { Uris } from './uris.ts';

export class Documents {
  readonly #uris: Uris;
  readonly #open = new Map<string, Document>();

  constructor(uris: Uris) {
    this.#uris = uris;
  }

  all(): readonly Document[] {
    return [...this.#open.values()];
  }
  get(uri: string): Document | undefined {
    return this.#open.get(uri);
  }
  /** Undefined where it is no file. */
  open(uri: string, version: number, text: string): Document | undefined {
    const path = this.#uris.path(uri);
    if (path === null) return undefined;
    this.#uris.spell(path, uri);
    const document = { uri, path, version, text };
    this.#open.set(uri, document);
    return document;
  }
  change(uri: string, version: number, changes: readonly Change[]): Document | undefined {
    const before = this.#open.get(uri);
    if (!before) return undefined;
    const document = changed(before, changes, version);
    this.#open.set(uri, document);
    return document;
  }
  close(uri: string): Document | undefined {
    const document = this.#open.get(uri);
    this.#open.delete(uri);
    return document;
  }
}
