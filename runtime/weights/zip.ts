/** As much of ZIP as torch reads: stored entries as `torch.save` writes them, packed ones of who zipped a file again, zip64. Source: PKWARE's APPNOTE 6.3.9. */
import { inflateRawSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { corrupt } from './problem.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const ALL_16 = 0xffff;
const ALL_32 = 0xffffffff;

export const isZip = (file: Uint8Array): boolean =>
  file.length >= 4 && file[0] === 0x50 && file[1] === 0x4b && file[2] === 3 && file[3] === 4;

/** Entries by name, each read where it is asked for. Of the file itself only the list of its contents is read. Throws `WeightsProblem`. */
export function readZip(file: ByteSource): ReadonlyMap<string, () => Uint8Array> {
  const { offset: from, count, end } = findDirectory(file);
  if (from > end || end - from > LARGEST_DIRECTORY) throw corrupt('The list of what is in the file breaks off.');
  const directory = file.at(from, end - from);
  const view = viewOf(directory);
  const entries = new Map<string, () => Uint8Array>();
  // Weights hardly become smaller: what grows to many times the file is made to fill the memory.
  let room = MOST_GROWN * file.length + LARGEST_DIRECTORY;
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== CENTRAL) throw corrupt('The list of what is in the file breaks off.');
    const [nameLength, extraLength, commentLength] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const name = text(directory, at + 46, nameLength);
    const [size, packed, offset] = wide(view, at + 46 + nameLength, extraLength, [at + 24, at + 20, at + 42]);
    const entry = { name, method: view.getUint16(at + 10, true), size: size!, packed: packed!, offset: offset! };
    if (entry.offset + 30 + entry.packed > file.length) throw corrupt(`${name} has ${entry.packed} bytes and the file ends before them.`);
    if (entry.method !== STORED) room -= entry.size;
    if (room < 0) throw corrupt(`${name} is packed so that it grows beyond all measure.`);
    // Of two with one name torch reads the first.
    if (!entries.has(name)) entries.set(name, () => contentOf(file, entry));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}
/** In bytes: some 100 an entry. */
const LARGEST_DIRECTORY = 2 ** 28;
const MOST_GROWN = 8;
const [STORED, DEFLATED] = [0, 8];

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

function contentOf(file: ByteSource, { name, method, size, packed, offset }: Entry): Uint8Array {
  if (method !== DEFLATED && (method !== STORED || size !== packed))
    throw corrupt(`${name} is packed in a way that PyTorch does not read.`);
  const head = file.at(offset, 30);
  const view = viewOf(head);
  if (head.length < 30 || view.getUint32(0, true) !== LOCAL) throw corrupt(`${name} is not where the list of contents says.`);
  // The local header's own lengths: its padding, which aligns the data, is not in the central directory.
  const start = offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + packed > file.length) throw corrupt(`${name} has ${packed} bytes and the file ends before them.`);
  return method === STORED ? file.at(start, size) : inflated(name, file.at(start, packed), size);
}

/** Exactly as long as it was said to be. */
function inflated(name: string, packed: Uint8Array, size: number): Uint8Array {
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
    if (bytes.length === size) return bytes;
  } catch {
    // Told below: the reasons of a damaged stream say nothing to who has the file.
  }
  throw corrupt(`${name} cannot be unpacked.`);
}

interface Directory {
  readonly count: number;
  readonly offset: number;
  /** Where it is over: the record that tells of it. */
  readonly end: number;
}

function findDirectory(file: ByteSource): Directory {
  // The record, a comment behind it, and before it what tells where the wide one is.
  const from = Math.max(0, file.length - 22 - ALL_16 - 20);
  const view = viewOf(file.at(from, file.length - from));
  for (let at = view.byteLength - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const [count, offset] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
    if (count !== ALL_16 && offset !== ALL_32) return { count, offset, end: from + at };
    const locator = at - 20;
    if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64) return { count, offset, end: from + at };
    const end = Number(view.getBigUint64(locator + 8, true));
    const record = end + 56 > file.length ? null : viewOf(file.at(end, 56));
    if (!record || record.getUint32(0, true) !== END64) throw corrupt('The end of the file does not point at its list of contents.');
    return { count: Number(record.getBigUint64(32, true)), offset: Number(record.getBigUint64(48, true)), end };
  }
  throw corrupt('The file begins as a checkpoint, but its end, where the list of its contents stands, is missing.');
}

/** Size, packed size and offset: where a field is all ones, the zip64 extra field holds it, in this order. */
function wide(view: DataView, extra: number, extraLength: number, fields: readonly number[]): readonly number[] {
  const narrow = fields.map(at => view.getUint32(at, true));
  if (!narrow.includes(ALL_32)) return narrow;
  for (let at = extra; at + 4 <= extra + extraLength; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    return narrow.map(n => {
      if (n !== ALL_32) return n;
      if (next + 8 > view.byteLength) throw corrupt('The list of what is in the file breaks off.');
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    });
  }
  return narrow;
}

const text = (file: Uint8Array, at: number, length: number): string => new TextDecoder().decode(file.subarray(at, at + length));
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
