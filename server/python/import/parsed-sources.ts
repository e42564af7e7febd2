/**
 * Trees by file and version: a library is parsed once in a process, however many programs import it, and, where there is a store, once a build of Necktie. What is
 * stored goes by the text itself, so that a changed file, and one that several environments have, is always itself.
 *
 * A library's modules are used for one model and not for the next, and of a text only some bodies are ever read: what is not in use is held within a budget, and read
 * again from where it came.
 */
import { createHash } from 'node:crypto';
import { Held } from '../../project/held.ts';
import type { TextStore } from '../../project/text-store.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Parse, Parsed } from '../../syntax/parse.ts';
import { restoredNodes, storedNodes } from '../../syntax/stored-nodes.ts';

export class ParsedSources {
  readonly #parse: Parse;
  readonly #store: TextStore | null;
  /** Null: let go of. */
  readonly #kept = new Map<string, { readonly version: string; readonly parsed: () => Parsed | null }>();
  readonly #held: Held;
  /** `bytes`: what is held at most. */
  constructor(parse: Parse, store: TextStore | null = null, bytes = HELD) {
    this.#parse = parse;
    this.#store = store;
    this.#held = new Held(bytes);
  }

  /** Without a version, the text itself is what is compared. `isLibrary`: see `Parse`. */
  read(file: string, version: string | null | undefined, source: () => string, isLibrary = false): Parsed {
    const kept = this.#kept.get(file),
      how = isLibrary ? 'library ' : '';
    const known = version && kept?.version === how + version ? kept.parsed() : null;
    if (known) return known;
    const text = source(),
      key = how + (version || text),
      same = !version && kept?.version === key ? kept.parsed() : null;
    if (same) return same;
    const parsed = text.length < SHORT ? this.#parse(text, isLibrary ? () => text : undefined) : this.#long(text, source, isLibrary);
    this.#kept.set(file, { version: key, parsed: this.#held.hold(parsed, text.length * NODES, () => null) });
    return parsed;
  }

  #long(text: string, source: () => string, isLibrary: boolean): Parsed {
    const content = digest(text);
    const again = (): string | null => {
      const now = source();
      return digest(now) === content ? now : null;
    };
    const name = `${isLibrary ? 'library' : 'source'}-${content}`;
    const parse = (text: string): Parsed => this.#parse(text, isLibrary ? this.#held.hold(text, text.length, again) : undefined);
    const lines = (): readonly string[] | null => {
      const now = again(),
        parsed = now === null ? null : parse(now);
      return parsed?.kind === 'module' ? storedNodes(parsed.body) : null;
    };
    const body = this.#restored(name, lines);
    if (body) return { kind: 'module', body };
    const parsed = parse(text);
    if (parsed.kind !== 'module' || !this.#store) return parsed;
    // It may be long until there is time to write: beyond the budget no tree waits for it.
    const tree = this.#held.hold(parsed.body, text.length * NODES, () => null);
    this.#store.keep(name, () => {
      const body = tree();
      return stored(body ? storedNodes(body) : lines());
    });
    return parsed;
  }

  /** `remade`: the lines, should they be gone from the store when a body is asked for. */
  #restored(name: string, remade: () => readonly string[] | null): Block | null {
    const store = this.#store,
      text = store?.read(name) ?? null,
      lines = linesOf(text);
    if (!store || text === null || !lines) return null;
    return restoredNodes(this.#held.hold(lines, text.length, () => linesOf(store.read(name)) ?? remade()));
  }
}

/** Shorter texts are parsed as soon as they are looked up. */
const SHORT = 400;
/** Bytes of a module's nodes without the bodies of its functions, for a character of its text. */
const NODES = 2;
/** More than what one model reads. */
const HELD = 16 * 2 ** 20;

/** A digest of what follows in the first line: half a file, and one that was changed, are known by it. */
function stored(lines: readonly string[] | null): string | null {
  const text = lines?.join('\n');
  return text === undefined ? null : `${digest(text)}\n${text}`;
}
function linesOf(text: string | null): readonly string[] | null {
  const end = text?.indexOf('\n') ?? -1;
  if (text === null || end < 0) return null;
  const lines = text.slice(end + 1);
  return text.slice(0, end) === digest(lines) ? lines.split('\n') : null;
}

const digest = (text: string): string => createHash('sha1').update(text).digest('hex');
