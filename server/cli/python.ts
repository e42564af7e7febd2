/** `necktie python`: runs a file in the small Python, for its own tests. It imports our stand-ins, what lies beside the file, and the environment's sources. */
import { dirname, resolve } from 'node:path';
import { Graph } from '../../runtime/network/graph.ts';
import { CONFIG_DICT } from '../config/config-dict.ts';
import { modelFinders } from '../model/finders.ts';
import { type NecktieState, necktieModule } from '../model/necktie-module.ts';
import { TimmIndex } from '../model/timm-index.ts';
import { assets } from '../project/assets.ts';
import { diskStore } from '../project/disk-store.ts';
import { NodeHost } from '../project/node-host.ts';
import { realPath } from '../project/real-path.ts';
import { type Exception, exceptionType } from '../python/exception.ts';
import type { ModuleFinder } from '../python/import/finder.ts';
import { addedFolder, folderFinder } from '../python/import/folder-finder.ts';
import { Interpreter } from '../python/interpreter.ts';
import { STANDARD_MODULES } from '../python/library/standard-modules.ts';
import { str } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { traceback } from '../python/run.ts';
import { type Reason, Stop } from '../python/stop.ts';
import { environmentOf } from '../registry/environment.ts';
import { createRegistry } from '../registry/registry.ts';
import { loadSnapshot } from '../registry/snapshot.ts';
import { standardLibraryOf } from '../registry/standard-library.ts';
import { syntaxErrorClass } from '../syntax/complaint.ts';
import { openParser } from '../syntax/parse.ts';
import { torchFinder } from '../torch/modules/index.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, type Io, Misuse } from './command.ts';
import { PLACE_USAGE, type Place, placeOf, withPlace } from './place.ts';

/** Where something is not known to the end. */
const UNKNOWN = 3;

export const pythonCommand: Command = {
  name: 'python',
  usage: `necktie python FILE
  FILE                   a Python program; what it prints is printed
                         exits with 1 and a traceback on an exception; where something is unknown, with 3 and
                         a last line "unknown: …" on stderr, which a program's own sys.exit(3) has not
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(args, withPlace({}));
    const [name, ...more] = given.rest;
    if (name === undefined || more.length) throw new Misuse('one file, please');
    const file = resolve(io.cwd, name);
    const host = new NodeHost();
    const source = host.read(file);
    if (source === null) throw new Misuse(`there is no file ${name}`);
    const interpreter = await interpreterOf(host, placeOf(given, io), file, name, io);
    const left = (e: Exception): number | null => {
      if (!e.type.isA(exceptionType('SystemExit'))) return null;
      const code = plain(e.args[0] ?? null);
      if (code === null || typeof code === 'number' || typeof code === 'boolean') return Number(code ?? 0) & 255;
      io.err(`${str(code)}\n`);
      return EXIT.errors;
    };
    const ended = interpreter.run(source, { file: name });
    switch (ended.kind) {
      case 'done':
        return EXIT.fine;
      case 'raised':
        try {
          return left(ended.exception) ?? (io.err(traceback(ended.exception)), EXIT.errors);
        } catch (e) {
          if (!(e instanceof Stop)) throw e;
          io.err(`${told(e.reason)}\n`);
          return UNKNOWN;
        }
      case 'syntax':
        io.err(`  File "${name}", line ${ended.span.line}\n${syntaxErrorClass(ended.message)}: ${ended.message}\n`);
        return EXIT.errors;
      case 'stopped':
        io.err(`${told(ended.reason)}\n`);
        return ended.reason.kind === 'cancelled' ? EXIT.interrupted : UNKNOWN;
    }
  },
};
/** Packages that are taken for installed are there for the sake of models' sources. */
const withoutGuesses = (finder: ModuleFinder): ModuleFinder => ({
  find(name) {
    const found = finder.find(name);
    return found?.kind === 'opaque' && !name.includes('.') && !STANDARD_MODULES.has(name) ? null : found;
  },
});
const told = (reason: Reason): string =>
  reason.kind === 'unknown'
    ? `unknown: ${reason.what}`
    : reason.kind === 'limit'
      ? `unknown: stopped, too much ${reason.what}`
      : 'cancelled';

async function interpreterOf(host: NodeHost, place: Place, file: string, name: string, io: Io): Promise<Interpreter> {
  const folder = dirname(file),
    settings = { ...place, workspace: [place.root] },
    environment = environmentOf(host, settings, io.env);
  const registry = createRegistry(host, environment, loadSnapshot(assets.facts), diskStore(io.env, 'registry'));
  const state: NecktieState = {
    watch: null,
    building: [],
    registry,
    viewer: null,
    importer: null,
    configDict: CONFIG_DICT,
    timm: new TimmIndex(host, environment.roots),
    otherConfig: () => null,
  };
  const beside = folderFinder(host, folder),
    library = place.environment ? standardLibraryOf(host, settings, io.env) : null;
  const { finders, complete } = modelFinders({
    host,
    environment,
    stubs: assets.stubs,
    natives: [torchFinder(new Graph(), { raiseNoted: true })],
    necktie: necktieModule(state),
    standard: name => STANDARD_MODULES.has(name) || name.startsWith('_'),
  });
  const isBeside = (name: string): boolean => beside.find(name.split('.')[0] ?? '') !== null;
  const interpreter = new Interpreter({
    parse: await openParser(assets.parserWasm, assets.grammarWasm),
    finders: [beside, ...finders.map(finder => (library === null ? finder : withoutGuesses(finder)))],
    ...(library !== null && { standard: folderFinder(host, library) }),
    // Where a Python is at hand, what is neither in its packages nor something that we stand in for is not there.
    complete: name => isBeside(name) || complete(name) || library !== null,
    lazy: name => !isBeside(name) && !STANDARD_MODULES.has(name.split('.')[0] ?? ''),
    write: text => io.out(text),
    writeError: text => io.err(text),
    limits: { cancel: io.cancel },
    environment: new Map(Object.entries(io.env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
    folder: io.cwd,
    open: addedFolder(host, io.cwd),
    real: path => realPath(host, path),
    argv: [name],
  });
  state.importer = interpreter.importer;
  return interpreter;
}
