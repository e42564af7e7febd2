/**
 * The small Python as others use it: give it finders, run programs, call functions. Nothing is thrown: what comes of a piece of work is one of three things, and
 * a fault of ours is `unknown`, never the program's error.
 */

import { mayBeNewer } from '../syntax/newer-syntax.ts';
import type { Block, Span } from '../syntax/nodes.ts';
import type { Parse } from '../syntax/parse.ts';
import { thoroughVerdict, verdict } from '../syntax/verdict.ts';
import { builtins } from './builtins/index.ts';
import { call } from './call.ts';
import { block } from './compile/statement.ts';
import { DynamicCode, unixLines } from './dynamic-code.ts';
import { type Exception, handling, Raised, raise } from './exception.ts';
import { finalizers } from './finalizers.ts';
import { Frame, runBody, running } from './frame.ts';
import { type Hashes, hashesInUse, useHashes } from './hash.ts';
import type { FoundSource, ModuleFinder } from './import/finder.ts';
import { Importer } from './import/importer.ts';
import { ParsedSources } from './import/parsed-sources.ts';
import { robbed } from './import/robbed.ts';
import { type Journal, recording, unrecorded } from './journal.ts';
import { libraryFinder } from './library/index.ts';
import { ACCELERATORS } from './library/readable-modules.ts';
import { replacedOutput } from './library/sys.ts';
import { LIMITS, type Limits, meter } from './meter.ts';
import { Module, type Watch } from './module.ts';
import { Scope } from './scope.ts';
import { type Reason, Stop, unknown } from './stop.ts';
import type { Named, Value } from './value.ts';

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'raised'; readonly exception: Exception }
  | { readonly kind: 'stopped'; readonly reason: Reason };

export interface InterpreterOptions {
  readonly parse: Parse;
  /** Asked in order, before the standard library. */
  readonly finders?: readonly ModuleFinder[];
  /** The selected Python's own library: read where we have no module of ours. Default: none, and what we lack is unknown. */
  readonly standard?: ModuleFinder;
  /** Where `print` goes. Default: nowhere. */
  readonly write?: (text: string) => void;
  /** Where `sys.stderr` goes. Default: nowhere. */
  readonly writeError?: (text: string) => void;
  readonly limits?: Partial<Limits>;
  /** Where several runs begin from the same imports: what they change of them. */
  readonly journal?: Journal;
  /** Whether a module that no finder knows is known not to exist: ModuleNotFoundError, else unknown. Default: never known. */
  readonly complete?: (name: string) => boolean;
  /** Modules whose imports wait for their use, and whose package's `__init__` runs only when needed: libraries. Default: none. */
  readonly lazy?: (name: string) => boolean;
  /** Files that someone may be writing: what Python refuses of them is looked for to the last function. Default: none. */
  readonly isWritten?: (file: string) => boolean;
  /**
   * Whether it is known that Python takes another file, of a text with that SHA-256 in base64url: then only those of its functions are read that are called. What is not is
   * looked through as well. Default: all are.
   */
  readonly isTaken?: (file: string, sha256: string) => boolean;
  /** Of the Python that will run it: 11 for 3.11. Absent: not known. */
  readonly pythonMinor?: number;
  /** Trees, shared by interpreters of one process. */
  readonly sources?: ParsedSources;
  /** `os.environ`. Default: empty. */
  readonly environment?: ReadonlyMap<string, string>;
  /** `os.getcwd()`. Absent: unknown when asked. */
  readonly folder?: string;
  /** Where a path, made absolute, leads once all links are followed. Absent: unknown when asked. */
  readonly real?: (path: string) => string;
  /** A folder that the program adds to `sys.path`. Null, and by default: it cannot be looked into, and what may lie there is unknown. */
  readonly open?: (folder: string) => ModuleFinder | null;
  /** Sees the code of modules that are imported. */
  readonly watchImported?: Watch;
  /** `sys.argv`. */
  readonly argv?: readonly string[];
  /** `importlib.metadata.version`: null where there is no such distribution; undefined where that is not known. */
  readonly version?: (distribution: string) => string | null | undefined;
  /** For tests: stand-ins and parts of Python to do without, `torch.relu`, `torch.nn.modules.conv`, `math.sqrt`, `builtins.sorted`. */
  readonly without?: (name: string) => boolean;
}

/** The grammar refuses a few texts that Python takes. */
const UNREAD = 'a text that cannot be read';

export interface Program {
  readonly file: string;
  /** Default `__main__`. */
  readonly name?: string;
  readonly traced?: boolean;
  readonly watch?: Watch;
  readonly globals?: ReadonlyMap<string, Value>;
}

/** Another interpreter runs, asked for by a native function that this one has called: what was going on goes on after. */
export function meanwhile<T>(work: () => T): T {
  const { frame } = running,
    { handled } = handling,
    hashes = hashesInUse();
  try {
    return unrecorded(work);
  } finally {
    running.frame = frame;
    handling.handled = handled;
    useHashes(hashes);
  }
}

export class Interpreter {
  readonly options: InterpreterOptions;
  readonly builtins: ReadonlyMap<string, Value>;
  readonly importer: Importer;
  readonly #sources: ParsedSources;
  readonly #hashes: Hashes = new Map();
  readonly #limits: Limits;

