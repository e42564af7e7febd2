/** What Python says of bytes that are no UTF-8, as it opens a config. */
import type { Flaw } from './host.ts';

/** `bytes`: not UTF-8. The offset is that of the first bad byte in the text as it is decoded all the same. */
export function undecodable(bytes: Buffer): Flaw {
  const { at, end, reason } = firstFault(bytes);
  const what =
    end - at > 1 ? `bytes in position ${at}-${end - 1}` : `byte 0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')} in position ${at}`;
  return {
    kind: 'error',
    errorType: 'UnicodeDecodeError',
    message: `'utf-8' codec can't decode ${what}: ${reason}`,
    at: bytes.subarray(0, at).toString('utf8').length,
  };
}

interface Fault {
  readonly at: number;
  /** After the last byte of what cannot be decoded. */
  readonly end: number;
  readonly reason: string;
}

/** By the well-formed sequences of the Unicode Standard (table 3-7), as CPython's decoder names what breaks them. */
function firstFault(bytes: Buffer): Fault {
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (!length) return { at, end: at + 1, reason: 'invalid start byte' };
    for (let k = 1; k < length; k++) {
      const next = bytes[at + k];
      if (next === undefined) return { at, end: bytes.length, reason: 'unexpected end of data' };
      const [low, high] = k === 1 ? (SECOND[lead] ?? [0x80, 0xbf]) : [0x80, 0xbf];
      if (next < low || next > high) return { at, end: at + k, reason: 'invalid continuation byte' };
    }
    at += length;
  }
  return { at: bytes.length, end: bytes.length, reason: 'unexpected end of data' };
}
/** Second bytes that some lead bytes ask for: no overlong forms, no surrogates, nothing above U+10FFFF. */
const SECOND: Readonly<Record<number, readonly [low: number, high: number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};
