/** Arguments that are not given yet, those that must be first; keys that the base has here; what configs write in such a place; and what mmengine itself understands. */
import type { Entry, Parameter } from '../registry/entry.ts';
import { keysOfBuilder, type PlaceKind } from '../registry/place.ts';
import { keysAt } from './completion-base.ts';
import { stepsAt } from './completion-beside.ts';
import type { Cursor, Frame } from './completion-context.ts';
import { type CompletionItem, item, type Told } from './completion-item.ts';
import { type CompletionRequest, configAt, entryAt, isLazy, ownerAt, placeAt, scopeAt, written } from './completion-surroundings.ts';
import { argumentText } from './entry-text.ts';

/** Ranks, top down: a required argument, what configs mostly give (`type` in an override among the first of it), what the base has, the rest. */
const RANK = { required: 0, type: 203, used: 200, inherited: 400, read: 600, builder: 700, own: 800, other: 900 } as const;

/** What the Runner takes a part for that has no type (mmengine 0.10.7). */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  optim_wrapper: ['OptimWrapper'],
  log_processor: ['LogProcessor'],
  visualizer: ['Visualizer'],
  train_cfg: ['EpochBasedTrainLoop', 'IterBasedTrainLoop'],
  val_cfg: ['ValLoop'],
  test_cfg: ['TestLoop'],
};
/** What a loader's dict is handed to: torch's DataLoader, by keywords, and the Runner. */
const LOADER =
  'batch_size num_workers persistent_workers sampler dataset batch_sampler collate_fn pin_memory drop_last shuffle timeout worker_init_fn prefetch_factor multiprocessing_context generator pin_memory_device num_batch_per_epoch'.split(
    ' ',
  );
