/** Texts by name that are there again the next time, or not: `DiskStore` keeps them in Necktie's cache. */
export interface TextStore {
  read(name: string): string | null;
  /** As it lies there: for who needs only parts of it. */
  bytes(name: string): Uint8Array | null;
  /** `make` is called when there is time, and once for several; null: there is nothing to keep. */
  keep(name: string, make: () => string | null): void;
}
