/**
 * Where `**kwargs` go that a constructor keeps for later: `self.args = kwargs` and `runner.save_checkpoint(…, **self.args)`, or `self.ema_cfg = dict(type=ema_type, **kwargs)`
 * and `MODELS.build(self.ema_cfg)`. Followed only where the attribute goes one way, so that it is sure what is taken in the end.
 */
import type { Entry, Parameter } from './entry.ts';
import { callArguments } from './scan/arguments.ts';
import type { Definition } from './scan/modules.ts';
import type { BaseCall } from './scan/passed-on.ts';
import { registryAt } from './scan/registrations.ts';
import { signatureOf } from './scan/signature.ts';
import { withoutStrings } from './scan/statements.ts';
import type { Tables } from './tables.ts';
import { bodyAt } from './uses.ts';

export type HandedOn =
  /** To a function that takes these, and no others. `called`: its name. */
  | { readonly kind: 'call'; readonly called: string; readonly parameters: readonly Parameter[] }
  /** Built by a registry, of the type that a parameter names. What the builder adds (`default_args`) gives way to what is written. */
  | { readonly kind: 'build'; readonly parameter: string; readonly registry: string };

/** Null: nothing is sure. */
export function handedOn(tables: Tables): (entry: Entry) => HandedOn | null {
  const known = new WeakMap<Entry, { readonly found: HandedOn | null }>();
  return entry => {
    const before = known.get(entry);
    if (before) return before.found;
    const found = entry.open && entry.source && entry.variadic.kwargs !== null ? find(tables, entry, entry.variadic.kwargs) : null;
    known.set(entry, { found });
    return found;
  };
}

function find(tables: Tables, entry: Entry, keywords: string): HandedOn | null {
  const dot = entry.target.lastIndexOf('.');
  const definition = tables.modules.resolve(entry.target.slice(0, dot), entry.target.slice(dot + 1));
  if (definition?.kind !== 'class' || !definition.outline.init) return null;
  const to = definition.outline.init.passed?.to ?? null;
  const body = textOf(tables, definition);
  return to === null ? within(tables, entry, definition, body, keywords) : fromBase(tables, entry, definition, body, to);
}

type Class = Definition & { kind: 'class' };

/** The class's own text, without what stands in quotes; empty where there is none. */
function textOf({ packages }: Tables, { file, outline }: Class): string {
  const text = packages.host.read(file);
  return text === null ? '' : withoutStrings(bodyAt(text, outline.line));
}

