/**
 * Most configs are no more than assignments of plain expressions. Those are read here, by hand, in a tenth of the time that a general parser and the reading of
 * its tree take. Whatever else a text holds (a statement's keyword, a comprehension, an f-string, a fault), it is not for this reader, which says so with null;
 * what it does read is what `parse.ts` reads, node for node, and Python's compiler takes all of it.
 */
import { LF } from './character-codes.ts';
import type { Block, Statement } from './nodes.ts';
import { PlainAssignments } from './plain-assignments.ts';
import { NO_BEGINNING } from './plain-operators.ts';
import { END, LINE, NAME, UNPLAIN, Unplain } from './plain-tokens.ts';

export function readPlain(source: string): Block | null {
  try {
    return new PlainReader(source).module();
  } catch (e) {
    // A text of megabytes may be too much for a pattern.
    if (e instanceof Unplain || e instanceof RangeError) return null;
    throw e;
  }
}

class PlainReader extends PlainAssignments {
  module(): Block {
    const tokens = this.tokens;
    const body: Statement[] = [];
    for (;;) {
      while (tokens.kind === LINE) this.advance();
      if (tokens.kind === END) return body;
      const { start } = tokens;
      if (start > 0 && this.tokens.source.charCodeAt(start - 1) !== LF) throw UNPLAIN;
      body.push(this.statement());
      // What follows has another kind by now, which the compiler does not see.
      const after: number = tokens.kind;
      if (after !== LINE && after !== END) throw UNPLAIN;
    }
  }

  protected statement(): Statement {
    const { start, line, kind, text } = this.tokens;
    if (kind === NAME && NO_BEGINNING.has(text)) throw UNPLAIN;
    return this.assignment(this.expression(), start, line);
  }
}
