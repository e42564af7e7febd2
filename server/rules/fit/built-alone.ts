/** The parts of a recipe that can be built as their registries would, one by one, to hear what their constructors say. */
import { isBuiltAlone, type PartRequest } from '../../model/parts.ts';
import { keysOfBuilder } from '../../registry/place.ts';
import type { ConfigContext } from '../rule.ts';
import { isUsed, type TypedPart, typedParts } from '../typed-parts.ts';

/** Whatever a registry builds from its dict alone, the outermost: what is inside is built by it. Not the model's, which was built as a whole. */
export function partsBuiltAlone(context: ConfigContext): readonly TypedPart[] {
  const outer: TypedPart[] = [];
  for (const part of typedParts(context)) {
    // What has its type by default is built by the runner, not by a registry from its dict.
    if (!isUsed(part) || part.path[0] === 'model' || !isBuiltAlone(part.place.registry) || !part.dict.entries.has('type')) continue;
    if (!outer.some(({ path }) => path.every((step, i) => part.path[i] === step))) outer.push(part);
  }
  return outer;
}

export const buildRequest = ({ path, type, scope, dict, place }: TypedPart): PartRequest => ({
  path,
  type,
  scope,
  dict,
  registry: place.registry,
  taken: keysOfBuilder(place),
});
