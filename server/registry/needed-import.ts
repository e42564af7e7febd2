/** Which module a config must import (`custom_imports`) so that a type is registered when it is built; null where the scope's library brings it along. */
import type { Entry } from './entry.ts';
import type { Tables } from './tables.ts';

/** Libraries that import one another, for where their sources are not at hand. */
const BRINGS: Readonly<Record<string, readonly string[]>> = { mmyolo: ['mmdet'], mmselfsup: ['mmcls'] };
const FOUNDATION = ['mmengine', 'mmcv', 'torch', 'torchvision'];

/** Asked of every type that is offered: what a scope's library imports, and where a registry looks, are found once. */
export function neededImports(tables: Tables): (entry: Entry, scope: string) => string | null {
  const brought = new Map<string, readonly string[]>();
  const locations = new Map<string, readonly string[]>();
  let parts = -1;
  const remember = (known: Map<string, readonly string[]>, key: string, find: () => readonly string[]): readonly string[] => {
    const before = known.get(key);
    if (before) return before;
    const found = find();
    known.set(key, found);
    return found;
  };
  return (entry, scope) => {
    const module = moduleOf(entry);
    const library = module.slice(0, Math.max(0, module.indexOf('.'))) || module;
    if (FOUNDATION.includes(library) || library === scope || library === '') return null;
    const read = tables.read().length;
    if (parts !== read) {
      parts = read;
      brought.clear();
      locations.clear();
    }
    if (remember(brought, scope, () => broughtBy(tables, scope)).includes(library)) return null;
    const known = remember(locations, `${library} ${entry.registry}`, () => locationsOf(tables, library, entry.registry));
    // The location that the registry itself names, `mmcls.models`: importing that brings all of its kind.
    return known.find(location => isWithin(module, location)) ?? module;
  };
}

const locationsOf = (tables: Tables, library: string, root: string): readonly string[] =>
  tables
    .read()
    .flatMap(({ registries }) =>
      registries.filter(registry => registry.scope === library && registry.root === root).flatMap(registry => registry.locations),
    );

/** Whether importing `imported` brings `module` with it: a package is taken to import what it is made of. */
export const isWithin = (module: string, imported: string): boolean => module === imported || module.startsWith(`${imported}.`);

/** Packages that a library's own `__init__.py` imports. */
function broughtBy(tables: Tables, scope: string): readonly string[] {
  const outline = tables.packages.find(scope) ? tables.modules.outline(scope) : null;
  if (!outline) return BRINGS[scope] ?? [];
  return [...outline.names.values()].flat().flatMap(binding => (binding.kind === 'import' ? [binding.module.split('.')[0] ?? ''] : []));
}

function moduleOf(entry: Entry): string {
  if ('module' in entry && typeof entry.module === 'string') return entry.module;
  if ('at' in entry && typeof entry.at === 'string') return entry.at;
  return entry.target.slice(0, Math.max(0, entry.target.lastIndexOf('.')));
}
