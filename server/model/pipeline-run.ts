/**
 * A pipeline's steps, called one after the other on a picture whose kind is known and nothing else: what `transform` refuses of its own arguments as soon as a picture
 * comes. Steps are called as their data set calls them (`stubs/_necktie_pipeline.py`), each way that chance or the picture may take being gone.
 */
import { Graph } from '../../runtime/network/graph.ts';
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { withPaths } from '../config/with-paths.ts';
import { assets } from '../project/assets.ts';
import { call } from '../python/call.ts';
import { Choices, choosing } from '../python/choices.ts';
import type { Exception } from '../python/exception.ts';
import type { Outcome } from '../python/interpreter.ts';
import { originOf } from '../python/origin.ts';
import { textIfKnown } from '../python/text-if-known.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import type { UnknownValue } from '../python/types/unknown.ts';
import { textOrNone } from '../python/unseen.ts';
import type { Value } from '../python/value.ts';
import { startTorch } from '../torch/context.ts';
import { enterScope } from './default-scope.ts';
import { isTold } from './failure.ts';
import { buildReferences } from './lazy-values.ts';
import { customImports } from './network.ts';
import type { PartRefusal, PartRequest } from './parts.ts';
import type { Session } from './session.ts';
import { allWays, type Gone, type Joining } from './ways.ts';

export interface StepRequest extends PartRequest {
  /** Keys that it sets; null where they are not known. */
  readonly gives: readonly string[] | null;
}
export interface PipelineRequest {
  readonly steps: readonly StepRequest[];
  /** Those of the data set that it wraps: each of its pictures has gone through them. */
  readonly before: readonly StepRequest[];
  readonly wraps: boolean;
  /** Keys that a record of its data set may have; null: any. */
  readonly keys: readonly string[] | null;
  readonly isTraining: boolean;
  /** Its boxes have four numbers. */
  readonly hasBoxes: boolean;
}
/** What is known of a step. */
export interface StepAnswer {
  /** Null: nothing. */
  readonly refusal: PartRefusal | null;
  /** What it refuses where the picture takes another way than the one that goes on: one that needs padding, and not every picture does. Null: nothing. */
  readonly doubt: PartRefusal | null;
  /** Height and width of the picture behind it; null for what is not known, in all or in part. */
  readonly size: readonly (number | null)[] | null;
}

export interface RunPlace {
  readonly session: Session;
  /** The config's `custom_imports`. */
  readonly imports: Value;
  /** What only a run has. */
  readonly anything: UnknownValue;
  /** Steps by whose call an import was left half done, as they were told apart: they are not called again. */
  readonly opaque: Set<string>;
  /** A line of a file, as it was read. */
  line(file: string, line: number): string;
  /** What a refusal is as a finding; null where it is none. */
  refusal(exception: Exception, config: Dict): PartRefusal | null;
}

/** Ways that are gone of one step. */
const MOST = 24;
const STUB = '_necktie_pipeline';
const UNKNOWN = { kind: 'unknown' } as const;
const NOTHING: StepAnswer = { refusal: null, doubt: null, size: null };

/** What steps have made of results, by the steps before them. Results hold a session's own objects. */
const known = new WeakMap<Session, Known>();
interface Known {
  /** Types and scopes whose modules were imported, as far as they can be. */
  readonly found: Set<string>;
  readonly ids: Map<string, number>;
  readonly ends: Map<number, End>;
}
interface End extends StepAnswer {
  /** Null: not known, or there are none. */
  readonly results: Value | null;
}

/** Instances in a picture. What is refused with one number of them and not with another hangs on the data. */
const INSTANCES = [2, 7] as const;

/** One answer a step; null: the run was cancelled, and the session is left half way. */
export function runPipeline(place: RunPlace, request: PipelineRequest): readonly StepAnswer[] | null {
  const run = new Run(place, knownOf(place.session));
  const [answers, others] = INSTANCES.map((instances, i) => (i === 0 || run.isRefusing ? run.answers(request, instances) : []));
  if (run.isCancelled || !answers) return null;
  return answers.map((answer, i) => {
    const { refusal } = answer,
      other = others?.[i]?.refusal;
    return refusal && !(other && isSame(refusal, other)) ? { ...answer, refusal: null } : answer;
  });
}

const isSame = (a: PartRefusal, b: PartRefusal): boolean => a.error.type === b.error.type && a.error.at === b.error.at;

