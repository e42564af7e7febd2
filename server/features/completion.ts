/** What may be written at the cursor: registered types in `type='…'`, arguments of the type that is given, keys of the base, names behind `_base_.`. */
import type { ResolvedConfig } from '../config/resolved.ts';
import type { FolderEntry } from '../project/host.ts';
import type { Entry, RegistryIndex } from '../registry/entry.ts';
import { keysOfBuilder } from '../registry/place.ts';
import { keysAt, textAt } from './completion-base.ts';
import { type Cursor, cursorAt, type Frame } from './completion-context.ts';
import { basePaths } from './completion-paths.ts';
import { documentationOf } from './entry-text.ts';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'type' | 'argument' | 'key' | 'value';
  /** Beside the label: the library, or a default. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string | null;
  readonly text: string;
  /** Offsets of what it replaces. */
  readonly range: { readonly start: number; readonly end: number };
  readonly sortText: string;
  /** Accepting it should offer what comes next: after `type=''` the types. */
  readonly again: boolean;
}

export interface CompletionRequest {
  readonly text: string;
  readonly offset: number;
  /** As it was when the text could last be read; null: never. */
  readonly config: ResolvedConfig | null;
  readonly registry: RegistryIndex;
  /** What `_base_` is: the bases that the config names. Absent: told by the config itself. */
  readonly bases?: () => readonly ResolvedConfig[];
  /** For the paths of bases: the file itself, and what lies in a folder. */
  readonly file?: string;
  readonly list?: (folder: string) => readonly FolderEntry[];
  /** Folder of a library's own configs; null where it is not at hand. */
  readonly configsOf?: (library: string) => string | null;
}

/** Documentation is made for as many as a person may look at. */
const MOST_DOCUMENTED = 150;

export function completion(request: CompletionRequest): readonly CompletionItem[] {
  const cursor = cursorAt(request.text, request.offset);
  if (!cursor) return [];
  switch (cursor.kind) {
    case 'string':
      return isType(cursor) ? types(request, cursor) : strings(request, cursor);
    case 'value':
      return isType(cursor) ? types(request, cursor) : values(request, cursor);
    case 'key':
      return keys(request, cursor);
    case 'attribute':
      return (request.bases?.() ?? [request.config])
        .flatMap(config => keysAt(config, cursor.attributes))
        .map((key, i) => item(cursor, { label: key.name, kind: 'key', detail: key.detail, text: key.name, rank: i }));
    case 'statement':
      return keysAt(request.config, []).map((key, i) =>
        item(cursor, { label: key.name, kind: 'key', detail: key.detail, text: `${key.name} = `, rank: i }),
      );
  }
}

/** `dict(type=`, `'type': `, and `_base_.model.neck.type = `. */
function isType(cursor: Cursor): boolean {
  const kind = cursor.frames.at(-1)?.kind;
  return cursor.key === 'type' && (kind === 'dict' || kind === 'display' || kind === undefined);
}

function types(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const scope = scopeAt(request, cursor);
  const place = request.registry.placeAt(cursor.path);
  const wanted = cursor.prefix.toLowerCase();
  const quote = cursor.kind === 'value' ? "'" : '';
  const likely = request.registry.candidates({ scope, registry: place?.registry ?? null, role: place?.role ?? null });
  const known = new Set(likely.map(({ written }) => written));
  // The place is a guess: what is typed on may mean another registry's.
  const others =
    wanted === '' || !place
      ? []
      : request.registry.candidates({ scope, registry: null, role: null }).filter(({ written }) => !known.has(written));
  const ranked = [likely, others].flatMap((group, far) =>
    group.flatMap((candidate, i) => {
      const match = matchOf(wanted, candidate.written.toLowerCase());
      const fits = far === 0 && candidate.entry.role === (place?.role ?? null);
      return match === null ? [] : [{ ...candidate, rank: far * 1e7 + (fits ? 0 : 1e6) + match * 1e5 + i }];
    }),
  );
  const found = ranked.sort((a, b) => a.rank - b.rank);
  return found.map(({ entry, written }, i) =>
    item(cursor, {
      label: written,
      kind: 'type',
      detail: [entry.scope, entry.role ?? entry.registry].join(' · '),
      documentation: i < MOST_DOCUMENTED ? documentationOf(entry, request.registry.libraries.get(entry.scope)?.version ?? null) : null,
      text: `${quote}${written}${quote}`,
      rank: i,
    }),
  );
}

