/** The dicts of a config that a registry builds: each with its type, the scope that counts there, and what the place is for. */
import { customImports } from '../config/custom-imports.ts';
import { textFrom } from '../config/from-value.ts';
import { LazyReference } from '../config/lazy-reference.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import { viewerOf as viewerIn } from '../model/viewer.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { Entry, Lookup } from '../registry/entry.ts';
import { type PlaceKind, placeOf } from '../registry/place.ts';
import type { Viewer } from '../registry/sight.ts';
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
const known = new WeakMap<ResolvedConfig, readonly TypedPart[]>();

/** Only those whose place is known. Where the scope is not told (a base that others complete), only those whose type is the class itself. */
export function typedParts({ config }: Pick<ConfigContext, 'config'>): readonly TypedPart[] {
  const before = known.get(config);
  if (before) return before;
  const parts = withoutVariables(find(config));
  known.set(config, parts);
  return parts;
}

/** What a variable holds is what it is where it is put: there another scope may count. */
function withoutVariables(parts: readonly TypedPart[]): readonly TypedPart[] {
  const key = ({ origin: { value } }: TypedPart): string => `${value.file} ${value.start} ${value.end}`;
  const put = new Set(parts.filter(isUsed).map(key));
  return parts.filter(part => isUsed(part) || !put.has(key(part)));
}

/** By the place's own registry; where that has no such name, by any. */
export function lookupPart(context: ConfigContext, part: Asked): Lookup {
  const own = ownLookup(context, part);
  if (own.kind === 'found') return own;
  const { type, scope, place } = part;
  const any = context.registry.lookup(type, scope, null, viewerOf(context));
  // Of the same registry it can only be another scope's.
  return any.kind === 'missing' || (own.kind === 'missing' && any.kind === 'found' && any.entry.registry === place.registry) ? own : any;
}

type Asked = Pick<TypedPart, 'type' | 'scope' | 'place'>;
const ownLookup = (context: ConfigContext, { type, scope, place }: Asked): Lookup =>
  context.registry.lookup(type, scope, place.registry, viewerOf(context));

/** What mmengine says of a type that is registered, but not where its place is built; null where it may be. */
export function misplaced(context: ConfigContext, part: TypedPart): string | null {
  if (!isUsed(part)) return null;
  const own = ownLookup(context, part);
  return own.kind === 'missing' && lookupPart(context, part).kind === 'found' ? own.message : null;
}

const viewers = new WeakMap<ResolvedConfig, Viewer>();

/** Whose modules count: those that the config imports, as far as that can be read. */
export function viewerOf({ config }: Pick<ConfigContext, 'config'>): Viewer {
  const before = viewers.get(config);
  if (before) return before;
  const viewer = viewerIn(config);
  viewers.set(config, viewer);
  return viewer;
}

/** `custom_imports` that can be read are added to the registries; false where one cannot: then nothing is surely missing. */
export function importsAreKnown(context: ConfigContext): boolean {
  const names = customImports(context.config);
  return names !== null && context.registry.include(names, context.config.file).length === 0;
}

function find(config: ResolvedConfig): readonly TypedPart[] {
  const found: TypedPart[] = [];
  const walk = (here: Dict | List | Tuple, path: ConfigPath, around: string | null): void => {
    if (path.length > DEEPEST) return;
    if (here instanceof Dict) {
      const own = textFrom(here.get('_scope_')) ?? around;
      const type = typeIn(here);
      const isClass = plain(here.get('type') ?? null) instanceof LazyReference;
      const place = type === undefined ? null : isEvaluator(path, here) ? EVALUATOR : placeOf(path);
      const origin = place && originAt(config, [...path, 'type']);
      if (type !== undefined && place && origin && (own !== null || isClass))
        found.push({ path, type, scope: own ?? 'mmengine', place, dict: here, origin });
      for (const { key, value: inner } of here.entries.values()) {
        const name = plain(key);
        const held = plain(inner);
        // Albumentations has names of its own.
        if (
          isHolder(held) &&
          typeof name === 'string' &&
          !/^albu/i.test(name) &&
          !(name === 'transforms' && /(?:^|\.)Albu/.test(type ?? ''))
        )
          walk(held, [...path, name], own);
      }
    } else
      here.items.forEach((item, i) => {
        const held = plain(item);
        if (isHolder(held)) walk(held, [...path, i], around);
      });
  };
  walk(config.value, [], textFrom(valueAt(config, ['default_scope'])) ?? null);
  return found;
}

