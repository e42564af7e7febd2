/** From a config path that is to blame to a place in the config that is open. */

import { isDict } from '../../config/from-value.ts';
import { originAt, valueAt } from '../../config/origins.ts';
import { formatPath, parsePath } from '../../config/path.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../../config/resolved.ts';
import type { Site } from '../../python/value.ts';
import type { Related } from '../diagnostic.ts';

export interface Place {
  readonly site: Site;
  /** Whether the blamed value itself was written there. */
  readonly exact: boolean;
  readonly related: readonly Related[];
}

/** `neck.in_channels[2]` of a verdict, as a path of the whole config. */
export const inModel = (blamed: string): ConfigPath => ['model', ...(parsePath(blamed) ?? [])];

/**
 * The first of the blamed values that is written in the open file; else the nearest enclosing thing there, with the value's own place as related: a base is right
 * by itself, and what is wrong is how it was changed. `changed`: paths that the blame may rest on instead, such as the backbone that was put in.
 */
export function placeOf(config: ResolvedConfig, blamed: readonly ConfigPath[], changed: readonly ConfigPath[]): Place {
  const { file } = config;
  for (const path of blamed) {
    // A part as a whole is no number: it is where the look at what encloses ends.
    if (isDict(valueAt(config, path))) continue;
    const written = ownSite(originAt(config, path), file);
    if (written) return { site: written, exact: true, related: elsewhere(config, blamed, file) };
  }
  const related = elsewhere(config, blamed, file);
  for (const path of [...blamed, ...changed]) {
    // Down to a part of the model, but not to the model as a whole: nearly every file of a chain says something of that.
    for (let length = path.length; length > 1; length--) {
      const origin = originAt(config, path.slice(0, length));
      if (origin?.key.file === file) return { site: origin.key, exact: false, related };
    }
  }
  const model = originAt(config, ['model']);
  return { site: model?.key.file === file ? model.key : { file, start: 0, end: 0, line: 1 }, exact: false, related };
}

/** Where a value was written in this file: itself, or the literal that it was computed from. */
function ownSite(origin: Origin | undefined, file: string): Site | undefined {
  if (!origin) return undefined;
  if (origin.value.file === file) {
    // `in_channels=channels` says little; `channels = [512, …]` holds the number.
    const literal = origin.literals.find(l => l.file === file);
    return origin.literals.length === 1 && literal ? literal : origin.value;
  }
  return origin.literals.find(l => l.file === file);
}

function elsewhere(config: ResolvedConfig, blamed: readonly ConfigPath[], file: string): readonly Related[] {
  const related: Related[] = [];
  for (const path of blamed) {
    const origin = originAt(config, path);
    if (!origin || isDict(valueAt(config, path)) || origin.value.file === file || related.length === 3) continue;
    related.push({ site: origin.value, message: `\`${formatPath(path)}\` is written here` });
  }
  return related;
}
