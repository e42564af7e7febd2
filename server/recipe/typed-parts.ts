/** The dicts of a config that a registry builds: each with its type, the scope that counts there, and what the place is for. */
import { type Alike, alikeIn, type Holder, isHolder } from '../config/alike.ts';
import { textFrom } from '../config/from-value.ts';
import { LazyReference } from '../config/lazy-reference.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import { basesAreWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import type { Site, Value } from '../python/value.ts';
import type { PlaceKind } from '../registry/place.ts';
import { typeByDefault } from '../registry/type-by-default.ts';
import { topWay, type Way, wayTo } from './way.ts';

export interface TypedPart {
  readonly path: ConfigPath;
  /** As written: `mmdet.ResNet`. */
  readonly type: string;
  readonly scope: string;
  /** The default scope while it is built: its own, but null in a config that has none (`default_scope = None`), where each registry is asked itself. */
  readonly defaultScope: string | null;
  readonly place: PlaceKind;
  readonly dict: Dict;
  /** Of its `type`; where it has one by default, its own. */
  readonly origin: Origin;
  /** Where that is written: its origin's value. */
  readonly site: Site;
}

const known = new WeakMap<ResolvedConfig, readonly TypedPart[]>();

/**
 * Only those whose place is known, and of a part that stands at several places for one end (a pipeline that dozens of data sets share) the first. Where the scope is
 * not told (a base that others complete), only those whose type is the class itself.
 */
