/** The standard library: modules of ours in TypeScript, modules of ours in Python beside this file, and the rest, which can be imported and no more. */
import { existsSync, readFileSync } from 'node:fs';
import { assets } from '../../project/assets.ts';
import type { FoundModule, ModuleFinder } from '../import/finder.ts';
import { nativeFinder } from '../import/folder-finder.ts';
import type { NativeModule } from '../import/native-module.ts';
import type { Interpreter } from '../interpreter.ts';
import { abcModule } from './abc.ts';
import { arrayModule } from './array.ts';
import { builtinsModule, necktieModule } from './builtins.ts';
import { clockModule } from './clock.ts';
import { collectionsModule } from './collections.ts';
import { contextModule } from './contextvars.ts';
import { copyModule } from './copy.ts';
import { errnoModule } from './errno.ts';
import { functoolsModule } from './functools.ts';
import { hashModules } from './hashes.ts';
import { importlibModule, metadataModule, utilModule } from './importlib.ts';
import { itertoolsModule } from './itertools.ts';
import { mathModule } from './math.ts';
import { namesOf } from './module-names.ts';
import { operatorModule } from './operator.ts';
import { osModule } from './os.ts';
import { randomModule } from './random-numbers.ts';
import { reModule } from './re.ts';
import { ACCELERATORS, OTHER_WORDS, PREFERRED, READABLE } from './readable-modules.ts';
import { rephrasedIn } from './rephrased.ts';
import { STANDARD_MODULES } from './standard-modules.ts';
import { structModule } from './struct.ts';
import { sysModule } from './sys.ts';
import { typesModule } from './types.ts';
import { typingModule } from './typing.ts';

/** Names with a `_` before them are for the modules in Python. */
const NATIVE: Readonly<Record<string, (interpreter: Interpreter) => NativeModule>> = {
  abc: abcModule,
  array: arrayModule,
  builtins: builtinsModule,
  copy: copyModule,
  math: mathModule,
  struct: structModule,
  _struct: structModule,
  errno: errnoModule,
  _clock: clockModule,
  contextvars: contextModule,
  _contextvars: contextModule,
  _random: randomModule,
  ...hashModules,
  sys: sysModule,
  itertools: itertoolsModule,
  re: reModule,
  types: typesModule,
  'importlib.metadata': metadataModule,
  importlib: importlibModule,
  'importlib.util': utilModule,
  _necktie: necktieModule,
  _collections: collectionsModule,
  _functools: functoolsModule,
  operator: operatorModule,
  _os: osModule,
  _typing: typingModule,
};

export function libraryFinder(interpreter: Interpreter): ModuleFinder {
  const natives = nativeFinder(
    Object.fromEntries(
      Object.entries(NATIVE).map(([name, make]) => [name, (): FoundModule => ({ kind: 'native', module: make(interpreter) })]),
    ),
  );
  return {
    find(name) {
      const { standard } = interpreter.options;
      return (
        (PREFERRED.has(name) ? theirs(name, standard) : null) ??
        natives.find(name) ??
        inPython(name) ??
        theirs(name, standard) ??
        opaque(name, interpreter)
      );
    },
  };
}
function opaque(name: string, { options }: Interpreter): FoundModule | null {
  if (options.standard && ACCELERATORS.has(name)) return null;
  // Of these packages we have all modules.
  const [top = '', ...inside] = name.split('.');
  if (inside.length && (top === 'collections' || top === 'os' || (options.standard && READABLE.has(top)))) return null;
  return STANDARD_MODULES.has(name.split('.')[0] ?? '') ? { kind: 'opaque', reason: name } : null;
}

/** What is otherwise where the selected Python runs them. */
const ADAPTED: Readonly<Record<string, (source: string) => string>> = {
  // Shown with its module, where it is in C.
  datetime: source => source.replace(/(class IsoCalendarDate[\s\S]*?f')\{self\.__class__\.__name__\}/, '$1datetime.IsoCalendarDate'),
  // The names of the local time zone matter for `%Z` alone, which UTC has too.
  _strptime: source => source.replace(/\btime\.tzname\b/g, "('UTC', 'UTC')").replace(/\btime\.daylight\b/g, '0'),
};
/** From the library of the selected Python. */
function theirs(name: string, standard: ModuleFinder | undefined): FoundModule | null {
  if (!standard || !(PREFERRED.has(name) || READABLE.has(name.split('.')[0] ?? ''))) return null;
  const found = standard.find(name);
  if (found?.kind !== 'source') return null;
  return {
    kind: 'source',
    file: found.file,
    package: found.package,
    get source() {
      return ADAPTED[name]?.(found.source) ?? found.source;
    },
    version: found.version ?? null,
    ours: OTHER_WORDS.has(name),
    rephrase: rephrasedIn(name),
  };
}

const kept = new Map<string, FoundModule | null>();
/** Part of the program itself, so it is read once and never changes. */
function inPython(name: string): FoundModule | null {
  let found = kept.get(name);
  if (found === undefined) kept.set(name, (found = look(name)));
  return found;
}
function look(name: string): FoundModule | null {
  if (!STANDARD_MODULES.has(name.split('.')[0] ?? '')) return null;
  const base = `${assets.library}/${name.replace(/\./g, '/')}`;
  for (const [file, isPackage] of [
    [`${base}.py`, false],
    [`${base}/__init__.py`, true],
  ] as const) {
    if (existsSync(file))
      return {
        kind: 'source',
        file,
        package: isPackage,
        get source() {
          return readFileSync(file, 'utf8');
        },
        version: 'ours',
        has: member => (member.startsWith('_') ? 'unsure' : (namesOf(name)?.all.has(member) ?? 'unsure')),
        ours: true,
      };
  }
  return null;
}
