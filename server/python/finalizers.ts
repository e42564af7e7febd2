/** What CPython runs when an object is let go of, and we cannot: a program that leaves such things behind prints what we do not. */
export const finalizers = {
  /** Generators that wait inside of a `try` or `with`. */
  waiting: new Set<object>(),
  /** A class of the program's has a `__del__`. */
  told: false,
};
