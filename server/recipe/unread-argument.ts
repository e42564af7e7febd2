/** Arguments that a class takes and does nothing with: what a config says by them is lost without a word. Read from the class's own source. */
import type { Entry } from '../registry/entry.ts';
import { namesIn } from '../syntax/bindings.ts';
import type { Block, Expression, Statement } from '../syntax/nodes.ts';
import { type ClassSource, classSource, type ReadClass, type Sources } from './class-source.ts';
import { methodOf } from './keys/constructed.ts';

/** `unused`: its constructor never looks at it; `kept`: it keeps it, and no base reads what is kept. `owner`: the class that takes it. */
export interface UnreadArgument {
  readonly kind: 'unused' | 'kept';
  readonly owner: string;
}

/** Of weights that a part begins with: `init_cfg`, `pretrained`. Null: it is read, or that is not known. */
export function unreadArgument(sources: Sources, entry: Entry, name: string): UnreadArgument | null {
  const source = classSource(sources, entry);
  const owner = source?.classes.find(one => methodOf(one.body, '__init__'));
  const init = owner && methodOf(owner.body, '__init__');
  if (!source || !owner || !init) return null;
  if (!init.parameters.some(p => p.name === name)) {
    // Among those of any name, which nothing looks at.
    const rest = init.parameters.find(p => p.kind === 'kwargs');
    return rest && !mentions(init.body, rest.name) ? { kind: 'unused', owner: owner.name } : null;
  }
  const keeps = init.body.filter(s => isKept(s, name));
  const rest = init.body.filter(s => !isKept(s, name));
  if (mentions(rest, name)) return null;
  // Kept or not, `BaseModule` and what stands in for it read their own attribute.
  if (keeps.length === 0) return { kind: 'unused', owner: owner.name };
  const others = source.classes.flatMap(({ body }) => body.filter(s => s !== init));
  return isPlainModule(source) && !readsOwn(others, name) ? { kind: 'kept', owner: owner.name } : null;
}

/** `self.init_cfg = init_cfg`. */
const isKept = (s: Statement, name: string): boolean =>
  s.kind === 'assign' &&
  s.value.kind === 'name' &&
  s.value.name === name &&
  s.targets.every(t => t.kind === 'attribute' && t.name === name);

/** By its name, or as one of all that there are: `locals()`. */
function mentions(body: Block, name: string): boolean {
  const names = namesIn(body);
  return names.has(name) || names.has('locals') || names.has('vars');
}

/** `self.init_cfg`, read anywhere; `getattr` may read it too. */
function readsOwn(body: Block, name: string): boolean {
  let found = false;
  const walk = (node: unknown): void => {
    if (found || typeof node !== 'object' || node === null) return;
    if ('kind' in node && node.kind === 'attribute' && 'name' in node && node.name === name) found = true;
    else if ('kind' in node && node.kind === 'name' && 'name' in node && node.name === 'getattr') found = true;
    else for (const [key, child] of Object.entries(node)) if (key !== 'span') walk(child);
  };
  walk(body);
  return found;
}

/** PyTorch's own `Module` and nothing of mmengine's among its bases. */
function isPlainModule({ classes }: ClassSource): boolean {
  const found = new Set(classes.map(({ name }) => name));
  const others = classes.flatMap(one => basesOf(one)).filter(base => !found.has(base.split('.').at(-1) ?? ''));
  return others.length > 0 && others.every(base => /^(?:torch\.)?nn\.Module$/.test(base));
}

function basesOf({ name, module }: ReadClass): readonly string[] {
  const written = module.find((s): s is Statement<'class'> => s.kind === 'class' && s.name === name);
  return (written?.args ?? []).flatMap(argument => (argument.kind === 'positional' ? [dotted(argument.value)] : []));
}
const dotted = (of: Expression): string =>
  of.kind === 'name' ? of.name : of.kind === 'attribute' ? `${dotted(of.object)}.${of.name}` : '?';
