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
}

export class Room {
  readonly #most: number;
  readonly #step: number;
  /** What was alive when it was looked at last. */
  #alive = 0;
  /** What was alive at the first look since all was let go of: what is open now may need more than the bound. */
  #least: number | null = null;

  constructor({ most = MOST, step = STEP }: RoomOptions = {}) {
    this.#most = most;
    this.#step = step;
  }

  /**
   * Between two pieces of work, in a turn of the event loop of its own: what a weak reference was asked for is alive until the turn ends. Garbage is collected where there
   * may be much of it; true: caches are to begin anew.
   */
  isFull(): boolean {
    if (used() < this.#alive + this.#step) return false;
    collect();
    this.#alive = used();
    this.#least ??= this.#alive;
    if (this.#alive < Math.max(this.#most, this.#least * GROWN)) return false;
    this.#least = null;
    return true;
  }
  /** When there has been nothing to do for a while: what is no longer needed goes back to the system. */
  tidy(): void {
    if (used() < this.#alive + LITTLE) return;
    collect();
    this.#alive = used();
  }
}

const MOST = 64 * 2 ** 20;
const STEP = 32 * 2 ** 20;
/** What is not worth collecting by itself. */
const LITTLE = 12 * 2 ** 20;
/** Else each piece of work would begin anew. */
const GROWN = 1.4;

const used = (): number => getHeapStatistics().used_heap_size;

let collector: (() => void) | null = null;
/** V8 does it by itself when the heap is some times as large as what is alive. */
function collect(): void {
  if (!collector) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    collector = typeof found === 'function' ? () => void found() : () => undefined;
  }
  collector();
}