/** Arguments that are not given yet, those that must be first; keys that the base has here; and what mmengine itself understands. */
function keys(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const frame = cursor.frames.at(-1);
  if (!frame) return [];
  const given = new Set(frame.given.map(({ key }) => key));
  const write = (name: string): string => (frame.kind === 'display' ? (cursor.quote ? name : `'${name}': `) : `${name}=`);
  const items: CompletionItem[] = [];
  const add = (
    name: string,
    told: Pick<CompletionItem, 'kind' | 'detail'> & { readonly documentation?: string | null; readonly rank: number },
  ) => {
    if (given.has(name)) return;
    given.add(name);
    items.push(item(cursor, { label: name, text: write(name), ...told }));
  };
  const ownType = written(frame, 'type') !== undefined;
  const replaces = /^True\b/.test(written(frame, '_delete_') ?? '');
  const entry = typeAt(request, cursor, replaces);
  const taken = new Set(entry?.parameters.map(({ name }) => name));
  // A part of another type than the base's has no use for what that one was given.
  const inherited = replaces
    ? []
    : keysAt(request.config, cursor.path).filter(key => !ownType || !entry || entry.open || taken.has(key.name));
  const hasBase = inherited.length > 0;
  const place = request.registry.placeAt(cursor.path);
  if (!ownType && frame.kind !== 'call' && (hasBase || place))
    items.push({
      ...item(cursor, {
        label: 'type',
        kind: 'key',
        detail: 'registered type',
        text: frame.kind === 'display' ? write('type') : "type=''",
        rank: hasBase ? 80 : 0,
      }),
      again: true,
    });
  given.add('type');
  // What a base has here is what is changed most.
  const parameters = new Map(entry?.parameters.map(parameter => [parameter.name, parameter]));
  for (const [i, { name, detail }] of inherited.entries()) {
    const parameter = parameters.get(name);
    const documentation = entry && parameter ? argumentText(entry, parameter) : null;
    add(name, { kind: parameter ? 'argument' : 'key', detail, documentation, rank: 20 + i });
  }
  for (const [i, parameter] of (entry?.parameters ?? []).entries()) {
    const detail = parameter.required ? 'required' : `= ${parameter.default}`;
    if (entry)
      add(parameter.name, {
        kind: 'argument',
        detail,
        documentation: argumentText(entry, parameter),
        rank: (parameter.required ? 1 : 100) + i,
      });
  }
  for (const name of place && frame.kind !== 'call' ? keysOfBuilder(place) : [])
    add(name, { kind: 'key', detail: 'taken by the builder', rank: 90 });
  if (frame.kind !== 'call' && hasBase) add('_delete_', { kind: 'key', detail: 'replace what the base has', rank: 81 });
  return items;
}

function argumentText(entry: Entry, parameter: Entry['parameters'][number]): string {
  const annotation = parameter.annotation ? `: ${parameter.annotation}` : '';
  const fallback = parameter.required ? '' : ` = ${parameter.default}`;
  const from = parameter.from ? `\n\nTaken by \`${parameter.from.split('.').at(-1)}\`` : '';
  return `\`\`\`python\n${parameter.name}${annotation}${fallback}\n\`\`\`\nof \`${entry.name}\` (${entry.scope})${parameter.description ? `\n\n${parameter.description}` : ''}${from}`;
}

