/**
 * Parts of a recipe, each built by itself as its registry would build it: transforms, hooks, metrics. What a constructor refuses is known before anything is run.
 * Only a constructor's own refusal counts: what the code around it finds missing (a file, another object, a registration) may be there where the config is run.
 */
import { Graph } from '../../runtime/network/graph.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { withPaths } from '../config/with-paths.ts';
import { call } from '../python/call.ts';
import type { Exception, TracebackLine } from '../python/exception.ts';
import { textIfKnown } from '../python/text-if-known.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import { textOrNone } from '../python/unseen.ts';
import { Obj, type Value } from '../python/value.ts';
import type { Viewer } from '../registry/sight.ts';
import { viewerOf } from '../registry/viewer.ts';
import { startTorch } from '../torch/context.ts';
import { blameFor } from './blame.ts';
import { enterScope } from './default-scope.ts';
import { describe, isTold, tracebackOf } from './failure.ts';
import { buildReferences } from './lazy-values.ts';
import { customImports, type Place } from './network.ts';
import { importSteps, importStructures, type PipelineRequest, runPipeline, type StepAnswer } from './pipeline-run.ts';
import { type ModelPlace, type Session, Sessions } from './session.ts';
import { sharedBy } from './shared-by.ts';
import { startedIn } from './started-in.ts';
import type { Mismatch, ModelError } from './verdict.ts';

export interface PartRequest {
  /** Of the part in its config. */
  readonly path: ConfigPath;
  readonly type: string;
  readonly dict: Dict;
  /** The default scope there; null: none, as `default_scope = None`. */
  readonly scope: string | null;
  /** The root registry's name. */
  readonly registry: string;
  /** Keys that whoever builds it takes out before. */
  readonly taken: readonly string[];
}

/** `unknown`: nothing is to be said of it. */
export type PartAnswer = 'built' | 'unknown' | PartRefusal;
/** `blame`: paths within the part, most likely first. */
export interface PartRefusal {
  readonly error: ModelError;
  readonly blame: readonly string[];
  readonly traceback: Mismatch['traceback'];
}

/** Root registries whose entries are built from their dict alone, or as the runner builds them: how is in `stubs/_necktie_runner.py`. */
const REGISTRIES = new Set([
  'transform',
  'hook',
  'metric',
  'log_processor',
  'data sampler',
  'dataset',
  'parameter scheduler',
  'loop',
  'optim_wrapper',
  'weight initializer',
]);
export const isBuiltAlone = (registry: string): boolean => REGISTRIES.has(registry);
/** Steps of a data set's pipeline are looked at one by one. */
export const isBuiltWithout = (registry: string): boolean => registry === 'dataset';

/** What a constructor says of what it is given. What its environment lacks (`OSError`, `RuntimeError`, `ImportError`) is not among it. */
const REFUSALS = new Set([
  'AssertionError',
  'TypeError',
  'ValueError',
  'KeyError',
  'IndexError',
  'NotImplementedError',
  'ZeroDivisionError',
]);

/** What only a run has: its data, the runner. */
const ANYTHING = new UnknownValue('what only a run has');

/** Or a plain value is asked for what it has not: a dict was expected. */
const isRefusal = ({ type, args }: Exception): boolean =>
  REFUSALS.has(type.name) ||
  (type.name === 'error' && type.module === 'cv2') ||
  (type.name === 'AttributeError' && OF_PLAIN.test(textOrNone(args[0] ?? null)));
const OF_PLAIN = /^'(?:NoneType|str|int|float|bool|list|tuple)' object has no attribute /;

/** What the stand-ins of `stubs/_necktie_runner.py` lack, a run has. */
const ofStandIns = ({ args }: Exception): boolean => args.some(arg => /\b_(?:Loader|Sampler|Optimizer|Group)\b/.test(textOrNone(arg)));

/** What the process has that trains: here its environment is empty, and nobody gave it arguments. */
const OF_PROCESS = /\b(?:environ|getenv|argv)\b/;

/** Answers are kept: a session is asked for little. */
const KEPT = 1;

export class PartBuilder {
  readonly #place: ModelPlace;
  #sessions: Sessions;
  /** By what a part is made from. */
  readonly #known = new Map<string, PartAnswer>();
  /** Types (and imports) whose modules cannot be imported to an end. */
  readonly #opaque = new Set<string>();
  /** Every file that was read, and as what. */
  readonly #versions = new Map<string, string | null>();

  constructor(place: ModelPlace) {
    // Packages of data structures register by being imported: kinds of boxes, for one.
    this.#place = { ...place, eager: name => /\.structures(?:\.|$)/.test(name) };
    this.#sessions = new Sessions(this.#place, KEPT);
  }

