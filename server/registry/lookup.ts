/** What `type='…'` means: mmengine's own way through its registries (0.10.7, `Registry.get`), and whether a name is surely in none of them. */
import type { Entry, Lookup } from './entry.ts';
import { nearNames } from './near.ts';
import { signatureOf } from './scan/signature.ts';
import { type Sight, seen } from './sight.ts';
import { type Library, librariesOf, type Tables } from './tables.ts';

/** What a config sees of entries; all of them where nobody asks for one. */
export type Seen = (entries: readonly Entry[]) => readonly Entry[];

/** `registry`: the root's name; null: any. `scope`: the default scope, or the `_scope_` around it. */
export function lookup(tables: Tables, name: string, scope: string, registry: string | null, sight?: (entry: Entry) => Sight): Lookup {
  const consulted = new Set<string>();
  const isOwn = ({ source }: Entry): boolean =>
    source !== null && (tables.environment.workspace ?? []).some(root => source.file.startsWith(`${root}/`));
  const visible: Seen = sight ? entries => seen(entries, sight, isOwn) : entries => entries;
  let found = find({ tables, registry, consulted, seen: visible }, name, scope);
  const neighbours = found.length === 0 && sight !== undefined;
  if (neighbours) found = find({ tables, registry, consulted, seen: entries => entries }, name, scope);
  const [entry, ...rest] = found;
  if (entry) {
    const others = rest.filter(other => other.registry === entry.registry && other.target !== entry.target);
    if (neighbours) return { kind: 'found', entry, others, sight: 'neighbour' };
    return { kind: 'found', entry, others, ...(sight && found.every(one => sight(one) === 'own') && { sight: 'own' }) };
  }
  // mmengine's last resort; a class that is there is no doubt.
  const dotted = name.includes('.') ? byPath(tables, name) : null;
  if (dotted?.kind === 'found') return dotted;
  const doubt =
    [...consulted].map(library => doubtOf(tables, library, registry)).find(reason => reason !== null) ??
    doubtOfScan(tables, tables.own(), registry);
  if (doubt) return { kind: 'unknown', reason: doubt };
  if (dotted) return dotted;
  if (registry === 'optimizer' && /^(?:Lion|DAdapt|Sophia|bnb_|Adafactor|Prodigy)/.test(name))
    return { kind: 'unknown', reason: `${name} is registered where an optional package is installed` };
  const place = `${tables.hasRegistry(scope, registry) ? scope : 'mmengine'}::${registry ?? 'model'}`;
  return {
    kind: 'missing',
    near: nearNames(tables, name, scope, registry),
    message: `KeyError: ${name} is not in the ${place} registry`,
  };
}

interface Search {
  readonly tables: Tables;
  readonly registry: string | null;
  /** Libraries that were asked. */
  readonly consulted: Set<string>;
  readonly seen: Seen;
}

/** mmengine's order: the scope's own registry, then its ancestors; with a prefix, that scope's alone, except that another's look-up climbs again. */
function find(search: Search, name: string, scope: string): readonly Entry[] {
  const { tables, registry, consulted } = search;
  const at = registryScope(tables, scope, registry, consulted);
  const dot = name.indexOf('.');
  const prefix = dot < 0 ? null : name.slice(0, dot);
  if (prefix === null) {
    // Of a registry that was not found out: only if no known one has the name, else beside it.
    let unplaced: readonly Entry[] = [];
    for (const asked of [at, ...tables.ancestors(at, registry)]) {
      const entries = own(search, name, asked);
      if (entries.some(entry => entry.under !== null)) return [...entries, ...unplaced.filter(entry => !entries.includes(entry))];
      if (entries.length > 0) unplaced = entries;
    }
    return unplaced;
  }
  const rest = name.slice(dot + 1);
  if (prefix === at) return own(search, rest, at);
  for (const library of librariesOf(prefix)) consulted.add(library);
  librariesOf(prefix).forEach(tables.library);
  if (prefix !== 'mmengine' && !tables.hasRegistry(prefix, registry)) return [];
  return find(search, rest, prefix);
}

/** The scope whose registry is asked: the root's where the default scope has none. */
function registryScope(tables: Tables, scope: string, registry: string | null, consulted: Set<string>): string {
  for (const library of librariesOf(scope)) {
    consulted.add(library);
    tables.library(library);
  }
  tables.own();
  return scope === 'mmengine' || tables.hasRegistry(scope, registry) ? scope : 'mmengine';
}

function own({ tables, registry, consulted, seen }: Search, name: string, scope: string): readonly Entry[] {
  for (const library of librariesOf(scope)) {
    consulted.add(library);
    tables.library(library);
  }
  return seen(tables.held(scope, name).filter(entry => registry === null || entry.registry === registry || entry.under === null));
}

/** Why nothing can be said of what a library's registries hold; null where all of it is known. */
function doubtOf(tables: Tables, name: string, registry: string | null): string | null {
  const library = tables.library(name);
  // A scope may be named otherwise than the package that has its registries.
  if (library.from === 'nowhere') return tables.hasRegistry(name, null) ? null : `${name} is not at hand`;
  return doubtOfScan(tables, library, registry);
}

function doubtOfScan(tables: Tables, { name, scan }: Library, registry: string | null): string | null {
  if (!scan) return null;
  if (!scan.complete) return `${name || 'the workspace'} has more modules than are read`;
  // Names that a library of the bundled facts computes are among the facts.
  const hidden = scan.computed.find(
    place =>
      (registry === null || place.registry === null || place.registry === registry) &&
      !tables.snapshot.versions.has(place.module.split('.')[0]!),
  );
  return hidden ? `${hidden.module} registers names that it computes, or cannot be read` : null;
}

/** `torch.optim.AdamW`, which mmengine registers by its name: torch itself need not be at hand. */
function ofTorch(tables: Tables, name: string): Lookup | null {
  tables.library('mmengine');
  const written = /^torch\.optim\.(?:\w+\.)?(\w+)$/.exec(name)?.[1];
  const entry =
    written && tables.held('mmengine', written).find(one => one.registry === 'optimizer' && one.target.startsWith('torch.optim.'));
  return entry ? { kind: 'found', entry, others: [] } : null;
}

/** `torch.nn.Conv2d`, `mmengine.model.BaseModel`: a path to the class itself. Null: it leads nowhere, surely. */
function byPath(tables: Tables, name: string): Lookup | null {
  const [top, ...rest] = name.split('.');
  const optimizer = top === 'torch' ? ofTorch(tables, name) : null;
  if (optimizer) return optimizer;
  const definition = tables.packages.find(top!) ? tables.modules.resolve(top!, rest.join('.')) : null;
  if (definition?.kind === 'class' || definition?.kind === 'function') {
    return {
      kind: 'found',
      others: [],
      entry: {
        scope: top!,
        under: null,
        registry: 'model',
        name: rest.at(-1)!,
        target: `${definition.module}.${definition.outline.name}`,
        kind: definition.kind,
        ...signatureOf(tables.modules, tables.snapshot, definition),
        role: null,
        source: { file: definition.file, line: definition.outline.line },
      },
    };
  }
  const knownScope = tables.hasRegistry(top!, null) || top === 'mmengine';
  // `mmdet.Resnet` is a slip in a registered name; `mmdet.a.b` and `torch.nn.X` may be made in ways that no reading follows.
  return knownScope && rest.length === 1 && !/^[a-z_]+$/.test(rest[0]!)
    ? null
    : { kind: 'unknown', reason: `${name} is a path that cannot be followed` };
}
