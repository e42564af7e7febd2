/** What a Python module defines and registers, read from its statements without running any. Facts of one file alone: `modules.ts` follows names between files. */
import { type Argument, callArguments, closing, literalItems, split } from './arguments.ts';
import { definitionLater } from './definition-later.ts';
import { type ClassOutline, classOutline, type FunctionOutline, functionOutline } from './definitions.ts';
import { readTable, type Table } from './literal-table.ts';
import { type Statement, statements } from './statements.ts';
import { nextMention, unreadIn } from './unread-registrations.ts';

export type Binding =
  | ClassOutline
  | FunctionOutline
  /** `name` null: the module itself. `module` as written, dots in front and all. */
  | { readonly kind: 'import'; readonly module: string; readonly name: string | null }
  | { readonly kind: 'alias'; readonly target: string }
  | { readonly kind: 'registry'; readonly args: readonly Argument[] }
  /** A display of literals. */
  | { readonly kind: 'table'; readonly table: Table };

export interface Registration {
  /** The registry as written: `MODELS`. */
  readonly registry: string;
  readonly args: readonly Argument[];
  /** What is registered, as a name of this module; null where it is computed. */
  readonly target: string | null;
  readonly line: number;
  /** By a decorator: what it stands above is registered. */
  readonly decorates: boolean;
  /** In a way that only a run would tell: see `unreadIn`. Absent: no. */
  readonly unread?: boolean;
}

export interface Outline {
  /** Every binding of a name at module level, first to last. */
  bindings(name: string): readonly Binding[];
  /** All of them. */
  readonly names: ReadonlyMap<string, readonly Binding[]>;
  /** Names that hold a registry. */
  readonly registries: readonly string[];
  readonly stars: readonly string[];
  readonly registrations: readonly Registration[];
}

/** Whether a text can register anything, or make a registry. */
export const speaksOfRegistries = (text: string): boolean => nextMention(text, 0) >= 0 || /Registry\b/.test(text);

interface Block {
  readonly indent: number;
  readonly kind: 'class' | 'def' | 'for' | 'other';
  /** A `for` over a literal: its variables and, for each round, what they stand for. */
  readonly loop?: { readonly variables: readonly string[]; readonly rounds: readonly (readonly string[])[] };
}
interface Decorator {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly line: number;
}

