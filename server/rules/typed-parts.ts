/** The dicts of a config that a registry builds: each with its type, the scope that counts there, and what the place is for. */
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath, Origin } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { Entry, Lookup } from '../registry/entry.ts';
import { type PlaceKind, placeOf } from '../registry/place.ts';
import type { ConfigContext } from './rule.ts';

export interface TypedPart {
  readonly path: ConfigPath;
  /** As written: `mmdet.ResNet`. */
  readonly type: string;
  readonly scope: string;
  readonly place: PlaceKind;
  readonly dict: Dict;
  /** Of its `type`. */
  readonly origin: Origin;
}

const DEEPEST = 60;
const known = new WeakMap<ConfigContext, readonly TypedPart[]>();

/** Only those whose place is known, and whose type is a text. Empty where the scope is not told: a base that others complete. */
export function typedParts(context: ConfigContext): readonly TypedPart[] {
  const before = known.get(context);
  if (before) return before;
  const scope = textOf(valueAt(context.config, ['default_scope']));
  const parts = scope === undefined ? [] : find(context, scope);
  known.set(context, parts);
  return parts;
}

/** By the place's own registry; where that has no such name, by any. */
export function lookupPart({ registry }: ConfigContext, { type, scope, place }: Pick<TypedPart, 'type' | 'scope' | 'place'>): Lookup {
  const own = registry.lookup(type, scope, place.registry);
  if (own.kind === 'found') return own;
  const any = registry.lookup(type, scope, null);
  return any.kind === 'missing' ? own : any;
}

/** `custom_imports` that can be read are added to the registries; false where one cannot: then nothing is surely missing. */
export function importsAreKnown({ config, registry }: ConfigContext): boolean {
  const value = valueAt(config, ['custom_imports', 'imports']);
  if (value === undefined || plain(value) === null) return true;
  const single = textOf(value);
  const names = single !== undefined ? [single] : items(value)?.map(textOf);
  return (
    !!names?.every(name => name !== undefined) &&
    registry.include(
      names.flatMap(name => name ?? []),
      config.file,
    ).length === 0
  );
}

export const textOf = (value: Value | undefined): string | undefined => {
  const text = value === undefined ? undefined : plain(value);
  return typeof text === 'string' ? text : undefined;
};
const items = (value: Value): readonly Value[] | undefined => {
  const list = plain(value);
  return list instanceof List || list instanceof Tuple ? list.items : undefined;
};

function find(context: ConfigContext, scope: string): readonly TypedPart[] {
  const found: TypedPart[] = [];
  const walk = (value: Value, path: ConfigPath, around: string): void => {
    const here = plain(value);
    if (path.length > DEEPEST) return;
    if (here instanceof Dict) {
      const own = textOf(here.get('_scope_')) ?? around;
      const type = textOf(here.get('type'));
      const place = type === undefined ? null : placeOf(path);
      const origin = place && originAt(context.config, [...path, 'type']);
      if (type !== undefined && place && origin) found.push({ path, type, scope: own, place, dict: here, origin });
      for (const { key, value: inner } of here.entries.values()) {
        const name = plain(key);
        // Albumentations has names of its own.
        if (typeof name === 'string' && !/^albu/i.test(name) && !(name === 'transforms' && /(?:^|\.)Albu/.test(type ?? '')))
          walk(inner, [...path, name], own);
      }
    } else {
      for (const [i, item] of (items(here) ?? []).entries()) walk(item, [...path, i], around);
    }
  };
  walk(context.config.value, [], scope);
  return found;
}

/** The part's constructor, where it is known which it is. */
export function constructorOf(context: ConfigContext, part: TypedPart): Entry | null {
  const found = lookupPart(context, part);
  return found.kind === 'found' && found.others.length === 0 && found.entry.kind !== 'partial' ? found.entry : null;
}

/** One finding a place: a variable and the part it is used in come from the same text. */
export function distinct<T extends { readonly site: { readonly file: string; readonly start: number }; readonly message: string }>(
  findings: readonly T[],
): readonly T[] {
  const seen = new Set<string>();
  return findings.filter(({ site, message }) => {
    const key = `${site.file} ${site.start} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
