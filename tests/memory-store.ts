/** A store whose disk is a map, and whose time to write is when a test says so. */
import type { TextStore } from '../server/project/text-store.ts';

export class MemoryStore implements TextStore {
  readonly texts = new Map<string, string>();
  readonly #waiting = new Map<string, () => string | null>();
  read(name: string): string | null {
    return this.texts.get(name) ?? null;
  }
  bytes(name: string): Uint8Array | null {
    const text = this.read(name);
    return text === null ? null : Buffer.from(text);
  }
  keep(name: string, make: () => string | null): void {
    this.#waiting.set(name, make);
  }
  flush(): void {
    for (const [name, make] of this.#waiting) {
      const text = make();
      if (text !== null) this.texts.set(name, text);
    }
    this.#waiting.clear();
  }
}
