/** What `importlib.util.find_spec` gives: programs ask whether it is None. */
import { raise } from '../exception.ts';
import type { Interpreter } from '../interpreter.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { Instance, type Value } from '../value.ts';

export const SimpleSpec: Type = nativeType<Instance>('ModuleSpec', { hash: self => self }, { module: 'importlib.machinery' });

export function specOf(interpreter: Interpreter, name: string): Value {
  const { importer, options } = interpreter,
    parent = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : null;
  if (parent !== null && !importer.find(parent)) {
    if (!options.complete?.(parent)) unknown(`module ${parent}`);
    throw raise('ModuleNotFoundError', `No module named '${parent}'`);
  }
  const found = importer.find(name);
  if (!found) return options.complete?.(name) ? null : unknown(`module ${name}`);
  const spec = new Instance(SimpleSpec);
  spec.attributes.set('name', name);
  spec.attributes.set('origin', found.kind === 'source' ? found.file : null);
  return spec;
}
