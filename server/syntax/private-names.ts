/** Names as the compiler takes them: in the body of a class `__name` is `_Class__name`, and letters have one form each (NFKC). */

/** The class whose body is being read, without the underscores that its name begins with. */
let owner: string | null = null;

/** Reads what stands in the body of a class, or (null) in none. */
export function inClass<T>(name: string | null, read: () => T): T {
  const outer = owner;
  owner = name?.replace(/^_+/, '') || null;
  try {
    return read();
  } finally {
    owner = outer;
  }
}
export const classAround = (): string | null => owner;

/** A name by which an argument is given: nobody's own. */
export const keywordFrom = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFKC'));

export function nameFrom(text: string): string {
  const name = keywordFrom(text);
  return owner !== null && name.startsWith('__') && !name.endsWith('__') ? `_${owner}${name}` : name;
}
const ASCII = /^[\0-\x7f]*$/;
