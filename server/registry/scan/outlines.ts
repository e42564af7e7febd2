/**
 * Outlines of files, made once a version of each: in memory, and in a store that outlives the program. A store that is damaged, or was written by another program, is
 * as good as empty.
 */
import { createHash } from 'node:crypto';
import type { Host } from '../../project/host.ts';
import type { TextStore } from '../../project/text-store.ts';
import { ascii } from '../../text/ascii.ts';
import type { Environment } from '../environment.types.ts';
import type { Span } from './definitions.ts';
import { type Outline, outline, speaksOfRegistries } from './outline.ts';
import { restoredOutline, type StoredLines, storedOutline } from './stored-outline.ts';

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
  /** As the store had it. */
  readonly stored: StoredLines | null;
}
interface Shelf {
  readonly name: string;
  readonly folder: string;
  readonly leaves: Map<string, Leaf>;
}

interface Kept {
  readonly store: TextStore | null;
  readonly leaves: Map<string, Leaf>;
  readonly shelves: Map<string, Shelf>;
}
/** What is known through a host outlives the tables that are made of it, which a change of the workspace ends. */
const kept = new WeakMap<Host, Kept>();

/** `first`: the store that counts, where the host was not seen before. */
export function outlinesOf(host: Host, environment: Environment, first: TextStore | null): Outlines {
  const before = kept.get(host) ?? { store: first, leaves: new Map<string, Leaf>(), shelves: new Map<string, Shelf>() };
  kept.set(host, before);
  const { store, leaves, shelves } = before;

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
      const name = `${folder.slice(folder.lastIndexOf('/') + 1).replace(/\W+/g, '-')}-${digest(folder).slice(0, 12)}`;
      shelf = { name, folder, leaves: readShelf(store?.bytes(name) ?? null, folder) };
      shelves.set(folder, shelf);
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

const digest = (text: string | Uint8Array): string => createHash('sha1').update(text).digest('hex');

/**
 * A digest of what follows in the first line: half a file, and one that was changed, are known by it. Then four lines a file: its path, version and whether it speaks of
 * registries; and those of its outline.
 */
function shelfText({ folder, leaves }: Shelf, host: Host): string {
  const lines: string[] = [];
  for (const [file, { version, speaks, outline: made, stored }] of leaves) {
    if (host.version(file) === null) continue;
    lines.push(JSON.stringify([file.slice(folder.length + 1), version, speaks]), ...(stored ?? (made ? storedOutline(made()) : NO_LINES)));
  }
  const text = ascii(lines.join('\n'));
  return `${digest(text)}\n${text}`;
}

/** All of it is ASCII, so that a megabyte need not be decoded. */
function readShelf(stored: Uint8Array | null, folder: string): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const bytes = Buffer.from(stored?.buffer ?? new ArrayBuffer(0), stored?.byteOffset, stored?.byteLength);
  const end = bytes.indexOf('\n');
  if (end < 0 || bytes.toString('latin1', 0, end) !== digest(bytes.subarray(end + 1))) return leaves;
  const lines = bytes.toString('latin1', end + 1).split('\n');
  for (let i = 0; i + 3 < lines.length; i += 4) {
    const [path, version, speaks]: readonly [string, string, boolean] = JSON.parse(lines[i]!);
    const kept: StoredLines = [lines[i + 1]!, lines[i + 2]!, lines[i + 3]!];
    let made: Outline | null = null;
    const restored = (): Outline => (made ??= restoredOutline(kept));
    leaves.set(`${folder}/${path}`, { version, speaks, outline: kept[0] === '' ? null : restored, stored: kept });
  }
  return leaves;
}

const NO_LINES: StoredLines = ['', '', ''];
