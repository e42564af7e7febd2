/** A model loaded on a provider, in a process of its own: `open` it, `detect`, `close`. The process starts when it is needed, and again after it died or was killed. */
import { type ChildProcess, fork } from 'node:child_process';
import type { DetectorRecipe } from '../detect/detection.ts';
import { detectionsIn } from '../detect/selected.ts';
import type { Size } from '../image/transform.ts';
import type { Chosen, Detected, FromChild, ModelSource, Provider, Refusal, ToChild } from './messages.ts';
import { fullName, hadNoRoom, saysNoRoom } from './providers.ts';

export interface SessionOptions {
  /** The built program `inference.ts`. */
  readonly program: string;
  /** What the process writes to its standard error: onnxruntime's warnings. */
  readonly log?: (text: string) => void;
  /** Milliseconds that a GPU's driver is waited for while it is tried; who does not answer is not tried again. Absent: a minute. */
  readonly patience?: number;
  /** Asked for when the process starts: what its environment has more than this one's. */
  readonly variables?: () => Readonly<Record<string, string>>;
  /** Milliseconds without a question after which a process that holds a GPU's memory is ended. Absent: five minutes. */
  readonly idle?: number;
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
  /** Of many pictures, which are prepared while the network runs: one of many cores is left for that. Absent: no. */
  readonly shares?: boolean;
  /** Which of several GPUs, from 0; `CUDA_VISIBLE_DEVICES` counts anew. Absent: the first. */
  readonly index?: number;
  /** The model computes with 16 bits. Absent: no. */
  readonly half?: boolean;
}

export interface Opened {
  /** By which `detect` names it, in this process. */
  readonly name: string;
  readonly pid: number | null;
  readonly provider: Provider;
  readonly refused: readonly Refusal[];
}

/**
 * `image`, `model`, `misfit` (model and recipe or picture do not go together, wherever it runs), `provider`, `overflow` (of half precision): told by the process. `died`: it ended by itself.
 * `cancelled`: it was killed because its answer is not wanted any more.
 */
export class SessionProblem extends Error {
  readonly kind: 'image' | 'model' | 'misfit' | 'provider' | 'overflow' | 'died' | 'cancelled';
  readonly refused: readonly Refusal[];
  constructor(kind: SessionProblem['kind'], message: string, refused: readonly Refusal[] = []) {
    super(message);
    this.name = 'SessionProblem';
    this.kind = kind;
    this.refused = refused;
  }

  /** The model or onnxruntime itself found no memory. */
  get foundNoRoom(): boolean {
    return (this.kind === 'model' || this.kind === 'died') && saysNoRoom(this.message);
  }
}

/** The process ended by itself, or was ended from outside: then what it did is not to blame. */
export class ProcessDied extends SessionProblem {
  readonly wasKilled: boolean;
  /** Which was tried last of those that must prove themselves, in a question that has no answer. */
  readonly trying: Provider | null;
  constructor(message: string, wasKilled: boolean, trying: Provider | null) {
    super('died', message);
    this.wasKilled = wasKilled;
    this.trying = trying;
  }
}

/** A driver did not come back: the process is ended, whatever else it was asked. */
class ProviderHung extends SessionProblem {
  constructor(provider: Provider, milliseconds: number) {
    const reason = `it did not answer within ${Math.ceil(milliseconds / 1000)} s`;
    super('died', `${fullName(provider)} hangs: ${reason}.`, [{ provider, reason }]);
  }
}

const PATIENCE = 60_000;
const IDLE = 300_000;