/** Handed to `super().__init__`, whose class keeps them: only where this class lets all of that be. */
function fromBase(tables: Tables, entry: Entry, definition: Class, body: string, to: BaseCall): HandedOn | null {
  const written = definition.outline.bases.length === 1 ? definition.outline.bases[0] : undefined;
  const base = written === undefined ? null : tables.modules.resolve(definition.module, written);
  if (to.base !== 'super' || to.after !== null || to.given > 0) return null;
  if (definition.outline.init?.passed?.otherwise) return base?.kind === 'class' ? withMore(tables, definition, base, body, to) : null;
  const init = base?.kind === 'class' ? base.outline.init : null;
  const keywords = init?.parameters.find(({ kind }) => kind === 'kwargs')?.name;
  if (base?.kind !== 'class' || !init || init.passed?.to || keywords === undefined) return null;
  const below = textOf(tables, base);
  const kept = keptAs(below, keywords);
  const isAsGiven = (name: string): boolean => !to.named.includes(name) || to.same.some(([at, from]) => at === name && from === name);
  if (!kept || (kept.type !== null && !isAsGiven(kept.type)) || new RegExp(String.raw`\b${kept.attribute}\b`).test(body)) return null;
  // A method of this class in place of the one that uses them.
  const use = below.lastIndexOf(`self.${kept.attribute}`);
  const method = [...below.slice(0, use).matchAll(/\bdef\s+(\w+)\s*\(/g)].at(-1)?.[1];
  if (method === undefined || new RegExp(String.raw`\bdef\s+${method}\s*\(`).test(body)) return null;
  return within(tables, entry, base, below, keywords);
}

/** `kwargs = {'extensions': …, **kwargs}`, `kwargs['with_label'] = False`: the base is given these too, and takes nothing that it would not. */
function withMore(tables: Tables, definition: Class, base: Class, body: string, to: BaseCall): HandedOn | null {
  const keywords = definition.outline.init?.parameters.find(({ kind }) => kind === 'kwargs')?.name ?? '';
  const own = initOf(body);
  const count = (pattern: string): number => own?.match(new RegExp(pattern, 'gm'))?.length ?? 0;
  const joined = String.raw`^[ \t]*${keywords}\s*=\s*(?:\{[^{}]*\*\*${keywords}\s*,?\s*\}|dict\([^()]*\*\*${keywords}\s*,?\s*\))`;
  const set = String.raw`^[ \t]*${keywords}\[[^\]\n]*\]\s*=(?!=)`;
  // In the head, and in the call.
  if (count(String.raw`(?<![\w.])${keywords}\b`) !== 2 + 2 * count(joined) + count(set)) return null;
  const taken = signatureOf(tables.modules, tables.snapshot, base);
  if (taken.open) return null;
  return {
    kind: 'call',
    called: `${refuserOf(tables, base)}.__init__`,
    parameters: taken.parameters.filter(({ name }) => !to.named.includes(name)),
  };
}

/** The class that takes no more than it names. */
function refuserOf(tables: Tables, { module, outline }: Class, depth = 0): string {
  const [base] = outline.bases;
  const isHandedOn = !outline.init || outline.init.parameters.some(({ kind }) => kind === 'kwargs');
  const next = isHandedOn && base !== undefined && depth < DEEPEST ? tables.modules.resolve(module, base) : null;
  return next?.kind === 'class' ? refuserOf(tables, next, depth + 1) : outline.name;
}
const DEEPEST = 12;

function within(tables: Tables, entry: Entry, definition: Class, body: string, keywords: string): HandedOn | null {
  const kept = keptAs(body, keywords);
  if (!kept) return null;
  // Two stars, or the only argument that is not named, of one call: all other uses of the attribute are reasons to be silent.
  const uses = [...body.matchAll(new RegExp(String.raw`(?<![\w.])self\.${kept.attribute}\b`, 'g'))].map(use => use.index);
  const other = uses.filter(at => at !== kept.at);
  const [use] = other;
  if (use === undefined || other.length !== 1) return null;
  const call = callAround(body, use);
  if (!call) return null;
  return kept.type === null ? intoCall(tables, entry, definition, call, kept.attribute) : intoBuild(tables, definition, call, kept);
}

interface Kept {
  readonly attribute: string;
  /** Of the assignment. */
  readonly at: number;
  /** The parameter that names what is built of it; null: it is handed on as it is. */
  readonly type: string | null;
}

/** The constructor's one use of its keywords. */
function keptAs(body: string, keywords: string): Kept | null {
  const init = /\bdef\s+__init__\s*\(/.exec(body);
  const own = initOf(body);
  if (!init || own === null) return null;
  const used = own.match(new RegExp(String.raw`(?<![\w.])${keywords}\b`, 'g'))?.length ?? 0;
  // In the head, and once below it.
  if (used !== 2) return null;
  const whole = new RegExp(
    String.raw`(?<![\w.])self\.(\w+)\s*=\s*(?:${keywords}\s*\n|dict\(\s*type\s*=\s*(\w+)\s*,\s*\*\*${keywords}\s*,?\s*\))`,
  ).exec(own);
  if (!whole) return null;
  return { attribute: whole[1] ?? '', at: init.index + whole.index, type: whole[2] ?? null };
}

/** The constructor's text. */
function initOf(body: string): string | null {
  const init = /\bdef\s+__init__\s*\(/.exec(body);
  if (!init) return null;
  const next = body.slice(init.index + 1).search(/\n[ \t]*(?:async\s+)?def\s/);
  return body.slice(init.index, next < 0 ? body.length : init.index + 1 + next);
}

interface Call {
  readonly callee: string;
  readonly args: ReturnType<typeof callArguments>;
}

/** The call whose argument stands at a place: the bracket that is open there, with a name before it. */
function callAround(body: string, at: number): Call | null {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    const c = body[i];
    if (c === ')' || c === ']' || c === '}') depth++;
    else if (c === '[' || c === '{') {
      if (depth-- === 0) return null;
    } else if (c === '(' && depth-- === 0) {
      const callee = /([A-Za-z_][\w.]*)\s*$/.exec(body.slice(Math.max(0, i - 120), i))?.[1];
      return callee === undefined ? null : { callee, args: callArguments(body, i) };
    }
  }
  return null;
}

/** A hook's `runner` is mmengine's: what another adds to it takes at least this. */
const RUNNER = ['mmengine.runner', 'Runner'] as const;

function intoCall(
  { modules, snapshot, packages }: Tables,
  entry: Entry,
  definition: Class,
  { callee, args }: Call,
  attribute: string,
): HandedOn | null {
  if (!args.some(({ name, value }) => name === '**' && value === `self.${attribute}`) || args.some(({ name }) => name === '*')) return null;
  const method = /^runner\.(\w+)$/.exec(callee)?.[1];
  const owner = entry.registry === 'hook' && method !== undefined ? modules.resolve(...RUNNER) : null;
  const text = owner?.kind === 'class' ? packages.host.read(owner.file) : null;
  const target = owner?.kind === 'class' && text !== null && method !== undefined ? methodOf(text, owner.outline.line, method) : null;
  const taken =
    target ??
    (/^\w+$/.test(callee)
      ? ((found: Definition | null) => (found?.kind === 'function' ? signatureOf(modules, snapshot, found) : null))(
          modules.resolve(definition.module, callee),
        )
      : null);
  if (!taken || taken.open) return null;
  const positional = args.filter(({ name }) => name === null).length;
  const named = new Set(args.flatMap(({ name }) => name ?? []));
  const parameters = taken.parameters.filter(({ name }, i) => i >= positional && !named.has(name));
  return { kind: 'call', called: callee.slice(callee.lastIndexOf('.') + 1), parameters };
}

/** What a method of a class takes. */
function methodOf(text: string, line: number, name: string): { readonly parameters: readonly Parameter[]; readonly open: boolean } | null {
  const body = bodyAt(text, line);
  const head = new RegExp(String.raw`\n[ \t]+(?:async\s+)?def\s+${name}\s*\(`).exec(body);
  if (!head) return null;
  const args = callArguments(body, head.index + head[0].length - 1);
  // Of a signature the parts are read as of a call: `a: int = 3` is `a: int` and its value.
  const parameters = args
    .filter(arg => arg.name !== '*' && arg.name !== '**' && !arg.value.startsWith('*') && arg.value !== 'self')
    .flatMap((arg): Parameter[] => {
      const plain = /^(\w+)/.exec(arg.name ?? arg.value)?.[1];
      return plain === undefined
        ? []
        : [{ name: plain, required: arg.name === null, default: arg.name === null ? null : arg.value, annotation: null }];
    });
  return { parameters, open: args.some(arg => arg.name === '**' || arg.value.startsWith('**')) };
}

function intoBuild({ modules, snapshot }: Tables, definition: Class, { callee, args }: Call, { attribute, type }: Kept): HandedOn | null {
  const variable = /^([A-Z][A-Z0-9_]*)\.build$/.exec(callee)?.[1];
  const root = variable === undefined ? null : (registryAt(modules, snapshot, definition.module, variable)?.root ?? null);
  if (root === null || type === null || args[0]?.name !== null || args[0].value !== `self.${attribute}`) return null;
  if (args.slice(1).some(({ name, value }) => name !== 'default_args' || !/^dict\([^()]*\)$/.test(value))) return null;
  return { kind: 'build', parameter: type, registry: root };
}
