/** Where the lines of a text begin: the one place where offsets become lines and columns, both in UTF-16 units as LSP counts by default. */
export interface Position {
  /** From 0. */
  readonly line: number;
  readonly character: number;
}

export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  position(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.#text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - this.#starts[low]! };
  }

  offset({ line, character }: Position): number {
    const start = this.#starts[line];
    if (start === undefined) return line < 0 ? 0 : this.#text.length;
    return Math.min(start + character, this.end(line));
  }

  /** Where a line begins. */
  start(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }
  /** Where a line ends, before what ends it. */
  end(line: number): number {
    let end = this.#starts[line + 1] ?? this.#text.length;
    while (end > this.start(line) && (this.#text[end - 1] === '\n' || this.#text[end - 1] === '\r')) end--;
    return end;
  }
  /** A line without what ends it. */
  text(line: number): string {
    return this.#text.slice(this.start(line), this.end(line));
  }
}
