/** `builtins`; and `_necktie`, what the modules in Python need of the interpreter. */
import { call } from '../call.ts';
import { Exception } from '../exception.ts';
import { Frame, RETURN } from '../frame.ts';
import { type Code, PyFunction } from '../function.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import type { Interpreter } from '../interpreter.ts';
import { Module } from '../module.ts';
import { Native, native } from '../native.ts';
import { toArray, truth } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { traceback } from '../traceback.ts';
import { Type } from '../type.ts';
import { Dict } from '../types/dict.ts';
import { FROZENSET, PySet } from '../types/set.ts';
import { Tuple } from '../types/tuple.ts';
import type { Value } from '../value.ts';
import { namesOf } from './module-names.ts';

export const builtinsModule = (interpreter: Interpreter): NativeModule =>
  nativeModule('builtins', Object.fromEntries([...interpreter.builtins, ['None', null], ['True', true], ['False', false]]));

const text = (v: Value): string => String(plain(v));
const texts = (v: Value): string[] => toArray(v).map(text);

/** A function with parameters told at run time, bound as one written in Python: its body is called with the values of all parameters as one tuple. */
function functionOf(
  interpreter: Interpreter,
  [
    name = '',
    module = '',
    plainNames = new Tuple([]),
    keywordOnly = new Tuple([]),
    defaults = new Tuple([]),
    keywordDefaults = new Dict(),
    body = null,
  ]: readonly Value[],
): Value {
  const qualname = text(name),
    span = { start: 0, end: 0, line: 1 };
  const home = new Module({ name: text(module), file: '<generated>', builtins: interpreter.builtins, importing: interpreter.importer });
  const plainList = texts(plainNames),
    keywordList = texts(keywordOnly),
    size = plainList.length + keywordList.length;
  const code: Code = {
    name: qualname.split('.').at(-1) ?? qualname,
    qualname,
    module: home,
    doc: null,
    generator: false,
    asynchronous: false,
    file: '<generated>',
    span,
    plain: plainList,
    positionalOnly: 0,
    keywordOnly: keywordList,
    args: false,
    kwargs: false,
    starNames: [null, null],
    body: () => ({
      size,
      start: null,
      free: () => null,
      names: () => [],
      step: f => {
        f.result = call(body, [new Tuple(f.locals.slice(0, size).map(v => v ?? null))]);
        return RETURN;
      },
    }),
  };
  const byName = new Map<string, Value>();
  if (keywordDefaults instanceof Dict) for (const [k, e] of keywordDefaults.entries) byName.set(String(k), e.value);
  return new PyFunction(code, toArray(defaults), byName, new Frame({ file: code.file, name: code.name, span }, 0, null));
}

export const necktieModule = (interpreter: Interpreter): NativeModule =>
  nativeModule('_necktie', {
    unknown: native('unknown(what, /)', (what = '') => unknown(text(what))),
    has_methods: new Native(
      'has_methods',
      'has_methods',
      ([type = null, ...names]) =>
        type instanceof Type &&
        names.every(n => (text(n) === '__hash__' ? type.abilities.hash !== undefined : (type.find(text(n)) ?? null) !== null)),
    ),
    function: new Native('function', 'function', args => functionOf(interpreter, args)),
    /** None where there is none, and unknown where that is not known. */
    version: native(
      'version(distribution, /)',
      (name = '') =>
        interpreter.options.version?.(text(name)) ??
        (interpreter.options.version?.(text(name)) === null ? null : unknown(`the version of ${text(name)}`)),
    ),
    folder: native('folder()', () => interpreter.options.folder ?? unknown('the current folder')),
    write: native('write(text, /)', (t = '') => {
      interpreter.options.write?.(text(t));
      return null;
    }),
    environment: native('environment()', () => {
      const out = new Dict();
      for (const [k, v] of interpreter.options.environment ?? []) out.set(k, v);
      return out;
    }),
    truth: native('truth(value, /)', (v = null) => truth(v)),
    traceback: native('traceback(exception, /)', (e = null) => (e instanceof Exception ? traceback(e) : unknown('a traceback of this'))),
    /** Public ones of a module of CPython's. */
    names: native('names(module, /)', (module = '') => new PySet([...(namesOf(text(module))?.all ?? [])], FROZENSET)),
  });
