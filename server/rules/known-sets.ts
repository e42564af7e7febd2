/** The data sets that are read in training, validation and test, with the classes that each has. */
import { type Classes, classesOf } from '../recipe/classes.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import { type Phase, recipeOf } from '../recipe/recipe.ts';
import type { Entry } from '../registry/entry.ts';
import type { ConfigContext } from './rule.ts';

export interface KnownSet {
  readonly set: Part;
  /** Null: its type is not known to the end. */
  readonly entry: Entry | null;
  readonly classes: Classes | null;
}

const known = new WeakMap<ConfigContext, Map<Phase, readonly KnownSet[]>>();

/** Those that read files, wrappers aside. */
export function knownSets(context: ConfigContext, phase: Phase): readonly KnownSet[] {
  let phases = known.get(context);
  if (!phases) known.set(context, (phases = new Map()));
  const before = phases.get(phase);
  if (before) return before;
  const data = recipeOf(context.config).loader(phase)?.data;
  const found = (data?.leaves ?? []).map((set): KnownSet => {
    const entry = entryOf(context, set);
    return { set, entry, classes: classesOf(context, set, entry) };
  });
  phases.set(phase, found);
  return found;
}

/** Of several data sets, those that all have; null where one is not known or has others. */
export function commonClasses(sets: readonly KnownSet[]): Classes | null {
  const [first, ...rest] = sets.map(({ classes }) => classes);
  return first && rest.every(other => other && isAlike(first, other)) ? first : null;
}

/** By their names where both have them, else by their number. */
export const isAlike = (a: Classes, b: Classes): boolean =>
  a.count === b.count && (!a.names || !b.names || a.names.every((name, i) => name === b.names?.[i]));
