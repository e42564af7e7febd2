/** `eval`, `exec` and `compile`: text as code, in the names that it is given. */
import { syntaxErrorClass } from '../syntax/complaint.ts';
import type { Block, Span, Statement } from '../syntax/nodes.ts';
import type { Parse } from '../syntax/parse.ts';
import type { Refusal } from '../syntax/refusal.ts';
import { thoroughVerdict } from '../syntax/verdict.ts';
import { globalsOf, moduleShown } from './attribute.ts';
import { call } from './call.ts';
import { expression } from './compile/expression.ts';
import { block } from './compile/statement.ts';
import { type Raised, raise } from './exception.ts';
import { Frame, NEXT, runBody, running, type Step } from './frame.ts';
import { Module, type ModuleOptions } from './module.ts';
import { NamesOfMapping } from './names-of-mapping.ts';
import { Native } from './native.ts';
import { abilities, repr, typeName } from './operate.ts';
import { plain } from './origin.ts';
import { Scope } from './scope.ts';
import { unknown } from './stop.ts';
import { nativeType, type Type } from './type.ts';
import { bytesOf } from './types/bytes.ts';
import { Dict } from './types/dict.ts';
import { Tuple } from './types/tuple.ts';
import { UnknownValue } from './types/unknown.ts';
import { type Named, Obj, type Value } from './value.ts';

