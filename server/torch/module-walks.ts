/** Walks over a network of modules: lazily, over the dicts as they are when the walk comes to them, and by a class's own way where it has one. */
import { getAttribute } from '../python/attribute.ts';
import { isInstance } from '../python/builtins/functions.ts';
import { call } from '../python/call.ts';
import { hash, iterate, toArray, truth, typeOf } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import type { Type } from '../python/type.ts';
import { Dict, type Entry } from '../python/types/dict.ts';
import { IteratorObject, WALK } from '../python/types/iterator.ts';
import { PySet } from '../python/types/set.ts';
import { Tuple } from '../python/types/tuple.ts';
import { type Cursor, type Named, Obj, type Value } from '../python/value.ts';

/** Our stand-in's own class, of whatever derives from it. */
export function moduleClass(self: Value): Type | undefined {
  const { ancestors } = typeOf(self);
  let known = classes.get(ancestors);
  if (known === undefined) {
    known = ancestors.find(t => t.name === 'Module' && t.module === 'torch.nn.modules.module') ?? null;
    classes.set(ancestors, known);
  }
  return known ?? undefined;
}
/** Ancestors are another list once they are others. */
const classes = new WeakMap<readonly Type[], Type | null>();
export function isModule(self: Value, v: Value): boolean {
  const type = v instanceof Obj ? moduleClass(self) : undefined;
  return type !== undefined && isInstance(v, type);
}
export const own = (self: Value, kind: string): Dict | null => {
  const found = self instanceof Obj ? self.attributes?.get(kind) : undefined;
  return found instanceof Dict ? found : null;
};
export type Pair = readonly [name: string, value: Value];
/** What a walk gives, until undefined. */
export type Walk = () => Pair | undefined;

/** Whether a module's method is our stand-in's, and no class of the program's overrides it. */
export function isOurs(module: Value, name: string): boolean {
  const type = moduleClass(module);
  return type !== undefined && typeOf(module).find(name) === type.members.get(name);
}
/** Where a class of the program's has its own way: that. Null: ours. */
export const overridden = (self: Value, name: string, given: Named | null = null): Walk | null =>
  isOurs(self, name) ? null : pairsOf(call(getAttribute(self, name), [], given));
function pairsOf(v: Value): Walk {
  const cursor = iterate(v);
  return () => {
    const pair = cursor.next();
    if (pair === undefined) return undefined;
    const [name = '', value = null] = toArray(pair);
    return [String(plain(name)), value];
  };
}
export const pairs = (walk: Walk): Value =>
  new IteratorObject(
    {
      next() {
        const pair = walk();
        return pair && new Tuple(pair);
      },
    },
    WALK,
  );
export const seconds =
  (walk: Walk): (() => Value | undefined) =>
  () =>
    walk()?.[1];
export const values = (walk: Walk): Value => new IteratorObject({ next: seconds(walk) }, WALK);

/** Names of a dict of the module's, as a loop over it reads them. */
const namesOf = (self: Value, kind: string): Cursor => iterate(own(self, kind) ?? getAttribute(self, kind));

export const entriesOf = (self: Value, kind: string): Iterable<Entry> => {
  const dict = own(self, kind) ?? getAttribute(self, kind); // which complains where there is none
  if (!(dict instanceof Dict)) return unknown(`${kind} that is no dict`);
  return dict.size ? dict.entries.values() : NOTHING;
};

const NOTHING: readonly Entry[] = [];

/** `named_modules`: a module before what it holds. The dicts are read as the walk comes to them. */
export function walk(root: Value, given: Value, prefix: string, once: boolean): Walk {
  const memo = given === null ? new PySet([]) : given;
  if (!(memo instanceof PySet)) return unknown('named_modules with a memo that is no set');
  const open: { readonly module: Value; readonly prefix: string; names: Cursor | null }[] = [];
  let foreign: Walk | null = null,
    next: { readonly module: Value; readonly prefix: string } | null = { module: root, prefix };
  return () => {
    for (;;) {
      const pair: Pair | undefined = foreign?.();
      if (pair) return pair;
      foreign = null;
      if (next) {
        const { module, prefix: place } = next;
        next = null;
        const key = hash(module);
        if (memo.items.has(key)) continue;
        if (once) memo.items.set(key, module);
        open.push({ module, prefix: place, names: null });
        return [place, module];
      }
      const top = open.at(-1);
      if (!top) return undefined;
      top.names ??= namesOf(top.module, '_modules');
      const name = top.names.next();
      if (name === undefined) {
        open.pop();
        continue;
      }
      const child = own(top.module, '_modules')?.get(name) ?? null;
      if (child === null) continue;
      const place: string = top.prefix ? `${top.prefix}.${String(plain(name))}` : String(plain(name));
      if (isOurs(child, 'named_modules')) next = { module: child, prefix: place };
      else foreign = pairsOf(call(getAttribute(child, 'named_modules'), [memo, place, once]));
    }
  };
}

export function children(self: Value): Walk {
  const names = namesOf(self, '_modules'),
    seen = new Set<unknown>();
  return () => {
    for (let name = names.next(); name !== undefined; name = names.next()) {
      const child = own(self, '_modules')?.get(name) ?? null;
      if (child === null || seen.has(hash(child))) continue;
      seen.add(hash(child));
      return [String(plain(name)), child];
    }
    return undefined;
  };
}

/** Parameters or buffers of all modules, each once. */
export function members(self: Value, kind: string, prefix: string, recurse: Value, once: Value): Walk {
  const single: Pair[] = [[prefix, self]];
  const modules = !truth(recurse)
    ? () => single.shift()
    : isOurs(self, 'named_modules')
      ? walk(self, null, prefix, truth(once))
      : pairsOf(
          call(
            getAttribute(self, 'named_modules'),
            [],
            new Map<string, Value>([
              ['prefix', prefix],
              ['remove_duplicate', once],
            ]),
          ),
        );
  const seen = new Set<unknown>(),
    dedupe = truth(once);
  let place = '',
    module: Value = null,
    names: Cursor | null = null;
  return () => {
    for (;;) {
      const name = names?.next();
      if (name === undefined) {
        const pair = modules();
        if (!pair) return undefined;
        [place, module] = pair;
        names = namesOf(module, kind);
        continue;
      }
      const member = own(module, kind)?.get(name) ?? null;
      if (member === null) continue;
      const key = hash(member);
      if (seen.has(key)) continue;
      if (dedupe) seen.add(key);
      return [place ? `${place}.${String(plain(name))}` : String(plain(name)), member];
    }
  };
}
