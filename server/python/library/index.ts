/** The standard library: modules of ours in TypeScript, modules of ours in Python beside this file, and the rest, which can be imported and no more. */
import { existsSync, readFileSync } from 'node:fs';
import { assets } from '../../project/assets.ts';
import type { FoundModule, ModuleFinder } from '../import/finder.ts';
import { nativeFinder } from '../import/folder-finder.ts';
import type { NativeModule } from '../import/native-module.ts';
import type { Interpreter } from '../interpreter.ts';
import { abcModule } from './abc.ts';
import { builtinsModule, necktieModule } from './builtins.ts';
import { collectionsModule } from './collections.ts';
import { copyModule } from './copy.ts';
import { functoolsModule } from './functools.ts';
import { importlibModule, metadataModule, utilModule } from './importlib.ts';
import { itertoolsModule } from './itertools.ts';
import { mathModule } from './math.ts';
import { operatorModule } from './operator.ts';
import { osModule } from './os.ts';
import { reModule } from './re.ts';
import { STANDARD_MODULES } from './standard-modules.ts';
import { sysModule } from './sys.ts';
import { typesModule } from './types.ts';
import { typingModule } from './typing.ts';

/** Names with a `_` before them are for the modules in Python. */
const NATIVE: Readonly<Record<string, (interpreter: Interpreter) => NativeModule>> = {
  abc: abcModule,
  builtins: builtinsModule,
  copy: copyModule,
  math: mathModule,
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
    find: name =>
      natives.find(name) ?? inPython(name) ?? (STANDARD_MODULES.has(name.split('.')[0] ?? '') ? { kind: 'opaque', reason: name } : null),
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
        has: () => 'unsure',
        ours: true,
      };
  }
  return null;
}