const REGISTERING = 'register_module';
const DECORATOR = /^@\s*([\w.]+)\s*(\()?/;
const CLASS = /^class\s+(\w+)/;
const FUNCTION = /^(?:async\s+)?def\s+(\w+)\s*\(/;
const FROM = /^from\s+([\w.]+)\s+import\s+([\s\S]*)$/;
const IMPORT = /^import\s+([\s\S]*)$/;
const ASSIGNMENT = /^(\w+)\s*(?::[^=]*)?=\s*(?!=)([\s\S]*)$/;
const LOOP = /^for\s+([\w\s,()]+?)\s+in\s+([\s\S]*?):\s*$/;
const REGISTER = /^([\w.]+)\.(_?)register_module\s*\(/;
const REGISTER_NAME = /^(.+)\.(_?)register_module$/;
const BLOCK = /^(?:if|elif|else|try|except|finally|with|while|for)\b/;
/** Longer ones hold data. */
const LONGEST_TABLE = 4000;

/** The details of classes and functions are read when they are asked for. */
export function outline(source: string): Outline {
  const names = new Map<string, Binding[]>();
  const stars: string[] = [];
  const registrations: Registration[] = [];
  const blocks: Block[] = [];
  const all = statements(source);
  let decorators: Decorator[] = [];
  const bind = (name: string, binding: Binding): void => {
    const known = names.get(name);
    if (known) known.push(binding);
    else names.set(name, [binding]);
  };
  const within = (kind: Block['kind']): boolean => {
    for (const block of blocks) if (block.kind === kind) return true;
    return false;
  };
  /** `register = MODELS.register_module` and `@register()` are one with `@MODELS.register_module()`. */
  const spelt = (name: string): string => {
    const alias = names.get(name)?.findLast(binding => binding.kind === 'alias');
    return alias?.kind === 'alias' ? alias.target : name;
  };

  const define = (statement: Statement, kind: 'class' | 'def', name: string, read: () => Binding): void => {
    if (!within('def') && !within('class')) bind(name, read());
    for (const decorator of decorators) {
      const found = REGISTER_NAME.exec(spelt(decorator.name));
      if (found) registrations.push({ ...registering(found, decorator.args), target: name, line: decorator.line, decorates: true });
    }
    decorators = [];
    blocks.push({ indent: statement.indent, kind });
  };

  const registerCall = (statement: Statement, call: RegExpExecArray): void => {
    const text = source.slice(statement.start, statement.end);
    const open = call[0].length - 1;
    const { registry, args } = registering(call, callArguments(text, open));
    const applied = /^\s*\(\s*([\w.]+)\s*\)/.exec(text.slice(closing(text, open) + 1));
    const module =
      applied?.[1] ?? args.find(arg => arg.name === 'module')?.value ?? args.filter(arg => arg.name === null)[2]?.value ?? null;
    const loop = blocks.findLast(block => block.loop !== undefined)?.loop;
    const variables = loop?.variables ?? [];
    for (const round of loop?.rounds ?? [[]]) {
      const value = (written: string): string => round[variables.indexOf(written)] ?? written;
      const target = module === null ? null : value(module);
      registrations.push({
        registry: value(registry),
        args: args.map(arg => ({ ...arg, value: value(arg.value) })),
        target: target !== null && /^[A-Za-z_][\w.]*$/.test(target) ? target : null,
        line: statement.line,
        decorates: false,
      });
    }
  };

  /** Where the text speaks of registering next. */
  let mention = nextMention(source, 0);
  for (let index = 0; index < all.length; index++) {
    const statement = all[index]!;
    while (blocks.length && blocks[blocks.length - 1]!.indent >= statement.indent) blocks.pop();
    const c = source[statement.start];
    while (mention >= 0 && mention < statement.start) mention = nextMention(source, statement.start);
    const inner = within('def') || within('class');
    if (mention >= 0 && mention < statement.end && !isRead(source, statement))
      for (const registry of unreadIn(source.slice(statement.start, statement.end)))
        registrations.push({ registry, args: [], target: null, line: statement.line, decorates: false, unread: true });
    if (inner && c !== '@' && c !== 'c' && c !== 'd' && c !== 'a' && (mention < 0 || mention >= statement.end)) {
      decorators = [];
      continue;
    }
    if (c === '@') {
      const text = source.slice(statement.start, statement.end);
      const found = DECORATOR.exec(text);
      if (found) decorators.push({ name: found[1]!, args: found[2] ? callArguments(text, found[0].length - 1) : [], line: statement.line });
      continue;
    }
    const head = source.slice(statement.start, Math.min(statement.end, statement.start + 200));
    const className = c === 'c' ? CLASS.exec(head)?.[1] : undefined;
    if (className) {
      const wrapped = decorators;
      define(statement, 'class', className, () =>
        definitionLater('class', className, statement.line, () => classOutline(source, again(source), index, className, wrapped)),
      );
      continue;
    }
    const functionName = c === 'd' || c === 'a' ? FUNCTION.exec(head)?.[1] : undefined;
    if (functionName) {
      define(statement, 'def', functionName, () =>
        definitionLater('function', functionName, statement.line, () => functionOutline(source, again(source), index)),
      );
      continue;
    }
    decorators = [];
    const call = head.includes(REGISTERING) ? REGISTER.exec(head) : null;
    if (call) {
      registerCall(statement, call);
      continue;
    }
    // Within a function only what registers is of interest.
    if (inner) continue;
    const text = source.slice(statement.start, statement.end);
    const loop = c === 'f' ? loopOf(text) : null;
    if (loop) blocks.push({ indent: statement.indent, kind: 'for', loop });
    else if (BLOCK.test(head)) blocks.push({ indent: statement.indent, kind: 'other' });
    // a backslash at a line's end joins it with the next
    else readBinding(text.replace(/\\\r?\n/g, ' '), bind, stars, name => isRegistryClass(names, name));
  }
  const registries = [...names].flatMap(([name, bindings]) => (bindings.some(({ kind }) => kind === 'registry') ? [name] : []));
  return { bindings: name => names.get(name) ?? [], names, registries, stars, registrations };
}

/** A decorator or a call that is told in full. */
function isRead(source: string, { start, end }: Statement): boolean {
  const text = source.slice(start, end);
  return REGISTER.test(text) || REGISTER_NAME.test(DECORATOR.exec(text)?.[1] ?? '');
}

/** Several details are asked for of one file, one after another. */
let last: { readonly source: string; readonly all: readonly Statement[] } | null = null;
function again(source: string): readonly Statement[] {
  if (last?.source !== source) last = { source, all: statements(source) };
  return last.all;
}

/** The call's arguments as `register_module` has them: its older, inner form names them otherwise. */
function registering(found: RegExpExecArray, args: readonly Argument[]): Pick<Registration, 'registry' | 'args'> {
  const order = found[2] === '_' ? ['module', 'name', 'force'] : null;
  let position = 0;
  const named = args.map(arg => {
    if (arg.name === 'module_name') return { ...arg, name: 'name' };
    return order && arg.name === null ? { ...arg, name: order[position++] ?? null } : arg;
  });
  return { registry: found[1]!, args: named };
}

/** `for module in (A, B):`, `for name, module in [('a', A), ('b', B)]:`. */
function loopOf(text: string): Block['loop'] | null {
  const found = LOOP.exec(text);
  if (!found) return null;
  const variables = split(found[1]!.replace(/[()]/g, ''));
  const rounds = literalItems(found[2]!)?.map(item => (variables.length === 1 ? [item] : literalItems(item)));
  return rounds?.every(round => round?.length === variables.length) ? { variables, rounds: rounds.map(round => round ?? []) } : null;
}

/** `Registry`, a class derived from it by its name, or another name for it. */
function isRegistryClass(names: ReadonlyMap<string, readonly Binding[]>, called: string): boolean {
  if (/(?:^|\.)\w*Registry$/.test(called)) return true;
  return names.get(called)?.some(binding => binding.kind === 'import' && binding.name === 'Registry') ?? false;
}

function readBinding(
  text: string,
  bind: (name: string, binding: Binding) => void,
  stars: string[],
  isRegistry: (called: string) => boolean,
): void {
  const from = FROM.exec(text);
  if (from) {
    const list = from[2]!.trim();
    for (const part of split(list.startsWith('(') ? list.slice(1, closing(list, 0)) : list)) {
      const [name, alias] = part.split(/\s+as\s+/);
      if (name === '*') stars.push(from[1]!);
      else if (name) bind(alias ?? name, { kind: 'import', module: from[1]!, name });
    }
    return;
  }
  const plain = IMPORT.exec(text);
  if (plain) {
    for (const part of split(plain[1]!)) {
      const [module, alias] = part.split(/\s+as\s+/);
      // `import a.b` binds `a`
      if (module) bind(alias ?? module.split('.')[0]!, { kind: 'import', module: alias ? module : module.split('.')[0]!, name: null });
    }
    return;
  }
  const assignment = ASSIGNMENT.exec(text);
  if (!assignment) return;
  const [, name = '', written = ''] = assignment;
  const value = written.trim();
  // `A = B = value`: the last is bound first, the others are names for it.
  const chained = /^([A-Za-z_]\w*)\s*=(?!=)/.exec(value)?.[1];
  if (chained !== undefined) {
    readBinding(value, bind, stars, isRegistry);
    bind(name, { kind: 'alias', target: chained });
    return;
  }
  const called = /^([A-Za-z_][\w.]*)\s*\(/.exec(value);
  if (called && isRegistry(called[1]!)) bind(name, { kind: 'registry', args: callArguments(value, called[0].length - 1) });
  else if (/^[A-Za-z_][\w.]*$/.test(value) && !/^(?:None|True|False)$/.test(value)) bind(name, { kind: 'alias', target: value });
  else {
    const table = value.length <= LONGEST_TABLE ? readTable(value) : null;
    if (table) bind(name, { kind: 'table', table });
  }
}
