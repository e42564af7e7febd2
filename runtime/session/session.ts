/** A model loaded on a provider, in a process of its own: `open` it, `detect`, `close`. The process starts when it is needed, and again after it died or was killed. */
import { type ChildProcess, fork } from 'node:child_process';
import type { DetectorRecipe } from '../detect/detection.ts';
import type { Size } from '../image/transform.ts';
import type { Detected, FromChild, ModelSource, Provider, Refusal, ToChild } from './messages.ts';

export interface SessionOptions {
  /** The built program `inference.ts`. */
  readonly program: string;
  /** What the process writes to its standard error: onnxruntime's warnings. */
  readonly log?: (text: string) => void;
  /** Asked for when the process starts: what its environment has more than this one's. */
  readonly variables?: () => Readonly<Record<string, string>>;
}

/** A model and where it shall run. */
export interface Loaded {
  readonly model: ModelSource;
  /** Differs when the content of the model's file does. */
  readonly version: string;
  /** Tried in this order. */
  readonly providers: readonly Provider[];
  /** A GPU must prove itself against the CPU. */
  readonly compare: boolean;
  /** Of many pictures, which are prepared while the network runs: a core is left for that. Absent: no. */
  readonly shares?: boolean;
  /** Which of several GPUs, from 0; `CUDA_VISIBLE_DEVICES` counts anew. Absent: the first. */
  readonly index?: number;
}

export interface Opened {
  /** By which `detect` names it, in this process. */
  readonly name: string;
  readonly pid: number | null;
  readonly provider: Provider;
  readonly refused: readonly Refusal[];
}

/** `image`, `model`, `provider`: told by the process. `died`: it ended by itself. `cancelled`: it was killed because its answer is not wanted any more. */
export class SessionProblem extends Error {
  readonly kind: 'image' | 'model' | 'provider' | 'died' | 'cancelled';
  readonly refused: readonly Refusal[];
  constructor(kind: SessionProblem['kind'], message: string, refused: readonly Refusal[] = []) {
    super(message);
    this.name = 'SessionProblem';
    this.kind = kind;
    this.refused = refused;
  }
}

/** Of what the process wrote last, so much is told when it dies. */
const LAST_WORDS = 16_000;

type Waiting = { readonly id: number; readonly resolve: (answer: FromChild) => void; readonly reject: (problem: SessionProblem) => void };
type Question = ToChild extends infer Q ? (Q extends { readonly id: number } ? Omit<Q, 'id'> : never) : never;

const unexpected = (kind: SessionProblem['kind']): SessionProblem =>
  new SessionProblem(kind, 'The inference process gave another answer than was asked for.');

