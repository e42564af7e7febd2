/** The text of a pattern while it is read: where one stands in it, and how it is complained of. */

export class PatternText {
  readonly characters: readonly string[];
  readonly isBytes: boolean;
  at = 0;
  constructor(source: string, isBytes: boolean) {
    this.characters = [...source];
    this.isBytes = isBytes;
  }

  peek(ahead = 0): string | undefined {
    return this.characters[this.at + ahead];
  }
  next(): string | undefined {
    return this.characters[this.at++];
  }
  take(c: string): boolean {
    if (this.characters[this.at] !== c) return false;
    this.at++;
    return true;
  }
  /** As many as there are, and no more than `most`. */
  takeWhile(is: (c: string) => boolean, most = Infinity): string {
    let taken = '';
    for (let c = this.peek(); c !== undefined && taken.length < most && is(c); c = this.peek()) {
      taken += c;
      this.at++;
    }
    return taken;
  }
  slice(from: number, to: number): string {
    return this.characters.slice(from, to).join('');
  }
  fail(message: string, at = this.at): never {
    throw new PatternError(message, Math.min(at, this.characters.length));
  }
}

/** A pattern that is none; `at`: where. */
export class PatternError extends Error {
  readonly at: number | null;
  constructor(message: string, at: number | null) {
    super(message);
    this.at = at;
  }
}

export const isDigit = (c: string | undefined): c is string => c !== undefined && c >= '0' && c <= '9';
export const isOctal = (c: string | undefined): c is string => c !== undefined && c >= '0' && c <= '7';
