/** Every module of a model that was built: what it gave, what it holds, what it cost. */
import { count, type Tensor } from '../../../runtime/network/tensor.ts';
import type { ModuleType, NetworkModule } from '../../picture/description.ts';
import type { Type } from '../../python/type.ts';
import { Dict } from '../../python/types/dict.ts';
import { Obj, type Site } from '../../python/value.ts';
import { TensorObject } from '../../torch/tensor-object.ts';
import { childrenOf } from '../children.ts';
import type { ModuleCalls } from '../watch.ts';
import { tensorsIn } from './levels.ts';

export interface ModuleTree {
  readonly modules: readonly NetworkModule[];
  readonly types: readonly ModuleType<Site>[];
}

/**
 * `calls`: of the module at a path; undefined: it was not called. `source`: where a class is written, null where nobody can look. `wrong`: paths of modules that do
 * not fit what comes in.
 */
export function moduleTree(
  paths: ReadonlyMap<Obj, string>,
  calls: (path: string) => ModuleCalls | undefined,
  source: (type: Type) => Site | null,
  wrong: readonly string[],
): ModuleTree {
  const types = new Map<Type, number>(),
    told: ModuleType<Site>[] = [];
  const rows = [...paths],
    parents = parentsOf(rows.map(([, path]) => path));
  const found = rows.map(([, path]) => calls(path));
  const macs = summed(
    found.map(known => known?.macs ?? 0),
    parents,
  );
  const parameters = parametersBelow(rows, paths, parents);
  const faulty = new Set(wrong.flatMap(prefixes));
  const modules = rows.map(([module, path], i): NetworkModule => {
    let type = types.get(module.type);
    if (type === undefined) {
      types.set(module.type, (type = told.length));
      told.push({ name: module.type.name, source: source(module.type) });
    }
    const known = found[i];
    return {
      path,
      type,
      outputs: known ? distinct(known.outputs.flatMap(tensorsIn)) : [],
      calls: known?.count ?? 0,
      parameters: parameters[i] ?? 0,
      macs: macs[i] ?? 0,
      wrong: faulty.has(path),
    };
  });
  return { modules, types: told };
}

/** Of each module the place of the one that holds it; -1: none. Modules stand before what they hold. */
function parentsOf(paths: readonly string[]): readonly number[] {
  const places = new Map<string, number>();
  return paths.map((path, i) => {
    places.set(path, i);
    if (!path) return -1;
    for (let end = path.lastIndexOf('.'); end >= 0; end = path.lastIndexOf('.', end - 1)) {
      const at = places.get(path.slice(0, end));
      if (at !== undefined) return at;
      if (end === 0) break;
    }
    return places.get('') ?? -1;
  });
}

/** What each module has, with what those have that it holds. */
function summed(own: readonly number[], parents: readonly number[]): number[] {
  const sums = [...own];
  for (let i = sums.length - 1; i >= 0; i--) {
    const parent = parents[i] ?? -1;
    if (parent >= 0) sums[parent] = (sums[parent] ?? 0) + (sums[i] ?? 0);
  }
  return sums;
}

/** A tensor that two modules share counts once in whatever holds both, as `module.parameters()` has it. */
function parametersBelow(
  rows: readonly (readonly [module: Obj, path: string])[],
  paths: ReadonlyMap<Obj, string>,
  parents: readonly number[],
): readonly number[] {
  const holders = new Map<Tensor, number>();
  const shared = new Map<Tensor, Set<number>>();
  const own = rows.map(([module, path], i) => {
    let elements = 0;
    for (const tensor of held(module, path, paths)) {
      const first = holders.get(tensor);
      if (first === i || shared.get(tensor)?.has(i)) continue;
      elements += count(tensor.shape);
      if (first === undefined) holders.set(tensor, i);
      else shared.set(tensor, (shared.get(tensor) ?? new Set([first])).add(i));
    }
    return elements;
  });
  const sums = summed(own, parents);
  for (const [tensor, places] of shared) {
    const times = new Map<number, number>();
    for (const place of places) for (let at = place; at >= 0; at = parents[at] ?? -1) times.set(at, (times.get(at) ?? 0) + 1);
    for (const [at, n] of times) sums[at] = (sums[at] ?? 0) - (n - 1) * count(tensor.shape);
  }
  return sums;
}

/** Its own parameters, and those of modules that it holds and that have their name elsewhere: RTMDet's heads share their convolutions. */
function held(module: Obj, path: string, paths: ReadonlyMap<Obj, string>): readonly Tensor[] {
  const tensors = parametersOf(module),
    children = childrenOf(module);
  if (!children?.size) return tensors;
  const all = [...tensors];
  for (const { value: child } of children.entries.values())
    if (child instanceof Obj && !isInside(paths.get(child), path)) all.push(...everyParameter(child));
  return all;
}
const isInside = (path: string | undefined, outer: string): boolean =>
  (path?.startsWith(outer) ?? false) && (!outer || path?.[outer.length] === '.');

function parametersOf(module: Obj): readonly Tensor[] {
  const held = module.attributes?.get('_parameters'),
    tensors: Tensor[] = [];
  if (held instanceof Dict && held.size)
    for (const { value } of held.entries.values()) if (value instanceof TensorObject) tensors.push(value.tensor);
  return tensors;
}
function everyParameter(module: Obj): readonly Tensor[] {
  const tensors = [...parametersOf(module)];
  for (const { value } of childrenOf(module)?.entries.values() ?? []) if (value instanceof Obj) tensors.push(...everyParameter(value));
  return tensors;
}

/** `a.b` → ``, `a`, `a.b`. */
function prefixes(path: string): readonly string[] {
  if (!path) return [''];
  const steps = path.split('.');
  return ['', ...steps.map((_, i) => steps.slice(0, i + 1).join('.'))];
}

function distinct(shapes: readonly (readonly number[])[]): readonly (readonly number[])[] {
  if (shapes.length < 2) return shapes;
  const seen = new Set<string>();
  return shapes.filter(shape => !seen.has(shape.join()) && seen.add(shape.join()));
}
