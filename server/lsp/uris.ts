/** Paths and URIs. A client's own spelling of a URI is kept, so that what is published finds the document it has open. */
import { fileURLToPath, pathToFileURL } from 'node:url';

export class Uris {
  readonly #spelt = new Map<string, string>();

  /** Null: no file, such as `untitled:` or `git:`. */
  path(uri: string): string | null {
    if (!uri.startsWith('file:')) return null;
    try {
      return fileURLToPath(uri).replaceAll('\\', '/');
    } catch {
      return null;
    }
  }
  uri(path: string): string {
    return this.#spelt.get(path) ?? pathToFileURL(path).href;
  }
  spell(path: string, uri: string): void {
    this.#spelt.set(path, uri);
  }
}
