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
  /** Differs whenever the text that `read` gives does: the key of caches. Begins with `open ` where an open document stands in. Null where there is no such file. */
  version(path: string): string | null;
  /** What is wrong with what `read` answered just now, if anything is. Absent: nothing ever is. */
  flaw?(path: string): Flaw | null;
  /** First and last so many bytes of a file of any size, as text: for data, of which a look at the ends is enough. Null where there is none. Absent: not to be had. */
  ends?(path: string, most: number): { readonly head: string; readonly tail: string; readonly size: number } | null;
  /** First so many bytes of a file on the disk, whatever document is open; fewer where it is shorter. Null where there is none. Absent: not to be had. */
  head?(path: string, most: number): Uint8Array | null;
  /** Of a file on the disk, when it was written last, and its size. Null where there is none, and where an open document stands in. Absent: not to be had. */
  stamp?(path: string): { readonly milliseconds: number; readonly bytes: number } | null;
  /** When the names in a folder changed last, in milliseconds; null where there is no such folder. Absent: a host whose folders never do. */
  changed?(folder: string): number | null;
  /** Where a path leads once all links are followed. Absent: a host without links. */
  real?(path: string): string;
}

/** Why a file has no text, or one that Python would not take as it is. */
export type Flaw =
  /** Python would read it, and Necktie does not: a bound of ours. */
  | { readonly kind: 'too large'; readonly reason: string }
  /** Python's own exception. `at`: offset in the text, where there is one. */
  | { readonly kind: 'error'; readonly errorType: string; readonly message: string; readonly at: number | null }
  /** Python's `open` keeps the mark as a character: PyYAML passes it over, `ast.parse` and `json.load` do not. */
  | { readonly kind: 'byte order mark' };

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}