const isHolder = (value: Value): value is Dict | List | Tuple => value instanceof Dict || value instanceof List || value instanceof Tuple;

/** As written, or the dotted name of the class that a lazy config imports. */
function typeIn(dict: Dict): string | undefined {
  const type = plain(dict.get('type') ?? null);
  return type instanceof LazyReference ? type.dotted : textFrom(type);
}

/** With `metrics` it is an evaluator of its own, without one of the default's metrics (mmengine 0.10.7, `Runner.build_evaluator`). */
const isEvaluator = (path: ConfigPath, dict: Dict): boolean =>
  path.length === 1 && /^(?:val|test)_evaluator$/.test(String(path[0])) && dict.entries.has('metrics');
const EVALUATOR: PlaceKind = { registry: 'evaluator', role: 'evaluator' };

const constructors = new WeakMap<ConfigContext, WeakMap<TypedPart, { readonly entry: Entry | null }>>();

/** The part's constructor, where it is known which it is. Most rules ask it of every part. */
export function constructorOf(context: ConfigContext, part: TypedPart): Entry | null {
  let known = constructors.get(context);
  if (!known) constructors.set(context, (known = new WeakMap()));
  let found = known.get(part);
  if (!found) known.set(part, (found = { entry: findConstructor(context, part) }));
  return found.entry;
}

function findConstructor(context: ConfigContext, part: TypedPart): Entry | null {
  // Found in another registry than builds such a place it is misplaced, or the place is another than it seems: `init_cfg` of a class that reads it in its own way.
  const found = ownLookup(context, part);
  const isKnown = found.kind === 'found' && found.others.length === 0 && found.sight !== 'neighbour' && found.entry.kind !== 'partial';
  return isKnown ? found.entry : null;
}

const places = new WeakMap<readonly TypedPart[], ReadonlyMap<string, TypedPart>>();

/** The part at a path, where it has a type whose place is known. */
export function typedPartAt(context: ConfigContext, path: ConfigPath): TypedPart | undefined {
  const parts = typedParts(context);
  let byPath = places.get(parts);
  if (!byPath) places.set(parts, (byPath = new Map(parts.map(part => [part.path.join('/'), part]))));
  return byPath.get(path.join('/'));
}
/** Its constructor; null where it is not known which it is. */
export function entryAt(context: ConfigContext, path: ConfigPath): Entry | null {
  const part = typedPartAt(context, path);
  return part ? constructorOf(context, part) : null;
}

/** Part of something that runs; a variable beside it may be a draft that the file completes later. */
export const isUsed = ({ path }: TypedPart): boolean => USED.test(String(path[0]));
const USED =
  /^(?:model|tta_model|(?:train|val|test)_(?:dataloader|evaluator|cfg)|default_hooks|custom_hooks|log_processor|optim_wrapper|param_scheduler|visualizer)$/;

/** Whether the class that the part is an argument of speaks of a key: it may take it out of the dict, or put it in, before it builds the part. */
export function isGivenAround(context: ConfigContext, { path }: TypedPart, name: string): boolean {
  const around = typedParts(context).findLast(other => other.path.length < path.length && other.path.every((step, i) => step === path[i]));
  const source = around && constructorOf(context, around)?.source;
  const text = source ? (context.text(source.file) ?? '') : '';
  return text.includes(`'${name}'`) || text.includes(`"${name}"`);
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
