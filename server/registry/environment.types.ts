/** Where Python packages are looked for, without running Python. */
export interface Environment {
  /** Folders in the order of `sys.path`: workspace roots first, then site-packages, then Necktie's cache of fetched sources. */
  readonly roots: readonly string[];
  /** One line for the user: `.venv (Python 3.11): mmdet 3.3.0, mmyolo 0.6.0`. */
  readonly description: string;
}
