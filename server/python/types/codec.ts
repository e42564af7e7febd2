/** `str.encode` and `bytes.decode`: UTF-8, 16 and 32, Latin-1 and ASCII, with what each way of handling errors makes of what does not fit. */
import { raise } from '../exception.ts';
import { unknown } from '../stop.ts';
import { BYTES, Bytes, ofText } from './bytes.ts';
import { escapeCodec } from './escape-codec.ts';

interface Codec {
  /** As complaints call it. */
  readonly name: string;
  readonly kind: 'utf-8' | 'single' | 'wide';
  /** Of one byte a character: the greatest. Of more: how many bytes, which end first, whether a mark says that. */
  readonly most: number;
  readonly little: boolean;
  readonly marked: boolean;
}
const single = (name: string, most: number): Codec => ({ name, kind: 'single', most, little: true, marked: false });
const wide = (name: string, most: number, little: boolean, marked: boolean): Codec => ({ name, kind: 'wide', most, little, marked });

function codecOf(encoding: string): Codec {
  const name = encoding.toLowerCase().replace(/[-_\s]+/g, '-');
  if (/^(utf-?8|u8|cp65001)$/.test(name)) return { name: 'utf-8', kind: 'utf-8', most: 0, little: true, marked: false };
  if (/^(us-?ascii|ascii|646)$/.test(name)) return single('ascii', 127);
  if (/^(latin-?1|latin|iso-?8859-?1|l1|cp819|8859)$/.test(name)) return single('latin-1', 255);
  const [, bits, order] = /^(?:utf|u)-?(16|32)(?:-?(le|be))?$/.exec(name) ?? [];
  if (bits) return wide(`utf-${bits}${order ? `-${order}` : ''}`, Number(bits) / 8, order !== 'be', !order);
  if (OTHERS.test(name)) return unknown(`encoding ${encoding}`);
  throw raise('LookupError', `unknown encoding: ${encoding}`);
}
/** What CPython may know and we do not. */
const OTHERS =
  /^(cp|iso|ucs|utf|u\d|windows|mac|koi|big5|gb|euc|shift|s-?jis|hz|johab|ptcp|tis|hp|idna|punycode|raw|unicode|rot|base|hex|bz2|zip|zlib|quopri|uu|latin|l\d|cs|kz|rk|viscii|mbcs|oem|palmos|charmap|undefined|string|chinese|korean|ks|ms|hebrew|arabic|asmo|ecma|elot|greek|cyrillic|thai|x-|\d)/;

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
const escaped = (code: number): string => (code < 256 ? `\\x${hex(code, 2)}` : code < 65536 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`);
const isHalf = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

export function encode(text: string, encoding: string, errors = 'strict'): Bytes {
  const escapes = escapeCodec(encoding);
  if (escapes) return ofText(escapes.encode(text));
  const codec = codecOf(encoding);
  if (/^[\0-\x7f]*$/.test(text) && codec.kind !== 'wide') return ofText(text);
  const points = [...text].map(c => c.codePointAt(0) ?? 0),
    fits = (p: number): boolean => (codec.kind === 'single' ? p <= codec.most : !isHalf(p)),
    out: number[] = codec.marked ? written(codec, 0xfeff) : [];
  for (let i = 0; i < points.length; i++) {
    const p = points[i] ?? 0;
    if (fits(p)) {
      for (const b of written(codec, p)) out.push(b);
      continue;
    }
    let end = i;
    while (end < points.length && !fits(points[end] ?? 0)) end++;
    for (const b of instead(codec, text, points, i, end, errors)) out.push(b);
    i = end - 1;
  }
  return new Bytes(Uint8Array.from(out));
}
function written(codec: Codec, p: number): number[] {
  if (codec.kind === 'single') return [p];
  if (codec.kind === 'utf-8')
    return p < 0x80
      ? [p]
      : p < 0x800
        ? [0xc0 | (p >> 6), 0x80 | (p & 63)]
        : p < 0x10000
          ? [0xe0 | (p >> 12), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63)]
          : [0xf0 | (p >> 18), 0x80 | ((p >> 12) & 63), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63)];
  const units = codec.most === 4 || p < 0x10000 ? [p] : [0xd800 | ((p - 0x10000) >> 10), 0xdc00 | ((p - 0x10000) & 0x3ff)];
  return units.flatMap(u => {
    const bytes = Array.from({ length: codec.most }, (_, k) => (u >>> (8 * k)) & 255);
    return codec.little ? bytes : bytes.reverse();
  });
}
/** For characters that do not fit, from `start` to before `end`. */
function instead(codec: Codec, text: string, points: readonly number[], start: number, end: number, errors: string): number[] {
  const bad = points.slice(start, end),
    all = (told: (p: number) => string): number[] => bad.flatMap(p => [...told(p)].flatMap(c => written(codec, c.charCodeAt(0))));
  switch (errors) {
    case 'strict': {
      const reason = codec.kind === 'single' ? `ordinal not in range(${codec.most + 1})` : 'surrogates not allowed';
      throw raise('UnicodeEncodeError', codec.name, text, start, end, reason);
    }
    case 'ignore':
      return [];
    case 'replace':
      return all(() => '?');
    case 'xmlcharrefreplace':
      return all(p => `&#${p};`);
    case 'backslashreplace':
      return all(escaped);
    case 'surrogatepass':
      if (codec.kind === 'single') return instead(codec, text, points, start, end, 'strict');
      return bad.flatMap(p => written(codec, p));
    case 'surrogateescape':
      if (codec.kind === 'wide' || bad.some(p => p < 0xdc80 || p > 0xdcff)) return instead(codec, text, points, start, end, 'strict');
      return bad.map(p => p - 0xdc00);
    case 'namereplace':
      return unknown('names of characters');
    default:
      throw raise('LookupError', `unknown error handler name '${errors}'`);
  }
}