export function keys(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const frame = cursor.frames.at(-1);
  if (!frame || (frame.kind !== 'dict' && frame.kind !== 'display')) return [];
  const scope = scopeAt(request, cursor);
  const ownType = written(frame, 'type') !== undefined;
  const replaces = /^True\b/.test(written(frame, '_delete_') ?? '');
  const entry = entryAt(request, scope, cursor.path, frame, replaces);
  const place = placeAt(request, cursor, scope);
  const offer = new Offer(request, cursor, frame, scope);
  const named = entry?.name ?? written(frame, 'type')?.replace(/^['"]|['"]$/g, '');
  const used = named !== undefined ? request.usage.argumentsOf(named) : request.usage.keysUnder(cursor.path);
  const parameters = new Map(entry?.parameters.map(parameter => [parameter.name, parameter]));
  // A part of another type than the base's has no use for what that one was given.
  const inherited = replaces
    ? []
    : keysHere(request, cursor.path).filter(key => !ownType || !entry || entry.open || parameters.has(key.name));

  for (const [i, parameter] of [...parameters.values()].filter(({ required }) => required).entries())
    offer.argument(entry, parameter, RANK.required + i);
  if (!ownType) offer.type(inherited.length > 0 ? RANK.type : place || entry ? RANK.required : RANK.builder);
  offer.leaveOut('type');
  const known = new Map(inherited.map(key => [key.name, key]));
  for (const [i, name] of used.entries()) {
    const parameter = parameters.get(name);
    const key = known.get(name);
    if (parameter) offer.argument(entry, parameter, RANK.used + i, key?.detail);
    else if (key || !entry || entry.open) offer.key(name, key?.detail ?? '', RANK.used + i);
  }
  for (const [i, { name, detail }] of inherited.entries()) {
    const parameter = parameters.get(name);
    if (parameter) offer.argument(entry, parameter, RANK.inherited + i, detail);
    else offer.key(name, detail, RANK.inherited + i);
  }
  for (const [i, parameter] of [...parameters.values()].entries()) offer.argument(entry, parameter, RANK.own + i);
  for (const [i, name] of keysBeside(request, cursor.path).entries())
    if (!entry || entry.open) offer.key(name, 'as those beside it', RANK.inherited + i);
  if (!entry) keysWithoutType(request, cursor, scope, offer);
  for (const name of place ? keysOfBuilder(place) : []) offer.key(name, 'taken by the builder', RANK.builder);
  if (inherited.length > 0) offer.key('_delete_', 'replace what the base has', RANK.builder + 1);
  if (ownType || place) offer.key('_scope_', 'library whose registries are asked', RANK.other + 99);
  return offer.items;
}

/** Of the config; where half-typed text has put something else there, of the base. */
function keysHere(request: CompletionRequest, path: Cursor['path']): ReturnType<typeof keysAt> {
  const own = keysAt(configAt(request, path), path);
  if (own.length > 0) return own;
  return (request.bases?.() ?? []).map(base => keysAt(base, path)).find(found => found.length > 0) ?? [];
}

/** What the dicts beside this one have: entries of a table are alike. */
function keysBeside({ config }: CompletionRequest, path: Cursor['path']): readonly string[] {
  const around = path.slice(0, -1);
  if (around.length === 0) return [];
  return [...new Set(stepsAt(config, around).flatMap(step => keysAt(config, [...around, step]).map(({ name }) => name)))];
}

/** What the class around reads of this dict, or gives by default; what the Runner makes of it. */
function keysWithoutType(request: CompletionRequest, cursor: Cursor, scope: string, offer: Offer): void {
  const owner = ownerAt(request, cursor, scope);
  const fallback = owner?.parameter?.default ?? '';
  const read = [...(owner?.use?.keys ?? []), ...keysWithin(fallback)];
  for (const [i, name] of read.entries()) offer.key(name, `read by ${owner?.entry.name}`, RANK.read + i);
  // What mmengine's constructor of optimizers takes for the parameters of a name.
  if (cursor.path.at(-2) === 'custom_keys')
    for (const [i, name] of ['lr_mult', 'decay_mult'].entries()) offer.key(name, 'factor', RANK.used - 2 + i);
  const [top, ...more] = cursor.path;
  if (typeof top !== 'string' || more.length > 0) return;
  if (/_?dataloader$/.test(top)) for (const [i, name] of LOADER.entries()) offer.key(name, 'taken by the loader', RANK.read + i);
  for (const type of IMPLIED[top] ?? []) {
    const found = request.registry.lookup(type, scope, null);
    if (found.kind === 'found')
      for (const [i, parameter] of found.entry.parameters.entries()) offer.argument(found.entry, parameter, RANK.other + i);
  }
}

/** Of a default `dict(score_thr=0.05, …)` or `{'a': …}`: its names, in brackets of any depth. */
const keysWithin = (fallback: string): readonly string[] =>
  /^(?:dict\(|\{)/.test(fallback) ? [...fallback.matchAll(/(\w+)\s*=(?!=)|['"](\w+)['"]\s*:/g)].map(found => found[1] ?? found[2]!) : [];

/** Collects what is offered, each name once, as it must be written here. */
class Offer {
  readonly items: CompletionItem[] = [];
  readonly #request: CompletionRequest;
  readonly #cursor: Cursor;
  readonly #frame: Frame;
  readonly #scope: string;
  readonly #given: Set<string>;
  /** The value stands there already: `dict(|=50)`. */
  readonly #valued: boolean;

  constructor(request: CompletionRequest, cursor: Cursor, frame: Frame, scope: string) {
    this.#request = request;
    this.#cursor = cursor;
    this.#frame = frame;
    this.#scope = scope;
    this.#given = new Set(frame.given.map(({ key }) => key));
    const after = request.text.slice(cursor.range.end, cursor.range.end + 40);
    this.#valued = frame.kind === 'display' ? /^['"]?\s*:/.test(after) : /^\s*=(?!=)/.test(after);
  }

  leaveOut(name: string): void {
    this.#given.add(name);
  }
  type(rank: number): void {
    const quotes = this.#frame.kind === 'dict' && isLazy(this.#request.text) ? '' : "'";
    this.#add('type', { kind: 'key', detail: 'registered type', rank, again: true }, `${quotes}$1${quotes}`);
  }
  key(name: string, detail: string, rank: number): void {
    this.#add(name, { kind: 'key', detail, rank }, this.#valueFor(name, null));
  }
  /** `current`: its value in the base. */
  argument(entry: Entry | null, parameter: Parameter, rank: number, current?: string): void {
    if (!entry) return;
    const detail = current ?? (parameter.required ? 'required' : `= ${parameter.default ?? '…'}`);
    const told = { kind: 'argument', detail, documentation: () => argumentText(entry, parameter), rank } as const;
    this.#add(parameter.name, told, this.#valueFor(parameter.name, { entry, parameter }));
  }

  #add(name: string, told: Omit<Told, 'label' | 'text' | 'snippet'>, value: string | null): void {
    if (this.#given.has(name)) return;
    if (this.#frame.kind === 'dict' && !/^[A-Za-z_]\w*$/.test(name)) return;
    this.#given.add(name);
    const text = this.#written(name);
    const snippet = value === null || this.#valued ? null : `${text}${value}`;
    this.items.push(item(this.#cursor, { label: name, text, snippet, ...told }));
  }
  #written(name: string): string {
    const { quote, range } = this.#cursor;
    if (this.#frame.kind !== 'display') return this.#valued ? name : `${name}=`;
    if (quote === null) return this.#valued ? `'${name}'` : `'${name}': `;
    if (this.#valued) return name;
    return this.#request.text[range.end] === quote ? name : `${name}${quote}: `;
  }

  /** A dict with a type is wanted, one or a list of them: written out, with the place for the type. Not inside quotes that are closed. */
  #valueFor(name: string, of: { readonly entry: Entry; readonly parameter: Parameter } | null): string | null {
    if (this.#frame.kind === 'display' && this.#cursor.quote !== null && this.#request.text[this.#cursor.range.end] === this.#cursor.quote)
      return null;
    const path = [...this.#cursor.path, name];
    const use = of && this.#request.registry.usesOf(of.entry).get(name);
    const fallback = of?.parameter.default ?? '';
    const place: PlaceKind | null =
      of || /^(?:backbone|neck|.*head|optimizer|dataset|sampler)$/.test(name)
        ? placeAt(this.#request, this.#cursor, this.#scope, path)
        : null;
    if (!place || /^(?:True|False|-?\d|['"])/.test(fallback)) return null;
    const quotes = this.#frame.kind === 'dict' && isLazy(this.#request.text) ? '' : "'";
    const part = `dict(type=${quotes}$1${quotes})`;
    const isList =
      use?.items === true ||
      place.registry === 'transform' ||
      /^(?:\[|\(|list|tuple)/i.test(`${fallback}${of?.parameter.annotation ?? ''}`);
    return isList ? `[${part}]` : part;
  }
}
