/** What a Python module defines and registers, read from its statements without running any. Facts of one file alone: `modules.ts` follows names between files. */
import { type Argument, callArguments, closing, literalItems, split } from './arguments.ts';
import { type PassedOn, passedOn } from './passed-on.ts';
import { type Statement, statements } from './statements.ts';

export interface RawParameter {
  readonly name: string;
  readonly kind: 'plain' | 'positional' | 'keyword' | 'args' | 'kwargs';
  readonly default: string | null;
  readonly annotation: string | null;
}

export interface FunctionOutline {
  readonly kind: 'function';
  readonly name: string;
  readonly line: number;
  readonly parameters: readonly RawParameter[];
  /** Text of its docstring; empty where it has none. */
  readonly doc: string;
  /** Something wraps it, and may take other arguments than it. */
  readonly decorated: boolean;
  /** Where an `__init__`'s `**kwargs` go; null for other functions, and without them. */
  readonly passed: PassedOn | null;
}

export interface ClassOutline {
  readonly kind: 'class';
  readonly name: string;
  readonly line: number;
  /** Bases as written: `nn.Module`. Keywords (`metaclass=`) are left out. */
  readonly bases: readonly string[];
  readonly init: FunctionOutline | null;
  /** Text of its docstring; empty where it has none. */
  readonly doc: string;
  /** A decorator or metaclass makes its constructor: `@dataclass`. */
  readonly generated: boolean;
}

export type Binding =
  | ClassOutline
  | FunctionOutline
  /** `name` null: the module itself. `module` as written, dots in front and all. */
  | { readonly kind: 'import'; readonly module: string; readonly name: string | null }
  | { readonly kind: 'alias'; readonly target: string }
  | { readonly kind: 'registry'; readonly args: readonly Argument[] };

export interface Registration {
  /** The registry as written: `MODELS`. */
  readonly registry: string;
  readonly args: readonly Argument[];
  /** What is registered, as a name of this module; null where it is computed. */
  readonly target: string | null;
  readonly line: number;
  /** Within a function: it depends on who calls it, and when. */
  readonly deferred: boolean;
}

export interface Outline {
  /** Every binding of a name at module level, first to last. */
  readonly names: ReadonlyMap<string, readonly Binding[]>;
  readonly stars: readonly string[];
  readonly registrations: readonly Registration[];
}

interface Block {
  readonly indent: number;
  readonly kind: 'class' | 'def' | 'for' | 'other';
  /** A `for` over a literal: its variable and items. */
  readonly loop?: { readonly variable: string; readonly items: readonly string[] };
}

