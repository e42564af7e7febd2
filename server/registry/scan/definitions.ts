/** A class or a function of a module, as its statements tell: what it takes, what it derives from, the tables that it keeps. */
import { callArguments, closing, split } from './arguments.ts';
import { type Demand, demandsOf } from './demands.ts';
import { readTable, type Table } from './literal-table.ts';
import { type PassedOn, passedOn } from './passed-on.ts';
import type { Statement } from './statements.ts';

export interface RawParameter {
  readonly name: string;
  readonly kind: 'plain' | 'positional' | 'keyword' | 'args' | 'kwargs';
  readonly default: string | null;
  readonly annotation: string | null;
}

/** Offsets in the file's text. */
export type Span = readonly [start: number, end: number];

export interface FunctionOutline {
  readonly kind: 'function';
  readonly name: string;
  readonly line: number;
  readonly parameters: readonly RawParameter[];
  /** Its docstring, quotes and all; null where it has none. */
  readonly doc: Span | null;
  /** Something wraps it, and may take other arguments than it. */
  readonly decorated: boolean;
}

/** An `__init__`. */
export interface Constructor extends FunctionOutline {
  /** What it hands to a base's `__init__`; null where it has no `**kwargs` and calls none. */
  readonly passed: PassedOn | null;
  /** What it refuses, of its parameters. */
  readonly demands: readonly Demand[];
  /** Attributes of `self` that it sets or changes: they are no longer what the class says. */
  readonly sets: readonly string[];
  /** Parameters that it gives another value. */
  readonly reassigned: readonly string[];
}

export interface ClassOutline {
  readonly kind: 'class';
  readonly name: string;
  readonly line: number;
  /** Bases as written: `nn.Module`. Keywords (`metaclass=`) are left out. */
  readonly bases: readonly string[];
  readonly init: Constructor | null;
  /** Its docstring, quotes and all; null where it has none. */
  readonly doc: Span | null;
  /** A decorator or metaclass makes its constructor: `@dataclass`. */
  readonly generated: boolean;
  /** Literal tables of its body by name, `arch_settings`; null: it has one that no reading tells. */
  readonly tables: readonly (readonly [name: string, table: Table | null])[];
}

const FUNCTION = /^(?:async\s+)?def\s+(\w+)\s*\(/;
const ASSIGNED = /^(\w+)\s*(?::[^=[\]{}]*(?:\[[^=]*\])?\s*)?=\s*(?!=)/;
/** A decorator that gives back what it is given. */
const REGISTERS = /^@\s*[\w.]+\.register_module\b/;
/** What generates a constructor that no text shows. */
const GENERATES = /(?:^|\.)dataclass$|^attrs?\.|^define$/;
/** Class decorators that leave the constructor as it is; others may put something around it. */
const LEAVES = /(?:^|\.)(?:register_module|total_ordering|final|runtime_checkable|unique)$/;
/** How a class may come by its constructor otherwise than by `def __init__` in its body. */
const MADE_OTHERWISE = /^(?:async\s+)?def\s+__new__\b|^__(?:init|new)__\s*[:=]/;

export function classOutline(
  source: string,
  all: readonly Statement[],
  index: number,
  name: string,
  decorators: readonly { readonly name: string }[],
): ClassOutline {
  const statement = all[index]!;
  const head = source.slice(statement.start, statement.end);
  const open = /^class\s+\w+\s*\(/.exec(head);
  const tables = new Map<string, Table | null>();
  let init: number | null = null;
  let isMadeOtherwise = false;
  const body = all[index + 1]?.indent ?? 0;
  /** The statement of the body that the next ones stand in is a branch: `if`, `try`. */
  let inBranch = false;
  for (let i = index + 1; i < all.length && all[i]!.indent > statement.indent; i++) {
    const { start, end, indent } = all[i]!;
    if (indent !== body) {
      isMadeOtherwise ||= inBranch && source.startsWith('def __init__', start);
      continue;
    }
    inBranch = /^(?:if|elif|else|try|except|finally|with|for)\b/.test(source.slice(start, start + 8));
    if (source.startsWith('def __init__', start)) init = i;
    else if (MADE_OTHERWISE.test(source.slice(start, Math.min(end, start + 40)))) isMadeOtherwise = true;
    else readTableOf(source, all[i]!, tables);
  }
  const heads = open ? callArguments(head, open[0].length - 1) : [];
  const wraps = decorators.some(({ name: by }) => !LEAVES.test(by) && !GENERATES.test(by));
  const made = init === null ? null : constructorOutline(source, all, init, name);
  return {
    kind: 'class',
    name,
    line: statement.line,
    bases: heads.filter(arg => arg.name === null).map(arg => arg.value),
    init: made && wraps ? { ...made, decorated: true } : made,
    doc: docOf(source, all, index),
    generated:
      isMadeOtherwise ||
      decorators.some(decorator => GENERATES.test(decorator.name)) ||
      heads.some(arg => arg.name === 'metaclass' && !/(?:^|\.)ABCMeta$/.test(arg.value)),
    tables: [...tables],
  };
}

/** A table that is changed after it is written is none that can be told. */
function readTableOf(source: string, { start, end }: Statement, tables: Map<string, Table | null>): void {
  const c = source.charCodeAt(start);
  if (c === 64 || source.startsWith('def ', start)) return;
  const head = source.slice(start, Math.min(end, start + 120));
  const assigned = ASSIGNED.exec(head);
  const name = assigned?.[1] ?? /^(\w+)\s*(?:\[|\.\w+\()/.exec(head)?.[1];
  if (!name) return;
  const table = assigned && !tables.has(name) ? readTable(source.slice(start + assigned[0].length, end)) : null;
  if (table || tables.has(name) || assigned) tables.set(name, table);
}

export function functionOutline(source: string, all: readonly Statement[], index: number): FunctionOutline {
  const { line, indent, start, end } = all[index]!;
  const text = source.slice(start, end);
  const open = text.indexOf('(');
  let decorated = false;
  for (let i = index - 1; all[i]?.indent === indent && source[all[i]!.start] === '@'; i--)
    decorated ||= !REGISTERS.test(source.slice(all[i]!.start, all[i]!.end));
  return {
    kind: 'function',
    name: FUNCTION.exec(text)?.[1] ?? '',
    line,
    parameters: readParameters(text.slice(open + 1, closing(text, open))),
    doc: docOf(source, all, index),
    decorated,
  };
}

function constructorOutline(source: string, all: readonly Statement[], index: number, owner: string): Constructor {
  const made = functionOutline(source, all, index);
  let last = index;
  while (all[last + 1] && all[last + 1]!.indent > all[index]!.indent) last++;
  const { start, end } = all[index]!;
  const head = source.slice(start, end);
  const body = source.slice(start + closing(head, head.indexOf('(')) + 1, all[last]!.end);
  const keywords = made.parameters.find(parameter => parameter.kind === 'kwargs')?.name ?? null;
  return { ...made, passed: passedOn(body, keywords), ...demandsOf(source, all.slice(index + 1, last + 1), made.parameters, owner) };
}

function docOf(source: string, all: readonly Statement[], index: number): Span | null {
  const first = all[index + 1];
  if (!first || first.indent <= all[index]!.indent) return null;
  return /^[rRuU]?(?:"|')/.test(source.slice(first.start, first.start + 2)) ? [first.start, first.end] : null;
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
