/**
 * What a thread that checks one config after another leaves behind: libraries' classes, registries, trees, verdicts. All of it is a cache, and most is on the disk as
 * well. Beyond a bound it is better let go of as a whole than kept for a config that may never be opened again.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes. */
export interface RoomOptions {
  /** What may be alive. */
  readonly most?: number;
  /** So much more than what was alive is looked at: most of it is garbage. */
  readonly step?: number;
  /** What is asked and told of memory: V8, or a test's own. */
  readonly heap?: Heap;
}
export interface Heap {
  /** Of objects, alive or not. */
  used(): number;
  /** What is not alive is let go of. */
  collect(): void;
  /** What is alive is moved together, and what is empty goes back to the system. Until it is done, it is there twice. */
  compact(): void;
}

export class Room {
  readonly #most: number;
  readonly #step: number;
  readonly #heap: Heap;
  /** What was alive when it was looked at last. */
  #alive = 0;
  /** What was alive at the first look since all was let go of: what is open now may need more than the bound. */
  #least: number | null = null;

  constructor({ most = MOST, step = STEP, heap = V8 }: RoomOptions = {}) {
    this.#most = most;
    this.#step = step;
    this.#heap = heap;
  }

  /**
   * Between two pieces of work, in a turn of the event loop of its own: what a weak reference was asked for is alive until the turn ends. Garbage is collected where there
   * may be much of it; true: caches are to begin anew.
   */
  isFull(): boolean {
    if (this.#heap.used() < this.#alive + this.#step) return false;
    this.#look();
    this.#least ??= this.#alive;
    if (this.#alive < Math.max(this.#most, this.#least * GROWN)) return false;
    this.#least = null;
    return true;
  }
  /** All is needed: what begins anew would be as much again. */
  allow(): void {
    this.#least = this.#alive;
  }
  /** All was let go of. To be called in a turn of its own, too: until it is collected, what comes next would be added to what was. */
  emptied(): void {
    this.#look();
    // There is little of it now.
    this.#heap.compact();
  }
  /** When there has been nothing to do for a while: what is no longer needed goes back to the system. */
  tidy(): void {
    if (this.#heap.used() >= this.#alive + LITTLE) this.#look();
  }
  #look(): void {
    this.#heap.collect();
    this.#alive = this.#heap.used();
  }
}

const MOST = 40 * 2 ** 20;
const STEP = 16 * 2 ** 20;
/** What is not worth collecting by itself. */
const LITTLE = 6 * 2 ** 20;
/** Else each piece of work would begin anew. */
const GROWN = 1.15;

let collector: (() => void) | null = null;
const V8: Heap = { used: () => getHeapStatistics().used_heap_size, collect, compact };

/** V8 does it by itself when the heap is some times as large as what is alive. */
function collect(): void {
  if (!collector) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    collector = typeof found === 'function' ? () => void found() : () => undefined;
  }
  collector();
}

/**
 * V8 keeps pages of which a tenth is in use: of 30 MB that are alive among much that was not, it makes 200. How it collects counts for all threads, and is asked for here
 * alone.
 */
function compact(): void {
  setFlagsFromString('--compact-on-every-full-gc');
  collect();
  setFlagsFromString('--no-compact-on-every-full-gc');
}