function knownOf(session: Session): Known {
  let held = known.get(session);
  if (!held) known.set(session, (held = { found: new Set(), ids: new Map(), ends: new Map() }));
  return held;
}

/** A run has made its model and all its pipelines before it calls a step: what the last step's module registers, the first may be told to use. */
export function importSteps(place: Pick<RunPlace, 'session' | 'imports'>, steps: readonly StepRequest[]): void {
  const { session } = place;
  for (const { scope, type } of steps) {
    importStructures(place, scope);
    importOnce(place, `${scope} ${type}`, () => {
      enterScope(session, scope);
      return call(session.member(STUB, 'found'), [type]);
    });
  }
}

/** A library's structures (kinds of boxes) are there where its parts are made, though those never import them: its models do, and who registers all of it. */
export function importStructures(place: Pick<RunPlace, 'session' | 'imports'>, scope: string | null): void {
  if (scope === null) return;
  importOnce(place, scope, () => place.session.member(`${scope}.structures`, '__name__'));
}

function importOnce({ session, imports }: Pick<RunPlace, 'session' | 'imports'>, name: string, look: () => Value): void {
  const { found } = knownOf(session);
  if (found.has(name)) return;
  found.add(name);
  const { interpreter } = session.begin();
  const { interrupted } = interpreter.importer;
  startTorch(new Graph(), { raiseNoted: true });
  const ended = interpreter.attempt(() => {
    customImports(session, imports);
    return look();
  });
  // What is unknown there is unknown where it is needed as well; what needs nothing of it goes on.
  if (ended.kind === 'stopped' && ended.reason.kind === 'unknown') interpreter.importer.interrupted = interrupted;
}

interface At {
  readonly id: number;
  readonly end: End;
}

class Run {
  readonly #place: RunPlace;
  readonly #known: Known;
  isCancelled = false;
  /** Some step has refused. */
  isRefusing = false;
  constructor(place: RunPlace, known: Known) {
    this.#place = place;
    this.#known = known;
  }

  answers(request: PipelineRequest, instances: number): readonly StepAnswer[] {
    const first = this.#begun(request, instances);
    const before = this.#through(first, request.before, null);
    const isOpen = request.before.length > 0 && before.at(-1)?.end.results === null;
    const from = before.at(-1) ?? first;
    const inner = request.wraps ? from.end.results : null;
    const answers = this.#through(from, isOpen ? [] : request.steps, inner).map(({ end }) => end);
    this.isRefusing ||= answers.some(({ refusal }) => refusal !== null);
    return answers;
  }

