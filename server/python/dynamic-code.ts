/** `eval`, `exec` and `compile`: text as code, in the names that it is given. */
import { badIndentation, complaint, syntaxErrorClass } from '../syntax/complaint.ts';
import type { Block, Span, Statement } from '../syntax/nodes.ts';
import type { Parse } from '../syntax/parse.ts';
import type { Refusal } from '../syntax/refusal.ts';
import { refused } from '../syntax/refused.ts';
import { globalsOf, moduleShown } from './attribute.ts';
import { expression } from './compile/expression.ts';
import { block } from './compile/statement.ts';
import { type Raised, raise } from './exception.ts';
import { Frame, runBody, running } from './frame.ts';
import { Module, type ModuleOptions } from './module.ts';
import { Native } from './native.ts';
import { typeName } from './operate.ts';
import { plain } from './origin.ts';
import { Scope } from './scope.ts';
import { unknown } from './stop.ts';
import { nativeType, type Type } from './type.ts';
import { Bytes } from './types/bytes.ts';
import { Dict } from './types/dict.ts';
import { Tuple } from './types/tuple.ts';
import { UnknownValue } from './types/unknown.ts';
import { type Named, Obj, type Value } from './value.ts';

/** What `compile` gives. */
class CompiledCode extends Obj {
  readonly body: Block;
  readonly mode: 'exec' | 'eval';
  readonly file: string;
  constructor(body: Block, mode: 'exec' | 'eval', file: string) {
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
    if (own !== null && (!(own instanceof Dict) || own.type.custom)) return unknown(`${name}() with locals that are no dict`);
    const { body, mode } = source instanceof CompiledCode ? source : this.#read(source, name, '<string>');
    return evaluate(body, mode, module, own === null || own === globals || moduleShown.get(own) === module ? null : own);
  }

  #compile(args: readonly Value[], named: Named | null): Value {
    const [source = null, file = named?.get('filename') ?? '', mode = named?.get('mode') ?? ''] = args;
    if (args.length > 3 || args.length + (named?.size ?? 0) < 3) return unknown('compile() with these arguments');
    const kind = plain(mode);
    if (kind === 'single') return unknown('compile() of a single statement');
    if (kind !== 'exec' && kind !== 'eval') throw raise('ValueError', "compile() mode must be 'exec', 'eval' or 'single'");
    const { body } = this.#read(source, kind, String(plain(file)));
    return new CompiledCode(body, kind, String(plain(file)));
  }

  #read(source: Value, mode: 'exec' | 'eval', file: string): CompiledCode {
    const p = plain(source),
      written = typeof p === 'string' ? p : p instanceof Bytes ? new TextDecoder().decode(p.bytes) : null;
    if (written === null) throw raise('TypeError', `${mode}() arg 1 must be a string, bytes or code object`);
    if (written.includes('\0')) throw raise('ValueError', 'source code string cannot contain null bytes');
    const text = mode === 'eval' ? written.replace(/^[ \t\f]+/, '') : written,
      parsed = this.#given().parse(text);
    // CPython has a sentence for each way to go wrong; where the grammar alone stopped, we have none of them.
    const vague = (span: Span): Refusal => ({ message: '', span });
    if (parsed.kind === 'error')
      throw syntaxError(complaint(text, parsed.span) ?? (parsed.message === 'invalid syntax' ? vague(parsed.span) : parsed), file);
    const wrong = badIndentation(text) ?? refused(parsed.body, text);
    if (wrong) throw syntaxError(wrong, file);
    const [only] = parsed.body;
    if (mode === 'eval' && (parsed.body.length !== 1 || only?.kind !== 'expression'))
      throw syntaxError({ message: parsed.body.length ? '' : 'invalid syntax', span: only?.span ?? { start: 0, end: 0, line: 0 } }, file);
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

function evaluate(body: Block, mode: 'exec' | 'eval', module: Module, locals: Dict | null): Value {
  const scope = new Scope(locals ? 'class' : 'module', module, null, '');
  scope.declare(body);
  if (locals) scope.globally(declaredGlobal(body));
  const [only] = body,
    value = mode === 'eval' && only?.kind === 'expression' ? expression(only.value, scope) : null,
    step = value ? null : block(body as readonly Statement[], scope);
  const frame = new Frame({ file: '<string>', name: '<module>', span: { start: 0, end: 0, line: 1 }, module }, scope.size, null);
  if (locals) frame.members = new Members(locals);
  let result: Value = null;
  runBody(frame, () => {
    if (value) result = value(frame);
    else step?.(frame);
  });
  return result;
}

/** A dict of the program's as the names of a body. */
class Members extends Map<string, Value> {
  // Not by a field: Map's constructor runs before fields are there.
  readonly dict: Dict;
  constructor(dict: Dict) {
    super();
    this.dict = dict;
  }
  override get(name: string): Value | undefined {
    return this.dict.get(name);
  }
  override has(name: string): boolean {
    return this.dict.entries.has(name);
  }
  override set(name: string, value: Value): this {
    this.dict.set(name, value);
    return this;
  }
  override delete(name: string): boolean {
    return this.dict.entries.delete(name);
  }
}
