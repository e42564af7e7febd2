/** Interpreters come and go while trees, types and the process stay: none of those may hold on to one. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, it } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import type { ModuleFinder } from '../../../server/python/import/finder.ts';
import { folderFinder } from '../../../server/python/import/folder-finder.ts';
import { ParsedSources } from '../../../server/python/import/parsed-sources.ts';
import { Interpreter } from '../../../server/python/interpreter.ts';
import { plain } from '../../../server/python/origin.ts';
import { openParser, type Parse } from '../../../server/syntax/parse.ts';

let parse: Parse;
let collect: () => void;
beforeAll(async () => {
  parse = await openParser(assets.parserWasm, assets.grammarWasm);
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc');
});

const FILLING = '# a text that is kept\n'.repeat(30);
const MODULES = {
  'waits.py': `${FILLING}
import types

def steps():
    try:
        yield 1
        yield 2
    finally:
        pass

waiting = steps()
first = next(waiting)
`,
};

/** What its module gave, and the interpreter, held on to by nobody. */
function ranOnce(sources: ParsedSources): { readonly first: unknown; readonly interpreter: WeakRef<Interpreter> } {
  const host = new NodeHost();
  for (const [name, text] of Object.entries(MODULES)) host.overlay(`/modules/${name}`, text);
  const inside = folderFinder(host, '/modules');
  // As those of models do, the finder knows whom it finds for.
  const finder: ModuleFinder = {
    find(name) {
      const found = inside.find(name);
      if (found?.kind !== 'source') return found;
      const { file, package: isPackage, again } = found;
      return {
        kind: 'source',
        file,
        package: isPackage,
        version: '1',
        get source() {
          return interpreter.modules.has('nothing') ? '' : found.source;
        },
        ...(again && { again }),
      };
    },
  };
  const interpreter: Interpreter = new Interpreter({ parse, sources, finders: [finder], lazy: () => true });
  const first = interpreter.attempt(() => plain(interpreter.importer.from('waits', 'first')));
  return { first: first.kind === 'done' ? first.value : first, interpreter: new WeakRef(interpreter) };
}

it('is let go of, with what it ran, though trees are kept', async () => {
  const sources = new ParsedSources(parse);
  const runs = [ranOnce(sources), ranOnce(sources), ranOnce(sources)];
  expect(runs.map(({ first }) => first)).toEqual([1, 1, 1]);
  // What a weak reference was asked for is alive until the turn ends.
  await new Promise(setImmediate);
  collect();
  await new Promise(setImmediate);
  collect();
  expect(runs.map(({ interpreter }) => interpreter.deref() === undefined)).toEqual([true, true, true]);
});
