/** The types of a config's transforms and data sets, as the keys of a pipeline are read by. */
import type { Types } from '../recipe/keys/flow.ts';
import type { ConfigContext } from './rule.ts';
import { constructorOf, entryOf, typedPartOf } from './typed-parts.ts';

export const stepTypes = (context: ConfigContext): Types => ({
  registry: context.registry,
  body: context.body,
  entryOf: part => entryOf(context, part),
  scopeOf: part => typedPartOf(context, part)?.scope ?? '',
  entryFor(type, around) {
    const part = typedPartOf(context, around);
    return part ? constructorOf(context, { ...part, type }) : null;
  },
});
