/**
 * The only door to the disk. What reads files asks a `Host`, so that open documents stand in for what is on disk, tests need no disk, and a browser could do
 * without one. Paths are absolute and use `/`.
 */
export interface Host {
  /** The text as it is now: an open document's before the disk's. Null where there is no such file. */
  read(path: string): string | null;
  /** Names in a folder, sorted; empty where there is no such folder. */
  list(folder: string): readonly FolderEntry[];
  /** Null where there is nothing. Links are followed. */
  kind(path: string): 'file' | 'folder' | null;
  /** Differs whenever the text that `read` gives does: the key of caches. Null where there is no such file. */
  version(path: string): string | null;
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}
