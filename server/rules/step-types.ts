/** The types of a config's transforms and data sets, as the keys of a pipeline are read by. */
import type { Types } from '../recipe/keys/flow.ts';
import type { ConfigContext } from './rule.ts';
import { constructorOf, entryAt, typedPartAt } from './typed-parts.ts';

export const stepTypes = (context: ConfigContext): Types => ({
  registry: context.registry,
  body: context.body,
  entryAt: path => entryAt(context, path),
  scopeAt: path => typedPartAt(context, path)?.scope ?? '',
  entryFor(type, at) {
    const part = typedPartAt(context, at);
    return part ? constructorOf(context, { ...part, type }) : null;
  },
});
