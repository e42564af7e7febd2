/**
 * Scalars of a type that is known and a value that only Python could tell: the text of a tensor. They can be named, handed on, printed and put into other texts;
 * whoever must know one opens it, as any `Box`, and that ends the run.
 */
import { choosing } from './choices.ts';
import { running } from './frame.ts';
import { Box, plain } from './origin.ts';
import { Stop } from './stop.ts';
import type { Type } from './type.ts';
import type { Scalar, Value } from './value.ts';

/** The end of a run that wanted a text which cannot be written; where it is only put into another text, the run goes on: see `Texts`. */
export class Unwritten extends Stop {
  /** Whose code wanted it. */
  readonly frame = running.frame;
  readonly what: string;
  constructor(what: string) {
    super({ kind: 'unknown', what });
    this.what = what;
  }
}
/** `what` names what cannot be written. */
export function unwritten(what: string): never {
  throw new Unwritten(what);
}

export class Unseen extends Box {
  readonly what: string;
  constructor(type: Type, what: string) {
    super(null, null, type);
    this.what = what;
    Object.defineProperty(this, 'value', { get: (): Scalar => this.opened() });
  }
  /** What is there where the value itself is wanted. */
  protected opened(): Scalar {
    return unwritten(this.what);
  }
  /** As a truth. */
  decided(): boolean {
    return choosing.now ? choosing.now.decide('given', this.what) : unwritten(this.what);
  }
}

/** A truth that hangs on one: it is decided where it is asked for, once. */
export class Undecided extends Unseen {
  readonly #ask: () => boolean;
  #answer: boolean | null = null;
  constructor(type: Type, what: string, ask: () => boolean) {
    super(type, what);
    this.#ask = ask;
  }
  protected override opened(): Scalar {
    return this.decided();
  }
  override decided(): boolean {
    this.#answer ??= this.#ask();
    return this.#answer;
  }
}

const FEW = 32;

/** A number at random: from `low` on, below `high`. Each comes up sooner or later; what it was compared with says more of it. */
export class Drawn extends Unseen {
  low: number;
  high: number;
  constructor(type: Type, what: string, low: number, high: number) {
    super(type, what);
    this.low = low;
    this.high = high;
  }
  /** A whole number among few is one of them. */
  protected override opened(): Scalar {
    const [least, end] = [Math.ceil(this.low), Math.ceil(this.high)];
    if (!choosing.now || this.type.name !== 'int' || end - least < 1 || end - least > FEW) return super.opened();
    this.low = end - least === 1 ? least : least + choosing.now.choose('drawn', end - least, this.what);
    this.high = this.low + 1;
    return this.low;
  }
  /** Whether it is below a number. */
  isBelow(bound: number): boolean {
    if (this.high <= bound) return true;
    if (this.low >= bound) return false;
    const answer = choosing.now ? choosing.now.decide('drawn', this.what) : unwritten(this.what);
    if (answer) this.high = bound;
    else this.low = bound;
    return answer;
  }
}

/**
 * Texts that are put together. One that cannot be written does not keep the others from being made: they may raise. Only where the program's own code did not run
 * in between: a `__str__` that was left half-way may have had more to do.
 */
export class Texts {
  #lost: Unwritten | null = null;
  text(make: () => string): string {
    try {
      return make();
    } catch (e) {
      if (!(e instanceof Unwritten) || e.frame !== running.frame) throw e;
      this.#lost ??= e;
      return '';
    }
  }
  /** The whole, if all of it could be written. */
  whole(text: string): string {
    if (this.#lost) throw this.#lost;
    return text;
  }
}
/** Of what an exception was given, outside of the run that raised it; empty where it is not known. */
export const textOrNone = (v: Value): string => (v instanceof Unseen ? '' : String(plain(v)));
/** A text as a value of the program. */
export function textOr(type: Type, make: () => string): string | Unseen {
  try {
    return make();
  } catch (e) {
    if (!(e instanceof Unwritten) || e.frame !== running.frame) throw e;
    return new Unseen(type, e.what);
  }
}
