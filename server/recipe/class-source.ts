/** What a registered class says of itself, read from its sources and its bases' without running any. */
import { Recent } from '../project/recent.ts';
import type { Entry, RegistryIndex } from '../registry/entry.ts';
import { assigned } from '../syntax/assigned.ts';
import type { Block, Expression, Statement } from '../syntax/nodes.ts';

/** Where sources are read. */
export interface Sources {
  readonly registry: RegistryIndex;
  body(file: string): Block | null;
}
export interface ReadClass {
  readonly name: string;
  /** Of its module. */
  readonly dotted: string;
  readonly file: string;
  /** All of its file. */
  readonly module: Block;
  readonly body: Block;
}
export interface ClassSource {
  /** Itself, then its bases. */
  readonly classes: readonly ReadClass[];
  /** Whether every one of them could be read. */
  readonly isWhole: boolean;
}

interface Known {
  readonly source: ClassSource | null;
  readonly own: readonly ReadClass[];
}
/** So many are kept, more than one config names: each holds the statements of its whole file. */
const KEPT = 48;
const known = new WeakMap<RegistryIndex, Recent<Entry, Known>>();

/** Null where its own source is not at hand. Libraries stay as they are while one works; the workspace's own files are looked at anew. */
export function classSource(sources: Sources, entry: Entry): ClassSource | null {
  const kept = known.get(sources.registry) ?? new Recent<Entry, Known>(KEPT);
  known.set(sources.registry, kept);
  const before = kept.get(entry);
  if (before?.own.every(({ file, module }) => sources.body(file) === module)) return before.source;
  const ancestry = sources.registry.ancestry?.(entry) ?? null;
  const classes = (ancestry?.classes ?? []).map(({ name, module: dotted, file }): ReadClass | null => {
    const block = sources.body(file) ?? [];
    const found = classNamed(block, name);
    return found && { name, dotted, file, module: block, body: found.body };
  });
  const read = classes.filter(one => one !== null);
  const found = classes[0] ? { classes: read, isWhole: (ancestry?.isWhole ?? false) && read.length === classes.length } : null;
  kept.set(entry, { source: found, own: (found?.classes ?? []).filter(({ file }) => !isOfLibrary(sources.registry, file)) });
  return found;
}

function isOfLibrary({ libraries }: RegistryIndex, file: string): boolean {
  for (const { root } of libraries.values()) if (root !== 'snapshot' && file.startsWith(`${root}/`)) return true;
  return file.includes('/site-packages/');
}

/** The value of a class's attribute, its own before its bases'; undefined where none of them has it, null where one could not be read before it was found. */
export function classAttribute(
  source: ClassSource,
  name: string,
): { readonly value: Expression; readonly file: string } | null | undefined {
  for (const { body, file } of source.classes) {
    const found = assigned(body, name);
    if (found) return { value: found, file };
  }
  return source.isWhole ? undefined : null;
}

function classNamed(body: Block, name: string): Statement<'class'> | null {
  for (const statement of body) {
    if (statement.kind === 'class' && statement.name === name) return statement;
    const inner =
      statement.kind === 'if'
        ? [...statement.body, ...statement.otherwise]
        : statement.kind === 'try'
          ? [...statement.body, ...statement.otherwise]
          : [];
    const found = inner.length ? classNamed(inner, name) : null;
    if (found) return found;
  }
  return null;
}

/** An argument of a call, or an entry of a display, by its name. */
export function memberNamed(of: Expression, name: string): Expression | null {
  if (of.kind === 'dict') return of.pairs.find(({ key }) => key?.kind === 'constant' && key.value === name)?.value ?? null;
  if (of.kind !== 'call' || of.callee.kind !== 'name' || of.callee.name !== 'dict') return null;
  return of.args.find(argument => argument.kind === 'named' && argument.name === name)?.value ?? null;
}

/** Null where it is no display of texts. */
export function textsOf(of: Expression): readonly string[] | null {
  if (of.kind !== 'list' && of.kind !== 'tuple') return null;
  const texts = of.items.map(item => (item.kind === 'constant' && typeof item.value === 'string' ? item.value : null));
  return texts.every(text => text !== null) ? texts : null;
}
