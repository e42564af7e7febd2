/**
 * What a constructor refuses, by its own statements: `if depth not in self.arch_settings: raise …`, `assert style in ['pytorch', 'caffe']`,
 * `self.arch_settings[arch]`. Only statements that are reached whatever else is given count, and parameters that still hold what was given.
 */
import { closing, split } from './arguments.ts';
import type { RawParameter } from './definitions.ts';
import { readTable, type Table } from './literal-table.ts';
import type { Statement } from './statements.ts';

export interface Demand {
  readonly parameter: string;
  readonly among: Among;
  /** `str`: asked of texts alone, below `if isinstance(arch, str)`. */
  readonly of: 'str' | null;
  /** It was made lower case before. */
  readonly caseless: boolean;
  /** None passes as well: `assert x is None or x in …`. */
  readonly orNone: boolean;
}

export type Among =
  | { readonly kind: 'table'; readonly table: Table }
  /** `self.arch_settings`: of whichever class is built. */
  | { readonly kind: 'attribute'; readonly name: string; readonly lookedUp: boolean }
  /** A name of the module, perhaps with a dot. */
  | { readonly kind: 'name'; readonly name: string; readonly lookedUp: boolean };

const SETS =
  /\bself\.(\w+)\s*(?:=(?!=)|[-+*/|&]=|\.(?:update|pop|setdefault|clear|append|extend|insert|remove|add)\(|(?:\[[^\]\n]*\])+\s*=(?!=))/g;
const BLOCK = /^(?:if|elif|else|for|while|with|try|except|finally|async|match|case|def|class)\b/;
const LOOKED_UP = /((?:self\.|cls\.|[A-Za-z_]\w*\.)?[A-Za-z_]\w*)\[\s*((?:self\.)?\w+)\s*\]/g;
/** What may leave a part of the statement undone. */
const MAYBE = /\b(?:if|and|or|lambda|for)\b/;

/** `body`: the statements of `__init__`; `owner`: its class's name. */
export function demandsOf(
  source: string,
  body: readonly Statement[],
  parameters: readonly RawParameter[],
  owner: string,
): { readonly demands: readonly Demand[]; readonly sets: readonly string[]; readonly reassigned: readonly string[] } {
  const sets = new Set<string>();
  const reassigned = new Set<string>();
  const demands: Demand[] = [];
  const asGiven = new Set(parameters.slice(1).flatMap(({ name, kind }) => (kind === 'args' || kind === 'kwargs' ? [] : [name])));
  const caseless = new Set<string>();
  /** `self.style = style` → style. */
  const aliases = new Map<string, string>();
  const parameterAt = (written: string): string | null => {
    const name = aliases.get(written) ?? written;
    return asGiven.has(name) ? name : null;
  };
  const demand = (written: string, among: Among | null, of: Demand['of'], orNone = false): void => {
    const parameter = parameterAt(written);
    if (parameter !== null && among) demands.push({ parameter, among, of, caseless: caseless.has(parameter), orNone });
  };

  const level = body[0]?.indent ?? 0;
  let reached = true;
  for (let i = 0; i < body.length; i++) {
    const statement = body[i]!;
    const text = source.slice(statement.start, statement.end);
    for (const [, name] of text.matchAll(SETS)) sets.add(name!);
    if (/^(?:return|yield)\b/.test(text)) reached = false;
    const lowered = /^(\w+)\s*=\s*(\w+)\.lower\(\)$/.exec(text);
    const around = guardOf(source, body, i, level);
    const guarded = around !== null && typeof around === 'object';
    if (lowered && lowered[1] === lowered[2] && (statement.indent === level || guarded)) {
      caseless.add(lowered[1]!);
      reassigned.add(lowered[1]!);
      continue;
    }
    if (reached && (statement.indent === level || (guarded && parameterAt(around.of) !== null))) {
      const of = guarded && statement.indent !== level ? 'str' : null;
      const only = (written: string): boolean => of === null || parameterAt(written) === parameterAt(guarded ? around.of : '');
      const asserted = /^assert\b\s*([\s\S]*)$/.exec(text);
      const refused = /^if\s+((?:self\.)?\w+)\s+not\s+in\s+([\s\S]+):$/.exec(text);
      if (asserted) {
        const condition = unwrapped(split(asserted[1]!)[0] ?? '');
        const found = /^(?:((?:self\.)?\w+)\s+is\s+None\s+or\s+)?((?:self\.)?\w+)\s+in\s+([\s\S]+)$/.exec(condition);
        if (found && (found[1] === undefined || found[1] === found[2]) && only(found[2]!))
          demand(found[2]!, amongOf(found[3]!, owner, false), of, found[1] !== undefined);
      } else if (refused) {
        const next = body[i + 1];
        if (next && next.indent > statement.indent && /^raise\b/.test(source.slice(next.start, next.start + 6)) && only(refused[1]!))
          demand(refused[1]!, amongOf(refused[2]!, owner, false), of);
      } else if (!BLOCK.test(text) && !MAYBE.test(text)) {
        for (const [, table, key] of text.matchAll(LOOKED_UP)) if (only(key!)) demand(key!, amongOf(table!, owner, true), of);
      }
    }
    for (const name of assignedIn(text)) {
      if (asGiven.delete(name)) reassigned.add(name);
      aliases.delete(name);
    }
    const alias = /^(self\.\w+)\s*=\s*(\w+)$/.exec(text);
    if (alias && statement.indent === level && asGiven.has(alias[2]!) && !aliases.has(alias[1]!)) aliases.set(alias[1]!, alias[2]!);
  }
  return { demands, sets: [...sets], reassigned: [...reassigned] };
}

