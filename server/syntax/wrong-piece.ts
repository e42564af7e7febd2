/**
 * The one statement that is half typed, found without parsing the whole text, which costs a tolerant parser most where there is a fault. Where all other pieces
 * are complete statements by themselves, a fault of the one is a fault of the whole: it cannot be closed by what comes after it.
 */
import type { Parse, ParseError } from './parse.ts';
import { pieces } from './recover.ts';

/** `isWhole`: whether a text is complete statements, as far as that is known cheaply. Null: the whole has to be parsed. */
export function wrongPiece(source: string, isWhole: (text: string) => boolean, parse: Parse): ParseError | null {
  const all = pieces(source);
  if (all.length < 2) return null;
  const odd = all.filter(({ start, end }) => !isWhole(source.slice(start, end)));
  const [piece] = odd;
  if (!piece || odd.length > 1) return null;
  const text = source.slice(piece.start, piece.end);
  // A text of several lines, or a line that goes on, may end in another piece.
  if (/'''|"""|\\\s*$/.test(text)) return null;
  const read = parse(text);
  if (read.kind !== 'error') return null;
  const { start, end, line } = read.span;
  return { ...read, span: { start: start + piece.start, end: end + piece.start, line: line + piece.line - 1 } };
}
