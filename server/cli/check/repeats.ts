/** What is wrong in a module or a base is wrong with every config that rests on it: it is told once, and at the end with how many others. */
import type { Diagnostic } from '../../rules/diagnostic.ts';
import type { Paint } from '../paint.ts';
import { placeOf } from './frame.ts';
import type { Told } from './told.ts';

export class Repeats {
  readonly #told = new Map<string, { readonly diagnostic: Diagnostic; readonly configs: Set<string> }>();

  /** False: it was told before. */
  isNew(config: string, diagnostic: Diagnostic): boolean {
    // What is an error with one config may be less with another.
    const { code, severity, message, site } = diagnostic,
      key = JSON.stringify([site.file, site.start, site.end, code, severity, message]),
      before = this.#told.get(key);
    if (before) before.configs.add(config);
    else this.#told.set(key, { diagnostic, configs: new Set([config]) });
    return !before;
  }

  lines(told: Told, paint: Paint): readonly string[] {
    return [...this.#told.values()].flatMap(({ diagnostic: { site, severity, code }, configs: { size } }) =>
      size > 1
        ? [`${placeOf(site, told, paint)} ${severity}[${code}] is the same with ${size - 1} other config${size > 2 ? 's' : ''}`]
        : [],
    );
  }
}