/** The `if isinstance(X, str):` of the outermost level that a statement stands right below; null where it stands below anything else. */
function guardOf(source: string, body: readonly Statement[], index: number, level: number): { readonly of: string } | null {
  const own = body[index]!.indent;
  if (own === level) return null;
  for (let i = index - 1; i >= 0; i--) {
    const { indent, start, end } = body[i]!;
    if (indent >= own) continue;
    const found = indent === level ? /^if\s+isinstance\(\s*((?:self\.)?\w+)\s*,\s*str\s*\)\s*:$/.exec(source.slice(start, end)) : null;
    return found ? { of: found[1]! } : null;
  }
  return null;
}

function amongOf(text: string, owner: string, lookedUp: boolean): Among | null {
  const table = lookedUp ? null : readTable(text);
  if (table) return { kind: 'table', table };
  const plain = unwrapped(text.replace(/^(?:set|list|tuple|frozenset)\s*\(([\s\S]*)\)$/, '$1').replace(/\.keys\(\)$/, ''));
  const attribute = /^(?:self|cls|self\.__class__|type\(self\))\.(\w+)$/.exec(plain)?.[1];
  if (attribute) return { kind: 'attribute', name: attribute, lookedUp };
  if (plain.startsWith(`${owner}.`)) return { kind: 'attribute', name: plain.slice(owner.length + 1), lookedUp };
  return /^[A-Za-z_]\w*(?:\.\w+)?$/.test(plain) && !plain.startsWith('self.') ? { kind: 'name', name: plain, lookedUp } : null;
}

const unwrapped = (text: string): string => {
  const trimmed = text.trim();
  const inner = trimmed.startsWith('(') && closing(trimmed, 0) === trimmed.length - 1 ? trimmed.slice(1, -1) : null;
  return inner === null || split(inner).length > 1 || /,\s*$/.test(inner) ? trimmed : unwrapped(inner);
};

/** Names, and attributes of `self`, that a statement gives another value. */
function assignedIn(text: string): readonly string[] {
  const walrus = [...text.matchAll(/\b(\w+)\s*:=/g)].map(found => found[1]!);
  const loop = /^(?:async\s+)?for\s+([\s\S]+?)\s+in\b/.exec(text)?.[1] ?? '';
  const as = [...text.matchAll(/\bas\s+(\w+)/g)].map(found => found[1]!);
  const target = BLOCK.test(text) || /^(?:assert|return|raise|del)\b/.test(text) ? '' : (targetOf(text) ?? '');
  const deleted = /^del\s+([\s\S]+)$/.exec(text)?.[1] ?? '';
  return [...walrus, ...as, ...`${loop} ${target} ${deleted}`.matchAll(/(?<![\w.])((?:self\.)?[A-Za-z_]\w*)/g)].map(found =>
    typeof found === 'string' ? found : found[1]!,
  );
}

/** What stands before the last `=` that assigns; null where none does. */
function targetOf(text: string): string | null {
  let end: number | null = null;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (c === '"' || c === "'") break;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === '=' && depth === 0) {
      if (text[at + 1] === '=') at++;
      else if (!'!<>'.includes(text[at - 1] ?? '')) end = at;
    }
  }
  return end === null ? null : text.slice(0, end);
}
