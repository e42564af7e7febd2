/**
 * Outlines of files, made once a version of each: in memory, and in a store that outlives the program. A store that is damaged, or was written by another program, is
 * as good as empty.
 */
import { Held } from '../../project/held.ts';
import type { Host } from '../../project/host.ts';
import { type Pieces, packed, unpacked } from '../../project/pieces.ts';
import type { TextStore } from '../../project/text-store.ts';
import { ascii } from '../../text/ascii.ts';
import { digest } from '../../text/digest.ts';
import type { Environment } from '../environment.types.ts';
import type { Span } from './definitions.ts';
import { type Outline, outline, speaksOfRegistries } from './outline.ts';
import { type LineAt, restoredOutline, storedOutline } from './stored-outline.ts';

export interface Outlines {
  /** Null where the file cannot be read. */
  of(file: string): Outline | null;
  /** Null where the file cannot be read. Its `outline` is null where it speaks of no registry; it is not outlined then. */
  registering(file: string): { readonly outline: Outline | null } | null;
  /** The text at a span of an outline; empty where the file is no longer what was outlined. */
  text(file: string, span: Span): string;
}

interface Leaf {
  readonly version: string;
  readonly speaks: boolean;
  /** If it was ever asked for. */
  readonly outline: (() => Outline) | null;
  /** As the store has it; null where it has it no more. */
  readonly stored: ((at: number) => string | null) | null;
}
interface Shelf {
  readonly name: string;
  readonly folder: string;
  readonly leaves: Map<string, Leaf>;
}

interface Kept {
  readonly store: TextStore | null;
  /** Files of the store: what is asked for is mostly all of one. */
  readonly held: Held;
  readonly leaves: Map<string, Leaf>;
  readonly shelves: Map<string, Shelf>;
}
/** What is known through a host outlives the tables that are made of it, which a change of the workspace ends. */
const kept = new WeakMap<Host, Kept>();

/** `first`: the store that counts, where the host was not seen before. */
export function outlinesOf(host: Host, environment: Environment, first: TextStore | null): Outlines {
  const before = kept.get(host) ?? {
    store: first,
    held: new Held(HELD),
    leaves: new Map<string, Leaf>(),
    shelves: new Map<string, Shelf>(),
  };
  kept.set(host, before);
  const { store, held: files, leaves, shelves } = before;

  /** By the folder that a file lies in. */
  const near = new Map<string, Shelf>();
  const shelfAt = (file: string): Shelf => {
    const parent = file.slice(0, file.lastIndexOf('/'));
    let shelf = near.get(parent);
    if (!shelf) near.set(parent, (shelf = shelfIn(folderOf(environment, file))));
    return shelf;
  };
  const shelfIn = (folder: string): Shelf => {
    let shelf = shelves.get(folder);
    if (!shelf) {
      const name = `${folder.slice(folder.lastIndexOf('/') + 1).replace(/\W+/g, '-')}-${digest('sha1', folder).slice(0, 12)}`;
      shelf = { name, folder, leaves: new Map<string, Leaf>() };
      shelves.set(folder, shelf);
      if (store) readShelf(shelf, store, files, host);
    }
    return shelf;
  };
  const take = (file: string, whole: boolean): Leaf | null => {
    const version = host.version(file);
    if (version === null) return null;
    const held = leaves.get(file);
    if (held?.version === version && (held.outline || !whole)) return held;
    const shelf = shelfAt(file);
    const stored = shelf.leaves.get(file);
    if (stored?.version === version && (stored.outline || !whole)) {
      leaves.set(file, stored);
      return stored;
    }
    const text = host.read(file);
    if (text === null || host.flaw?.(file)?.kind === 'error') return null;
    const speaks = speaksOfRegistries(text);
    const made = whole || speaks ? outline(text) : null;
    const leaf: Leaf = { version, speaks, outline: made && (() => made), stored: null };
    leaves.set(file, leaf);
    // What an editor holds open is no file's text yet.
    if (!version.startsWith('open ')) {
      shelf.leaves.set(file, leaf);
      store?.keep(shelf.name, () => shelfText(shelf, host));
    }
    return leaf;
  };
  /** Several are asked for of one file, one after another. */
  let last: { readonly file: string; readonly version: string; readonly text: string } | null = null;
  return {
    of: file => take(file, true)?.outline?.() ?? null,
    registering: file => {
      const leaf = take(file, false);
      return leaf && { outline: leaf.speaks ? (leaf.outline?.() ?? null) : null };
    },
    text: (file, [start, end]) => {
      const version = host.version(file);
      if (version === null || version !== leaves.get(file)?.version) return '';
      if (last?.file !== file || last.version !== version) last = { file, version, text: host.read(file) ?? '' };
      return last.text.slice(start, end);
    },
  };
}

