/** Every public name that torch has (2.15), so that one that nobody has can be told from one that we lack. */
import classes from './facts/classes.json' with { type: 'json' };
import facts from './facts/names.json' with { type: 'json' };

const sets = new Map<string, ReadonlySet<string>>();
function namesOf(owner: string, told: Readonly<Record<string, string>> = facts): ReadonlySet<string> | undefined {
  let known = sets.get(owner);
  const text = told[owner];
  if (!known && text !== undefined) sets.set(owner, (known = new Set(text.split(' '))));
  return known;
}
/** `type`: by the module that defines it, `torch.nn.modules.conv.Conv2d`. Whether it has the name by itself; `scripts/facts/classes.py` lists them. */
export const classHas = (type: string, name: string): boolean => namesOf(type, classes)?.has(name) ?? false;

/** `owner`: a module or a class, by its dotted name. */
export const hasName = (owner: string, name: string): boolean => namesOf(owner)?.has(name) ?? false;
/** All of them; null where there is no list for this owner. */
export const namesIn = (owner: string): readonly string[] | null => {
  const names = namesOf(owner);
  return names ? [...names] : null;
};
/** That torch may have the name: it is in the list, the list does not tell (underscores, submodules), or there is no list for this owner. */
export const mayHave = (owner: string, name: string): boolean => {
  const names = namesOf(owner);
  return !names || name.startsWith('_') || names.has(name);
};
