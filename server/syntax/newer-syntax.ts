/** What Python 3.11 refuses and a later one takes: a text is not wrong for it where it is not known that 3.11 or earlier runs. */
import type { ParseError } from './parse.ts';

/** `minor`: 12 for Python 3.12. */
export function mayBeNewer(source: string, { message, span, takenSince }: ParseError, minor: number | undefined): boolean {
  if (minor !== undefined && minor <= 11) return false;
  if (takenSince !== undefined && (minor ?? Infinity) >= takenSince) return true;
  const line = source.slice(source.lastIndexOf('\n', span.start - 1) + 1).split('\n', 1)[0] ?? '';
  // Since 3.14 `except A, B:`; since 3.13 type parameters have defaults.
  return message === 'multiple exception types must be parenthesized' || /\b(?:def|class|type)\s+\w+\s*\[/.test(line);
}
