/**
 * Texts in one file, of which a few are wanted: each is decoded, and compared with its digest, when it is taken. Half a file, and one that was changed, are known by it.
 *
 * The first line is the digest of the second, which says of each piece how long it is and its digest. All of it is ASCII, so that a character is a byte.
 */
import { digest } from '../text/digest.ts';

/** `mark`: one word about all of them. Pieces of other characters than ASCII cannot be had again: JSON can be written without. */
export function packed(pieces: readonly string[], mark: string): string {
  const table = [mark, ...pieces.map(piece => `${piece.length} ${short(piece)}`)].join(' ');
  return `${short(table)}\n${table}\n${pieces.join('')}`;
}

export interface Pieces {
  readonly mark: string;
  /** Of all of them. */
  readonly bytes: number;
  /** Null where it is not as it was written. */
  at(index: number): string | null;
}

/** Null where the file is not as it was written, as far as can be seen without looking at its pieces. */
export function unpacked(file: Uint8Array): Pieces | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const first = bytes.indexOf(LINE),
    second = bytes.indexOf(LINE, first + 1);
  if (first < 0 || second < 0) return null;
  const table = bytes.toString('latin1', first + 1, second);
  if (bytes.toString('latin1', 0, first) !== short(table)) return null;
  const [mark = '', ...told] = table.split(' ');
  const starts = [second + 1];
  for (let i = 0; i < told.length; i += 2) starts.push((starts.at(-1) ?? 0) + Number(told[i]));
  return {
    mark,
    bytes: bytes.length,
    at(index) {
      const [start, end] = [starts[index], starts[index + 1]];
      if (start === undefined || end === undefined) return null;
      const piece = bytes.toString('latin1', start, end);
      return told[2 * index + 1] === short(piece) ? piece : null;
    },
  };
}

/** So much of it that no accident leaves it as it was. */
const short = (text: string): string => digest('sha1', text).slice(0, 16);
const LINE = 10;