const DECORATOR = /^@\s*([\w.]+)\s*(\()?/;
const CLASS = /^class\s+(\w+)\s*(\()?/;
const FUNCTION = /^(?:async\s+)?def\s+(\w+)\s*\(/;
const FROM = /^from\s+([\w.]+)\s+import\s+([\s\S]*)$/;
const IMPORT = /^import\s+([\s\S]*)$/;
const ASSIGNMENT = /^(\w+)\s*(?::[^=]*)?=\s*(?!=)([\s\S]*)$/;
const LOOP = /^for\s+(\w+)\s+in\s+([\s\S]*?):\s*$/;
const REGISTER = /^([\w.]+)\._?register_module\s*\(/;
const BLOCK = /^(?:if|elif|else|try|except|finally|with|while)\b/;

export function outline(source: string): Outline {
  const names = new Map<string, Binding[]>();
  const stars: string[] = [];
  const registrations: Registration[] = [];
  const blocks: Block[] = [];
  let decorators: { readonly name: string; readonly args: readonly Argument[]; readonly line: number }[] = [];
  const all = statements(source);
  const bind = (name: string, binding: Binding) => {
    const known = names.get(name);
    if (known) known.push(binding);
    else names.set(name, [binding]);
  };

  const define = (statement: Statement, name: string, binding: ClassOutline | FunctionOutline) => {
    const inFunction = blocks.some(block => block.kind === 'def');
    const inClass = blocks.some(block => block.kind === 'class');
    if (!inFunction && !inClass) bind(name, binding);
    for (const decorator of decorators) {
      const registry = /^(.+)\._?register_module$/.exec(decorator.name)?.[1];
      if (registry) registrations.push({ registry, args: decorator.args, target: name, line: decorator.line, deferred: inFunction });
    }
    decorators = [];
    blocks.push({ indent: statement.indent, kind: binding.kind === 'class' ? 'class' : 'def' });
  };

  for (let index = 0; index < all.length; index++) {
    const statement = all[index]!;
    while (blocks.length && blocks[blocks.length - 1]!.indent >= statement.indent) blocks.pop();
    const innermost = blocks[blocks.length - 1];
    const c = source[statement.start];
    // Within a function only what registers is of interest.
    const inFunction = blocks.some(block => block.kind === 'def');
    if (c === '@') {
      const text = source.slice(statement.start, statement.end);
      const found = DECORATOR.exec(text);
      if (found) decorators.push({ name: found[1]!, args: found[2] ? callArguments(text, found[0].length - 1) : [], line: statement.line });
      continue;
    }
    const head = source.slice(statement.start, Math.min(statement.end, statement.start + 200));
    const classHead = CLASS.exec(head);
    if (classHead) {
      const name = classHead[1]!;
      define(statement, name, classOutline(source, all, index, name, classHead[2] !== undefined, decorators));
      continue;
    }
    const functionHead = FUNCTION.exec(head);
    if (functionHead) {
      define(statement, functionHead[1]!, functionOutline(source, all, index));
      continue;
    }
    decorators = [];
    const registering = REGISTER.exec(head);
    if (registering) {
      const text = source.slice(statement.start, statement.end);
      const open = registering[0].length - 1;
      const args = callArguments(text, open);
      const applied = /^\s*\(\s*([\w.]+)\s*\)/.exec(text.slice(closing(text, open) + 1));
      const module = applied?.[1] ?? args.find(arg => arg.name === 'module')?.value ?? null;
      const loop = blocks.find(block => block.loop?.variable === module)?.loop;
      for (const target of loop?.items ?? [module]) {
        registrations.push({
          registry: registering[1]!,
          args,
          target: target && /^[\w.]+$/.test(target) ? target : null,
          line: statement.line,
          deferred: inFunction,
        });
      }
      continue;
    }
    if (inFunction || innermost?.kind === 'class') continue;
    const text = source.slice(statement.start, statement.end);
    const loop = LOOP.exec(text);
    if (loop) {
      const items = literalItems(loop[2]!);
      blocks.push({ indent: statement.indent, kind: 'for', ...(items ? { loop: { variable: loop[1]!, items } } : {}) });
    } else if (BLOCK.test(head)) blocks.push({ indent: statement.indent, kind: 'other' });
    // a backslash at a line's end joins it with the next
    else readBinding(text.replace(/\\\r?\n/g, ' '), bind, stars);
  }
  return { names, stars, registrations };
}

function readBinding(text: string, bind: (name: string, binding: Binding) => void, stars: string[]): void {
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
  const value = assignment[2]!.trim();
  const registry = /^(?:\w+\.)*Registry\s*\(/.exec(value);
  if (registry) bind(assignment[1]!, { kind: 'registry', args: callArguments(value, registry[0].length - 1) });
  else if (/^[A-Za-z_][\w.]*$/.test(value) && !/^(?:None|True|False)$/.test(value)) bind(assignment[1]!, { kind: 'alias', target: value });
}

function classOutline(
  source: string,
  all: readonly Statement[],
  index: number,
  name: string,
  hasBases: boolean,
  decorators: readonly { readonly name: string }[],
): ClassOutline {
  const statement = all[index]!;
  const text = source.slice(statement.start, statement.end);
  const args = hasBases ? callArguments(text, text.indexOf('(')) : [];
  const init = once(() => {
    let found: FunctionOutline | null = null;
    const body = all[index + 1]?.indent ?? 0;
    for (let i = index + 1; i < all.length && all[i]!.indent > statement.indent; i++) {
      if (all[i]!.indent === body && source.startsWith('def __init__', all[i]!.start)) found = functionOutline(source, all, i);
    }
    return found;
  });
  return {
    kind: 'class',
    name,
    line: statement.line,
    bases: args.filter(arg => arg.name === null).map(arg => arg.value),
    get init() {
      return init();
    },
    get doc() {
      return docOf(source, all, index);
    },
    generated: decorators.some(decorator => /(?:^|\.)dataclass$|^attrs?\.|^define$/.test(decorator.name)),
  };
}

/** Most of what a library defines is never asked what it takes: that is read when it is. */
function functionOutline(source: string, all: readonly Statement[], index: number): FunctionOutline {
  const statement = all[index]!,
    name = FUNCTION.exec(source.slice(statement.start, Math.min(statement.end, statement.start + 200)))?.[1] ?? '';
  const takes = once(() => {
    const text = source.slice(statement.start, statement.end),
      open = text.indexOf('('),
      close = closing(text, open),
      parameters = readParameters(text.slice(open + 1, close)),
      keywords = parameters.find(parameter => parameter.kind === 'kwargs');
    let last = index;
    while (all[last + 1] && all[last + 1]!.indent > statement.indent) last++;
    const passed =
      keywords && name === '__init__' ? passedOn(source.slice(statement.start + close + 1, all[last]!.end), keywords.name) : null;
    return { parameters, passed };
  });
  return {
    kind: 'function',
    name,
    line: statement.line,
    get parameters() {
      return takes().parameters;
    },
    get doc() {
      return docOf(source, all, index);
    },
    decorated: all[index - 1]?.indent === statement.indent && source[all[index - 1]!.start] === '@',
    get passed() {
      return takes().passed;
    },
  };
}
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function docOf(source: string, all: readonly Statement[], index: number): string {
  const first = all[index + 1];
  if (!first || first.indent <= all[index]!.indent) return '';
  return (
    /^[rRuU]?(?:"""([\s\S]*)"""|'''([\s\S]*)'''|"([^"\n]*)"|'([^'\n]*)')$/
      .exec(source.slice(first.start, first.end))
      ?.slice(1)
      .find(text => text !== undefined) ?? ''
  );
}

function readParameters(text: string): RawParameter[] {
  const out: RawParameter[] = [];
  let kind: RawParameter['kind'] = 'plain';
  for (const part of split(text)) {
    if (part === '*') kind = 'keyword';
    else if (part === '/') out.splice(0, out.length, ...out.map(parameter => ({ ...parameter, kind: 'positional' as const })));
    else {
      const found = /^(\*{0,2})\s*(\w+)\s*(?::\s*([\s\S]*?))?(?:(?<![=!<>])=(?!=)\s*([\s\S]*))?$/.exec(part);
      if (!found) continue;
      const own = found[1] === '**' ? 'kwargs' : found[1] === '*' ? 'args' : kind;
      out.push({
        name: found[2]!,
        kind: own,
        annotation: found[3]?.trim().replace(/\s+/g, ' ') ?? null,
        default: found[4]?.trim().replace(/\s+/g, ' ') ?? null,
      });
      if (own === 'args') kind = 'keyword';
    }
  }
  return out;
}
