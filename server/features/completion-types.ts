/** Registered types, those that fit the place first: as text in `type='…'`, as a class with its import in lazy style. */

import { type Candidate, UNFIT } from '../registry/candidates.ts';
import { classImport, customImport } from './added-imports.ts';
import { keysAt, textAt } from './completion-base.ts';
import { textsBeside } from './completion-beside.ts';
import type { Cursor } from './completion-context.ts';
import { type CompletionItem, type Insertion, item, sortTextOf } from './completion-item.ts';
import { type CompletionRequest, importsIn, isLazy, placeAt, scopeAt } from './completion-surroundings.ts';
import { documentationOf } from './entry-text.ts';

/** The list is asked for again at every letter: what is farther down than this nobody looks at. */
const MOST = 1000;

/** `dict(type=`, `'type': `, and `_base_.model.neck.type = `. */
export function isType(cursor: Cursor): boolean {
  const kind = cursor.frames.at(-1)?.kind;
  return cursor.key === 'type' && (kind === 'dict' || kind === 'display' || kind === undefined);
}

export function types(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const { registry } = request;
  const scope = scopeAt(request, cursor);
  const place = placeAt(request, cursor, scope);
  const lazy = cursor.kind === 'value' && isLazy(request.text);
  const wanted = cursor.prefix.toLowerCase();
  const all = registry.candidates({ scope, registry: place?.registry ?? null, role: place?.role ?? null }, request.viewer);
  const ordered = (some: readonly Candidate[]): readonly Candidate[] => inOrderOfUse(request, cursor, scope, some, all);
  const likely = ordered(matching(all, wanted));
  // The place is a guess: what is typed on may mean another registry's.
  const others =
    wanted === '' || !place
      ? []
      : matching(registry.candidates({ scope, registry: null, role: null }, request.viewer), wanted).filter(
          ({ written }) => !writtenIn(all).has(written),
        );
  // The scope's own, with the scope in front: nobody must, but who types it means it.
  const prefix = `${scope.toLowerCase()}.`;
  const prefixed =
    wanted !== '' && (prefix.startsWith(wanted) || wanted.startsWith(prefix))
      ? ordered(all.filter(({ written, folded }) => !written.includes('.') && matchOf(wanted, prefix + folded) !== null)).map(
          ({ entry, written, folded, plain, rank }) => ({ entry, written: `${scope}.${written}`, folded: prefix + folded, plain, rank }),
        )
      : [];
  const best = [...grouped(likely, wanted), ...grouped(prefixed, wanted), ...grouped(others, wanted)].slice(0, MOST);
  // By module: of a hundred types of one library each brings the same line.
  const lines = new Map<string | null, readonly Insertion[]>();
  const added = (module: string | null, written: string): readonly Insertion[] => {
    const before = lines.get(module);
    if (before) return before;
    const made = list(customImport(request, module, written));
    lines.set(module, made);
    return made;
  };
  const version = (library: string): string | null => registry.libraries.get(library)?.version ?? null;
  const quote = cursor.kind === 'value' && !lazy ? "'" : '';
  const found = best.map((candidate, rank): CompletionItem => {
    const { entry, written } = candidate;
    const name = lazy ? entry.target.slice(entry.target.lastIndexOf('.') + 1) : written;
    // Of hundreds at every key: no more is made of each than must be.
    return {
      label: name,
      kind: 'type' as const,
      detail: `${entry.scope} · ${entry.role ?? entry.registry}`,
      documentation: () => documentationOf(entry, version(entry.scope)),
      text: quote + name + quote,
      snippet: null,
      filterText: lazy ? name : comparedWith(candidate, wanted),
      range: cursor.range,
      sortText: sortTextOf(rank + 100),
      again: false,
      additional: lazy ? list(classImport(request.text, entry.target)) : added(registry.importFor(entry, scope), written),
    };
  });
  if (cursor.kind !== 'value') {
    const offered = new Set(found.map(({ label }) => label));
    const told = (text: string, detail: string, rank: number): CompletionItem[] =>
      offered.has(text) ? [] : [item(cursor, { label: text, kind: 'type', detail, text, rank })];
    // Tables of the user's own, mmcv's operators and the like have a `type` that no registry knows.
    return [
      ...textsBeside(request.config, cursor.path, 'type').flatMap((text, i) =>
        registry.lookup(text, scope, null).kind === 'found' ? [] : told(text, 'as those beside it', i),
      ),
      ...found,
      ...request.usage
        .typesUnder(cursor.path, scope)
        .flatMap((text, i) => told(text, 'as configs have it', (writtenIn(all).has(text) ? found.length : 0) + 100 + i)),
    ];
  }
  const named = variables(request, cursor, scope);
  return lazy ? distinct([...imported(request, cursor), ...named, ...found]) : [...named, ...found];
}

