/** A value that holds until a file it was made from changes. */
import type { Host } from './host.ts';

/** All that is asked of a host. */
type Versions = Pick<Host, 'version'>;

export class Versioned<T> {
  readonly value: T;
  readonly #versions: ReadonlyMap<string, string | null>;

  constructor(host: Versions, value: T, files: Iterable<string>) {
    this.value = value;
    this.#versions = new Map([...files].map(file => [file, host.version(file)]));
  }

  /** Another value, from the same files but for some, as they were then: to look at a hundred files takes as long as to build a few layers. */
  of<U>(value: U, without: readonly string[] = []): Versioned<U> {
    const files = this.files.filter(file => !without.includes(file));
    return new Versioned({ version: file => this.#versions.get(file) ?? null }, value, files);
  }

  get files(): readonly string[] {
    return [...this.#versions.keys()];
  }
  holds(host: Versions): boolean {
    for (const [file, version] of this.#versions) if (host.version(file) !== version) return false;
    return true;
  }
}
