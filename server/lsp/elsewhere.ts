/** What configs have to tell of other files: a mistake in a module of the user's own, which a model's run finds. */
import type { Diagnostic } from 'vscode-languageserver';
import type { Published } from './convert.ts';

export class Elsewhere {
  /** By the config that tells it. */
  readonly #told = new Map<string, readonly Published[]>();

  /** Answers with the files of which another thing is told now. */
  set(config: string, told: readonly Published[]): ReadonlySet<string> {
    const before = this.#told.get(config) ?? [];
    if (told.length) this.#told.set(config, told);
    else this.#told.delete(config);
    return new Set([...before, ...told].map(({ uri }) => uri));
  }
  /** Of one file; what several configs tell alike, once. */
  of(uri: string): readonly Diagnostic[] {
    const all = [...this.#told.values()].flat().filter(one => one.uri === uri);
    const seen = new Map(all.map(({ diagnostic }) => [JSON.stringify([diagnostic.range, diagnostic.message]), diagnostic]));
    return [...seen.values()];
  }
}
