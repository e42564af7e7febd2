/**
 * Trees by file and version: a library is parsed once in a process, however many programs import it, and, where there is a store, once a build of Necktie. What is
 * stored goes by the text itself, so that a changed file, and one that several environments have, is always itself.
 *
 * A library's modules are used for one model and not for the next, and of a text only some bodies are ever read: what is not in use is held within a budget, and read
 * again from where it came.
 */
import { Held } from '../../project/held.ts';
import { packed, unpacked } from '../../project/pieces.ts';
import type { TextStore } from '../../project/text-store.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Parse, Parsed, ParseError } from '../../syntax/parse.ts';
import { restoredNodes, storedNodes } from '../../syntax/stored-nodes.ts';
import { verdict } from '../../syntax/verdict.ts';
import { digest } from '../../text/digest.ts';

/** How a text is read. */
export interface Reading {
  /** A library's: see `Parse`. */
  readonly isLibrary?: boolean;
  /** Whether it is known that Python takes the text, by its SHA-256 in base64url. What is not is looked through to the last function. Absent: all is known to be taken. */
  readonly isTaken?: (sha256: string) => boolean;
}

export class ParsedSources {
  readonly #parse: Parse;
  readonly #store: TextStore | null;
  /** Null: let go of. */
  readonly #kept = new Map<string, { readonly version: string; readonly parsed: () => Parsed | null }>();
  readonly #held: Held;
  /** Files of the store: of each, a body now and then. */
  readonly #files = new Held(FILES);
  /** `bytes`: what is held at most. */
  constructor(parse: Parse, store: TextStore | null = null, bytes = HELD) {
    this.#parse = parse;
    this.#store = store;
    this.#held = new Held(bytes);
  }

  /** Without a version, the text itself is what is compared. */
  read(file: string, version: string | null | undefined, source: () => string, reading: Reading = {}): Parsed {
    const kept = this.#kept.get(file),
      how = `${reading.isLibrary ? 'library ' : ''}${reading.isTaken ? 'looked through ' : ''}`;
    const known = version && kept?.version === how + version ? kept.parsed() : null;
    if (known) return known;
    const text = source(),
      key = how + (version || text),
      same = !version && kept?.version === key ? kept.parsed() : null;
    if (same) return same;
    const parsed = text.length < SHORT ? this.#short(text, reading) : this.#long(text, source, reading);
    this.#kept.set(file, { version: key, parsed: this.#held.hold(parsed, text.length * NODES, () => null) });
    return parsed;
  }

  /** What a short text holds is looked through sooner than it is found out whether that is needed. */
  #short(text: string, { isLibrary, isTaken }: Reading): Parsed {
    const parsed = this.#parse(text, isLibrary ? () => text : undefined);
    if (!isTaken) return parsed;
    // All of it was read, unless there is a function in it.
    const refusal = this.#refusal(text, parsed.kind === 'module' && !/\bdef\b/.test(text) ? parsed : this.#parse(text));
    return refusal ? { ...refusal, isPythons: true } : parsed;
  }

  #long(text: string, source: () => string, { isLibrary, isTaken }: Reading): Parsed {
    const content = contentOf(text);
    const again = (): string | null => {
      const now = source();
      return contentOf(now) === content ? now : null;
    };
    const name = `${isLibrary ? 'library' : 'source'}-${content}`;
    const parse = (text: string): Parsed => this.#parse(text, isLibrary ? this.#held.hold(text, text.length, again) : undefined);
    const lines = (): readonly string[] | null => {
      const now = again(),
        parsed = now === null ? null : parse(now);
      return parsed?.kind === 'module' ? storedNodes(parsed.body) : null;
    };
    const restored = this.#restored(name, lines);
    const isSafe = !isTaken || restored?.mark === TAKEN || isTaken(content);
    if (restored && isSafe) return { kind: 'module', body: restored.body };
    const refusal = isSafe ? null : this.#refusal(text);
    if (refusal) return { ...refusal, isPythons: true };
    const parsed = parse(text);
    if (parsed.kind !== 'module' || !this.#store) return parsed;
    // It may be long until there is time to write: beyond the budget no tree waits for it.
    const tree = this.#held.hold(parsed.body, text.length * NODES, () => null),
      // That Python takes it is a fact of the text, whoever has it.
      mark = isTaken ? TAKEN : UNKNOWN;
    this.#store.keep(name, () => {
      const body = tree(),
        pieces = body ? storedNodes(body) : lines();
      return pieces && packed(pieces, mark);
    });
    return parsed;
  }

  /** What Python says of a text that it does not take; null where it takes it, or where that is not known: whose it is that will run, is not asked here. */
  #refusal(text: string, parsed = this.#parse(text)): ParseError | null {
    const told = verdict(text, parsed);
    return told?.takenSince ? null : told;
  }

  /** `remade`: the lines, should they be gone from the store when a body is asked for. */
  #restored(name: string, remade: () => readonly string[] | null): { readonly body: Block; readonly mark: string } | null {
    const store = this.#store;
    const found = (): ReturnType<typeof unpacked> => {
      const bytes = store?.bytes(name);
      return bytes ? unpacked(bytes) : null;
    };
    const pieces = found();
    if (!pieces) return null;
    const held = this.#files.hold(pieces, pieces.bytes, found);
    const body = restoredNodes(at => held()?.at(at) ?? (at ? remade()?.[at] : null) ?? null);
    return body && { body, mark: pieces.mark };
  }
}

/** Shorter texts are parsed as soon as they are looked up. */
const SHORT = 400;
/** Bytes of a module's nodes without the bodies of its functions, for a character of its text. */
const NODES = 2;
/** About what one model reads. */
const HELD = 8 * 2 ** 20;
/** They are read again in a fraction of a millisecond. */
const FILES = 2 * 2 ** 20;

/** What is stored says whether it is known that Python takes its text. */
const TAKEN = 'taken';
const UNKNOWN = 'unknown';

const contentOf = (text: string): string => digest('sha256', text, 'base64url');
