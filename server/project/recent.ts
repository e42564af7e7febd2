/** A map of what was used last: what was not used for longest gives way. */
export class Recent<K, V> {
  readonly #most: number;
  readonly #kept = new Map<K, V>();

  constructor(most: number) {
    this.#most = most;
  }
  get(key: K): V | undefined {
    const value = this.#kept.get(key);
    if (value !== undefined) {
      // A map keeps the order in which keys were put in.
      this.#kept.delete(key);
      this.#kept.set(key, value);
    }
    return value;
  }
  set(key: K, value: V): void {
    this.#kept.delete(key);
    this.#kept.set(key, value);
    if (this.#kept.size <= this.#most) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
  delete(key: K): void {
    this.#kept.delete(key);
  }
}
