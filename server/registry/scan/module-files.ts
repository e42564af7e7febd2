/** The Python modules in a folder and below it, without reading any. */
import type { Host } from '../../project/host.ts';

export interface ModuleFiles {
  readonly files: readonly { readonly module: string; readonly file: string }[];
  /** False: there are more than are looked at. */
  readonly complete: boolean;
}

/** Folders that hold no modules of the program, unless they say so with an `__init__.py`. */
const PASSED_BY = new Set(
  'node_modules __pycache__ site-packages dist-packages work_dirs data datasets outputs output build dist venv env wandb checkpoints'.split(
    ' ',
  ),
);
const MOST_FILES = 8000;
const MOST_FOLDERS = 8000;

/** `folder` is where the package `name` lies; an empty name: a folder of `sys.path` itself. `tops`: other such folders, that may lie within it. */
export function moduleFiles(host: Host, folder: string, name: string, tops: ReadonlySet<string> = new Set()): ModuleFiles {
  const files: { readonly module: string; readonly file: string }[] = [];
  let folders = 0;
  let complete = true;
  const walk = (at: string, dotted: string): void => {
    if (++folders > MOST_FOLDERS) {
      complete = false;
      return;
    }
    const entries = host.list(at);
    // A virtual environment is another program's.
    if (entries.some(entry => entry.name === 'pyvenv.cfg')) return;
    for (const entry of entries) {
      const path = `${at}/${entry.name}`;
      if (entry.kind === 'folder') {
        if (!isPassedBy(host, path, entry.name)) walk(path, tops.has(path) ? '' : dotted ? `${dotted}.${entry.name}` : entry.name);
      } else if (entry.name.endsWith('.py')) {
        if (files.length >= MOST_FILES) complete = false;
        const stem = entry.name.slice(0, -3);
        const module = stem === '__init__' ? dotted : dotted ? `${dotted}.${stem}` : stem;
        if (complete) files.push({ module, file: path });
      }
    }
  };
  walk(folder, name);
  return { files, complete };
}

function isPassedBy(host: Host, path: string, name: string): boolean {
  if (name.startsWith('.')) return true;
  return PASSED_BY.has(name) && host.kind(`${path}/__init__.py`) === null;
}
