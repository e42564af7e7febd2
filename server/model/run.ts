/** What PyTorch says of a config's model: built and run on fake tensors from the libraries' and the user's own sources. */

import type { ConfigProblem, ResolvedConfig } from '../config/resolved.ts';
import { withPaths } from '../config/with-paths.ts';
import type { NetworkDescription } from '../picture/description.ts';
import type { Exception } from '../python/exception.ts';
import { plain } from '../python/origin.ts';
import type { Reason } from '../python/stop.ts';
import { Dict } from '../python/types/dict.ts';
import type { Site, Value } from '../python/value.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import { LIBRARIES } from '../registry/openmmlab-libraries.ts';
import { viewerOf } from '../registry/viewer.ts';
import { blameFor } from './blame.ts';
import { describeNetwork } from './description/describe.ts';
import { describe, tracebackOf } from './failure.ts';
import { importFailure } from './import-failure.ts';
import { type ModelInput, modelInput, replaced, type Size } from './input.ts';
import { mismatchOf, notedMismatches } from './mismatch.ts';
import { type BackboneRan, type Failure, type Network, type Place, runBackbone, runNetwork } from './network.ts';
import { PartBuilder } from './parts.ts';
import { secondStage } from './second-stage.ts';
import { type ModelPlace, type Session, Sessions } from './session.ts';
import { sharedBy } from './shared-by.ts';
import { startedIn } from './started-in.ts';
import { fingerprint } from './state-dict.ts';
import { byTable } from './table.ts';
import type { Mismatch, ModelError, Verdict } from './verdict.ts';

export interface ModelRequest {
  readonly config: ResolvedConfig;
  readonly size?: Size;
  /** As if the config's own pictures had this size: else what fails may be looked at with theirs. */
  readonly exactly?: boolean;
  /** Pictures at once. Absent: one. */
  readonly batch?: number;
  /** With the state dict's names and shapes. */
  readonly stateDict?: boolean;
  /** With the second stage of a detector of two, on as many proposals as there may be. */
  readonly secondStage?: boolean;
  /** Values in place of the config's, by paths relative to `model`: whether a fix would do. */
  readonly edits?: ReadonlyMap<string, Value>;
}
/** `network`: for whoever goes on with the graph; null where nothing was built. */
export interface ModelRun {
  readonly verdict: Verdict;
  readonly network: Network | null;
}

/** What a backbone gives by itself. `read`: files that the run read, until one of which changes the answer holds. */
export type BackboneAnswer = { readonly read: readonly string[] } & (
  | ({ readonly kind: 'ran' } & BackboneRan)
  | { readonly kind: 'failed'; readonly error: ModelError; readonly stage: Place['stage'] }
  | { readonly kind: 'unknown'; readonly reason: string }
);

/** One environment's models. Keep it as long as the environment stays: what the libraries are is read once. */
export class ModelRunner {
  readonly #sessions: Sessions;
  readonly #place: ModelPlace;
  /** Of the recipe around the model. */
  readonly parts: PartBuilder;
  constructor(place: ModelPlace) {
    this.#place = place;
    this.parts = new PartBuilder(place);
    this.#sessions = new Sessions(place);
  }

  verdict(request: ModelRequest): Verdict {
    return this.run(request).verdict;
  }

