/** What CPython runs when an object is let go of, and we cannot: a program that leaves such things behind prints what we do not. */
interface Finalizers {
  /** Generators that wait inside of a `try` or `with`; null where nobody asks for them: they must not be held on to. */
  waiting: Set<object> | null;
  /** A class of the program's has a `__del__`. */
  told: boolean;
}
export const finalizers: Finalizers = { waiting: null, told: false };
