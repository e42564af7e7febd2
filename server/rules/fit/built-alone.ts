/** The parts of a recipe that can be built as their registries would, one by one, to hear what their constructors say. */
import { isBuiltAlone, isBuiltWithout, type PartRequest } from '../../model/parts.ts';
import { plain } from '../../python/origin.ts';
import { classSource } from '../../recipe/class-source.ts';
import { constructorOf } from '../../recipe/part-types.ts';
import { recipeOf } from '../../recipe/recipe.ts';
import { isUsed, type TypedPart, typedParts } from '../../recipe/typed-parts.ts';
import { unreadArgument } from '../../recipe/unread-argument.ts';
import { isKnownFor } from '../../registry/known-ways.ts';
import { keysOfBuilder } from '../../registry/place.ts';
import type { Statement } from '../../syntax/nodes.ts';
import type { ConfigContext } from '../rule.ts';

/** What a registry builds from its dict, the outermost: what is inside is built by it. Of the model, which was built as a whole, how its weights begin. */
export function partsBuiltAlone(context: ConfigContext): readonly TypedPart[] {
  const outer: TypedPart[] = [];
  const all = typedParts(context);
  const recipe = recipeOf(context.config);
  const isTrained = recipe.isOfMmengine && recipe.runs('train');
  for (const part of all) {
    // What has its type by default is built by the runner, not by a registry from its dict.
    if (!isUsed(part) || !isBuiltAlone(part.place.registry) || !part.dict.entries.has('type')) continue;
    const { registry } = part.place;
    if (registry === 'weight initializer' ? !(isTrained && isInitialized(context, all, part)) : part.path[0] === 'model') continue;
    if (AS_RUN.has(registry) && !(recipe.isRun && recipe.isOfMmengine)) continue;
    if (registry === 'dataset' && namesNoData(part)) continue;
    // Of a loop that has both the runner itself complains.
    if (registry === 'loop' && part.dict.entries.has('by_epoch')) continue;
    const holds = (other: TypedPart): boolean =>
      other.path.every((step, i) => part.path[i] === step) && !(isBuiltWithout(other.place.registry) && registry === 'transform');
    if (!outer.some(holds)) outer.push(part);
  }
  return outer;
}
/** Those that the runner adds something to. */
const AS_RUN = new Set(['data sampler', 'dataset', 'parameter scheduler', 'loop', 'optim_wrapper']);

/** A test set without a file and a folder (mmaction's configs for demonstrations): of its loader only the pipeline is read, by who brings the data. */
const namesNoData = ({ path, dict }: TypedPart): boolean =>
  path[0] === 'test_dataloader' && ['ann_file', 'data_prefix'].every(key => plain(dict.get(key) ?? 0) === null);

/** Whether mmengine's own `init_weights` reads it: of a class of a library that has no other. */
function isInitialized(context: ConfigContext, all: readonly TypedPart[], { path }: TypedPart): boolean {
  const at = path.lastIndexOf('init_cfg');
  if (at < 0) return false;
  const owner = all.find(one => one.path.length === at && one.path.every((step, i) => path[i] === step));
  const entry = owner ? constructorOf(context, owner) : null;
  if (!entry || !isKnownFor('weights', entry.target) || unreadArgument(context, entry, 'init_cfg')) return false;
  const read = (classSource(context, entry)?.classes ?? []).find(({ body }) =>
    body.some(one => one.kind === 'function' && one.name === 'init_weights' && !one.body.some(callsNext)),
  );
  return read?.name === 'BaseModule' && read.dotted.startsWith('mmengine.');
}
/** `super().init_weights()`. */
const callsNext = (statement: Statement): boolean => {
  const callee = statement.kind === 'expression' && statement.value.kind === 'call' ? statement.value.callee : null;
  if (callee?.kind !== 'attribute' || callee.name !== 'init_weights' || callee.object.kind !== 'call') return false;
  return callee.object.callee.kind === 'name' && callee.object.callee.name === 'super';
};

/** What `initialize` takes out is looked at by it. */
export const buildRequest = ({ path, type, defaultScope, dict, place }: TypedPart): PartRequest => ({
  path,
  type,
  scope: defaultScope,
  dict,
  registry: place.registry,
  taken: place.registry === 'weight initializer' ? [] : keysOfBuilder(place),
});
