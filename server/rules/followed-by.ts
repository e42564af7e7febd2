/** Edits of a text, and then of what became of it, as edits of the text that it was. */
import type { Edit } from './diagnostic.ts';

/** `second`: offsets into what `first` makes of its files. */
export function followedBy(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const files = [...new Set([...first, ...second].map(edit => edit.file))];
  return files.flatMap(file => {
    const of = (edits: readonly Edit[]): readonly Edit[] => edits.filter(edit => edit.file === file);
    return editsOf(file, made(made([{ start: 0, end: Number.MAX_SAFE_INTEGER }], of(first)), of(second)));
  });
}

/** A stretch of the text as it was, or what was written. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

const lengthOf = (piece: Piece): number => ('text' in piece ? piece.text.length : piece.end - piece.start);
const cut = (piece: Piece, from: number, to: number): Piece =>
  'text' in piece ? { text: piece.text.slice(from, to) } : { start: piece.start + from, end: piece.start + to };

function made(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  const inOrder = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const found: Piece[] = [];
  let at = 0;
  for (const { start, end, text } of inOrder) {
    found.push(...between(pieces, at, start), { text });
    at = end;
  }
  return [...found, ...between(pieces, at, Number.POSITIVE_INFINITY)];
}

function between(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece),
      [start, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
    if (start < end) found.push(cut(piece, start, end));
    at += length;
  }
  return found;
}

function editsOf(file: string, pieces: readonly Piece[]): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0,
    text = '';
  for (const piece of pieces) {
    if ('text' in piece) {
      text += piece.text;
      continue;
    }
    if (text || piece.start > at) edits.push({ file, start: at, end: piece.start, text });
    [at, text] = [piece.end, ''];
  }
  return edits;
}