  #begun({ keys, isTraining, hasBoxes }: PipelineRequest, instances: number): At {
    return this.#once(`${instances} ${isTraining} ${hasBoxes} ${keys?.toSorted().join() ?? '*'}`, () => {
      const made = this.#ask('begun', [keys && new List([...keys]), instances, isTraining, hasBoxes, this.#place.anything]);
      return { ...NOTHING, results: made };
    });
  }

  /** As far as results are known. */
  #through(from: At, steps: readonly StepRequest[], inner: Value | null): readonly At[] {
    const ends: At[] = [];
    for (const step of steps) {
      const last = ends.at(-1) ?? from,
        text = textIfKnown(step.dict),
        { results } = last.end;
      if (results === null || text === null) break;
      const id = `${last.id} ${inner !== null} ${step.scope} ${step.type} ${text}`;
      ends.push(this.#once(id, () => this.#stepped(step, results, inner)));
    }
    return ends;
  }

  #once(text: string, make: () => End): At {
    const { ids, ends } = this.#known;
    let id = ids.get(text);
    if (id === undefined) ids.set(text, (id = ids.size));
    let end = ends.get(id);
    if (!end) {
      end = make();
      // What came of a run that was cancelled on its way is not known.
      if (!this.isCancelled) ends.set(id, end);
    }
    return { id, end };
  }

  #stepped(step: StepRequest, results: Value, inner: Value | null): End {
    const { anything } = this.#place;
    const joining: Joining<Value, PartRefusal> = {
      isSame,
      join: (a, b) => (a === null || b === null ? null : this.#ask('joined', [a, b, anything])),
      isBetter: (a, b) => a !== null && b === null,
    };
    const { opaque, session } = this.#place,
      told = `${step.scope} ${step.type} ${textIfKnown(step.dict)}`;
    const way = opaque.has(told) ? UNKNOWN : allWays(begun => this.#go(step, results, inner, begun), joining, MOST);
    if (session.interpreter.importer.interrupted) opaque.add(told);
    if (way.kind === 'refused') return { ...NOTHING, refusal: way.error, results: null };
    if (way.kind === 'done') return { refusal: null, doubt: way.some ?? null, size: this.#sizeOf(way.value), results: way.value };
    return { ...NOTHING, results: step.gives && this.#ask('without', [results, new List([...step.gives]), anything]) };
  }

  #go(step: StepRequest, results: Value, inner: Value | null, begun: readonly number[]): Gone<Value, PartRefusal> {
    const { session, imports, anything } = this.#place;
    const { interpreter, state } = session.begin();
    const config = withPaths(step.dict);
    if (!(config instanceof Dict)) return { choices: [], end: { kind: 'unknown' } };
    for (const name of step.taken) config.entries.delete(name);
    state.watch = null;
    state.building = [];
    startTorch(new Graph(), { raiseNoted: true });
    const choices = new Choices(begun, isOurs);
    let isBuilt = false;
    choosing.now = choices;
    const ended = interpreter.attempt(() => {
      customImports(session, imports);
      enterScope(session, step.scope);
      buildReferences(interpreter.importer, config);
      const transform = call(session.member(STUB, 'built'), [config]);
      isBuilt = true;
      return call(session.member(STUB, 'called'), [transform, results, inner, anything]);
    });
    choosing.now = null;
    this.#note(ended);
    const { made } = choices;
    if (ended.kind === 'done')
      return { choices: made, end: isResults(ended.value) ? { kind: 'done', value: ended.value } : { kind: 'unknown' } };
    // What its constructor refuses is told elsewhere.
    const refusal =
      ended.kind === 'raised' && isBuilt && this.#isOfValues(ended.exception) ? this.#place.refusal(ended.exception, config) : null;
    return { choices: made, end: refusal ? { kind: 'refused', error: refusal } : { kind: 'unknown' } };
  }

  /**
   * A key that is missing in the results is another rule's to tell: one that the config names counts. And stand-ins of ours say what they say on purpose: what
   * fails in them besides is a gap of theirs. What nobody has registered here, a kind of boxes, another module may that the run imports.
   */
  #isOfValues({ type, args, traceback }: Exception): boolean {
    const [line] = traceback;
    if (!line || !traceback.some(isTold)) return false;
    if (isOurs(line.file) && !/^\s*raise\b/.test(this.#place.line(line.file, line.span.line))) return false;
    const says = textOrNone(args[0] ?? null);
    if (/\bregistered\b/.test(says) || this.#isStandIns(says)) return false;
    return type.name !== 'KeyError' || (args[0] !== undefined && (originOf(args[0])?.length ?? 0) > 0);
  }

  /** Whether a call is refused by a function of numpy's or OpenCV's that a stand-in has: which of its arguments are there is a matter of ours. */
  #isStandIns(says: string): boolean {
    const name = /^(\w+)\(\) (?:got an? |takes |missing )/.exec(says)?.[1];
    const { session } = this.#place;
    return (
      name !== undefined && ['numpy', 'cv2'].some(module => session.interpreter.attempt(() => session.member(module, name)).kind === 'done')
    );
  }

  /** Null where that is not known. */
  #ask(name: string, args: readonly Value[]): Value | null {
    const { interpreter } = this.#place.session;
    const ended = interpreter.attempt(() => call(this.#place.session.member(STUB, name), args));
    this.#note(ended);
    return ended.kind === 'done' ? ended.value : null;
  }

  #note(ended: Outcome<Value>): void {
    if (ended.kind === 'stopped' && ended.reason.kind === 'cancelled') this.isCancelled = true;
  }

  #sizeOf(results: Value): StepAnswer['size'] {
    const size = results === null ? null : this.#ask('shape_of', [results]);
    return size === null ? null : (itemsFrom(size)?.map(side => numberFrom(side) ?? null) ?? null);
  }
}

const isOurs = (file: string): boolean => file.startsWith(assets.stubs) || file.startsWith(assets.library);

/** What a step gives back: results, or none where the picture is left out. */
const isResults = (value: Value): boolean => value === null || (value instanceof Dict && value.type.name === 'Results');