  constructor(options: InterpreterOptions) {
    this.options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    const dynamic = new DynamicCode(() => ({
      parse: options.parse,
      builtins: { builtins: this.builtins, importing: this.importer },
    }));
    const { without } = options;
    const own = builtins(
      { write: options.write ?? (() => {}), replaced: () => replacedOutput(this.modules.get('sys')) },
      name => this.importer.load(name),
      dynamic.natives,
    );
    this.builtins = without ? new Map([...own].filter(([name]) => !without(`builtins.${name}`))) : own;
    this.#sources = options.sources ?? new ParsedSources(options.parse);
    this.importer = new Importer({
      finders: [...(options.finders ?? []), libraryFinder(this)].map(f => (without ? robbed(f, without) : f)),
      builtins: this.builtins,
      dynamic,
      complete: name => (options.standard !== undefined && ACCELERATORS.has(name)) || (options.complete?.(name) ?? false),
      lazy: options.lazy ?? (() => false),
      open: options.open ?? (() => null),
      watch: options.watchImported,
      parse: (found, lazy) => this.#parsed(found, lazy),
      execute: (body, module) => this.#execute(body, module),
    });
  }

  #parsed(found: FoundSource, lazy: boolean): Block {
    const isWritten = this.options.isWritten?.(found.file) ?? false,
      // Stand-ins of ours are.
      isTaken = isWritten || found.ours || found.has ? undefined : this.options.isTaken;
    const parsed = this.#sources.read(found.file, found.version, found.again ?? (() => found.source), {
      isLibrary: lazy && !isWritten,
      ...(isTaken && { isTaken: sha256 => isTaken(found.file, sha256) }),
    });
    const refusal = isWritten ? verdict(found.source, parsed) : parsed.kind === 'error' ? parsed : null;
    if (parsed.kind === 'module' && (!refusal || (refusal.takenSince && mayBeNewer(found.source, refusal, this.options.pythonMinor))))
      return parsed.body;
    if (!refusal) return unknown(UNREAD);
    const { message, span, isPythons } = refusal,
      isSure = isWritten || isPythons ? !mayBeNewer(found.source, refusal, this.options.pythonMinor) : !isTaken && !lazy;
    if (!isSure) return unknown(`${found.file}:${span.line}: ${message}`);
    const raised = raise('SyntaxError', `${message} (${found.file.split('/').at(-1) ?? ''}, line ${span.line})`);
    raised.exception.refused = { file: found.file, span };
    throw raised;
  }

  /** `sys.modules`. */
  get modules(): Map<string, Value> {
    return this.importer.modules;
  }

  /** A module to run statements in: the program's own, or a config's. It is in `sys.modules` under its name. */
  module({ file, name = '__main__', traced = false, watch, globals }: Program): Module {
    const module = new Module({ name, file, builtins: this.builtins, importing: this.importer, traced, watch: watch ?? null });
    for (const [key, value] of globals ?? []) module.put(key, value);
    module.state = 'running';
    this.modules.set(name, module);
    return module;
  }

  /** Statements, in a module's names. Several calls go on where the last one ended. */
  execute(body: Block, module: Module): Outcome<null> {
    return this.attempt(() => {
      this.#execute(body, module);
      return null;
    });
  }

  /** A whole program from its text. */
  run(written: string, program: Program): Outcome<Module> | { readonly kind: 'syntax'; readonly message: string; readonly span: Span } {
    const source = unixLines(written);
    const parsed = this.options.parse(source);
    const wrong = thoroughVerdict(source, parsed);
    if (wrong) return { ...wrong, kind: 'syntax' };
    if (parsed.kind === 'error') return { kind: 'stopped', reason: { kind: 'unknown', what: UNREAD } };
    const waiting = new Set<object>();
    finalizers.told = false;
    finalizers.waiting = waiting;
    const module = this.module(program),
      ended = this.execute(parsed.body, module);
    finalizers.waiting = null;
    if (ended.kind === 'stopped') return ended;
    if (finalizers.told) return { kind: 'stopped', reason: { kind: 'unknown', what: 'when __del__ is called' } };
    if (waiting.size) return { kind: 'stopped', reason: { kind: 'unknown', what: 'when a generator that waits in a try is let go of' } };
    return ended.kind === 'done' ? { kind: 'done', value: module } : ended;
  }

  importModule(name: string): Outcome<Value> {
    return this.attempt(() => this.importer.load(name));
  }

  call(callee: Value, args: readonly Value[], named: Named | null = null): Outcome<Value> {
    return this.attempt(() => call(callee, args, named));
  }

  /** Anything that uses the operations of the language (`getAttribute`, `call`, `getItem` …), within the limits. Not from within another: natives call directly. */
  attempt<T>(work: () => T): Outcome<T> {
    const end = meter.start(this.#limits);
    handling.handled = null;
    running.frame = null;
    useHashes(this.#hashes);
    try {
      meter.heed();
      return { kind: 'done', value: recording(this.options.journal ?? null, work) };
    } catch (e) {
      if (e instanceof Raised) return { kind: 'raised', exception: e.exception };
      if (e instanceof Stop) return { kind: 'stopped', reason: e.reason };
      return {
        kind: 'stopped',
        reason: {
          kind: 'unknown',
          what: `internal: ${e instanceof Error ? (e.stack?.split('\n').slice(0, 3).join(' ') ?? e.message) : String(e)}`,
        },
      };
    } finally {
      end();
    }
  }

  #execute(body: Block, module: Module): void {
    meter.heed();
    const frame = new Frame({ file: module.file, name: '<module>', span: { start: 0, end: 0, line: 1 }, module }, 0, null);
    const [first] = body;
    if (first?.kind === 'expression' && first.value.kind === 'constant' && typeof first.value.value === 'string')
      module.put('__doc__', first.value.value);
    runBody(frame, () => block(body, new Scope('module', module, null, ''))(frame));
  }
}
