/**
 * Modules that a text-style config's own statements import: mmengine runs those statements, so what is imported of a user's module is what that module makes. They are
 * run by the small Python, found as Python finds them; what needs PyTorch, NumPy or a library beneath is unknown there, and so is what comes of it.
 */
import { posix } from 'node:path';
import type { Host } from '../project/host.ts';
import { realPath } from '../project/real-path.ts';
import { NEXT, type Step } from '../python/frame.ts';
import type { FoundModule, ModuleFinder } from '../python/import/finder.ts';
import { addedFolder, folderFinder } from '../python/import/folder-finder.ts';
import { Interpreter } from '../python/interpreter.ts';
import { Journal } from '../python/journal.ts';
import { STANDARD_MODULES } from '../python/library/standard-modules.ts';
import { Module, type Watch } from '../python/module.ts';
import type { Scope } from '../python/scope.ts';
import { Stop } from '../python/stop.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Block, Statement } from '../syntax/nodes.ts';
import { CONFIG_LIMITS, type ConfigContext } from './context.ts';
import { mmengineFinder } from './mmengine-modules.ts';
import { isStandardModule } from './standard-modules.ts';
import { UnrunModule } from './unrun-module.ts';

/** A context whose statements may import, for one file: no file's statements see what another's have changed in a module. */
export interface ImportingContext {
  readonly context: ConfigContext;
  /** Version of every file that was looked for; null where there was none. */
  readonly sources: ReadonlyMap<string, string | null>;
  /** Files whose statements were run. */
  readonly modules: () => readonly string[];
  /** Whether a module is not as its import has left it: whoever imports it after this file finds it so. */
  readonly isChanged: () => boolean;
}

/** Null where the statements import nothing but what every config may. `isChanged`: a base has changed some module, and which ones it finds so is not known. */
export function importingContext(context: ConfigContext, file: string, body: Block, isChanged: boolean): ImportingContext | null {
  if (!importsMore(body)) return null;
  const { host, parse, environment, pythonMinor, limits, trees, moment } = context,
    sources = new Map<string, string | null>();
  const folders = [...context.roots, ...context.startedIn(file).filter(folder => !context.roots.includes(folder))],
    ask = (asked: string): void => void sources.set(asked, moment.version(asked)),
    finder = modulesIn(context, folders, ask),
    added = addedFolder(host, null);
  const journal = new Journal();
  const interpreter = new Interpreter({
    parse,
    finders: [mmengineFinder, isChanged ? { find: name => finder.find(name) && unseen(name) } : finder],
    journal,
    complete: name => finder.lacks(name),
    environment,
    limits: { ...CONFIG_LIMITS, ...limits },
    sources: trees,
    pythonMinor,
    open(folder) {
      const found = added(folder);
      return (
        found &&
        asking({ find: name => (isLibrary(name) ? found.find(name) && unseen(name) : found.find(name)) }, posix.normalize(folder), ask)
      );
    },
    real: path => realPath(host, path),
    isWritten: path => context.isOwn(path),
    watchImported: NAMES,
  });
  const modules = (): readonly string[] =>
    [...interpreter.modules.values()].flatMap(m =>
      m instanceof Module && sources.has(m.file) && sources.get(m.file) !== null ? [m.file] : [],
    );
  const changesThem = (): boolean => {
    const own = interpreter.modules.get('__main__'),
      names = new Set<object>(own instanceof Module ? own.cells.values() : []);
    return journal.isSpoiled || [...journal.changed].some(one => !names.has(one));
  };
  return { context: { ...context, interpreter }, sources, modules, isChanged: () => isChanged || changesThem() };
}

/** Any statement, a function's too. */
function importsMore(body: Block): boolean {
  return body.some(s => {
    switch (s.kind) {
      case 'import':
      case 'importFrom':
        return isOthers(s.module);
      case 'if':
      case 'for':
      case 'while':
        return importsMore(s.body) || importsMore(s.otherwise);
      case 'with':
      case 'function':
      case 'class':
        return importsMore(s.body);
      case 'try':
        return importsMore(s.body) || s.handlers.some(h => importsMore(h.body)) || importsMore(s.otherwise) || importsMore(s.last);
      default:
        return false;
    }
  });
}
const isOthers = (module: string): boolean =>
  module === 'importlib' || (!module.startsWith('.') && !isStandardModule(module, ANY) && module !== 'mmengine');
/** Those that later Pythons hold frozen are Python's own all the same; `importlib` imports others. */
const ANY = 10;

interface OwnFinder extends ModuleFinder {
  /** Whether a module that is not found is surely nowhere: it would lie in a package of the user's own. */
  lacks(name: string): boolean;
}

