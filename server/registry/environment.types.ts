/** Where Python packages are looked for, without running Python. */
export interface Environment {
  /** Folders in the order of `sys.path`: workspace roots first, then site-packages, then Necktie's cache of fetched sources. */
  readonly roots: readonly string[];
  /** Packages that an editable install maps to a folder of another name: `my_package` → `/src/package`, `space.part` → `/src/part`. All else is in `roots`. */
  readonly mappings?: ReadonlyMap<string, string>;
  /** Folders that hold the workspace's own modules: the first of `roots`. */
  readonly workspace?: readonly string[];
  /** The packages of an environment are among the roots, not fetched sources alone: what is in none of them is not installed. */
  readonly isWhole?: boolean;
  /** Python runs or reads something as it starts that may make more importable than lies in the folders: a line of a `.pth` file that is none of the usual, an archive on the path. */
  readonly isOpen?: boolean;
  /** Where `necktie fetch` lays libraries out, whether or not the folders are there yet. */
  readonly caches?: readonly string[];
  /** Of the Python that was found: 11 for 3.11. Absent where nothing tells. */
  readonly pythonMinor?: number;
  /** One line for the user: `.venv (Python 3.11): mmdet 3.3.0, mmyolo 0.6.0`. */
  readonly description: string;
}
