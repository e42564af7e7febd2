/**
 * f-strings that Python takes since 3.12 and the grammar here takes as well (PEP 701): with their own quote, a backslash, a comment or a new line in the braces. Before,
 * an f-string ends where any other text of its quote does.
 */
import { isFields, someChild } from './children.ts';
import type { Block, Span } from './nodes.ts';
import type { Refusal } from './refusal.ts';
import { fStringFault } from './strict/f-string.ts';

/** What Python 3.11 says of the first; null where it takes all of them. */
export function newerFString(body: Block, source: string): Refusal | null {
  if (!BEGINS.test(source)) return null;
  let found: Refusal | null = null;
  const look = (node: object): boolean => {
    if (!isJoined(node)) return someChild(node, look);
    // What stands in its braces belongs to it.
    const message = faultOf(source.slice(node.span.start, node.span.end), node.span.line);
    if (message !== null) found = { message, span: node.span };
    return found !== null;
  };
  body.some(look);
  return found;
}
const BEGINS = /\b(?:[fF][rR]?|[rR][fF])['"]/;
const isJoined = (node: object): node is { readonly kind: 'joined'; readonly span: Span } =>
  'kind' in node && node.kind === 'joined' && 'span' in node && isFields(node.span);

/** Of texts that stand beside one another, as Python 3.11 cuts them. */
function faultOf(text: string, line: number): string | null {
  for (let at = 0; at < text.length; ) {
    PIECE.lastIndex = at;
    const [piece, before = '', prefix, quote = ''] = PIECE.exec(text) ?? [];
    if (piece === undefined || prefix === undefined) return null;
    const end = endOf(text, at + piece.length, quote);
    if (end === null)
      return `unterminated string literal (detected at line ${line + (text.slice(0, at + before.length).match(/\n/g)?.length ?? 0)})`;
    const fault = fStringFault(text.slice(at + before.length, end), () => null);
    if (fault !== null) return fault;
    at = end;
  }
  return null;
}
/** What may stand before a text, and how it begins. */
const PIECE = /((?:\s|#[^\n]*|\\\r?\n)*)([A-Za-z]{0,2})('''|"""|'|")/y;

/** Behind its closing quote; null where its line ends before. */
function endOf(text: string, from: number, quote: string): number | null {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(quote, i)) return i + quote.length;
    else if (text[i] === '\n' && quote.length === 1) return null;
  }
  return text.length;
}