/** Nothing that a program does to itself. */
const FROM_OUTSIDE: readonly (NodeJS.Signals | null)[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'];

/** Of what the process wrote last, so much is told when it dies. */
const LAST_WORDS = 16_000;

type Waiting = {
  readonly id: number;
  trying: NodeJS.Timeout | null;
  tried: Provider | null;
  readonly resolve: (answer: FromChild) => void;
  readonly reject: (problem: SessionProblem) => void;
};
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
  /** The present process has a model on a GPU, which others may want. */
  #holdsGpu = false;
  #idle: NodeJS.Timeout | undefined;
  /** Providers that hung, and what is told of each. */
  readonly #hung = new Map<Provider, Refusal>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Of the process; null where none runs. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Loads a model, unless this process has it already. Rejects with `SessionProblem`. */
  async open(
    { model, version, providers, compare, shares = false, index = 0, half = false }: Loaded,
    signal?: AbortSignal,
  ): Promise<Opened> {
    return this.#withoutHanging({ providers, compare }, async (tried, hung) => {
      const name = [typeof model === 'string' ? model : '', version, compare, shares, index, half, ...tried].join(' ');
      // One picture may find room where the one before did not; of many, each would try in vain.
      if (this.#opened?.name === name && (shares || !this.#opened.refused.some(hadNoRoom))) {
        // Who opens is about to ask.
        this.#rest();
        return this.#opened;
      }
      this.#opened = null;
      const answer = await this.#ask({ kind: 'open', name, model, providers: tried, compare, shares, index, half }, signal);
      if (answer.kind !== 'opened') throw unexpected('model');
      this.#opened = { name, pid: this.pid, provider: answer.provider, refused: [...hung, ...answer.refused] };
      return this.#opened;
    });
  }

  /** The provider that `open` would take, and whether half precision gains there. Rejects with `SessionProblem`. */
  async choose({ providers, compare, index = 0 }: Pick<Loaded, 'providers' | 'compare' | 'index'>, signal?: AbortSignal): Promise<Chosen> {
    return this.#withoutHanging({ providers, compare }, async (tried, hung) => {
      const answer = await this.#ask({ kind: 'choose', providers: tried, compare, index }, signal);
      if (answer.kind !== 'chosen') throw unexpected('provider');
      return { ...answer, refused: [...hung, ...answer.refused] };
    });
  }

  /** Without those that hung, and again without the one that hangs now. Who is named alone is tried every time. */
  async #withoutHanging<T>(
    { providers, compare }: Pick<Loaded, 'providers' | 'compare'>,
    work: (tried: readonly Provider[], hung: readonly Refusal[]) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const hung = compare ? providers.flatMap(provider => this.#hung.get(provider) ?? []) : [];
      try {
        return await work(
          providers.filter(provider => !hung.some(other => other.provider === provider)),
          hung,
        );
      } catch (e) {
        if (!(e instanceof ProviderHung) || !compare) throw e;
        for (const refusal of e.refused) this.#hung.set(refusal.provider, refusal);
      }
    }
  }

  /** One picture through a model that was opened; `keeps`: with what went into suppression. Rejects with `SessionProblem`. */
  async detect({ name, pid }: Opened, image: string, recipe: DetectorRecipe, signal?: AbortSignal, keeps = false): Promise<Detected> {
    if (pid !== this.pid) throw new SessionProblem('died', 'The inference process that held the model has ended.');
    // What classes are called concerns nobody there.
    const asked = { ...recipe, classes: [], palette: null };
    const answer = await this.#ask({ kind: 'detect', name, image, recipe: asked, keeps }, signal);
    if (answer.kind !== 'detected') throw unexpected('model');
    const { found, ...detected } = answer;
    return { ...detected, detections: detectionsIn(found) };
  }

  /** A picture that `detect` is going to be asked for: while it is found out with which model, or while the one before is looked at. */
  expect(image: string): void {
    const request: ToChild = { kind: 'expect', image };
    // Where the process cannot be reached, the next question tells.
    this.#started().send(request, () => undefined);
  }

  /** Width and height of a picture, its EXIF orientation applied. Rejects with `SessionProblem`. */
  async measure(image: string, signal?: AbortSignal): Promise<Size> {
    const answer = await this.#ask({ kind: 'measure', image }, signal);
    if (answer.kind !== 'measured') throw unexpected('image');
    return answer.size;
  }

  /** Milliseconds that a provider takes for a small model; `half`: in half precision, where it must be right too. Rejects with `SessionProblem`. */
  async time(provider: Provider, signal?: AbortSignal, half = false): Promise<number> {
    const answer = await this.#ask({ kind: 'time', provider, half }, signal);
    if (answer.kind !== 'timed') throw unexpected('provider');
    return answer.milliseconds;
  }

  /** Ends the process; whoever waits is told that it was cancelled. The next question starts another. */
  close(): void {
    this.#end(new SessionProblem('cancelled', 'Stopped.'));
  }

  /** Ends the process, as what it holds is of no use any more; whoever else waits is told that it died. The next question starts another. */
  abandon(): void {
    this.#end(new SessionProblem('died', 'The inference process was ended after a run that failed.'));
  }

  #ask(question: Question, signal: AbortSignal | undefined): Promise<FromChild> {
    const child = this.#started();
    clearTimeout(this.#idle);
    const id = this.#next++;
    return new Promise<FromChild>((resolve, reject) => {
      const stop = (): void => this.close();
      const done = (): void => signal?.removeEventListener('abort', stop);
      this.#waiting.push({
        id,
        trying: null,
        tried: null,
        resolve: answer => (done(), resolve(answer)),
        reject: problem => (done(), reject(problem)),
      });
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
    child.on('message', (answer: FromChild) => {
      if (this.#child === child) this.#settle(answer);
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes: Buffer) => {
        const text = bytes.toString().replace(/\x1b\[[0-9;]*m/g, '');
        if (this.#child === child) this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
        this.#options.log?.(text);
      });
    }
    child.on('error', error => {
      if (this.#child === child) this.#end(new SessionProblem('died', `The inference process did not start: ${error.message}.`));
    });
    // `close`, not `exit`: by then its last words have been read.
    child.on('close', (code, signalName) => {
      if (this.#child !== child) return;
      const tried = this.#waiting.find(w => w.tried !== null)?.tried ?? null;
      this.#end(new ProcessDied(this.#obituary(code, signalName), FROM_OUTSIDE.includes(signalName), tried));
    });
    return child;
  }

  #settle(answer: FromChild): void {
    if (answer.kind === 'trying') {
      this.#watch(answer.id, answer.provider);
      return;
    }
    const at = this.#waiting.findIndex(w => w.id === answer.id);
    const [waiting] = at < 0 ? [] : this.#waiting.splice(at, 1);
    clearTimeout(waiting?.trying ?? undefined);
    // What was complained of before has not ended it.
    this.#lastWords = '';
    if (answer.kind === 'opened' && answer.provider !== 'cpu') this.#holdsGpu = true;
    this.#rest();
    waiting?.resolve(answer);
  }

  /** From now on it is not waited for, until the next question, longer than that. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#holdsGpu && this.#waiting.length === 0) this.#idle = setTimeout(() => this.close(), this.#options.idle ?? IDLE).unref();
  }

  #watch(id: number, provider: Provider | null): void {
    const waiting = this.#waiting.find(w => w.id === id);
    if (!waiting) return;
    clearTimeout(waiting.trying ?? undefined);
    waiting.tried = provider ?? waiting.tried;
    const patience = this.#options.patience ?? PATIENCE;
    waiting.trying = provider && setTimeout(() => this.#end(new ProviderHung(provider, patience)), patience);
  }

  #end(problem: SessionProblem): void {
    const child = this.#child;
    const waiting = this.#waiting;
    clearTimeout(this.#idle);
    this.#holdsGpu = false;
    this.#child = null;
    this.#opened = null;
    this.#waiting = [];
    child?.kill('SIGKILL');
    for (const { trying, reject } of waiting) {
      clearTimeout(trying ?? undefined);
      reject(problem);
    }
  }

  #obituary(code: number | null, signal: NodeJS.Signals | null): string {
    // It was given no time for words.
    if (signal === 'SIGKILL') return 'The inference process was ended by SIGKILL (often: not enough memory).';
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    const lines = this.#lastWords
      .trim()
      .split('\n')
      .filter(line => line.trim() !== '');
    const words = lines.find(line => /\bfatal\b|out of memory|\berror\b|\w+Error\b/i.test(line)) ?? lines.at(-1);
    return `The inference process ${how}.${words === undefined ? '' : ` Its last words: ${words.trim()}`}`;
  }
}
