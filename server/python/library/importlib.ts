/** `importlib` and `importlib.metadata`: modules by name; versions of packages, as the environment tells them. */
import { exceptionType, raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import type { Interpreter } from '../interpreter.ts';
import { native } from '../native.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, OBJECT, Type } from '../type.ts';
import { Instance, type Value } from '../value.ts';
import { SimpleSpec, specOf } from './spec.ts';

const text = (v: Value): string => String(plain(v));
const NOT_FOUND = new Type({
  name: 'PackageNotFoundError',
  module: 'importlib.metadata',
  bases: [exceptionType('ModuleNotFoundError')],
  abilities: exceptionType('ModuleNotFoundError').abilities,
  meta: OBJECT.type,
});

export const importlibModule = (interpreter: Interpreter): NativeModule => {
  const { importer } = interpreter;
  const absolute = (name: string, within: Value): string => {
    if (!name.startsWith('.')) return name;
    if (within === null) throw raise('TypeError', `the 'package' argument is required to perform a relative import for '${name}'`);
    const dots = /^\.*/.exec(name)?.[0].length ?? 0,
      base = text(within).split('.');
    return [...base.slice(0, base.length - (dots - 1)), name.slice(dots)].join('.');
  };
  const util = (): Value => importer.load('importlib.util');
  return nativeModule(
    'importlib',
    {
      import_module: native('import_module(name, package=None)', (name = '', within = null) => importer.load(absolute(text(name), within))),
      reload: native('reload(module, /)', () => unknown('importlib.reload')),
      invalidate_caches: native('invalidate_caches()', () => null),
    },
    { lazy: { util, metadata: () => importer.load('importlib.metadata') } },
  );
};

export const utilModule = (interpreter: Interpreter): NativeModule =>
  nativeModule('importlib.util', {
    find_spec: native('find_spec(name, package=None)', (name = '') => specOf(interpreter, text(name))),
    ModuleSpec: SimpleSpec,
  });

export const metadataModule = (interpreter: Interpreter): NativeModule =>
  nativeModule('importlib.metadata', {
    PackageNotFoundError: NOT_FOUND,
    version: native('version(distribution_name)', (name = '') => versionOf(interpreter, text(name))),
    distribution: native('distribution(distribution_name)', (name = '') => {
      const made = new Instance(DISTRIBUTION);
      made.attributes.set('version', versionOf(interpreter, text(name)));
      made.attributes.set('name', text(name));
      return made;
    }),
  });

const DISTRIBUTION = nativeType('Distribution', {}, { module: 'importlib.metadata' });

function versionOf(interpreter: Interpreter, name: string): string {
  const told = interpreter.options.version?.(name);
  if (told === undefined) return unknown(`the version of ${name}`);
  if (told !== null) return told;
  const raised = raise('ModuleNotFoundError', name);
  raised.exception.type = NOT_FOUND;
  throw raised;
}
