/** What `importlib.import_module` finds where a config is run, by what lies on the disk: packages, modules, folders without `__init__.py`, compiled modules. Nothing is imported. */
import { isStandardModule } from '../config/standard-modules.ts';
import type { Host } from '../project/host.ts';
import { repositoryOf } from './environment.ts';
import type { Environment } from './environment.types.ts';
import { difference } from './near.ts';
import { moduleFiles } from './scan/module-files.ts';
import { absolute } from './scan/modules.ts';
import { foldersAbove } from './sight.ts';
import type { Tables } from './tables.ts';

export type ImportAnswer =
  | { readonly kind: 'found' }
  /** Surely none. `within`: what the first parts name; `defines`: that the rest is a class or a function there, no module. */
  | { readonly kind: 'no module'; readonly within: string; readonly defines: boolean }
  /** Nothing of this name is at hand. `within`: the package that lacks it, empty where not even its first part is there. `near`: names that were perhaps meant. */
  | { readonly kind: 'absent'; readonly within: string; readonly near: readonly string[] }
  | { readonly kind: 'unknown' };

export interface ImportSearch {
  /** `file`: the config; a run may be started in its folder or in any above it, up to its workspace's or its repository's. */
  find(dotted: string, file: string): ImportAnswer;
  /** `projects.x.y` for `projects/x/y.py`, `./y.py` or an absolute path; null where no such module is there. */
  dottedOf(path: string, file: string): string | null;
  /** Whether a module surely has no such name: neither bound, nor brought in by a star, nor made by code. */
  lacks(module: string, name: string): boolean;
}

export function importSearch(tables: Tables): ImportSearch {
  const { host } = tables.packages;
  const { environment } = tables;
  const places = (file: string): readonly string[] => [...new Set([...foldersOf(host, environment, file), ...environment.roots])];
  const find = (dotted: string, file: string): ImportAnswer => {
    const parts = dotted.split('.');
    const top = parts[0] ?? '';
    if (isStandardModule(top, KNOWS_ALL)) return FOUND;
    // A finder looks for a name in a folder's listing: a way through folders is in none.
    if (parts.some(part => part === '' || /[\\/]/.test(part))) return { kind: 'absent', within: '', near: [] };
    let folders = places(file);
    let files: readonly string[] = [];
    for (const [i, part] of parts.entries()) {
      const within = parts.slice(0, i).join('.');
      const mapped = environment.mappings?.get(parts.slice(0, i + 1).join('.'));
      const inside = folders.map(folder => `${folder}/${part}`).filter(path => host.kind(path) === 'folder');
      const modules = folders.flatMap(folder => moduleFile(host, folder, part) ?? []);
      if (mapped === undefined && inside.length === 0 && modules.length === 0) {
        // A module may put others in its place, and a package look for its parts elsewhere.
        if (files.some(path => isMadeByCode(host.read(path) ?? ''))) return { kind: 'unknown' };
        const rest = parts.slice(i).join('.');
        if (i > 0) {
          const named = tables.modules.resolve(within, rest);
          const defines = named?.kind === 'class' || named?.kind === 'function';
          if (defines || folders.length === 0) return { kind: 'no module', within, defines };
        } else if (!isTold(environment, tables, top, file)) return { kind: 'unknown' };
        return { kind: 'absent', within, near: nearNames(folders, parts, i, file) };
      }
      folders = mapped === undefined ? inside : [...inside, mapped];
      files = [...folders.map(folder => `${folder}/__init__.py`), ...modules];
    }
    return FOUND;
  };

  /** With one part written almost so; else the one module of the workspace whose name ends so. */
  const nearNames = (folders: readonly string[], parts: readonly string[], at: number, file: string): readonly string[] => {
    const written = parts[at] ?? '';
    // At the top only the user's own: the environment has hundreds.
    const looked = at === 0 ? foldersOf(host, environment, file) : folders;
    const names = new Set(looked.flatMap(folder => host.list(folder).flatMap(({ name, kind }) => moduleName(name, kind))));
    const near = [...names]
      .map(name => ({ name, cost: difference(written, name, Math.max(1, Math.floor(written.length / 4))) }))
      .filter(({ cost }) => cost !== null)
      .sort((a, b) => (a.cost ?? 0) - (b.cost ?? 0) || (a.name < b.name ? -1 : 1))
      .map(({ name }) => [...parts.slice(0, at), name, ...parts.slice(at + 1)].join('.'))
      .filter(name => find(name, file).kind === 'found');
    if (near.length > 0 || at > 0 || parts.length < 2) return near;
    const ending = `.${parts.join('.')}`;
    return (environment.workspace ?? [])
      .filter(root => file.startsWith(`${root}/`))
      .flatMap(root => moduleFiles(host, root, '').files.flatMap(({ module }) => (module.endsWith(ending) ? [module] : [])));
  };

  const dottedOf = (path: string, file: string): string | null => {
    const plain = path.trim().replaceAll('\\', '/').replace(/\.py$/, '').replace(/\/+$/, '');
    const roots = foldersOf(host, environment, file);
    const root = roots.find(folder => plain.startsWith(`${folder}/`));
    const fromConfig = /^\.\.?\//.test(plain) ? joined(file.slice(0, file.lastIndexOf('/')), plain) : null;
    const above = fromConfig === null ? undefined : roots.toReversed().find(folder => fromConfig.startsWith(`${folder}/`));
    const readings = [
      ...(root === undefined ? [] : [plain.slice(root.length + 1)]),
      plain.replace(/^(?:\.\/)+/, ''),
      ...(above === undefined || fromConfig === null ? [] : [fromConfig.slice(above.length + 1)]),
    ];
    for (const reading of readings) {
      const dotted = reading.replace(/\/__init__$/, '').replaceAll('/', '.');
      if (DOTTED.test(dotted) && find(dotted, file).kind === 'found') return dotted;
    }
    return null;
  };

  const lacks = (module: string, name: string, depth = 0): boolean => {
    const place = tables.packages.find(module);
    const outline = place && tables.modules.outline(module);
    const text = place && host.read(place.file);
    if (!place || !outline || text === null || depth > DEEPEST) return false;
    if (new RegExp(String.raw`\b${name}\b`).test(text) || MAKES_NAMES.test(text) || isMadeByCode(text)) return false;
    if (place.package && submoduleIn(host, place.file, name)) return false;
    return outline.stars.every(star => {
      const from = absolute(star, module, place.package);
      return lacks(from, name, depth + 1);
    });
  };
  return { find, dottedOf, lacks };
}

