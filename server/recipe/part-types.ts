/** What the types of a config's parts mean in the registries: looked up once, however many rules and parts ask. */
import { customImports } from '../config/custom-imports.ts';
import { valueAt } from '../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { Dict } from '../python/types/dict.ts';
import type { Entry, Lookup, RegistryIndex } from '../registry/entry.ts';
import { LIBRARIES } from '../registry/openmmlab-libraries.ts';
import { viewerOf } from '../registry/viewer.ts';
import type { Block } from '../syntax/nodes.ts';
import { isUsed, type TypedPart, typedPartOf, typedParts } from './typed-parts.ts';

/** Who asks: a config, before the registries that it is run with. */
export interface Types {
  readonly config: ResolvedConfig;
  readonly registry: RegistryIndex;
  /** A file's text; null where there is none. */
  text?(file: string): string | null;
  /** A file's statements; null where it cannot be read as Python. Absent: none is looked at. */
  body?(file: string): Block | null;
  /** Whether a file is the user's to change. */
  isOwn?(file: string): boolean;
}
type Asked = Pick<TypedPart, 'type' | 'scope' | 'place'>;

const looked = new WeakMap<Types, Map<Asked, Lookup>>();

/** By the place's own registry; where that has no such name, by any. Most rules ask it of every part. */
export function lookupPart(types: Types, part: Asked): Lookup {
  let known = looked.get(types);
  if (!known) looked.set(types, (known = new Map()));
  let found = known.get(part);
  if (!found) known.set(part, (found = lookupAnew(types, part)));
  return found;
}
function lookupAnew(types: Types, part: Asked): Lookup {
  const own = ownLookup(types, part);
  if (own.kind === 'found') return own;
  const { type, scope, place } = part;
  const any = lookedUp(types, type, scope, null);
  // Of the same registry it can only be another scope's.
  const found =
    any.kind === 'missing' || (own.kind === 'missing' && any.kind === 'found' && any.entry.registry === place.registry) ? own : any;
  const unread = found.kind === 'missing' ? unreadWith(types, type) : undefined;
  return unread === undefined ? found : { kind: 'unknown', reason: `${unread} cannot be read` };
}

/** A module that speaks of the type and would be imported, if Python could read it. */
function unreadWith(types: Types, type: string): string | undefined {
  const name = type.slice(type.lastIndexOf('.') + 1);
  if (name === '') return undefined;
  return [...types.registry.reached(viewerOf(types.config))].find(file => types.text?.(file)?.includes(name) && isUnread(types, file));
}

/** What a module that Python cannot read would register, and what its classes take, is not known: its error says all. */
const isUnread = (types: Types, file: string): boolean => types.body?.(file) === null;

const ownLookup = (types: Types, { type, scope, place }: Asked): Lookup => lookedUp(types, type, scope, place.registry);

/** By registry, scope and type. */
type Lookups = Map<string | null, Map<string, Map<string, Lookup>>>;
const lookups = new WeakMap<Types, Lookups>();

/** Parts of one type are many, the same steps in dozens of pipelines, and rules by the dozen ask for each. */
function lookedUp(types: Types, type: string, scope: string, registry: string | null): Lookup {
  let known = lookups.get(types);
  if (!known) {
    // What the config imports is in the registries before anything is looked for.
    importsAreKnown(types);
    lookups.set(types, (known = new Map()));
  }
  let scopes = known.get(registry);
  if (!scopes) known.set(registry, (scopes = new Map()));
  let ofScope = scopes.get(scope);
  if (!ofScope) scopes.set(scope, (ofScope = new Map()));
  let found = ofScope.get(type);
  if (!found) ofScope.set(type, (found = asSure(types, scope, type, types.registry.lookup(type, scope, registry, viewerOf(types.config)))));
  return found;
}

/** Of a library that is not at hand, only what lies behind it was asked, and it may have its own of that name: `mmpose.RandomFlip` beside mmcv's. */
function asSure({ registry }: Types, scope: string, type: string, found: Lookup): Lookup {
  const isHidden = found.kind === 'found' && !type.includes('.') && LIBRARIES.has(scope) && !registry.hasScope(scope);
  return isHidden && found.entry.scope !== scope ? { kind: 'unknown', reason: `${scope} is not at hand` } : found;
}

/** What mmengine says of a type that is registered, but not where its place is built; null where it may be. */
export function misplaced(types: Types, part: TypedPart): string | null {
  const found = lookupPart(types, part);
  // By its own registry, mostly.
  if ((found.kind === 'found' && found.entry.registry === part.place.registry) || !isUsed(part)) return null;
  const own = ownLookup(types, part);
  return own.kind === 'missing' && lookupPart(types, part).kind === 'found' ? own.message : null;
}

const imports = new WeakMap<Types, boolean>();

/** `custom_imports` that can be read are added to the registries; false where one cannot: then nothing is surely missing. */
export function importsAreKnown(types: Types): boolean {
  let known = imports.get(types);
  if (known === undefined) {
    const names = customImports(types.config);
    known = names !== null && types.registry.include(names, types.config.file).length === 0;
    imports.set(types, known);
  }
  return known;
}

const constructors = new WeakMap<Types, Map<TypedPart, Entry | null>>();

/** The part's constructor, where it is known which it is. Most rules ask it of every part. */
export function constructorOf(types: Types, part: TypedPart): Entry | null {
  let known = constructors.get(types);
  if (!known) constructors.set(types, (known = new Map()));
  let found = known.get(part);
  if (found === undefined) known.set(part, (found = findConstructor(types, part)));
  return found;
}

export interface BuiltPart {
  readonly part: TypedPart;
  readonly entry: Entry;
}
const built = new WeakMap<Types, readonly BuiltPart[]>();

/** Every part whose constructor is known. */
export function builtParts(types: Types): readonly BuiltPart[] {
  let parts = built.get(types);
  if (!parts) {
    const found: BuiltPart[] = [];
    for (const part of typedParts(types)) {
      const entry = constructorOf(types, part);
      if (entry) found.push({ part, entry });
    }
    built.set(types, (parts = found));
  }
  return parts;
}

function findConstructor(types: Types, part: TypedPart): Entry | null {
  // Found in another registry than builds such a place it is misplaced, or the place is another than it seems: `init_cfg` of a class that reads it in its own way.
  const found = ownLookup(types, part);
  const isKnown = found.kind === 'found' && found.others.length === 0 && found.sight !== 'neighbour' && found.entry.kind !== 'partial';
  if (!isKnown) return null;
  const { source } = found.entry;
  return source && types.isOwn?.(source.file) && isUnread(types, source.file) ? null : found.entry;
}

export function entryOf(types: Types, at: Pick<TypedPart, 'path' | 'dict'>): Entry | null {
  const part = typedPartOf(types, at);
  return part ? constructorOf(types, part) : null;
}
/** Of the part at a path; null where it is not known which constructor it is. */
export function entryAt(types: Types, path: ConfigPath): Entry | null {
  const dict = valueAt(types.config, path);
  return dict instanceof Dict ? entryOf(types, { path, dict }) : null;
}

/** Whether the class that the part is an argument of speaks of a key: it may take it out of the dict, or put it in, before it builds the part. */
export function isGivenAround(types: Types & { text(file: string): string | null }, { path }: TypedPart, name: string): boolean {
  const around = typedParts(types).findLast(other => other.path.length < path.length && other.path.every((step, i) => step === path[i]));
  const source = around && constructorOf(types, around)?.source;
  const text = source ? (types.text(source.file) ?? '') : '';
  return text.includes(`'${name}'`) || text.includes(`"${name}"`);
}
