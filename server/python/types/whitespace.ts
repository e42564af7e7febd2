/** What `str.isspace` calls a space: JavaScript's `\s` has U+FEFF, and lacks the separators and U+0085. */
const INSIDE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
export const SPACES = new RegExp(`[${INSIDE}]+`, 'g');
const ONLY = new RegExp(`^[${INSIDE}]+$`),
  BEFORE = new RegExp(`^[${INSIDE}]+`);

export const isSpace = (s: string): boolean => ONLY.test(s);
export const trimStart = (s: string): string => s.replace(BEFORE, '');
/** By hand: a pattern with `$` looks at every blank of a long text. */
export function trimEnd(s: string): string {
  let end = s.length;
  while (end > 0 && ONLY.test(s.charAt(end - 1))) end--;
  return s.slice(0, end);
}
export const trim = (s: string): string => trimStart(trimEnd(s));