/** Variables that stand for a type: `dataset_type`. */
function variables(request: CompletionRequest, cursor: Cursor, scope: string): CompletionItem[] {
  const own = [...request.text.matchAll(/^([A-Za-z_]\w*)\s*=\s*(['"])([\w.]+)\2/gm)].map(found => [found[1]!, found[3]!] as const);
  const inherited = isLazy(request.text) ? keysAt(request.config, []).flatMap(({ name }) => textOf(request, name)) : [];
  return [...new Map([...inherited, ...own])].flatMap(([name, type], i) =>
    request.registry.lookup(type, scope, null).kind !== 'missing'
      ? [item(cursor, { label: name, kind: 'value', detail: type, text: name, rank: i })]
      : [],
  );
}
function textOf({ config }: CompletionRequest, name: string): (readonly [string, string])[] {
  const text = textAt(config, [name]);
  return text === undefined ? [] : [[name, text]];
}

/** What the file has imported already comes first. */
function imported(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  return [...importsIn(request.text)].flatMap(([name, { module }], i) =>
    /^[A-Z]/.test(name) ? [item(cursor, { label: name, kind: 'type', detail: module, text: name, rank: i })] : [],
  );
}
function distinct(items: readonly CompletionItem[]): CompletionItem[] {
  const seen = new Set<string>();
  return items.filter(({ label }) => !seen.has(label) && seen.add(label));
}

/** How many of the best are looked at closely: what they take may first have to be read. */
const MOST_LOOKED_AT = 250;
/** Keys that the builder takes, whatever is built. */
const BUILDERS = new Set(['type', '_delete_', '_scope_', 'priority', 'requires_grad']);

/**
 * Those that play the part, or do so in the scope's own configs; of these what takes all that the dict has already, what the file is named after (`detr_r50.py`), and what
 * configs mostly have under this key.
 */
function inOrderOfUse(
  { usage, file }: CompletionRequest,
  { path, frames }: Cursor,
  scope: string,
  candidates: readonly Candidate[],
  all: readonly Candidate[],
): readonly Candidate[] {
  const own = new Map(usage.typesUnder(path, scope).map((type, i) => [type, i]));
  const common = new Map(usage.typesUnder(path).map((type, i) => [type, i]));
  // What none of them takes belongs to something else: the next argument of a dict around that is not closed yet.
  const closed = all.slice(0, MOST_LOOKED_AT).filter(({ rank, entry }) => rank < UNFIT && !entry.open);
  const given = (frames.at(-1)?.given ?? [])
    .map(({ key }) => key)
    .filter(key => !BUILDERS.has(key) && closed.some(({ entry }) => refusedBy(entry, [key]) === 0));
  const names = (file ?? '').split('/').slice(-2).join(' ').toLowerCase().replace(/[_-]/g, '');
  const ranked = candidates.map((candidate, i) => {
    const { entry, rank, written, plain } = candidate;
    const here = own.get(written) ?? Infinity;
    let order = rank < UNFIT || here < Infinity ? 0 : 1;
    const then = (step: number): void => {
      order = order * STEPS + Math.min(STEPS - 1, Math.max(0, step));
    };
    then(i < MOST_LOOKED_AT || here < Infinity ? refusedBy(entry, given) : 0);
    then(plain.length > 3 && names.includes(plain) ? STEPS - plain.length : STEPS);
    then(here);
    then(rank * 4);
    then(common.get(entry.name) ?? Infinity);
    return { candidate, order };
  });
  return ranked.sort((a, b) => a.order - b.order).map(({ candidate }) => candidate);
}
/** One number orders by several, each of which counts so far: 2⁸ to the sixth is below 2⁵³. */
const STEPS = 256;

function refusedBy({ open, parameters }: Candidate['entry'], given: readonly string[]): number {
  return open || given.length === 0 ? 0 : given.filter(key => !parameters.some(({ name }) => name === key)).length;
}

const matching = (candidates: readonly Candidate[], typed: string): readonly Candidate[] =>
  typed === '' ? candidates : candidates.filter(({ folded }) => matchOf(typed, folded) !== null);

/** Those that begin with what is typed before those that have its letters in this order. */
function grouped(candidates: readonly Candidate[], typed: string): readonly Candidate[] {
  if (typed === '') return candidates;
  const begins: Candidate[] = [];
  const others: Candidate[] = [];
  for (const candidate of candidates) (matchOf(typed, candidate.folded) === 0 ? begins : others).push(candidate);
  return [...begins, ...others];
}

const texts = new WeakMap<readonly Candidate[], ReadonlySet<string>>();
function writtenIn(candidates: readonly Candidate[]): ReadonlySet<string> {
  const before = texts.get(candidates);
  if (before) return before;
  const made = new Set(candidates.map(({ written }) => written));
  texts.set(candidates, made);
  return made;
}

/**
 * Without its library a name is compared by itself, so that `Res` finds `mmdet.ResNet` as it finds `ResNet`. An editor puts what is spelt out to the end before all else:
 * what does not play the part begins with a stroke that nobody types, and `Conv` does not come before `ConvNeXt` where a backbone goes.
 */
function comparedWith({ entry: { name }, written, rank }: Candidate, typed: string): string {
  if (typed === '') return written;
  const compared =
    written !== name && !written.toLowerCase().startsWith(typed) && isSubsequence(typed, name.toLowerCase()) ? name : written;
  return rank < UNFIT || typed.includes('.') ? compared : `_${compared}`;
}

/** 0: begins so, with or without its scope; 1: has the letters in this order; null: has not. */
function matchOf(typed: string, name: string): number | null {
  if (name.startsWith(typed) || name.startsWith(typed, name.indexOf('.') + 1)) return 0;
  return isSubsequence(typed, name) ? 1 : null;
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const c of part) {
    at = whole.indexOf(c, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const list = (insertion: Insertion | null): readonly Insertion[] => (insertion ? [insertion] : []);