/** Before what was read through a host is let go of: what was made of it must be, too. */
export function forgetOutlines(host: Host): void {
  kept.delete(host);
}

/** Files that are kept together: a workspace's folder, a package's, else those that lie side by side. */
function folderOf({ roots, workspace = [], mappings }: Environment, file: string): string {
  const above = (folders: Iterable<string>): string | null =>
    [...folders].filter(folder => file.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0] ?? null;
  const root = above(roots);
  if (root !== null && workspace.includes(root)) return root;
  const parent = file.slice(0, file.lastIndexOf('/'));
  if (root === null) return above(mappings?.values() ?? []) ?? parent;
  const [top = '', ...rest] = file.slice(root.length + 1).split('/');
  return rest.length > 0 ? `${root}/${top}` : root;
}

/** What the pieces are of, then three pieces a file: the lines of its outline. */
type Table = readonly (readonly [path: string, version: string, speaks: boolean, isOutlined: boolean])[];

function shelfText({ folder, leaves }: Shelf, host: Host): string {
  const table: Table[number][] = [],
    lines: string[] = [];
  for (const [file, { version, speaks, outline: made, stored }] of leaves) {
    const now = host.version(file);
    if (now === null) continue;
    const kept = !made ? NO_LINES : stored ? [0, 1, 2].map(stored) : storedOutline(made()),
      own = kept.every(line => line !== null) ? kept : now === version ? storedOutline(outline(host.read(file) ?? '')) : null;
    // Of a version that is gone nothing can be made anew.
    if (!own) continue;
    table.push([file.slice(folder.length + 1), version, speaks, made !== null]);
    lines.push(...own.map(ascii));
  }
  const told = ascii(JSON.stringify(table));
  // By this one its lines are known to be those that the table tells of.
  return packed([told, ...lines], 'outlines');
}

/** A shelf as it lies in the store. */
interface Stored {
  readonly pieces: Pieces;
  readonly places: ReadonlyMap<
    string,
    { readonly at: number; readonly version: string; readonly speaks: boolean; readonly isOutlined: boolean }
  >;
}

function readStored(bytes: Uint8Array | null): Stored | null {
  const pieces = bytes && unpacked(bytes),
    told = pieces?.at(0);
  if (!pieces || !told) return null;
  const table: Table = JSON.parse(told);
  return {
    pieces,
    places: new Map(table.map(([path, version, speaks, isOutlined], i) => [path, { at: 1 + 3 * i, version, speaks, isOutlined }])),
  };
}

function readShelf(shelf: Shelf, store: TextStore, files: Held, host: Host): void {
  const { name, folder, leaves } = shelf;
  const found = (): Stored | null => readStored(store.bytes(name));
  const first = found();
  if (!first) return;
  const held = files.hold(first, first.pieces.bytes, found);
  for (const [path, { version, speaks, isOutlined }] of first.places) {
    const file = `${folder}/${path}`;
    let anew: readonly string[] | null = null;
    // It may have been written anew, by this program or another.
    const kept = (at: number): string | null => {
      const stored = held(),
        place = stored?.places.get(path);
      return (place?.isOutlined && place.version === version && stored?.pieces.at(place.at + at)) || null;
    };
    const line: LineAt = at => {
      const there = anew ? null : kept(at);
      if (there !== null) return there;
      if (!anew) store.keep(name, () => shelfText(shelf, host));
      anew ??= storedOutline(outline(host.version(file) === version ? (host.read(file) ?? '') : ''));
      return anew[at] ?? '';
    };
    let made: Outline | null = null;
    leaves.set(file, {
      version,
      speaks,
      outline: isOutlined ? () => (made ??= restoredOutline(line)) : null,
      stored: isOutlined ? kept : null,
    });
  }
}

const NO_LINES: readonly string[] = ['', '', ''];
/** Bytes. */
const HELD = 2 ** 19;