export function typedParts({ config }: { readonly config: ResolvedConfig }): readonly TypedPart[] {
  const before = known.get(config);
  if (before) return before;
  const parts = withoutVariables(new Search(config).all());
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

/** Part of something that runs; a variable beside it may be a draft that the file completes later. */
export const isUsed = ({ path }: Pick<TypedPart, 'path'>): boolean => USED.has(String(path[0]));
const USED = new Set(
  (
    'model tta_model train_dataloader val_dataloader test_dataloader train_evaluator val_evaluator test_evaluator train_cfg val_cfg test_cfg default_hooks ' +
    'custom_hooks log_processor optim_wrapper param_scheduler visualizer'
  ).split(' '),
);
const OF_MODEL = new Set(['model', 'tta_model']);
const DEEPEST = 60;

class Search {
  readonly #config: ResolvedConfig;
  readonly #alike: Alike;
  readonly #path: (string | number)[] = [];
  /** By way, with the scope that counted there. Of the model every place counts: each is built, and loaded, by itself. */
  readonly #walked = new Map<Way, Map<Holder, string | null>>();
  /** What was put somewhere and of which every typed dict was found there: a variable of it holds nothing that is not told. */
  readonly #covered = new Set<Holder>();
  readonly #areBasesWhole: boolean;
  /** Where no scope is told; written as None, there is none. */
  readonly #byDefault: string | null;
  #found: TypedPart[] = [];

  constructor(config: ResolvedConfig) {
    this.#config = config;
    this.#alike = alikeIn(config);
    this.#areBasesWhole = basesAreWhole(config);
    this.#byDefault = plain(valueAt(config, ['default_scope']) ?? 'mmengine') === null ? null : 'mmengine';
  }

  /** In the config's order; what is used is looked at before the variables that it was made of. */
  all(): readonly TypedPart[] {
    const { value } = this.#config;
    const around = textFrom(valueAt(this.#config, ['default_scope'])) ?? null;
    const own = textFrom(value.get('_scope_')) ?? around;
    const way = topWay();
    const below = new Map<string, readonly TypedPart[]>();
    for (const isOfUsed of [true, false])
      for (const { key, value: inner } of value.entries.values()) {
        const held = plain(inner),
          name = plain(key);
        if (!isHolder(held) || typeof name !== 'string' || USED.has(name) !== isOfUsed || isOfAlbumentations(name)) continue;
        this.#found = [];
        this.#path.push(name);
        this.#walk(held, way.below(name), own);
        this.#path.pop();
        if (this.#found.length) below.set(name, this.#found);
      }
    return below.size === 1 ? [...below.values()].flat() : [...value.entries.keys()].flatMap(name => below.get(String(name)) ?? []);
  }

  /** Whether every typed dict in it was found, here or at a place that is alike. */
  #walk(here: Holder, way: Way, around: string | null): boolean {
    const first = this.#alike.first(here);
    const isVariable = !USED.has(String(this.#path[0]));
    if (isVariable && this.#covered.has(first)) return true;
    if (this.#path.length > DEEPEST) return false;
    if (this.#wasWalked(first, way, around)) return this.#covered.has(first);
    const isWhole = here instanceof Dict ? this.#walkDict(here, way, around) : this.#walkItems(here.items, way, around);
    if (isWhole && !isVariable) this.#covered.add(first);
    return isWhole;
  }

  #wasWalked(first: Holder, way: Way, scope: string | null): boolean {
    if (OF_MODEL.has(way.keys[0] ?? '')) return false;
    let own = this.#walked.get(way);
    if (!own) this.#walked.set(way, (own = new Map()));
    if (own.get(first) === scope) return true;
    own.set(first, scope);
    return false;
  }

  #walkDict(here: Dict, way: Way, around: string | null): boolean {
    const own = textFrom(here.get('_scope_')) ?? around;
    // A base that cannot be read may give the type.
    const byDefault = this.#path.length > 1 || here.entries.has('type') || !this.#areBasesWhole ? null : typeByDefault(this.#path, here);
    const type = byDefault?.type ?? typeIn(here);
    let isWhole = true;
    if (type !== undefined) {
      const place = byDefault?.place ?? (isEvaluator(this.#path, here) ? EVALUATOR : way.place);
      const isScoped =
        own !== null || plain(here.get('type') ?? null) instanceof LazyReference || (this.#byDefault === null && isOfRunner(this.#path));
      const part =
        place && isScoped
          ? new FoundPart(this.#config, {
              path: [...this.#path],
              type,
              scope: own ?? 'mmengine',
              defaultScope: own ?? this.#byDefault,
              place,
              dict: here,
            })
          : null;
      if (part?.isWritten) this.#found.push(part);
      else isWhole = false;
    }
    for (const { key, value } of here.entries.values()) {
      const held = plain(value);
      if (!isHolder(held)) continue;
      const name = plain(key);
      if (typeof name !== 'string' || isOfAlbumentations(name) || (name === 'transforms' && /(?:^|\.)Albu/.test(type ?? ''))) continue;
      this.#path.push(name);
      if (!this.#walk(held, way.below(name), own)) isWhole = false;
      this.#path.pop();
    }
    return isWhole;
  }

  #walkItems(items: readonly Value[], way: Way, around: string | null): boolean {
    let isWhole = true;
    for (let i = 0; i < items.length; i++) {
      const held = plain(items[i] ?? null);
      if (!isHolder(held)) continue;
      this.#path.push(i);
      if (!this.#walk(held, way, around)) isWhole = false;
      this.#path.pop();
    }
    return isWhole;
  }
}

/** What the runner itself builds: without a default scope mmengine's own registries are asked, and for what a part builds those of its library (mmengine 0.10.7). */
const isOfRunner = (path: ConfigPath): boolean => OF_RUNNER.test(path.join('.'));
const OF_RUNNER =
  /^(?:default_hooks\.\w+|custom_hooks\.\d+|param_scheduler(?:\.\d+)?|optim_wrapper(?:\.optimizer)?|log_processor|visualizer(?:\.vis_backends\.\d+)?|(?:train|val|test)_(?:cfg|evaluator(?:\.\d+)?|dataloader\.(?:sampler|batch_sampler|dataset)))$/;

/** Albumentations has names of its own. */
const isOfAlbumentations = (name: string): boolean => /^albu/i.test(name);

class FoundPart implements TypedPart {
  readonly path: ConfigPath;
  readonly type: string;
  readonly scope: string;
  readonly defaultScope: string | null;
  readonly place: PlaceKind;
  readonly dict: Dict;
  readonly #config: ResolvedConfig;
  #origin: Origin | undefined;

  constructor(config: ResolvedConfig, { path, type, scope, defaultScope, place, dict }: Omit<TypedPart, 'origin' | 'site'>) {
    this.#config = config;
    this.path = path;
    this.type = type;
    this.scope = scope;
    this.defaultScope = defaultScope;
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

const places = new WeakMap<readonly TypedPart[], ReadonlyMap<Holder, readonly TypedPart[]>>();

/** The typed part that a part of the recipe is, where its place is known. */
export function typedPartOf(
  context: { readonly config: ResolvedConfig },
  { path, dict }: Pick<TypedPart, 'path' | 'dict'>,
): TypedPart | undefined {
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
