/** Which classes a data set has: those that the config names, else those of its own type. */

import { itemsFrom, textsFrom } from '../config/from-value.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Entry } from '../registry/entry.ts';
import { assigned } from '../syntax/assigned.ts';
import { type ClassSource, classAttribute, classSource, memberNamed, type Sources, textsOf } from './class-source.ts';
import type { Part } from './part.ts';

export interface Classes {
  readonly count: number;
  /** Null where only their number is known. */
  readonly names: readonly string[] | null;
  /** Where they are told in the config; of the type's own, the type. */
  readonly path: ConfigPath;
  /** Whether the type brings them. */
  readonly isOwn: boolean;
}

/** Null where it is not known. `entry`: the data set's type, where it is. */
export function classesOf(sources: Sources, set: Part, entry: Entry | null): Classes | null {
  // mmpretrain's data sets take them beside `metainfo` as well.
  for (const path of [set.at('classes'), [...set.at('metainfo'), 'classes']]) {
    const of = path.length === set.path.length + 1 ? set : set.part('metainfo');
    const value = of?.value('classes');
    if (value === undefined || value === null) continue;
    const items = itemsFrom(value);
    return items ? { count: items.length, names: textsFrom(value) ?? null, path, isOwn: false } : null;
  }
  const metainfo = set.presence('metainfo');
  if (metainfo === 'unknown' || (metainfo === 'given' && !set.part('metainfo')) || !entry) return null;
  const own = ownClasses(sources, entry);
  return own && { count: own.length, names: own, path: set.at('type'), isOwn: true };
}

const known = new WeakMap<ClassSource, { readonly names: readonly string[] | null }>();

/** A type's own `METAINFO['classes']`. */
function ownClasses(sources: Sources, entry: Entry): readonly string[] | null {
  const source = classSource(sources, entry);
  const before = source && known.get(source);
  if (before !== undefined && before !== null) return before.names;
  const metainfo = source && classAttribute(source, 'METAINFO');
  const value = metainfo ? memberNamed(metainfo.value, 'classes') : null;
  const found = !metainfo || !value ? null : value.kind === 'name' ? imported(sources, metainfo.file, value.name) : textsOf(value);
  if (source) known.set(source, { names: found });
  return found;
}

/** A list that stands in a module beside the class's. */
function imported(sources: Sources, file: string, name: string): readonly string[] | null {
  const body = sources.body(file) ?? [];
  const here = assigned(body, name);
  if (here) return textsOf(here);
  const from = body.find(s => s.kind === 'importFrom' && s.names.some(n => n.alias === name));
  if (from?.kind !== 'importFrom' || !/^\.\w+$/.test(from.module)) return null;
  const original = from.names.find(n => n.alias === name)?.name ?? name;
  const there = sources.body(`${file.slice(0, file.lastIndexOf('/'))}/${from.module.slice(1)}.py`);
  const value = there && assigned(there, original);
  return value ? textsOf(value) : null;
}
