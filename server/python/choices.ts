/**
 * Questions of a program that have more than one answer: a number at random, the size of a picture that nobody has seen. The program is run once for each answer
 * that matters; whoever runs it says what is answered, and learns what was asked. Outside of such runs a question ends the run.
 */
import { running } from './frame.ts';
import { unwritten } from './unseen.ts';

/** `drawn`: each answer is given sooner or later, if only the program runs often enough. `given`: one is right, and nobody knows which. */
export type ChoiceKind = 'drawn' | 'given';
export interface Choice {
  readonly kind: ChoiceKind;
  /** How many answers there are; they are numbered from 0. */
  readonly answers: number;
  readonly taken: number;
}

/** More of them are a loop over what is not known. */
const MOST = 200;

export class Choices {
  readonly made: Choice[] = [];
  readonly #begun: readonly number[];
  readonly #isOurs: (file: string) => boolean;
  /** `begun`: the first answers; every other is 0. `isOurs`: code of stand-ins, which has no two ways to go of its own. */
  constructor(begun: readonly number[], isOurs: (file: string) => boolean) {
    this.#begun = begun;
    this.#isOurs = isOurs;
  }
  choose(kind: ChoiceKind, answers: number, what: string): number {
    if (this.made.length >= MOST) return unwritten(what);
    const taken = this.#begun[this.made.length] ?? 0;
    this.made.push({ kind, answers, taken });
    return taken;
  }
  /** Of a test in the code that runs now. */
  decide(kind: ChoiceKind, what: string): boolean {
    const file = running.frame?.code.file;
    if (file === undefined || this.#isOurs(file)) return unwritten(what);
    return this.choose(kind, 2, what) === 0;
  }
}

/** Those of the run in progress. */
export const choosing: { now: Choices | null } = { now: null };
