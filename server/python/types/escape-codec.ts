/** `unicode_escape` and `raw_unicode_escape`: texts as Latin-1 with escapes for the rest. */
import { badEscape, unescaped } from '../../syntax/literals.ts';
import { asciiText } from '../format.ts';
import { unknown } from '../stop.ts';

/** Null: an encoding of another name. */
export function escapeCodec(encoding: string): EscapeCodec | null {
  const name = encoding.toLowerCase().replace(/[-_\s]+/g, '-');
  return name === 'unicode-escape' || name === 'unicodeescape'
    ? COOKED
    : name === 'raw-unicode-escape' || name === 'rawunicodeescape'
      ? RAW
      : null;
}
/** Between a text and the same as characters of one byte each. */
export interface EscapeCodec {
  encode(text: string): string;
  decode(bytes: string): string;
}

const COOKED: EscapeCodec = {
  encode: text => {
    const shown = asciiText(`'${text.replace(/[\\\t\n\r]/g, c => ESCAPES[c] ?? c)}'`);
    return shown.slice(1, -1).replace(/[\0-\x1f\x7f]/g, c => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  },
  decode(bytes) {
    if (badEscape(bytes) !== null || /(?:^|[^\\])(?:\\\\)*\\(?:N|$)/.test(bytes))
      return unknown('what an escape that is none is decoded to');
    return unescaped(bytes);
  },
};
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const RAW: EscapeCodec = {
  encode: text =>
    Array.from(text, c => {
      const code = c.codePointAt(0) ?? 0;
      return code < 256 ? c : code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
    }).join(''),
  decode: bytes =>
    bytes.replace(/\\+(?:u([0-9a-fA-F]{4})?|U([0-9a-fA-F]{8})?)?/g, (whole, four: string | undefined, eight: string | undefined) => {
      const slashes = /^\\+/.exec(whole)?.[0].length ?? 0,
        digits = four ?? eight;
      if (slashes % 2 === 0 || slashes === whole.length) return whole;
      const code = digits === undefined ? Infinity : Number.parseInt(digits, 16);
      return code > 0x10ffff ? unknown('what an escape that is none is decoded to') : '\\'.repeat(slashes - 1) + String.fromCodePoint(code);
    }),
};
