/** Trees by file and version: a library is parsed once in a process, however many programs import it. */
import type { Parse, Parsed } from '../../syntax/parse.ts';

export class ParsedSources {
  readonly #parse: Parse;
  readonly #kept = new Map<string, { readonly version: string; readonly parsed: Parsed }>();
  constructor(parse: Parse) {
    this.#parse = parse;
  }

  /** Without a version, the text itself is what is compared. */
  read(file: string, version: string | null | undefined, source: () => string): Parsed {
    const kept = this.#kept.get(file);
    if (version && kept?.version === version) return kept.parsed;
    const text = source(),
      key = version || text;
    if (kept?.version === key) return kept.parsed;
    const parsed = this.#parse(text);
    this.#kept.set(file, { version: key, parsed });
    return parsed;
  }
}