const FOUND: ImportAnswer = { kind: 'found' };
/** mmengine's own question leaves those out that later Pythons hold frozen (`os`): imported they are all the same. */
const KNOWS_ALL = 10;
const DEEPEST = 12;
const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const isMadeByCode = (text: string): boolean => /\b__path__\b|\bsys\.modules\b|\bmeta_path\b|\bLazyModule\b/.test(text);
const MAKES_NAMES = /\b__getattr__\b|\bglobals\(\)|\blocals\(\)|\bvars\(\)|\bsetattr\(|\bexec\(/;

/** Folders that a run may be started in: those above the config, in its workspace, else in its repository. */
export function foldersOf(host: Host, { workspace = [] }: Environment, file: string): readonly string[] {
  const own = foldersAbove(file, workspace);
  if (own.length > 0) return own;
  const repository = repositoryOf(host, file);
  return repository === null ? [] : foldersAbove(file, [repository]);
}

/** Whether it can be said of a name that it is nowhere: a package of OpenMMLab's is told of in its own way, and without an environment others may be installed. */
function isTold(environment: Environment, tables: Tables, top: string, file: string): boolean {
  const { host } = tables.packages;
  if (/^mm[a-z0-9]+$/.test(top) || environment.isWhole !== true) return false;
  // What lies in an installed library is run from who knows where.
  const others = environment.roots.filter(root => !(environment.workspace ?? []).includes(root));
  return foldersOf(host, environment, file).length > 0 && !others.some(root => file.startsWith(`${root}/`));
}

/** `name.py`, or a compiled module: `name.cpython-311-x86_64-linux-gnu.so`. */
function moduleFile(host: Host, folder: string, name: string): string | null {
  const plain = `${folder}/${name}.py`;
  if (host.kind(plain) === 'file') return plain;
  const compiled = host.list(folder).find(entry => entry.name.startsWith(`${name}.`) && /\.(?:so|pyd|pyc)$/.test(entry.name));
  return compiled ? `${folder}/${compiled.name}` : null;
}
const submoduleIn = (host: Host, init: string, name: string): boolean => {
  const folder = init.slice(0, init.lastIndexOf('/'));
  return host.kind(`${folder}/${name}`) === 'folder' || moduleFile(host, folder, name) !== null;
};
const moduleName = (name: string, kind: 'file' | 'folder'): string[] => {
  const stem = kind === 'folder' ? name : name.endsWith('.py') ? name.slice(0, -3) : '';
  return /^[A-Za-z_]\w*$/.test(stem) && stem !== '__init__' && stem !== '__pycache__' ? [stem] : [];
};

function joined(folder: string, path: string): string {
  const parts = folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
