/**
 * Trees by file and version: a library is parsed once in a process, however many programs import it, and, where there is a store, once a build of Necktie. What is
 * stored goes by the text itself, so that a changed file, and one that several environments have, is always itself.
 */
import { createHash } from 'node:crypto';
import type { TextStore } from '../../project/text-store.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Parse, Parsed } from '../../syntax/parse.ts';
import { restoredNodes, storedNodes } from '../../syntax/stored-nodes.ts';

export class ParsedSources {
  readonly #parse: Parse;
  readonly #store: TextStore | null;
  readonly #kept = new Map<string, { readonly version: string; readonly parsed: Parsed }>();
  constructor(parse: Parse, store: TextStore | null = null) {
    this.#parse = parse;
    this.#store = store;
  }

  /** Without a version, the text itself is what is compared. `isLibrary`: see `Parse`. */
  read(file: string, version: string | null | undefined, source: () => string, isLibrary = false): Parsed {
    const kept = this.#kept.get(file),
      how = isLibrary ? 'library ' : '';
    if (version && kept?.version === how + version) return kept.parsed;
    const text = source(),
      key = how + (version || text);
    if (kept?.version === key) return kept.parsed;
    const parsed = text.length < SHORT ? this.#parse(text, isLibrary) : this.#stored(text, isLibrary);
    this.#kept.set(file, { version: key, parsed });
    return parsed;
  }

  #stored(text: string, isLibrary: boolean): Parsed {
    if (!this.#store) return this.#parse(text, isLibrary);
    const name = `${isLibrary ? 'library' : 'source'}-${digest(text)}`,
      body = restored(this.#store.read(name));
    if (body) return { kind: 'module', body };
    const parsed = this.#parse(text, isLibrary);
    if (parsed.kind === 'module') this.#store.keep(name, () => stored(parsed.body));
    return parsed;
  }
}

/** Shorter texts are parsed as soon as they are looked up. */
const SHORT = 400;

/** A digest of what follows in the first line: half a file, and one that was changed, are known by it. */
function stored(body: Block): string | null {
  const text = storedNodes(body)?.join('\n');
  return text === undefined ? null : `${digest(text)}\n${text}`;
}
function restored(text: string | null): Block | null {
  const end = text?.indexOf('\n') ?? -1;
  if (text === null || end < 0) return null;
  const lines = text.slice(end + 1);
  return text.slice(0, end) === digest(lines) ? restoredNodes(lines.split('\n')) : null;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('hex');
