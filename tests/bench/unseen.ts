/** Copies of pictures, each a file of its own: one that was seen before need not be read again. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export class Unseen {
  readonly #folder = mkdtempSync(join(tmpdir(), 'necktie-unseen-'));
  #count = 0;

  copy(image: string): string {
    const path = join(this.#folder, `${this.#count++}-${basename(image)}`);
    copyFileSync(image, path);
    return path;
  }

  /** The files are gone then. */
  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
