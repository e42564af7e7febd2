/** The modules that a module of PyTorch's holds by name. */
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import type { Obj, Value } from '../python/value.ts';

/** Null of what is no module. */
export function childrenOf(module: Obj): Dict | null {
  const held = module.attributes?.get('_modules');
  return held instanceof Dict ? held : null;
}
/** None where it holds none of that name. */
export const childOf = (module: Obj, name: string): Value => plain(childrenOf(module)?.get(name) ?? null);