export class Session {
  readonly #options: SessionOptions;
  #child: ChildProcess | null = null;
  #waiting: Waiting[] = [];
  #lastWords = '';
  #next = 0;
  /** The model that the present process was given last. It keeps a few, and knows which. */
  #opened: Opened | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Of the process; null where none runs. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Loads a model, unless this process has it already. Rejects with `SessionProblem`. */
  async open({ model, version, providers, compare, shares = false, index = 0 }: Loaded, signal?: AbortSignal): Promise<Opened> {
    const name = [typeof model === 'string' ? model : '', version, compare, shares, index, ...providers].join(' ');
    if (this.#opened?.name === name) return this.#opened;
    this.#opened = null;
    const answer = await this.#ask({ kind: 'open', name, model, providers, compare, shares, index }, signal);
    if (answer.kind !== 'opened') throw unexpected('model');
    this.#opened = { name, pid: this.pid, provider: answer.provider, refused: answer.refused };
    return this.#opened;
  }

  /** One picture through a model that was opened; `keeps`: with what went into suppression. Rejects with `SessionProblem`. */
  async detect({ name, pid }: Opened, image: string, recipe: DetectorRecipe, signal?: AbortSignal, keeps = false): Promise<Detected> {
    if (pid !== this.pid) throw new SessionProblem('died', 'The inference process that held the model has ended.');
    const answer = await this.#ask({ kind: 'detect', name, image, recipe, keeps }, signal);
    if (answer.kind !== 'detected') throw unexpected('model');
    return answer;
  }

  /** Width and height of a picture, its EXIF orientation applied. Rejects with `SessionProblem`. */
  async measure(image: string, signal?: AbortSignal): Promise<Size> {
    const answer = await this.#ask({ kind: 'measure', image }, signal);
    if (answer.kind !== 'measured') throw unexpected('image');
    return answer.size;
  }

  /** Milliseconds that a provider takes for a small model. Rejects with `SessionProblem`. */
  async time(provider: Provider, signal?: AbortSignal): Promise<number> {
    const answer = await this.#ask({ kind: 'time', provider }, signal);
    if (answer.kind !== 'timed') throw unexpected('provider');
    return answer.milliseconds;
  }

  /** Ends the process; whoever waits is told that it was cancelled. The next question starts another. */
  close(): void {
    this.#end(new SessionProblem('cancelled', 'Stopped.'));
  }

  #ask(question: Question, signal: AbortSignal | undefined): Promise<FromChild> {
    const child = this.#started();
    const id = this.#next++;
    return new Promise<FromChild>((resolve, reject) => {
      const stop = (): void => this.close();
      const done = (): void => signal?.removeEventListener('abort', stop);
      this.#waiting.push({ id, resolve: answer => (done(), resolve(answer)), reject: problem => (done(), reject(problem)) });
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      const request: ToChild = { ...question, id };
      child.send(request, error => {
        if (error && this.#child === child)
          this.#end(new SessionProblem('died', `The inference process cannot be reached: ${error.message}.`));
      });
    }).then(answer => {
      if (answer.kind === 'failed') throw new SessionProblem(answer.what, answer.message, answer.refused);
      return answer;
    });
  }

  #started(): ChildProcess {
    if (this.#child) return this.#child;
    this.#lastWords = '';
    // Not the parent's flags: a debugger's port, or a stack that this program has no use for.
    const child = fork(this.#options.program, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: { ...process.env, ...this.#options.variables?.() },
    });
    this.#child = child;
    child.on('message', (answer: FromChild) => this.#settle(answer));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes: Buffer) => {
        const text = bytes.toString();
        this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
        this.#options.log?.(text);
      });
    }
    child.on('error', error => {
      if (this.#child === child) this.#end(new SessionProblem('died', `The inference process did not start: ${error.message}.`));
    });
    // `close`, not `exit`: by then its last words have been read.
    child.on('close', (code, signalName) => {
      if (this.#child === child) this.#end(new SessionProblem('died', this.#obituary(code, signalName)));
    });
    return child;
  }

  #settle(answer: FromChild): void {
    const at = this.#waiting.findIndex(w => w.id === answer.id);
    const [waiting] = at < 0 ? [] : this.#waiting.splice(at, 1);
    waiting?.resolve(answer);
  }

  #end(problem: SessionProblem): void {
    const child = this.#child;
    const waiting = this.#waiting;
    this.#child = null;
    this.#opened = null;
    this.#waiting = [];
    child?.kill('SIGKILL');
    for (const { reject } of waiting) reject(problem);
  }

  #obituary(code: number | null, signal: NodeJS.Signals | null): string {
    const how = signal ? `was ended by ${signal}${signal === 'SIGKILL' ? ' (often: not enough memory)' : ''}` : `ended with code ${code}`;
    const lines = this.#lastWords
      .trim()
      .split('\n')
      .filter(line => line.trim() !== '');
    const words = lines.find(line => /\bfatal\b|out of memory|\berror\b|\w+Error\b/i.test(line)) ?? lines.at(-1);
    return `The inference process ${how}.${words === undefined ? '' : ` Its last words: ${words.trim()}`}`;
  }
}
