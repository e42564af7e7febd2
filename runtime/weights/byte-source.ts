/** Bytes that are read where they are asked for: a checkpoint has gigabytes, and its names and shapes take a few kilobytes of them. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface ByteSource {
  readonly length: number;
  /** Fewer where there are no more. Throws what the system says. */
  at(start: number, length: number): Uint8Array;
}

/** Views into what is at hand. */
export const inMemory = (bytes: Uint8Array): ByteSource => ({
  length: bytes.length,
  at: (start, length) => bytes.subarray(start, Math.min(bytes.length, start + length)),
});

/** A file, which is open for as long as `read` takes. Throws what the system says. */
export function withFile<T>(path: string, read: (source: ByteSource) => T): T {
  const file = openSync(path, 'r');
  try {
    return read(ofFile(file));
  } finally {
    closeSync(file);
  }
}

/** Node reads no more than 2 GiB at once. */
const PART = 2 ** 30;

function ofFile(file: number): ByteSource {
  const { size } = fstatSync(file);
  return {
    length: size,
    at(start, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - start)));
      for (let done = 0; done < bytes.length; ) {
        const read = readSync(file, bytes, done, Math.min(PART, bytes.length - done), start + done);
        // It became shorter meanwhile.
        if (read === 0) return bytes.subarray(0, done);
        done += read;
      }
      return bytes;
    },
  };
}
