/** What a command of the command line is. Each has a file here, named after it: `check.ts` exports `checkCommand`. `commands.ts` lists them. */

/** Where a command writes and what it may ask of its surroundings: a command touches `process` for nothing. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Whether standard output is a terminal that takes colours (`NO_COLOR` and `FORCE_COLOR` are heeded). */
  readonly colours: boolean;
  /** Whether standard error is a terminal: progress is shown there, and only then. */
  readonly showsProgress: boolean;
  /** Width of the terminal; 100 where there is none. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Ctrl+C, for what waits. */
  readonly signal: AbortSignal;
  /** Ctrl+C, for what keeps the thread busy: `limits.cancel` of every run of the small Python. */
  readonly cancel: Int32Array;
}

export interface Command {
  readonly name: string;
  /** `necktie check [PATH…] [--format text|json|sarif]`, and below it a line for each option. */
  readonly usage: string;
  /** Answers with the exit code: `EXIT`. Throw `Misuse` for wrong arguments. */
  run(args: readonly string[], io: Io): Promise<number>;
}

export const EXIT = { fine: 0, errors: 1, misuse: 2, internal: 70, interrupted: 130 } as const;

/** Wrong arguments: the command line prints the message and the usage, and exits with 2. */
export class Misuse extends Error {}
