import type { NetworkModule } from '../../../server/picture/description.ts';

/** A module as a row of the tree. */
export interface TreeRow {
  readonly module: NetworkModule;
  readonly name: string;
  /** From 1. */
  readonly level: number;
  readonly hasChildren: boolean;
  readonly isOpen: boolean;
}

export interface TreeWish {
  /** Paths whose state is other than at first. */
  readonly toggled: ReadonlySet<string>;
  readonly filter: string;
}

/** Open at first: the model's own parts, and what leads to the first module that does not fit. */
function opensFirst({ path, parameters }: NetworkModule, wrong: string | null): boolean {
  return (!path.includes('.') && parameters > 0) || (wrong?.startsWith(`${path}.`) ?? false);
}
function firstWrong(modules: readonly NetworkModule[]): string | null {
  const wrong = modules.filter(module => module.wrong).map(({ path }) => path);
  return wrong.find(path => path !== '' && !wrong.some(other => other.startsWith(`${path}.`))) ?? null;
}

/** The rows that are seen, in order. With a filter: what matches, and what holds it. `typeName`: of a module. */
export function treeRows(
  modules: readonly NetworkModule[],
  typeName: (module: NetworkModule) => string,
  { toggled, filter }: TreeWish,
): readonly TreeRow[] {
  const parents = new Set(modules.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('.')))));
  const wanted = filter.trim().toLowerCase();
  const matching = wanted === '' ? null : kept(modules, typeName, wanted);
  const used = usedPaths(modules),
    wrong = firstWrong(modules);
  const rows: TreeRow[] = [];
  const closed: string[] = [];
  for (const module of modules) {
    const { path } = module;
    if (path === '' || !(matching ?? used).has(path)) continue;
    while (closed.length > 0 && !path.startsWith(`${closed.at(-1)}.`)) closed.pop();
    if (closed.length > 0) continue;
    const hasChildren = parents.has(path);
    const isOpen = hasChildren && (matching !== null || opensFirst(module, wrong) !== toggled.has(path));
    const steps = path.split('.');
    rows.push({ module, name: steps.at(-1) ?? path, level: steps.length, hasChildren, isOpen });
    if (hasChildren && !isOpen) closed.push(path);
  }
  return rows;
}

/** Without a filter, losses and the like are left out: what has no parameters and is not called, nor anything in it, beside what is. */
function usedPaths(modules: readonly NetworkModule[]): ReadonlySet<string> {
  const called = new Set(modules.filter(({ calls }) => calls > 0).map(({ path }) => path));
  const parts = new Set([...called].map(path => path.split('.')[0] ?? ''));
  const used = new Set<string>();
  for (const { path, parameters, calls } of modules) {
    const [part = ''] = path.split('.');
    const isOfUse = parameters > 0 || calls > 0 || (path !== part && !parts.has(part));
    if (!isOfUse) continue;
    const steps = path.split('.');
    for (let n = 1; n <= steps.length; n += 1) used.add(steps.slice(0, n).join('.'));
  }
  return used;
}

function kept(modules: readonly NetworkModule[], typeName: (module: NetworkModule) => string, wanted: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const module of modules) {
    if (!module.path.toLowerCase().includes(wanted) && !typeName(module).toLowerCase().includes(wanted)) continue;
    const steps = module.path.split('.');
    for (let n = 1; n <= steps.length; n += 1) found.add(steps.slice(0, n).join('.'));
  }
  return found;
}
