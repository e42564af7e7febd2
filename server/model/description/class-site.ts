/** Where a class of the interpreted program is written. */
import { assets } from '../../project/assets.ts';
import type { Host } from '../../project/host.ts';
import { Module } from '../../python/module.ts';
import type { Type } from '../../python/type.ts';
import type { Site, Value } from '../../python/value.ts';

/** A class lives as long as its session, and a session as long as its files are as they were. */
const known = new WeakMap<Type, Site | null>();

/** The name in its `class` statement. `modules`: the program's, by name. Null: a class of PyTorch's, or made by a program. */
export function classSite(type: Type, modules: ReadonlyMap<string, Value>, host: Host): Site | null {
  const before = known.get(type);
  if (before !== undefined) return before;
  const found = find(type, modules.get(type.module), host);
  known.set(type, found);
  return found;
}

function find({ name }: Type, module: Value | undefined, host: Host): Site | null {
  const file = module instanceof Module && !module.file?.startsWith(assets.stubs) ? module.file : null;
  const text = file === null ? null : host.read(file);
  if (file === null || text === null) return null;
  const statement = new RegExp(`^[ \\t]*class[ \\t]+(${name})\\b`, 'm').exec(text);
  if (!statement) return null;
  const start = statement.index + statement[0].length - name.length;
  return { file, start, end: start + name.length, line: text.slice(0, start).split('\n').length };
}
