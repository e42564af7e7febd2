/** Which characters a set has, and which are one where case is ignored. */
import { isSpace } from '../../types/whitespace.ts';
import { type ClassItem, FLAG, type Kind } from './nodes.ts';

const ASCII: Readonly<Record<Kind, RegExp>> = { d: /^[0-9]$/, w: /^[A-Za-z0-9_]$/, s: /^[ \t\n\r\v\f]$/ };
const UNICODE: Readonly<Record<Kind, (c: string) => boolean>> = {
  d: c => /^\p{Nd}$/u.test(c),
  w: c => /^[\p{L}\p{N}_]$/u.test(c),
  s: isSpace,
};
export function isOfKind(kind: Kind, code: number, flags: number): boolean {
  const c = String.fromCodePoint(code);
  return flags & FLAG.unicode && !(flags & FLAG.ascii) && code > 127
    ? UNICODE[kind](c)
    : code < 128 && (kind === 's' && flags & FLAG.unicode && !(flags & FLAG.ascii) ? isSpace(c) : ASCII[kind].test(c));
}

const single = (text: string, otherwise: number): number => {
  const code = text.codePointAt(0) ?? otherwise;
  return text.length === (code > 0xffff ? 2 : 1) ? code : otherwise;
};
export const lower = (code: number): number => single(String.fromCodePoint(code).toLowerCase(), code);
const upper = (code: number): number => single(String.fromCodePoint(code).toUpperCase(), code);
/** The same for all that are one where case is ignored. */
export function folded(code: number, flags: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  return flags & FLAG.unicode && !(flags & FLAG.ascii) ? lower(upper(lower(code))) : code;
}
/** Characters beyond ASCII that are one with a letter of it. */
const STRANGERS: Readonly<Record<number, readonly number[]>> = { 115: [0x17f], 107: [0x212a], 105: [0x131, 0x130] };

/** Whether a set has a character. */
export function tester(items: readonly ClassItem[], negated: boolean, flags: number): (code: number) => boolean {
  const ignoring = (flags & FLAG.ignoreCase) !== 0,
    wide = (flags & FLAG.unicode) !== 0 && (flags & FLAG.ascii) === 0;
  const has = (code: number): boolean =>
    items.some(item => ('kind' in item ? isOfKind(item.kind, code, flags) !== item.negated : code >= item.low && code <= item.high));
  const plain = (code: number): boolean => {
    if (!ignoring) return has(code);
    const key = folded(code, flags);
    if (has(key)) return true;
    if (code < 128 || wide) {
      const big = key < 128 ? (key >= 97 && key <= 122 ? key - 32 : key) : upper(key);
      if (inRanges(items, code) || inRanges(items, big)) return true;
      return wide && (STRANGERS[key] ?? []).some(other => inRanges(items, other));
    }
    return inRanges(items, code);
  };
  const small = Uint8Array.from({ length: 128 }, (_, code) => (plain(code) !== negated ? 1 : 0));
  return code => (code < 128 ? small[code] === 1 : plain(code) !== negated);
}
const inRanges = (items: readonly ClassItem[], code: number): boolean =>
  items.some(item => !('kind' in item) && code >= item.low && code <= item.high);
