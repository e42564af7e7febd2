/** Validation sets by their configs; an annotation file is read again when it has changed. */
import type { CocoTruth } from '../../runtime/index.ts';
import { loadConfig } from './load-config.ts';
import type { DetectPlace } from './place.ts';
import { truthIn, type ValidationSet, validationSetOf } from './validation-set.ts';

/** Files that are held: one for the pictures, one for the judging, and those of a config that it is compared with. */
const HELD = 4;

export class ValidationSets {
  readonly #read = new Map<string, { readonly version: string | null; readonly truth: CocoTruth }>();

  /** `starts`: folders that a training may have been started in. Throws `DetectFailure`. */
  of(place: DetectPlace, file: string, starts: readonly string[] = []): ValidationSet {
    const { data } = loadConfig(place, file);
    const read = (path: string): CocoTruth => this.#truth(path, place.host.version(path));
    return validationSetOf(place.host, { file, data, starts: [...starts, ...(place.environment.workspace ?? [])] }, read);
  }

  #truth(path: string, version: string | null): CocoTruth {
    const before = this.#read.get(path);
    this.#read.delete(path);
    const entry = before && version !== null && before.version === version ? before : { version, truth: truthIn(path) };
    this.#read.set(path, entry);
    const [oldest] = this.#read.keys();
    if (this.#read.size > HELD && oldest !== undefined) this.#read.delete(oldest);
    return entry.truth;
  }
}
