/**
 * Editable installs, by what they leave in a site-packages folder: lines of `.pth` files (`setup.py develop`, hatch, flit, poetry, pdm, setuptools for a `src` folder and in
 * its compatible and strict modes), setuptools' `__editable__` finders, the redirectors of `editables`, egg-links.
 */
import type { Host } from '../project/host.ts';

export interface Editable {
  readonly roots: readonly string[];
  /** Packages whose folder has another name than they; within a namespace, by their dotted name. */
  readonly mappings: ReadonlyMap<string, string>;
  /** Something else may be found than what lies in folders: a hook that is none of the usual, an archive. */
  readonly isOpen: boolean;
}

export function editableRoots(host: Host, folder: string): Editable {
  const roots = new Set<string>();
  const mappings = new Map<string, string>();
  let isOpen = host.kind(`${folder}/sitecustomize.py`) === 'file' || host.kind(`${folder}/usercustomize.py`) === 'file';
  const map = (name: string, path: string) => {
    // The finder maps `mmdet` to /src/mmdetection/mmdet: as good as /src/mmdetection on the path.
    if (path.endsWith(`/${name.replaceAll('.', '/')}`)) roots.add(path.slice(0, -name.length - 1));
    else mappings.set(name, path);
  };
  for (const { name } of host.list(folder)) {
    const read = () => host.read(`${folder}/${name}`) ?? '';
    if (name.endsWith('.pth')) {
      const text = read();
      for (const line of pathLines(text)) {
        const path = absolute(line, folder);
        roots.add(path);
        isOpen ||= host.kind(path) === 'file';
      }
      isOpen ||= text.split(/\r?\n/).some(line => /^import\s/.test(line) && !USUAL.test(line));
    }
    if (name.endsWith('.egg-link')) for (const line of pathLines(read()).slice(0, 1)) roots.add(absolute(line, folder));
    if (/^__editable__.*finder.*\.py$/.test(name)) for (const [module, path] of finderMapping(read())) map(module, path);
    if (/^_\w*editable\w*\.py$/.test(name)) for (const [module, path] of redirected(read())) map(module, path);
  }
  return { roots: [...roots].filter(root => root !== folder && host.kind(root) === 'folder'), mappings, isOpen };
}

/** `import …` lines are run by Python; they are what installs a finder, which has a file of its own. */
const pathLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && !/^import\s/.test(line));

/** Hooks that find nothing of their own, or whose files are read below: setuptools' `distutils` and namespaces, coverage, virtualenv, pywin32, editable installs. */
const USUAL =
  /_distutils_hack|nspkg|_virtualenv|pywin32_bootstrap|coverage|pytest_cov|editable|\btypes\b.*\b(?:module_from_spec|new_module|ModuleType)\b/;

function finderMapping(text: string): (readonly [string, string])[] {
  const body = /^MAPPING\s*(?::[^=]*)?=\s*(\{[^}]*\})/m.exec(text)?.[1] ?? '';
  return [...body.matchAll(/(['"])((?:(?!\1).)+)\1\s*:\s*(['"])((?:(?!\3).)+)\3/g)].map(
    found => [found[2]!, found[4]!.replaceAll('\\\\', '/')] as const,
  );
}

/** `F.map_module('pkg', '/src/pkg/__init__.py')` */
const redirected = (text: string): (readonly [string, string])[] =>
  [...text.matchAll(/\bmap_module\(\s*(['"])(.+?)\1\s*,\s*(['"])(.+?)\3\s*\)/g)].map(
    found => [found[2]!, found[4]!.replaceAll('\\\\', '/').replace(/(?:\/__init__)?\.py$/, '')] as const,
  );

function absolute(line: string, folder: string): string {
  const path = line.replaceAll('\\', '/');
  if (path.startsWith('/') || /^[A-Za-z]:\//.test(path)) return path.replace(/(?<=.)\/+$/, '');
  const parts = `${folder}/${path}`.split('/');
  const out: string[] = [];
  for (const part of parts) {
    if (part === '..') out.pop();
    else if (part !== '.') out.push(part);
  }
  return out.join('/').replace(/(?<=.)\/+$/, '');
}
