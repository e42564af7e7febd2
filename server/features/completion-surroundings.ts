/** What is known around a cursor: the scope, the type of the dict it stands in, and which registry builds that dict. */

import { LazyReference } from '../config/lazy-reference.ts';
import { valueAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { FolderEntry } from '../project/host.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import type { Entry, Parameter, RegistryIndex } from '../registry/entry.ts';
import type { PlaceKind } from '../registry/place.ts';
import type { Viewer } from '../registry/sight.ts';
import type { Usage } from '../registry/usage.ts';
import type { ParameterUse } from '../registry/uses.ts';
import { textAt } from './completion-base.ts';
import type { Cursor, Frame } from './completion-context.ts';

export interface CompletionRequest {
  readonly text: string;
  readonly offset: number;
  /** As it was when the text could last be read; null: never. */
  readonly config: ResolvedConfig | null;
  readonly registry: RegistryIndex;
  readonly usage: Usage;
  /** Who asks: a config sees what its own project reaches. Absent: all of the workspace. */
  readonly viewer?: Viewer;
  /** What `_base_` is: the bases that the config names. Absent: told by the config itself. */
  readonly bases?: () => readonly ResolvedConfig[];
  /** For the paths of bases: the file itself, and what lies in a folder. */
  readonly file?: string;
  readonly list?: (folder: string) => readonly FolderEntry[];
  readonly read?: (file: string) => string | null;
  /** Folder of a library's own configs; null where it is not at hand. */
  readonly configsOf?: (library: string) => string | null;
  /** Folder of a package, and the config that a module is: for what is imported. */
  readonly packageOf?: (name: string) => string | null;
  readonly configOf?: (module: string) => ResolvedConfig | null;
  /** The file's own names where the cursor stands. */
  readonly names?: () => Dict | null;
}

type Path = readonly (string | number)[];

/** The dict around, whose parameter the dict under the cursor is. */
export interface Owner {
  readonly entry: Entry;
  readonly parameter: Parameter | null;
  readonly use: ParameterUse | null;
}

export const written = (frame: Frame | undefined, key: string): string | undefined =>
  frame?.given.find(argument => argument.key === key)?.value;

/** Bases by import: types are classes, written as names. */
export const isLazy = (text: string): boolean =>
  /^\s*with\s+read_base\s*\(\s*\)|^from\s+mm\w+[\w.]*\s+import\s/m.test(text) && !/^_base_\s*=/m.test(text);

/** `from module import name as alias` of the whole file: what a name stands for. */
export function importsIn(text: string): ReadonlyMap<string, { readonly module: string; readonly name: string }> {
  const found = new Map<string, { readonly module: string; readonly name: string }>();
  for (const [, module, names] of text.matchAll(/^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)/gm))
    for (const [, name, alias] of names!.matchAll(/([A-Za-z_]\w*)(?:\s+as\s+([A-Za-z_]\w*))?/g))
      found.set(alias ?? name!, { module: module!, name: name! });
  return found;
}