/** Of the user's own, and of small installed packages in Python alone. */
function modulesIn(context: ConfigContext, folders: readonly string[], ask: (file: string) => void): OwnFinder {
  const { host } = context,
    finders = folders.map(folder => ({ folder, finder: asking(folderFinder(host, folder), folder, ask) })),
    mapped = [...context.packages].map(([name, path]) => mappedFinder(host, name, path, ask)),
    small = new Map<string, boolean>();
  const find = (name: string): FoundModule | null => {
    const [top = ''] = name.split('.');
    if (STANDARD_MODULES.has(top)) return null;
    if (top === 'mmengine' || ALWAYS.has(top)) return unseen(name);
    const path = name.replaceAll('.', '/'),
      found: { readonly folder: string; readonly module: FoundModule }[] = [];
    for (const { folder, finder } of finders) {
      const module = finder.find(name);
      if (module) found.push({ folder, module });
    }
    const isPart = ({ module }: (typeof found)[number]): boolean =>
        module.kind === 'source' && module.package && !module.file.endsWith('.py'),
      [first, second] = found.filter(one => !isPart(one));
    const chosen =
      first?.module ?? mapped.reduce<FoundModule | null>((before, one) => before ?? one.find(name), null) ?? found[0]?.module ?? null;
    // Which of two of the user's own is meant is told by where the run is started.
    if (first && second && context.isOwn(`${first.folder}/${path}`) && context.isOwn(`${second.folder}/${path}`)) return unseen(name);
    if (chosen?.kind !== 'source' || context.isOwn(chosen.file)) return chosen?.kind === 'opaque' ? unseen(name) : chosen;
    let isSmall = small.get(top);
    if (isSmall === undefined) {
      const places = [...folders.map(folder => `${folder}/${top}`), ...[context.packages.get(top) ?? []].flat()];
      small.set(top, (isSmall = !OF_LIBRARIES.test(top) && places.every(place => weightOf(host, place, 0) <= MOST)));
    }
    return isSmall && sizeOf(host, chosen.file) < LARGE ? chosen : unseen(name);
  };
  const lacks = (name: string): boolean => {
    const around = find(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
    return around?.kind === 'source' && around.file.endsWith('.py') && context.isOwn(around.file) && !/\b__path__\b/.test(around.source);
  };
  return { find, lacks };
}

/** mmengine cannot be imported without these. */
const ALWAYS = new Set('torch torchvision numpy cv2 yaml addict matplotlib rich termcolor yapf'.split(' '));
/** OpenMMLab's own, and what has a model zoo: nothing in them is plain. */
const OF_LIBRARIES = /^(?:mm[a-z0-9]+|timm|transformers|einops)$/;
const isLibrary = (name: string): boolean => {
  const [top = ''] = name.split('.');
  return ALWAYS.has(top) || OF_LIBRARIES.test(top);
};
/** In characters. */
const LARGE = 50_000;
const sizeOf = (host: Host, file: string): number => host.read(file)?.length ?? 0;
/** Modules that a package may have. */
const MOST = 30;
/** How many there are in a folder and below it; one that is compiled weighs more than any package may. */
function weightOf(host: Host, folder: string, depth: number): number {
  let weight = 0;
  for (const { name, kind } of host.list(folder)) {
    if (/\.(?:so|pyd)$/.test(name) || depth > MOST) return Infinity;
    if (kind === 'file') weight += name.endsWith('.py') ? 1 : 0;
    else if (name !== '__pycache__') weight += weightOf(host, `${folder}/${name}`, depth + 1);
    if (weight > MOST) break;
  }
  return weight;
}

const unseen = (name: string): FoundModule => ({ kind: 'opaque', reason: name, stands: new UnrunModule(name) });

/** Tells of the files that a module of a folder may lie in. */
const asking = ({ find }: ModuleFinder, folder: string, ask: (file: string) => void): ModuleFinder => ({
  find(name) {
    const path = `${folder}/${name.replaceAll('.', '/')}`;
    ask(`${path}.py`);
    ask(`${path}/__init__.py`);
    return find(name);
  },
});

/** An editable install: a package by another name than its folder's. */
function mappedFinder(host: Host, name: string, path: string, ask: (file: string) => void): ModuleFinder {
  const cut = path.lastIndexOf('/'),
    around = path.slice(0, cut),
    inside = asking(folderFinder(host, around), around, ask);
  return {
    find: wanted =>
      wanted === name || wanted.startsWith(`${name}.`) ? inside.find(path.slice(cut + 1) + wanted.slice(name.length)) : null,
  };
}

/** A name of a module that rests on what is not run is unknown; what stands beside it is not. */
const NAMES: Watch = {
  expression: (_, compiled) => compiled,
  statement(node: Statement, scope: Scope, compile: () => Step): Step {
    const step = compile(),
      names = boundBy(node);
    if (!names) return step;
    return f => {
      try {
        return step(f);
      } catch (e) {
        if (!(e instanceof Stop) || e.reason.kind !== 'unknown') throw e;
        for (const name of names) scope.module.put(name, new UnknownValue(`${scope.module.name}.${name}`));
        return NEXT;
      }
    };
  },
};
/** Null: it does more than that, or that is not known. */
function boundBy(node: Statement): readonly string[] | null {
  if (node.kind === 'class' || node.kind === 'function') return [node.name];
  if (node.kind !== 'assign' || !isPlain(node.value)) return null;
  const names = node.targets.map(target => (target.kind === 'name' ? target.name : null));
  return names.every(name => name !== null) ? names : null;
}
/** What it calls are builtins, and functions of modules by their names: a function of the module's own may be ended half way through what it does to the module. */
function isPlain(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return true;
  if ('kind' in node && node.kind === 'call' && 'callee' in node && !isHarmless(node.callee)) return false;
  return Object.values(node).every(isPlain);
}
function isHarmless(callee: unknown): boolean {
  if (typeof callee !== 'object' || callee === null || !('kind' in callee)) return false;
  if (callee.kind === 'name') return 'name' in callee && typeof callee.name === 'string' && BUILTINS.has(callee.name);
  return callee.kind === 'attribute' && 'object' in callee && isDotted(callee.object);
}
const isDotted = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  'kind' in node &&
  (node.kind === 'name' || (node.kind === 'attribute' && 'object' in node && isDotted(node.object)));
const BUILTINS = new Set(
  'dict list tuple set frozenset str int float bool len range zip enumerate sorted min max sum abs round any all map'.split(' '),
);
