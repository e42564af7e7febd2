/** The dicts of a config that a registry builds: each with its type, the scope that counts there, and what the place is for. */
import { type Alike, alikeIn, type Holder, isHolder } from '../config/alike.ts';
import { customImports } from '../config/custom-imports.ts';
import { textFrom } from '../config/from-value.ts';
import { LazyReference } from '../config/lazy-reference.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import { viewerOf as viewerIn } from '../model/viewer.ts';
import { plain } from '../python/origin.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import type { Site } from '../python/value.ts';
import type { Entry, Lookup } from '../registry/entry.ts';
import { LIBRARIES } from '../registry/openmmlab-libraries.ts';
import type { PlaceKind } from '../registry/place.ts';
import type { Viewer } from '../registry/sight.ts';
import { typeByDefault } from '../registry/type-by-default.ts';
import type { ConfigContext } from './rule.ts';
import { basesAreWhole } from './values-of.ts';
import { topWay, type Way, wayTo } from './way.ts';

export interface TypedPart {
  readonly path: ConfigPath;
  /** As written: `mmdet.ResNet`. */
  readonly type: string;
  readonly scope: string;
  readonly place: PlaceKind;
  readonly dict: Dict;
  /** Of its `type`; where it has one by default, its own. */
  readonly origin: Origin;
  /** Where that is written: its origin's value. */
  readonly site: Site;
}

const DEEPEST = 60;
const known = new WeakMap<ResolvedConfig, readonly TypedPart[]>();

/**
 * Only those whose place is known, and of a part that stands at several places for one end (a pipeline that dozens of data sets share) the first. Where the scope is not told (a base that others complete), only those whose type is the
 * class itself.
 */
export function typedParts({ config }: Pick<ConfigContext, 'config'>): readonly TypedPart[] {
  const before = known.get(config);
  if (before) return before;
  const parts = withoutVariables(find(config));
  known.set(config, parts);
  return parts;
}

/** What a variable holds is what it is where it is put: there another scope may count. */
function withoutVariables(parts: readonly TypedPart[]): readonly TypedPart[] {
  if (parts.every(isUsed)) return parts;
  const put = new Map<string, Set<number>>();
  for (const part of parts) {
    if (!isUsed(part)) continue;
    const { file, start } = part.site;
    const starts = put.get(file);
    if (starts) starts.add(start);
    else put.set(file, new Set([start]));
  }
  return parts.filter(part => isUsed(part) || !put.get(part.site.file)?.has(part.site.start));
}

/** By the place's own registry; where that has no such name, by any. */
export function lookupPart(context: ConfigContext, part: Asked): Lookup {
  const own = ownLookup(context, part);
  if (own.kind === 'found') return own;
  const { type, scope, place } = part;
  const any = lookedUp(context, type, scope, null);
  // Of the same registry it can only be another scope's.
  return any.kind === 'missing' || (own.kind === 'missing' && any.kind === 'found' && any.entry.registry === place.registry) ? own : any;
}

type Asked = Pick<TypedPart, 'type' | 'scope' | 'place'>;
const ownLookup = (context: ConfigContext, { type, scope, place }: Asked): Lookup => lookedUp(context, type, scope, place.registry);

/** By registry, scope and type. */
type Lookups = Map<string | null, Map<string, Map<string, Lookup>>>;
const lookups = new WeakMap<ConfigContext, Lookups>();

/** Parts of one type are many, the same steps in dozens of pipelines, and rules by the dozen ask for each. */
function lookedUp(context: ConfigContext, type: string, scope: string, registry: string | null): Lookup {
  let known = lookups.get(context);
  if (!known) {
    // What the config imports is in the registries before anything is looked for.
    importsAreKnown(context);
    lookups.set(context, (known = new Map()));
  }
  let scopes = known.get(registry);
  if (!scopes) known.set(registry, (scopes = new Map()));
  let types = scopes.get(scope);
  if (!types) scopes.set(scope, (types = new Map()));
  let found = types.get(type);
  if (!found) types.set(type, (found = asSure(context, scope, type, context.registry.lookup(type, scope, registry, viewerOf(context)))));
  return found;
}

/** Of a library that is not at hand, only what lies behind it was asked, and it may have its own of that name: `mmpose.RandomFlip` beside mmcv's. */
function asSure({ registry }: ConfigContext, scope: string, type: string, found: Lookup): Lookup {
  const isHidden = found.kind === 'found' && !type.includes('.') && LIBRARIES.has(scope) && !registry.hasScope(scope);
  return isHidden && found.entry.scope !== scope ? { kind: 'unknown', reason: `${scope} is not at hand` } : found;
}

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
  const alike = alikeIn(config);
  const path: (string | number)[] = [];
  /** By way, with the scope that counted there. Of the model every place counts: each is built, and loaded, by itself. */
  const walked = new Map<Way, Map<Holder, string | null>>();
  const wasWalked = (here: Holder, way: Way, scope: string | null): boolean => {
    if (OF_MODEL.has(way.keys[0] ?? '')) return false;
    const first = alike.first(here);
    let own = walked.get(way);
    if (!own) walked.set(way, (own = new Map()));
    if (own.get(first) === scope) return true;
    own.set(first, scope);
    return false;
  };
  const walk = (here: Holder, way: Way, around: string | null): void => {
    if (path.length > DEEPEST || wasWalked(here, way, around)) return;
    if (here instanceof Dict) {
      const own = textFrom(here.get('_scope_')) ?? around;
      // A base that cannot be read may give the type.
      const byDefault = path.length > 1 || here.entries.has('type') || !basesAreWhole(config) ? null : typeByDefault(path, here);
      const type = byDefault?.type ?? typeIn(here);
      const place = byDefault?.place ?? (type === undefined ? null : isEvaluator(path, here) ? EVALUATOR : way.place);
      if (type !== undefined && place && (own !== null || plain(here.get('type') ?? null) instanceof LazyReference)) {
        const part = new FoundPart(config, { path: [...path], type, scope: own ?? 'mmengine', place, dict: here });
        if (part.isWritten) found.push(part);
      }
      for (const { key, value: inner } of here.entries.values()) {
        const held = plain(inner);
        const name = isHolder(held) ? plain(key) : null;
        // Albumentations has names of its own.
        if (
          isHolder(held) &&
          typeof name === 'string' &&
          !/^albu/i.test(name) &&
          !(name === 'transforms' && /(?:^|\.)Albu/.test(type ?? ''))
        ) {
          path.push(name);
          walk(held, way.below(name), own);
          path.pop();
        }
      }
    } else
      for (const [i, item] of here.items.entries()) {
        const held = plain(item);
        if (!isHolder(held)) continue;
        path.push(i);
        walk(held, way, around);
        path.pop();
      }
  };
  walk(config.value, topWay(), textFrom(valueAt(config, ['default_scope'])) ?? null);
  return found;
}

