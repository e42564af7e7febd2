/** An open document: a text, its version, and how an editor's changes make the next one. */
import { Lines, type Position } from './lines.ts';

/** Without a range: the whole text. */
export interface Change {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

export interface Document {
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

export function changed(document: Document, changes: readonly Change[], version: number): Document {
  let { text } = document;
  for (const change of changes) {
    if (!change.range) {
      text = change.text;
      continue;
    }
    const lines = new Lines(text);
    text = text.slice(0, lines.offset(change.range.start)) + change.text + text.slice(lines.offset(change.range.end));
  }
  return { ...document, version, text };
}