  /** One answer a request. */
  answers(config: ResolvedConfig, requests: readonly PartRequest[]): readonly PartAnswer[] {
    this.#forgetIfChanged();
    const { host, environment } = this.#place;
    const imports = config.value.get('custom_imports') ?? null;
    const viewer = viewerOf(config);
    const key = sharedBy(host, environment, viewer, imports);
    const isKnown = textIfKnown(imports) !== null;
    return requests.map(request => (isKnown ? this.#answer(key, viewer, imports, request) : 'unknown'));
  }

  /** What each step of a pipeline says when it is called: one list a request, shorter where nothing more is known. */
  runs(config: ResolvedConfig, requests: readonly PipelineRequest[]): readonly (readonly StepAnswer[])[] {
    this.#forgetIfChanged();
    const { host, environment } = this.#place;
    const imports = config.value.get('custom_imports') ?? null;
    const viewer = viewerOf(config);
    const key = sharedBy(host, environment, viewer, imports);
    if (textIfKnown(imports) === null || this.#opaque.has(key)) return [];
    const steps = requests.flatMap(request => [...request.before, ...request.steps]);
    return requests.map(request => {
      const session = this.#sessions.open(key, startedIn(this.#place.host, this.#place.environment, viewer));
      session.state.viewer = viewer;
      const place = {
        session,
        imports,
        anything: ANYTHING,
        opaque: this.#opaque,
        line: (file: string, line: number) => host.read(file)?.split('\n')[line - 1] ?? '',
        refusal: (exception: Exception, config: Dict) => {
          const told = this.#refusal(session, exception, config);
          return told === 'unknown' ? null : told;
        },
      };
      importSteps(place, steps);
      const answers = runPipeline(place, request);
      for (const file of session.read) this.#versions.set(file, host.version(file));
      // What was left half done is not used again.
      if (answers === null || session.interpreter.importer.interrupted) this.#sessions.drop(key);
      return answers ?? [];
    });
  }

  #answer(key: string, viewer: Viewer, imports: Value, request: PartRequest): PartAnswer {
    const text = textIfKnown(request.dict);
    const type = `${key} ${request.scope} ${request.type}`;
    if (text === null || this.#opaque.has(key) || this.#opaque.has(type)) return 'unknown';
    const made = `${type} ${request.registry} ${request.path.findLast(step => typeof step === 'string')} ${text}`;
    const before = this.#known.get(made);
    if (before !== undefined) return before;
    const session = this.#sessions.open(key, startedIn(this.#place.host, this.#place.environment, viewer));
    session.state.viewer = viewer;
    importStructures({ session, imports }, request.scope);
    startTorch(new Graph(), { raiseNoted: true });
    const imported = session.interpreter.attempt(() => customImports(session, imports));
    const ended = imported.kind === 'done' ? this.#build(session, request) : 'unknown';
    for (const file of session.read) this.#versions.set(file, this.#place.host.version(file));
    if (ended === 'cancelled') {
      this.#sessions.drop(key);
      return 'unknown';
    }
    // With other arguments it may be refused before it comes to what is unknown; the libraries are as they were.
    if (ended !== 'unknown' || (imported.kind === 'done' && !session.interpreter.importer.interrupted)) {
      this.#known.set(made, ended);
      return ended;
    }
    this.#sessions.drop(key);
    this.#opaque.add(imported.kind === 'done' ? type : key);
    return 'unknown';
  }

  #build(session: Session, { path, dict, scope, registry, taken }: PartRequest): PartAnswer | 'cancelled' {
    const { interpreter, state } = session;
    const config = withPaths(dict);
    if (!(config instanceof Dict)) return 'unknown';
    for (const name of taken) config.entries.delete(name);
    state.watch = null;
    state.building = [];
    const ended = interpreter.attempt(() => {
      enterScope(session, scope);
      buildReferences(interpreter.importer, config);
      const around = new List(path.flatMap(step => (typeof step === 'string' ? [step] : [])));
      return call(session.member('_necktie_runner', 'build'), [registry, config, around, ANYTHING]);
    });
    if (ended.kind === 'done') return 'built';
    if (ended.kind === 'stopped') return ended.reason.kind === 'cancelled' ? 'cancelled' : 'unknown';
    return isConstructors(ended.exception) ? this.#refusal(session, ended.exception, config) : 'unknown';
  }

  #refusal({ state, doubted }: Session, exception: Exception, config: Dict): PartRefusal | 'unknown' {
    // A module whose import failed half way would be imported once more.
    if (exception.traceback.some(line => line.name === '<module>') || doubted.size) return 'unknown';
    if (!isRefusal(exception) || ofStandIns(exception)) return 'unknown';
    const traceback = tracebackOf(exception),
      last = traceback.at(-1);
    const line = last && this.#place.host.read(last.file)?.split('\n')[last.line - 1];
    if (line !== undefined && OF_PROCESS.test(line)) return 'unknown';
    const place: Place = { stage: 'build', module: null, building: [...state.building] };
    const error = describe(exception, place, this.#place.host, this.#place.environment);
    return {
      error,
      blame: blameFor(exception, error, place, config, file => this.#place.host.read(file)),
      traceback,
    };
  }

  #forgetIfChanged(): void {
    const { host } = this.#place;
    if ([...this.#versions].every(([file, version]) => host.version(file) === version)) return;
    this.#versions.clear();
    this.#known.clear();
    this.#opaque.clear();
    this.#sessions = new Sessions(this.#place, KEPT);
  }
}

/** The line that failed is a method's of an object that is being made, or the call of a constructor itself. */
function isConstructors({ traceback }: Exception): boolean {
  const line: TracebackLine | undefined = traceback.find(isTold);
  return line === undefined || (line.self instanceof Obj && !(line.self instanceof Dict));
}
