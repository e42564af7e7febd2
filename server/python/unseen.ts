/**
 * Scalars of a type that is known and a value that only Python could tell: the text of a tensor. They can be named, handed on, printed and put into other texts;
 * whoever must know one opens it, as any `Box`, and that ends the run.
 */
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
    Object.defineProperty(this, 'value', { get: (): Scalar => unwritten(what) });
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
