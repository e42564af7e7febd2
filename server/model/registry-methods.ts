/**
 * What every part goes through that a registry builds, and every layer that mmcv looks up: natively, as a model has hundreds. Whatever is rare (modules that are still
 * to be imported, names with a scope) stays in the stand-in, `stubs/mmengine/registry/registry.py`; and so does whatever a subclass does in its own way.
 */
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { methods, type Native, native } from '../python/native.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { nativeType, Type } from '../python/type.ts';
import { Dict } from '../python/types/dict.ts';
import { PySet } from '../python/types/set.ts';
import { Obj, type Value } from '../python/value.ts';

/** What the methods need of those who use them. */
export interface RegistryHooks {
  /** A member of a module of the program's. */
  member(module: string, name: string): Value;
  /** An import that may fail. */
  importQuietly(module: string): void;
}

/** What `switch_scope_and_registry` gives: the registry of the scope that is current within. Both are as before afterwards. */
class Switched extends Obj {
  readonly hooks: RegistryHooks;
  readonly registry: Value;
  readonly scope: Value;
  before: Value = null;
  constructor(hooks: RegistryHooks, registry: Value, scope: Value) {
    super(SWITCHED);
    this.hooks = hooks;
    this.registry = registry;
    this.scope = scope;
  }
  /** The class that holds the current one. */
  get scopes(): Type {
    const type = this.hooks.member('mmengine.registry.default_scope', 'DefaultScope');
    return type instanceof Type ? type : unknown('a DefaultScope that is no class');
  }
}
const SWITCHED: Type = nativeType<Switched>('_GeneratorContextManager', { hash: self => self }, { module: 'contextlib' });
methods<Switched>(SWITCHED, {
  '__enter__()'(self) {
    const { hooks, registry, scope, scopes } = self;
    self.before = scopes.find('_current') ?? null;
    if (scope !== null) scopes.setMember('_current', call(scopes, [`overwrite-${String(plain(scope))}`, scope]));
    const current = scopes.find('_current') ?? null;
    if (current === null) return registry;
    const name = plain(part(current, '_scope_name'));
    if (typeof name !== 'string') return unknown('a scope without a name');
    hooks.importQuietly(`${name}.registry`);
    return below(rootOf(registry), name) ?? registry;
  },
  '__exit__(*raised)'(self) {
    self.scopes.setMember('_current', self.before);
    return null;
  },
});

export function registryMethods(hooks: RegistryHooks): Readonly<Record<string, Native>> {
  return {
    switched: native('switched(registry, scope, /)', (registry = null, scope = null) => new Switched(hooks, registry, scope)),
    /** What is registered by that name, here or above; None where something may still have to be imported for it. */
    registered: native('registered(registry, key, /)', (registry = null, key = null) => {
      const name = plain(key);
      if (typeof name !== 'string' || name.includes('.')) return null;
      for (let at = registry; at !== null; at = part(at, 'parent')) {
        if (!isPlain(at, GETTING)) return null;
        const modules = part(at, '_module_dict');
        const found = modules instanceof Dict ? (modules.get(name) ?? null) : null;
        if (found !== null) return found;
        // What was looked for alone is enough where a registry above has it: as it has, if one is found.
        if (!['_looked_for', '_looked_for_alone'].some(kind => isIn(part(at, kind), name))) return null;
      }
      return null;
    }),
    /** Whether there is one object of a class for each name. */
    is_managed: native(
      'is_managed(cls, /)',
      (cls = null) => cls instanceof Type && cls.ancestors.some(type => type.name === 'ManagerMixin'),
    ),
  };
}

const part = (registry: Value, name: string): Value => (registry instanceof Obj ? (registry.attributes?.get(name) ?? null) : null);

const isIn = (set: Value, name: string): boolean => set instanceof PySet && set.items.has(name);

/** What looking a name up goes through, and searching the tree. */
const GETTING = ['parent', '_module_dict', '_own', '_find', '_is_above', 'split_scope_key', 'import_from_location', 'scope', 'name'];
const SEARCHING = ['_search_child', '_scope', '_children'];

/** Whether a registry does these things as mmengine's class does, and no subclass's or its own way is in between. */
function isPlain(registry: Value, names: readonly string[]): boolean {
  if (!(registry instanceof Obj)) return false;
  const { type } = registry;
  if (type.name === 'Registry' && type.module === PLAIN) return true;
  const base = type.ancestors.find(ancestor => ancestor.name === 'Registry' && ancestor.module === PLAIN);
  return base !== undefined && names.every(name => type.find(name) === base.find(name));
}
const PLAIN = 'mmengine.registry.registry';

function rootOf(registry: Value): Value {
  if (!isPlain(registry, ['_get_root_registry'])) return call(getAttribute(registry, '_get_root_registry'), []);
  const above = (at: Value): Value => (isPlain(at, ['parent']) ? part(at, 'parent') : getAttribute(at, 'parent'));
  let root = registry;
  for (let parent = above(root); parent !== null; parent = above(root)) root = parent;
  return root;
}

/** The registry of a scope, or what it has below itself. */
function below(registry: Value, scope: string): Value | undefined {
  if (!isPlain(registry, SEARCHING)) return call(getAttribute(registry, '_search_child'), [scope]) ?? undefined;
  if (plain(part(registry, '_scope')) === scope) return registry;
  const children = part(registry, '_children');
  if (!(children instanceof Dict) || !children.size) return undefined;
  for (const { value } of children.entries.values()) {
    const found = below(value, scope);
    if (found !== undefined) return found;
  }
  return undefined;
}
