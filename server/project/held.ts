/** What may be wanted again, up to so many bytes: what was not used for longest is let go of, and made again when it is asked for. */
export class Held {
  readonly #most: number;
  /** In the order of their last use. */
  readonly #kept = new Set<Kept>();
  #bytes = 0;

  /** `most`: bytes. The one used last is kept whatever its size. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes that are held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What is answered gives the value, now or made anew. `again` answers null where it cannot be had any more. */
  hold<T>(value: T, bytes: number, again: () => T | null): () => T | null {
    let held: T | null = value;
    const kept: Kept = {
      bytes,
      release: () => {
        held = null;
      },
    };
    this.#use(kept);
    return () => {
      const found = (held ??= again());
      if (found !== null) this.#use(kept);
      return found;
    };
  }

  #use(kept: Kept): void {
    // A set keeps the order in which its members were put in.
    if (!this.#kept.delete(kept)) this.#bytes += kept.bytes;
    this.#kept.add(kept);
    for (const oldest of this.#kept) {
      if (this.#bytes <= this.#most || oldest === kept) return;
      this.#kept.delete(oldest);
      this.#bytes -= oldest.bytes;
      oldest.release();
    }
  }
}

interface Kept {
  readonly bytes: number;
  readonly release: () => void;
}
