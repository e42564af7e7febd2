/** A value that holds until a file it was made from changes. */
import type { Host } from './host.ts';

export class Versioned<T> {
  readonly value: T;
  readonly #versions: ReadonlyMap<string, string | null>;

  constructor(host: Host, value: T, files: Iterable<string>) {
    this.value = value;
    this.#versions = new Map([...files].map(file => [file, host.version(file)]));
  }

  get files(): readonly string[] {
    return [...this.#versions.keys()];
  }
  holds(host: Host): boolean {
    for (const [file, version] of this.#versions) if (host.version(file) !== version) return false;
    return true;
  }
}