/** `_scope_` of the nearest dict around that has one, else the file's `default_scope`, else the base's; else the library that has most of the file's types. */
export function scopeAt(request: CompletionRequest, cursor: Cursor): string {
  for (const frame of [...cursor.frames].reverse()) {
    const own = /^(['"])(\w+)\1$/.exec(written(frame, '_scope_') ?? '')?.[2];
    if (own) return own;
  }
  return (
    /^default_scope\s*=\s*(['"])(\w+)\1/m.exec(request.text)?.[2] ??
    textAt(request.config, ['default_scope']) ??
    scopeNearby(request) ??
    likelyScope(request)
  );
}

/** A base of a base names no scope, but lies beside one that does: `_base_/default_runtime.py`. */
function scopeNearby({ file, read }: CompletionRequest): string | null {
  let folder = file ?? '';
  for (let level = 0; read && level < HIGHEST; level++) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    if (folder === '') return null;
    for (const path of [`${folder}/default_runtime.py`, `${folder}/_base_/default_runtime.py`]) {
      const scope = /^default_scope\s*=\s*(['"])(\w+)\1/m.exec(read(path) ?? '')?.[2];
      if (scope) return scope;
    }
  }
  return null;
}
const HIGHEST = 5;

/** A base of a base names no scope; its types tell whose it is, or the modules it imports. A library that is named in front of a type is another. */
function likelyScope({ text, registry }: CompletionRequest): string {
  const types = new Set([...text.matchAll(/\btype['"]?\s*[=:]\s*['"](\w+)['"]/g)].slice(0, 40).map(found => found[1]!));
  const modules = [...importsIn(text).values()].map(({ module }) => module.split('.')[0]!);
  let best = { scope: 'mmengine', count: 0 };
  for (const scope of registry.libraries.keys()) {
    if (scope === 'mmengine' || new RegExp(String.raw`['"]${scope}\.[A-Z]`).test(text)) continue;
    const count = [...types].filter(type => registry.has(scope, type)).length + modules.filter(module => module === scope).length;
    if (count > best.count) best = { scope, count };
  }
  return best.scope;
}

/** The config, or where half-typed text leaves nothing of it at this path, the base that has something there. */
export function configAt({ config, bases }: CompletionRequest, path: Path): ResolvedConfig | null {
  // A display with one key and no value yet is a set.
  const says = (asked: ResolvedConfig): boolean => valueAt(asked, path) instanceof Dict;
  return config && says(config) ? config : (bases?.().find(says) ?? config);
}

/** The type that a dict has, or takes from the base; `replaces`: it takes nothing from there. */
export function entryAt(request: CompletionRequest, scope: string, path: Path, frame: Frame | undefined, replaces = false): Entry | null {
  const own = written(frame, 'type');
  const registry = request.registry.placeAt(path)?.registry ?? null;
  if (own !== undefined) {
    const text = /^(['"])([\w./-]+)\1$/.exec(own)?.[2];
    if (text !== undefined) return entryNamed(request, text, scope, registry);
    if (!/^[A-Za-z_][\w.]*$/.test(own)) return null;
    const named = variableText(request, own);
    return named === undefined ? importedEntry(request, own, scope) : entryNamed(request, named, scope, registry);
  }
  const known = replaces ? null : configAt(request, path);
  const value = known && valueAt(known, [...path, 'type']);
  const inherited = value ? plain(value) : undefined;
  if (inherited instanceof LazyReference) return entryOfClass(request, inherited.module ?? '', inherited.name, scope);
  return typeof inherited === 'string' ? entryNamed(request, inherited, scope, registry) : null;
}

/** The text that a variable of the file or of its base stands for: `dataset_type`. */
function variableText({ text, config }: CompletionRequest, name: string): string | undefined {
  const steps = name.replace(/^_base_\./, '').split('.');
  const own = steps.length === 1 ? new RegExp(String.raw`^${name}\s*=\s*(['"])([\w.]+)\1`, 'm').exec(text)?.[2] : undefined;
  return own ?? textAt(config, steps);
}

function entryNamed({ registry, viewer }: CompletionRequest, name: string, scope: string, where: string | null): Entry | null {
  for (const asked of where === null ? [null] : [where, null]) {
    const found = registry.lookup(name, scope, asked, viewer);
    if (found.kind === 'found') return found.entry;
  }
  return null;
}

function importedEntry(request: CompletionRequest, name: string, scope: string): Entry | null {
  const [first = '', ...rest] = name.split('.');
  const imported = importsIn(request.text).get(first);
  if (!imported) return entryNamed(request, name, scope, null);
  const [last = imported.name] = rest.slice(-1);
  return entryOfClass(request, [imported.module, ...(rest.length ? [imported.name, ...rest.slice(0, -1)] : [])].join('.'), last, scope);
}

/** A class by where it is imported from: as it is registered, else as it is defined. */
function entryOfClass(request: CompletionRequest, module: string, name: string, scope: string): Entry | null {
  const library = module.split('.')[0] ?? '';
  const { registry } = request;
  const asRegistered =
    library && library !== 'torch' && !module.startsWith('.') ? registry.lookup(`${library}.${name}`, scope, null) : null;
  if (asRegistered?.kind === 'found' && asRegistered.entry.target.endsWith(`.${name}`)) return asRegistered.entry;
  const defined = registry.lookup(`${module}.${name}`, scope, null);
  if (defined.kind === 'found') return defined.entry;
  return entryNamed(request, name, scope, null);
}

/** Path of a frame's own value. */
const pathOf = ({ path, frames }: Cursor, index: number): Path =>
  path.slice(0, path.length - frames.slice(index + 1).filter(({ at }) => at !== null).length);

/** Whose parameter the value at `path` is: the nearest dict around with a type, here or in the base. */
export function ownerAt(request: CompletionRequest, cursor: Cursor, scope: string, path: Path = cursor.path): Owner | null {
  const last = path.findLastIndex(step => typeof step === 'string');
  const key = path[last];
  if (last < 1 || typeof key !== 'string') return null;
  const around = path.slice(0, last);
  const frames = cursor.frames.filter((frame, i) => isDict(frame) && samePath(pathOf(cursor, i), around));
  const frame = frames.findLast(candidate => written(candidate, 'type') !== undefined) ?? frames.at(-1);
  const entry = entryAt(request, scope, around, frame);
  if (!entry) return null;
  return {
    entry,
    parameter: entry.parameters.find(({ name }) => name === key) ?? null,
    use: request.registry.usesOf(entry).get(key) ?? null,
  };
}

const isDict = (frame: Frame): boolean => frame.kind === 'dict' || frame.kind === 'display';
const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((step, i) => step === b[i]);

/**
 * Which registry builds the value at a path, and as what part. What the class around does with the parameter counts most; the key's name tells the part, and the
 * registry where no source does.
 */
export function placeAt(request: CompletionRequest, cursor: Cursor, scope: string, path: Path = cursor.path): PlaceKind | null {
  const prior = request.registry.placeAt(path);
  const owner = ownerAt(request, cursor, scope, path);
  const use = owner?.use;
  if (use && use.registry !== null) {
    if (prior?.registry === use.registry) return use.role === null || prior.role !== null ? prior : { ...prior, role: use.role };
    return { registry: use.registry, role: use.role ?? roleUnder(request, path, use.registry) };
  }
  if (prior) return prior;
  const fallback = owner?.parameter?.default;
  const type = fallback ? /['"]?type['"]?\s*[=:]\s*['"]([\w.]+)['"]/.exec(fallback)?.[1] : undefined;
  const entry = type === undefined ? null : entryNamed(request, type, scope, null);
  return entry && { registry: entry.registry, role: entry.role };
}

/** The part that configs mostly have under a key, of those that this registry builds. */
function roleUnder({ registry, usage }: CompletionRequest, path: Path, root: string): string | null {
  for (const type of usage.typesUnder(path))
    for (const scope of registry.libraries.keys()) {
      const found = registry.lookup(type, scope, root);
      if (found.kind === 'found') return found.entry.role;
    }
  return root === 'model' || root === 'task util' ? null : root;
}
