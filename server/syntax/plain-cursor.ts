/** Where the reader of plain expressions stands in its text: see `plain.ts`. */
import { COMMA } from './character-codes.ts';
import type { Span } from './nodes.ts';
import { NO_NAMES } from './plain-operators.ts';
import { NAME, PlainTokens, UNPLAIN } from './plain-tokens.ts';

export class PlainCursor {
  /** At the token that is next. */
  readonly tokens: PlainTokens;
  /** Where the last token ended. */
  end = 0;

  constructor(source: string) {
    this.tokens = new PlainTokens(source);
    this.tokens.next();
  }

  /** Whether there was a comma. */
  separator(closing: number): boolean {
    const { kind } = this.tokens;
    if (kind === closing) return false;
    if (kind !== COMMA) throw UNPLAIN;
    this.advance();
    return true;
  }
  open(): void {
    this.tokens.brackets++;
    this.advance();
  }
  close(kind: number): void {
    if (this.tokens.kind !== kind) throw UNPLAIN;
    this.tokens.brackets--;
    this.advance();
  }
  name(): string {
    const { kind, text } = this.tokens;
    if (kind !== NAME || NO_NAMES.has(text)) throw UNPLAIN;
    this.advance();
    return text;
  }
  is(kind: number): boolean {
    return this.tokens.kind === kind;
  }
  word(text: string): boolean {
    return this.tokens.kind === NAME && this.tokens.text === text;
  }
  span(start: number, line: number): Span {
    return { start, end: this.end, line };
  }
  advance(): void {
    this.end = this.tokens.end;
    this.tokens.next();
  }
}
