/** The types of a config's transforms and data sets, as the keys of a pipeline are read by. */
import type { Sources } from './class-source.ts';
import type { Types } from './keys/flow.ts';
import { constructorOf, entryOf, type Types as PartTypes } from './part-types.ts';
import { typedPartOf } from './typed-parts.ts';

export const stepTypes = (of: PartTypes & Sources): Types => ({
  registry: of.registry,
  body: of.body,
  entryOf: part => entryOf(of, part),
  scopeOf: part => typedPartOf(of, part)?.scope ?? '',
  entryFor(type, around) {
    const part = typedPartOf(of, around);
    return part ? constructorOf(of, { ...part, type }) : null;
  },
});