const OF_MODEL = new Set(['model', 'tta_model']);

class FoundPart implements TypedPart {
  readonly path: ConfigPath;
  readonly type: string;
  readonly scope: string;
  readonly place: PlaceKind;
  readonly dict: Dict;
  readonly #config: ResolvedConfig;
  #origin: Origin | undefined;

  constructor(config: ResolvedConfig, { path, type, scope, place, dict }: Omit<TypedPart, 'origin' | 'site'>) {
    this.#config = config;
    this.path = path;
    this.type = type;
    this.scope = scope;
    this.place = place;
    this.dict = dict;
  }
  get #own(): Written | null {
    return this.dict.entries.get('type')?.written ?? null;
  }
  /** What was made of other values was written nowhere. */
  get isWritten(): boolean {
    return this.#own !== null || this.#found() !== undefined;
  }
  get site(): Site {
    return this.#own?.value ?? this.origin.value;
  }
  get origin(): Origin {
    const origin = this.#found();
    if (!origin) throw new Error(`no origin of ${this.path.join('.')}, though it was written`);
    return origin;
  }
  /** Looked for when it is asked for: most parts are right, and nobody asks. */
  #found(): Origin | undefined {
    this.#origin ??= originAt(this.#config, this.dict.entries.has('type') ? [...this.path, 'type'] : this.path);
    return this.#origin;
  }
}

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

const places = new WeakMap<readonly TypedPart[], ReadonlyMap<Holder, readonly TypedPart[]>>();

/** The typed part that a part of the recipe is, where its place is known. */
export function typedPartOf(context: ConfigContext, { path, dict }: Pick<TypedPart, 'path' | 'dict'>): TypedPart | undefined {
  const parts = typedParts(context);
  let byDict = places.get(parts);
  const alike = alikeIn(context.config);
  if (!byDict) places.set(parts, (byDict = grouped(alike, parts)));
  const own = byDict.get(alike.first(dict));
  const here = own?.find(part => part.path.length === path.length && part.path.every((step, i) => step === path[i]));
  if (here || !own) return here;
  // It may stand at several places, and is found at the first of each way. Of two scopes it is not known which.
  const way = wayTo(path);
  const [found, ...others] = own.filter(part => wayTo(part.path) === way);
  return others.some(({ scope }) => scope !== found?.scope) ? undefined : found;
}
function grouped(alike: Alike, parts: readonly TypedPart[]): ReadonlyMap<Holder, readonly TypedPart[]> {
  const byDict = new Map<Holder, TypedPart[]>();
  for (const part of parts) {
    const dict = alike.first(part.dict);
    const known = byDict.get(dict);
    if (known) known.push(part);
    else byDict.set(dict, [part]);
  }
  return byDict;
}
export function entryOf(context: ConfigContext, at: Pick<TypedPart, 'path' | 'dict'>): Entry | null {
  const part = typedPartOf(context, at);
  return part ? constructorOf(context, part) : null;
}
/** The typed part at a path. */
function typedPartAt(context: ConfigContext, path: ConfigPath): TypedPart | undefined {
  const dict = valueAt(context.config, path);
  return dict instanceof Dict ? typedPartOf(context, { path, dict }) : undefined;
}
/** Its constructor; null where it is not known which it is. */
export function entryAt(context: ConfigContext, path: ConfigPath): Entry | null {
  const part = typedPartAt(context, path);
  return part ? constructorOf(context, part) : null;
}

/** Part of something that runs; a variable beside it may be a draft that the file completes later. */
export const isUsed = ({ path }: Pick<TypedPart, 'path'>): boolean => USED.has(String(path[0]));
const USED = new Set(
  (
    'model tta_model train_dataloader val_dataloader test_dataloader train_evaluator val_evaluator test_evaluator train_cfg val_cfg test_cfg default_hooks ' +
    'custom_hooks log_processor optim_wrapper param_scheduler visualizer'
  ).split(' '),
);

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
    // One text may be that of several loaders: `test_dataloader = val_dataloader`.
    const key = `${site.file} ${site.start} ${message.replace(/`(?:train|val|test)_(dataloader|evaluator)\b/g, '`$1')}`;
    return !seen.has(key) && seen.add(key);
  });
}