export function decode(bytes: Uint8Array, encoding: string, errors = 'strict'): string {
  const escapes = escapeCodec(encoding);
  if (escapes) return escapes.decode(Buffer.from(bytes).toString('latin1'));
  const codec = codecOf(encoding);
  if (codec.kind === 'wide') return decodeWide(bytes, codec, errors);
  if (codec.name === 'latin-1' || bytes.every(b => b < 128)) return Buffer.from(bytes).toString('latin1');
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i] ?? 0;
    if (b < 128) {
      out += String.fromCharCode(b);
      i++;
      continue;
    }
    const found = codec.kind === 'single' ? { end: i + 1, wrong: 'ordinal not in range(128)' } : character(bytes, i);
    if ('code' in found) out += String.fromCodePoint(found.code);
    else if (errors === 'surrogatepass' && half(bytes, i) !== null) {
      out += String.fromCharCode(half(bytes, i) ?? 0);
      i += 3;
      continue;
    } else out += unread(codec, bytes, i, found.end, found.wrong, errors);
    i = found.end;
  }
  return out;
}
type Found = { readonly end: number } & ({ readonly code: number } | { readonly wrong: string });
/** One of UTF-8 that takes several bytes; or how far what is none goes, and why. */
function character(bytes: Uint8Array, i: number): Found {
  const b = bytes[i] ?? 0,
    size = b >= 0xc2 && b < 0xe0 ? 2 : b >= 0xe0 && b < 0xf0 ? 3 : b >= 0xf0 && b < 0xf5 ? 4 : 0;
  if (size === 0) return { end: i + 1, wrong: 'invalid start byte' };
  let code = b & (0xff >> (size + 1));
  for (let k = 1; k < size; k++) {
    const next = bytes[i + k];
    if (next === undefined) return { end: bytes.length, wrong: 'unexpected end of data' };
    const low = k === 1 ? (b === 0xe0 ? 0xa0 : b === 0xf0 ? 0x90 : 0x80) : 0x80,
      high = k === 1 ? (b === 0xed ? 0x9f : b === 0xf4 ? 0x8f : 0xbf) : 0xbf;
    if (next < low || next > high) return { end: i + k, wrong: 'invalid continuation byte' };
    code = (code << 6) | (next & 63);
  }
  return { end: i + size, code };
}
/** Half of a pair, written as if it were a character. */
function half(bytes: Uint8Array, i: number): number | null {
  const [a, b = 0, c = 0] = bytes.subarray(i, i + 3);
  return a === 0xed && b >= 0xa0 && b <= 0xbf && c >= 0x80 && c <= 0xbf ? 0xd000 | ((b & 63) << 6) | (c & 63) : null;
}
function unread(codec: Codec, bytes: Uint8Array, start: number, end: number, reason: string, errors: string): string {
  const bad = [...bytes.subarray(start, end)];
  switch (errors) {
    case 'strict':
    case 'surrogatepass':
      throw raise('UnicodeDecodeError', codec.name, new Bytes(bytes.slice(), BYTES), start, end, reason);
    case 'ignore':
      return '';
    case 'replace':
      return '\ufffd';
    case 'backslashreplace':
      return bad.map(escaped).join('');
    case 'surrogateescape':
      return bad.map(b => String.fromCharCode(0xdc00 + b)).join('');
    case 'xmlcharrefreplace':
    case 'namereplace':
      throw raise('TypeError', "don't know how to handle UnicodeDecodeError in error callback");
    default:
      throw raise('LookupError', `unknown error handler name '${errors}'`);
  }
}
function decodeWide(bytes: Uint8Array, codec: Codec, errors: string): string {
  const { most: size } = codec;
  let little = codec.little,
    from = 0;
  if (codec.marked) {
    const mark = (order: boolean): boolean => written({ ...codec, little: order }, 0xfeff).every((b, k) => bytes[k] === b);
    if (mark(true) || mark(false)) {
      little = mark(true);
      from = size;
    }
  }
  const name = codec.marked && from ? `${codec.name}-${little ? 'le' : 'be'}` : codec.name;
  if ((bytes.length - from) % size !== 0) {
    if (errors !== 'strict') return unknown(`${codec.name} that is cut off`);
    throw raise(
      'UnicodeDecodeError',
      name,
      new Bytes(bytes.slice()),
      bytes.length - ((bytes.length - from) % size),
      bytes.length,
      'truncated data',
    );
  }
  let out = '';
  for (let i = from; i < bytes.length; i += size) {
    let unit = 0;
    for (let k = 0; k < size; k++) unit += (bytes[little ? i + k : i + size - 1 - k] ?? 0) * 256 ** k;
    if (size === 2) out += String.fromCharCode(unit);
    else if (unit > 0x10ffff || isHalf(unit)) return unknown('utf-32 that is none');
    else out += String.fromCodePoint(unit);
  }
  return /\p{Surrogate}/u.test(out) && errors !== 'surrogatepass' ? unknown('utf-16 with half of a pair') : out;
}
