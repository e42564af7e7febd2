/** In the session's process: pictures as networks take them. Those that were prepared last are kept, as a picture is often run again: with an edited config, with another checkpoint. */
import { type BigIntStats, statSync } from 'node:fs';
import type { DetectorRecipe } from '../detect/detection.ts';
import { type DecodedPicture, decode } from '../image/decode.ts';
import { type PreparedPicture, preparePicture } from './prepare-picture.ts';

/** So many bytes are kept: six pictures of 640 × 640, one of 1600 × 1600. */
const ROOM = 2 ** 25;
/** Milliseconds that a picture which was read early waits for who wants it. */
const PATIENCE = 10_000;

/** A larger picture is not read before the model is loaded: it could leave no memory for that. */
const MOST_PIXELS = 2 ** 24;

interface Early {
  readonly file: string;
  /** Null: it is too large, or cannot be read. */
  readonly decoded: Promise<DecodedPicture | null>;
  /** As the recipe wants it that was used last: most often it is the same again. */
  readonly prepared: Promise<PreparedPicture | null>;
  /** Of `prepared`. */
  readonly key: string | null;
}

export class Pictures {
  /** By file and preparation; what was used last at the end. */
  readonly #kept = new Map<string, PreparedPicture>();
  #bytes = 0;
  #early: Early | null = null;
  #patience: NodeJS.Timeout | undefined;
  #last: DetectorRecipe | null = null;

  /** Begins to read a picture that will be asked for soon. As the last recipe wants it, it is kept; otherwise for a while. */
  expect(path: string): void {
    const file = versionOf(path);
    if (file === null || file === this.#early?.file || [...this.#kept.keys()].some(key => key.startsWith(file))) return;
    const recipe = this.#last;
    // Who asks for it is told why it cannot be read.
    const decoded = decode(path, MOST_PIXELS).catch(() => null);
    const key = recipe && keyOf(file, recipe);
    const prepared = decoded.then(async picture => {
      if (!picture || !recipe || key === null) return null;
      const ready = await preparePicture(path, recipe, picture);
      this.#keep(key, ready);
      return ready;
    });
    prepared.catch(() => undefined);
    this.#forget();
    this.#early = { file, decoded, prepared, key };
    this.#patience = setTimeout(() => this.#forget(), PATIENCE).unref();
  }

  /** As `preparePicture`. `elsewhere`: prepares what is neither kept nor being read. */
  async prepare(path: string, recipe: DetectorRecipe, elsewhere: () => Promise<PreparedPicture>): Promise<PreparedPicture> {
    const start = performance.now();
    this.#last = recipe;
    const file = versionOf(path);
    if (file === null) return elsewhere();
    const key = keyOf(file, recipe);
    const before = this.#kept.get(key);
    if (before) {
      this.#keep(key, before);
      return { ...before, took: performance.now() - start };
    }
    const early = this.#early?.file === file ? this.#early : null;
    if (early) this.#forget();
    const ready = early?.key === key ? await early.prepared : null;
    const decoded = ready ? null : early && (await early.decoded);
    const prepared = ready ?? (await (decoded ? preparePicture(path, recipe, decoded) : elsewhere()));
    this.#keep(key, prepared);
    return { ...prepared, took: performance.now() - start };
  }

  /** The timer too, which holds what it would let go of. */
  #forget(): void {
    clearTimeout(this.#patience);
    this.#early = null;
  }

  #keep(key: string, picture: PreparedPicture): void {
    const { byteLength } = picture.input;
    if (byteLength > ROOM) return;
    if (this.#kept.delete(key)) this.#bytes -= byteLength;
    for (const [oldest, { input }] of this.#kept) {
      if (this.#bytes + byteLength <= ROOM) break;
      this.#kept.delete(oldest);
      this.#bytes -= input.byteLength;
    }
    this.#kept.set(key, picture);
    this.#bytes += byteLength;
  }
}

const keyOf = (file: string, { transforms, normalization, size }: DetectorRecipe): string =>
  file + JSON.stringify([transforms, normalization, size]);

/** Differs when the file does; null where there is none. */
function versionOf(path: string): string | null {
  try {
    const { mtimeNs, ctimeNs, size, ino }: BigIntStats = statSync(path, { bigint: true });
    return `${path}\0${mtimeNs} ${ctimeNs} ${size} ${ino}\0`;
  } catch {
    return null;
  }
}
