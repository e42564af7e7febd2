/** What detection is doing, told as it goes: the phase in words, and what the earlier ones took. */
import type { DetectProgress } from '../protocol.ts';
import { DetectFailure } from './problem.ts';

export class Phases {
  readonly #token: string;
  readonly #tell: (progress: DetectProgress) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #finished: { readonly phase: string; readonly seconds: number }[] = [];
  #phase: string | null = null;
  #since = 0;

  constructor(token: string, tell: (progress: DetectProgress) => void, signal?: AbortSignal) {
    this.#token = token;
    this.#tell = tell;
    this.#signal = signal;
  }

  /** The phase before ends here. What blocks the thread is told before it blocks, and does not begin where it is not wanted any more. Rejects with `DetectFailure`. */
  async begin(phase: string): Promise<void> {
    this.end();
    this.#phase = phase;
    this.#since = performance.now();
    this.#tell({ token: this.#token, phase, finished: [...this.#finished] });
    await new Promise<void>(done => setImmediate(done));
    if (this.#signal?.aborted) throw new DetectFailure('cancelled', 'Stopped', 'Detection was stopped before it was done.');
  }

  end(): void {
    if (this.#phase !== null) this.#finished.push({ phase: this.#phase, seconds: (performance.now() - this.#since) / 1000 });
    this.#phase = null;
  }
}