  /** With what its network looks like. */
  described(request: ModelRequest): { readonly verdict: Verdict; readonly network: NetworkDescription<Site> } {
    const { verdict, network } = this.run({ ...request, secondStage: true });
    return { verdict, network: describeNetwork({ config: request.config, verdict, network, host: this.#place.host }) };
  }

  run(request: ModelRequest): ModelRun {
    const { config } = request,
      asked = modelInput(config, request.size),
      given = request.exactly ? { ...asked, own: { ...asked.own, size: asked.size } } : asked;
    const model = request.edits ? replaced(given.model, request.edits) : given.model,
      input = { ...given, model, ...(request.batch !== undefined && { batch: request.batch }) };
    const [problem] = config.problems;
    if (!config.ok) {
      const error = {
        type: problem?.errorType ?? 'Error',
        message: problem ? problemText(problem) : '',
        where: null,
        class: null,
        at: null,
        source: null,
      };
      return {
        verdict: {
          ...empty(input.size),
          ok: problem ? false : null,
          stage: 'config',
          error: problem ? error : null,
          unknown: problem ? null : 'the config',
        },
        network: null,
      };
    }
    if (plain(input.model) === null) {
      const error = { type: 'KeyError', message: "'the config has no `model`'", where: null, class: null, at: null, source: null };
      return { verdict: { ...empty(input.size), ok: false, stage: 'config', error }, network: null };
    }
    const missing = librariesOf(input).find(library => !this.#hasSources(library));
    if (missing) return { verdict: tableVerdict(input, this.#place.registry, `the sources of ${missing} are not at hand`), network: null };
    const { key, session } = this.#open(config, input);
    const row = runNetwork(session, { ...input, model: withPaths(input.model) }),
      network = request.secondStage ? withSecondStage(session, row) : row;
    const { failure, built, ran } = network;
    if (failure?.kind === 'raised' && this.#sessions.completes(key, session, failure.exception)) return this.run(request);
    if (network.spoiled || network.second?.spoiled) this.#sessions.drop(key);
    const read = [...config.chain, ...session.read];
    const known: Verdict = {
      ...empty(network.size),
      partsError:
        network.row?.kind === 'raised'
          ? describe(network.row.exception, network.row.place, this.#place.host, this.#place.environment)
          : null,
      read,
      ...(built && {
        parameters: built.parameters,
        parametersByPart: built.parametersByPart,
        stateDictSha256: fingerprint(built.stateDict),
        stateDict: request.stateDict ? built.stateDict : null,
      }),
      ...(ran && { outputs: ran.outputs, strides: ran.strides, parts: ran.parts }),
    };
    if (session.doubted.size && failure?.kind !== 'stopped')
      return { verdict: { ...known, unknown: `whether ${[...session.doubted].join(', ')} is installed` }, network };
    if (!failure) return { verdict: { ...known, ok: true, macs: ran?.macs ?? null }, network };
    if (failure.kind === 'stopped') {
      this.#sessions.drop(key);
      return { verdict: { ...known, stage: failure.place.stage, unknown: reasonText(failure.reason) }, network };
    }
    // A module whose import failed half way would be imported once more.
    if (failure.exception.traceback.some(t => t.name === '<module>')) this.#sessions.drop(key);
    const doubt = doubtOf(failure.exception, session);
    if (doubt !== null) return { verdict: { ...known, stage: failure.place.stage, unknown: doubt }, network };
    const { error, mismatches } = this.#failed(failure, network, input.model),
      { stage } = failure.place;
    const placed = stage === 'config' && error ? { ...error, where: 'custom_imports' } : error;
    return { verdict: { ...known, ok: false, stage, error: placed, mismatches }, network };
  }

  /** The config's backbone alone, with nothing behind it. */
  backbone({ config, size }: Pick<ModelRequest, 'config' | 'size'>): BackboneAnswer {
    const input = modelInput(config, size),
      model = input.model instanceof Dict ? (input.model.get('backbone') ?? null) : null;
    const missing = librariesOf(input).find(library => !this.#hasSources(library));
    if (missing) return { kind: 'unknown', reason: `the sources of ${missing} are not at hand`, read: [] };
    const { key, session } = this.#open(config, input);
    const ended = runBackbone(session, { ...input, model });
    const { read } = session;
    if ('ran' in ended) return { kind: 'ran', ...ended.ran, read };
    const { failure } = ended;
    if (failure.kind === 'raised' && this.#sessions.completes(key, session, failure.exception))
      return this.backbone({ config, ...(size && { size }) });
    // What was left half done is not used again.
    if (failure.kind === 'stopped' || failure.exception.traceback.some(t => t.name === '<module>')) this.#sessions.drop(key);
    if (failure.kind === 'stopped') return { kind: 'unknown', reason: reasonText(failure.reason), read };
    const doubt = doubtOf(failure.exception, session);
    if (doubt !== null) return { kind: 'unknown', reason: doubt, read };
    const error = describe(failure.exception, failure.place, this.#place.host, this.#place.environment);
    return { kind: 'failed', error, stage: failure.place.stage, read };
  }

  #open(config: ResolvedConfig, { imports }: ModelInput): { readonly key: string; readonly session: Session } {
    const { host, environment } = this.#place,
      viewer = viewerOf(config);
    const key = sharedBy(host, environment, viewer, imports),
      session = this.#sessions.open(key, startedIn(host, environment, viewer));
    session.state.viewer = viewer;
    return { key, session };
  }

  #hasSources(library: string): boolean {
    const { registry } = this.#place,
      known = registry.libraries.get(library);
    // Of OpenMMLab's, one that not even the bundled facts know may still be what is worked on here.
    return known ? known.root !== 'snapshot' : !LIBRARIES.has(library) || registry.hasScope(library);
  }

  #failed(
    { exception, place }: Extract<Failure, { kind: 'raised' }>,
    { noted, after, ran }: Network,
    model: Value,
  ): Pick<Verdict, 'error' | 'mismatches'> {
    const { host, environment } = this.#place,
      height = ran?.input.shape[2]?.size ?? 0;
    const told = (e: Exception, at: Place): { readonly error: ModelError; readonly blame: readonly string[] } => {
      const error = describe(e, at, host, environment);
      return { error, blame: blameFor(e, error, at, model, file => host.read(file)) };
    };
    const first = told(exception, place);
    const others = notedMismatches(noted, height, model).filter(
      m => m.error.message !== first.error.message || m.error.where !== first.error.where,
    );
    const last = after?.kind === 'raised' ? [{ ...told(after.exception, after.place), exception: after.exception }] : [];
    const imported = importFailure(exception, this.#place),
      own = mismatchOf(first.error, first.blame, place.stage, tracebackOf(exception), height, model);
    const mismatches = [
      imported ? { ...own, kind: 'build' as const, imported } : own,
      ...others,
      ...last
        .filter(l => l.error.message !== first.error.message || l.error.where !== first.error.where)
        .map(l => mismatchOf(l.error, l.blame, 'forward', tracebackOf(l.exception), height, model)),
    ];
    return { error: first.error, mismatches: onePerNumber(mismatches) };
  }
}

/** Where the first runs. */
function withSecondStage(session: Session, network: Network): Network {
  const { built, ran, failure, size } = network,
    second = built && ran && !failure ? secondStage(session, built, ran, size) : null;
  return second ? { ...network, second } : network;
}

/** One wrong number fails wherever it is used: what blames the same is told once. */
function onePerNumber(mismatches: readonly Mismatch[]): readonly Mismatch[] {
  const seen = new Set<string>();
  return mismatches.filter(({ kind, blame: [first] }) => {
    const key = `${kind} ${first ?? ''}`;
    if (first !== undefined && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** An import that failed says nothing where it is not known what is installed. */
function doubtOf(exception: Exception, { assumedAbsent }: Session): string | null {
  const asks = exception.type.ancestors.some(t => t.name === 'ImportError');
  return asks && assumedAbsent.size ? `whether ${[...assumedAbsent].join(', ')} is installed` : null;
}

/** Libraries without which nothing of the model can be built: mmengine, the default scope's, and those that a part's type names. */
function librariesOf({ model, scope }: ModelInput): readonly string[] {
  const types =
    model instanceof Dict
      ? [...model.entries.values()].map(e => (e.value instanceof Dict ? plain(e.value.get('type') ?? null) : null))
      : [];
  return [
    'mmengine',
    ...(scope === null ? [] : [scope]),
    ...types.flatMap(t => (typeof t === 'string' && t.includes('.') ? [t.slice(0, t.indexOf('.'))] : [])),
  ];
}

/** What the bundled facts say for certain, where sources are missing: a mismatch, or no verdict. */
function tableVerdict(input: ModelInput, registry: RegistryIndex, reason: string): Verdict {
  const { backbone, mismatches, compared } = byTable(input, registry),
    height = input.size[1],
    [first] = mismatches;
  const known = {
    ...empty(input.size),
    from: 'table' as const,
    ...(backbone && {
      strides: { backbone: backbone.strides.flatMap(s => s ?? []) },
      outputs: {
        backbone: backbone.channels.map((c, i) =>
          backbone.strides[i]
            ? [c, Math.round(height / (backbone.strides[i] ?? 1)), Math.round(input.size[0] / (backbone.strides[i] ?? 1))]
            : [c],
        ),
      },
    }),
  };
  if (first) return { ...known, ok: false, stage: 'forward', error: first.error, mismatches };
  const facts = backbone && compared ? `the neck takes the channels that the backbone gives (${backbone.channels.join(', ')})` : null;
  return { ...known, unknown: reason, facts };
}

/** A syntax error's line is part of what is said. */
const problemText = ({ errorType, message, site }: ConfigProblem): string =>
  errorType === 'SyntaxError' ? `${message} (line ${site.line})` : message;

export function reasonText(reason: Reason): string {
  if (reason.kind === 'unknown') return reason.what;
  return reason.kind === 'cancelled' ? 'cancelled' : `more ${reason.what} than a model may take`;
}

const empty = (size: Size): Verdict => ({
  ok: null,
  stage: null,
  error: null,
  unknown: null,
  partsError: null,
  facts: null,
  size,
  parts: [],
  parameters: null,
  parametersByPart: {},
  macs: null,
  outputs: {},
  strides: {},
  stateDictSha256: null,
  stateDict: null,
  mismatches: [],
  from: 'source',
  read: [],
});