/** `single`: one statement, as it is typed to Python itself, which shows what an expression gives. */
type Mode = 'exec' | 'eval' | 'single';
/** How no expression begins. */
const STATEMENT =
  /^(?:(?:assert|async|break|class|continue|def|del|except|finally|for|from|global|if|import|nonlocal|pass|raise|return|try|while|with|elif|else)\b|@|[^=!<>()[\]{}'":]*=(?!=)[^()[\]{}]*$)/;

/** What `compile` gives. */
class CompiledCode extends Obj {
  readonly body: Block;
  readonly mode: Mode;
  readonly file: string;
  constructor(body: Block, mode: Mode, file: string) {
    super(COMPILED);
    this.body = body;
    this.mode = mode;
    this.file = file;
  }
}
const COMPILED: Type = nativeType<CompiledCode>('code', {
  repr: self => `<code object <module> at 0x7f0000000000, file "${self.file}", line 1>`,
  hash: self => self,
});

/** The names around a call: a module's, and of a function or a class body its own. */
export interface Surroundings {
  readonly module: Module;
  readonly locals: Dict | null;
}

interface Given {
  readonly parse: Parse;
  readonly builtins: Pick<ModuleOptions, 'builtins' | 'importing'>;
}

export class DynamicCode {
  readonly #given: () => Given;
  constructor(given: () => Given) {
    this.#given = given;
  }

  /** Builtins for whoever calls them by another way than their names: they see no locals but a module's. */
  get natives(): readonly Native[] {
    const around = (name: string): Surroundings => {
      const { frame } = running,
        module = frame?.code.module;
      return module && frame.code.name === '<module>' ? { module, locals: null } : unknown(`${name}() in this place`);
    };
    const made = (['eval', 'exec'] as const).map(
      name => new Native(name, name, (args, named) => this.run(name, args, named, () => around(name))),
    );
    return [...made, new Native('compile', 'compile', (args, named) => this.#compile(args, named))];
  }

  run(name: 'eval' | 'exec', args: readonly Value[], named: Named | null, around: () => Surroundings): Value {
    const [source, globals = named?.get('globals') ?? null, locals = named?.get('locals') ?? null] = args;
    if (source === undefined) throw raise('TypeError', `${name} expected at least 1 argument, got 0`);
    if (args.length > 3) throw raise('TypeError', `${name} expected at most 3 arguments, got ${args.length}`);
    const here = globals === null ? around() : null;
    if (globals !== null && !(globals instanceof Dict))
      throw raise('TypeError', name === 'eval' ? 'globals must be a dict' : `exec() globals must be a dict, not ${typeName(globals)}`);
    const module = globals instanceof Dict ? this.#moduleOf(globals) : here?.module;
    if (!module) return unknown(`${name}() in this place`);
    const own = locals !== null ? locals : (here?.locals ?? null);
    if (own !== null && !abilities(own).item)
      throw raise('TypeError', name === 'eval' ? 'locals must be a mapping' : `locals must be a mapping or None, not ${typeName(own)}`);
    const { body, mode } = source instanceof CompiledCode ? source : this.#read(source, name, '<string>');
    return evaluate(
      body,
      mode,
      module,
      own === null || own === globals || (own instanceof Dict && moduleShown.get(own) === module) ? null : own,
    );
  }

  #compile(args: readonly Value[], named: Named | null): Value {
    const [source = null, file = named?.get('filename') ?? '', mode = named?.get('mode') ?? ''] = args;
    if (args.length > 3 || args.length + (named?.size ?? 0) < 3) return unknown('compile() with these arguments');
    const kind = plain(mode);
    if (kind !== 'exec' && kind !== 'eval' && kind !== 'single')
      throw raise('ValueError', "compile() mode must be 'exec', 'eval' or 'single'");
    const { body } = this.#read(source, kind, String(plain(file)));
    return new CompiledCode(body, kind, String(plain(file)));
  }

  #read(source: Value, mode: Mode, file: string): CompiledCode {
    const p = plain(source),
      given = bytesOf(p),
      written = typeof p === 'string' ? p : given ? new TextDecoder().decode(given) : null;
    if (written === null) throw raise('TypeError', `${mode}() arg 1 must be a string, bytes or code object`);
    if (written.includes('\0')) throw raise('ValueError', 'source code string cannot contain null bytes');
    const lines = unixLines(written),
      text = mode === 'eval' ? lines.replace(/^[ \t\f]+/, '') : lines,
      parsed = this.#given().parse(text);
    // Where the grammar alone stopped, none of CPython's sentences is known.
    const vague = (span: Span): Refusal => ({ message: '', span });
    const [only] = parsed.kind === 'module' ? parsed.body : [];
    // Where an expression is wanted, the parser goes no further than one.
    const isNone =
      parsed.kind === 'module'
        ? parsed.body.length !== 1 || (only?.kind !== 'expression' && only?.kind !== 'unsupported')
        : STATEMENT.test(text);
    if (mode === 'eval' && isNone)
      throw syntaxError({ message: 'invalid syntax', span: only?.span ?? { start: 0, end: text.length, line: 1 } }, file);
    const wrong = thoroughVerdict(text, parsed);
    if (wrong) throw syntaxError(wrong, file);
    if (parsed.kind === 'error') throw syntaxError(parsed.message === 'invalid syntax' ? vague(parsed.span) : parsed, file);
    if (mode === 'single' && (!only || parsed.body.some(s => s.span.line !== only.span.line)))
      throw syntaxError(
        only
          ? { message: 'multiple statements found while compiling a single statement', span: only.span }
          : vague({ start: 0, end: 0, line: 0 }),
        file,
      );
    if (mode === 'single' && parsed.body.some(s => COMPOUND.has(s.kind))) return unknown('compile() of a single compound statement');
    return new CompiledCode(parsed.body, mode, file);
  }

  /** From now on the dict shows the names of a module, so that functions made in it see what becomes of them. */
  #moduleOf(dict: Dict): Module {
    const known = moduleShown.get(dict);
    if (known) return known;
    if (dict.type.custom) return unknown('globals that are no plain dict');
    const { builtins } = this.#given(),
      name = plain(dict.get('__name__') ?? 'builtins'),
      module = new Module({ name: String(name), file: null, ...builtins });
    module.cells.clear();
    for (const { key, value } of dict.entries.values()) {
      const text = plain(key);
      if (typeof text !== 'string') return unknown('globals with a key that is no text');
      module.put(text, value);
    }
    if (!dict.entries.has('__builtins__')) module.put('__builtins__', builtins.importing.load('builtins'));
    module.state = 'running';
    dict.entries = globalsOf(module).entries;
    moduleShown.set(dict, module);
    return module;
  }
}

/** A carriage return ends a line, as in every file that Python reads. */
export const unixLines = (text: string): string => (text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text);

function syntaxError({ message, span }: Refusal, file: string): Raised {
  const told: Value = message === '' ? new UnknownValue('what a SyntaxError says') : message,
    column = new UnknownValue('the column of a SyntaxError'),
    made = raise(syntaxErrorClass(message), told, new Tuple([file, span.line, column, column, span.line, column])),
    details: Record<string, Value> = {
      msg: told,
      filename: file,
      lineno: span.line,
      offset: column,
      text: column,
      end_lineno: column,
      end_offset: column,
    };
  made.exception.details = new Map(Object.entries(details));
  return made;
}

/** Names in the `global` statements of a text, however deep. */
function declaredGlobal(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'kind' in node && node.kind === 'global' && 'names' in node && Array.isArray(node.names) ? node.names.map(String) : [];
  return [...own, ...Object.values(node).flatMap(declaredGlobal)];
}

/** What has statements inside: those show what they give too. */
const COMPOUND: ReadonlySet<string> = new Set(['if', 'for', 'while', 'try', 'with', 'match', 'function', 'class']);
/** Statement by statement; what an expression gives is printed, unless it is None. */
function shown(body: Block, scope: Scope): Step {
  const steps = body.map(s => {
    if (s.kind !== 'expression') return block([s], scope);
    const value = expression(s.value, scope);
    return (f: Frame) => {
      const given = value(f);
      if (given !== null) call(scope.module.builtins.get('print') ?? unknown('print'), [repr(given)]);
      return NEXT;
    };
  });
  return f => {
    for (const step of steps) step(f);
    return NEXT;
  };
}

function evaluate(body: Block, mode: Mode, module: Module, locals: Value): Value {
  const scope = new Scope(locals === null ? 'module' : 'class', module, null, '');
  scope.declare(body);
  if (locals !== null) scope.globally(declaredGlobal(body));
  const [only] = body,
    value = mode === 'eval' && only?.kind === 'expression' ? expression(only.value, scope) : null,
    step = value ? null : mode === 'single' ? shown(body, scope) : block(body as readonly Statement[], scope);
  const frame = new Frame({ file: '<string>', name: '<module>', span: { start: 0, end: 0, line: 1 }, module }, scope.size, null);
  if (locals !== null) frame.members = new NamesOfMapping(locals);
  let result: Value = null;
  runBody(frame, () => {
    if (value) result = value(frame);
    else step?.(frame);
  });
  return result;
}
