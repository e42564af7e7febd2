/** Keys that the records of a data set may have, as its class writes them. Null: its records come from a file as they are, or it is not read to the end. */
import { isKnownFor } from '../../registry/known-ways.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { ClassSource } from '../class-source.ts';
import { methodOf } from './constructed.ts';

/** Where a record is made; of a user's own set, only what it takes over from a library is known. */
const MAKING = ['parse_data_info', 'load_data_list', 'prepare_data', 'get_data_info', '__getitem__'];

const known = new WeakMap<ClassSource, ReadonlySet<string> | null>();

export function recordKeys(source: ClassSource): ReadonlySet<string> | null {
  const before = known.get(source);
  if (before !== undefined) return before;
  const keys = read(source);
  known.set(source, keys);
  return keys;
}

function read({ classes, isWhole }: ClassSource): ReadonlySet<string> | null {
  if (!isWhole) return null;
  const makes = classes.find(({ body }) => ['parse_data_info', 'load_data_list'].some(name => methodOf(body, name)));
  // mmengine's own takes what the annotation file has.
  if (!makes || makes.name === 'BaseDataset') return null;
  if (classes.some(({ dotted, body }) => !isKnownFor('records', `${dotted}.`) && MAKING.some(name => methodOf(body, name)))) return null;
  const keys = new Set<string>();
  for (const { body } of classes) for (const method of body) if (method.kind === 'function') collect(method.body, keys);
  return keys;
}

/** Every key of a display, a `dict(…)`, and every text that something is set under. */
function collect(block: Block, keys: Set<string>): void {
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if ('kind' in node) {
      if (node.kind === 'dict' && 'pairs' in node && Array.isArray(node.pairs)) for (const pair of node.pairs) text(pair.key);
      if (node.kind === 'call' && 'args' in node && Array.isArray(node.args))
        for (const argument of node.args) if (argument.kind === 'named') keys.add(argument.name);
      if (node.kind === 'assign' && 'targets' in node && Array.isArray(node.targets))
        for (const target of node.targets) if (target.kind === 'subscript') text(target.key);
    }
    for (const child of Object.values(node)) walk(child);
  };
  const text = (key: unknown): void => {
    if (typeof key === 'object' && key !== null && 'value' in key && typeof key.value === 'string') keys.add(key.value);
  };
  walk(block);
}
