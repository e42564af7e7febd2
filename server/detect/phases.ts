/** What detection is doing, told as it goes: the phase in words, and what the earlier ones took. */
import type { DetectProgress } from '../protocol.ts';

export class Phases {
  readonly #token: string;
  readonly #tell: (progress: DetectProgress) => void;
  readonly #finished: { readonly phase: string; readonly seconds: number }[] = [];
  #phase: string | null = null;
  #since = 0;

  constructor(token: string, tell: (progress: DetectProgress) => void) {
    this.#token = token;
    this.#tell = tell;
  }

  /** The phase before ends here. What blocks the thread is told before it blocks. */
  async begin(phase: string): Promise<void> {
    this.end();
    this.#phase = phase;
    this.#since = performance.now();
    this.#tell({ token: this.#token, phase, finished: [...this.#finished] });
    await new Promise<void>(done => setImmediate(done));
  }

  end(): void {
    if (this.#phase !== null) this.#finished.push({ phase: this.#phase, seconds: (performance.now() - this.#since) / 1000 });
    this.#phase = null;
  }
}