function values(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const parameter = cursor.key === null ? undefined : typeAt(request, cursor, false)?.parameters.find(({ name }) => name === cursor.key);
  const choices = new Set<string>();
  if (parameter?.default && parameter.default !== '...') choices.add(parameter.default);
  if (parameter?.default === 'True' || parameter?.default === 'False' || parameter?.annotation === 'bool') choices.add('True').add('False');
  if (cursor.key === '_delete_') choices.add('True');
  return [...choices].map((choice, i) =>
    item(cursor, { label: choice, kind: 'value', detail: i === 0 && parameter?.default ? 'default' : '', text: choice, rank: i }),
  );
}

/** Strings elsewhere: paths of bases, and names of scopes. */
function strings(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  if ((cursor.key ?? cursor.path[0]) === '_base_' && request.file !== undefined && request.list) {
    return basePaths(request.file, cursor.prefix, request.list, request.configsOf).map(({ path, folder }, i) => ({
      ...item(cursor, { label: path, kind: 'value', detail: folder ? 'folder' : 'config', text: path, rank: i }),
      again: folder,
    }));
  }
  if (cursor.key !== 'default_scope' && cursor.key !== '_scope_') return [];
  return [...request.registry.libraries.keys()].map((library, i) =>
    item(cursor, { label: library, kind: 'value', detail: 'scope', text: library, rank: i }),
  );
}

function typeAt(request: CompletionRequest, cursor: Cursor, replaces: boolean): Entry | null {
  const frame = cursor.frames.at(-1);
  if (!frame || frame.kind === 'call') return null;
  const type =
    /^(['"])([\w./-]+)\1$/.exec(written(frame, 'type') ?? '')?.[2] ??
    (replaces ? undefined : textAt(request.config, [...cursor.path, 'type']));
  if (!type) return null;
  const scope = scopeAt(request, cursor);
  const registry = request.registry.placeAt(cursor.path)?.registry ?? null;
  for (const where of registry === null ? [null] : [registry, null]) {
    const found = request.registry.lookup(type, scope, where);
    if (found.kind === 'found') return found.entry;
  }
  return null;
}

/** `_scope_` of the nearest dict around that has one, else the file's `default_scope`, else the base's; else the library that has most of the file's types. */
function scopeAt(request: CompletionRequest, cursor: Cursor): string {
  for (const frame of [...cursor.frames].reverse()) {
    const own = /^(['"])(\w+)\1$/.exec(written(frame, '_scope_') ?? '')?.[2];
    if (own) return own;
  }
  return /^default_scope\s*=\s*(['"])(\w+)\1/m.exec(request.text)?.[2] ?? textAt(request.config, ['default_scope']) ?? likelyScope(request);
}

/** A base of a base names no scope; its types tell whose it is. */
function likelyScope({ text, registry }: CompletionRequest): string {
  const types = new Set([...text.matchAll(/\btype\s*=\s*['"](\w+)['"]/g)].slice(0, 40).map(found => found[1]!));
  let best = { scope: 'mmengine', count: 0 };
  for (const scope of registry.libraries.keys()) {
    const count = [...types].filter(type => registry.has(scope, type)).length;
    if (count > best.count) best = { scope, count };
  }
  return best.scope;
}

const written = (frame: Frame, key: string): string | undefined => frame.given.find(argument => argument.key === key)?.value;

function item(
  cursor: Cursor,
  told: Pick<CompletionItem, 'label' | 'kind' | 'detail' | 'text'> & { readonly documentation?: string | null; readonly rank: number },
): CompletionItem {
  const { rank, documentation = null, ...rest } = told;
  return { ...rest, documentation, range: cursor.range, sortText: String(rank).padStart(5, '0'), again: false };
}

/** 0: begins so, with or without its scope; 1: has the letters in this order; null: has not. */
function matchOf(typed: string, name: string): number | null {
  if (name.startsWith(typed) || name.slice(name.indexOf('.') + 1).startsWith(typed)) return 0;
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
