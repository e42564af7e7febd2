/** The types of a config's transforms and data sets, as the keys of a pipeline are read by. */
import type { Types } from '../recipe/keys/flow.ts';
import type { Entry } from '../registry/entry.ts';
import type { ConfigContext } from './rule.ts';
import { constructorOf, entryAt, typedPartAt } from './typed-parts.ts';

/** Each place is looked up once: to be made anew for each look at a config. */
export function stepTypes(context: ConfigContext): Types {
  const entries = new Map<string, Entry | null>();
  return {
    registry: context.registry,
    body: context.body,
    entryAt(path) {
      const key = path.join('/');
      let entry = entries.get(key);
      if (entry === undefined) entries.set(key, (entry = entryAt(context, path)));
      return entry;
    },
    scopeAt: path => typedPartAt(context, path)?.scope ?? '',
    entryFor(type, at) {
      const part = typedPartAt(context, at);
      return part ? constructorOf(context, { ...part, type }) : null;
    },
  };
}
