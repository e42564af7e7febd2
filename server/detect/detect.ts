/** Detection as the editor and the command line ask for it: config, checkpoint and picture in, boxes or a problem out. Nothing is thrown. */
import { basename } from 'node:path';
import {
  DEVICE_NAMES,
  type Detected,
  deviceIndex,
  fullName,
  type HalfPrecision,
  hadNoRoom,
  type Opened,
  ProcessDied,
  type Provider,
  providersFor,
  type Refusal,
  refusalReason,
  Session,
  SessionProblem,
} from '../../runtime/index.ts';
import { assets } from '../project/assets.ts';
import { NodeHost } from '../project/node-host.ts';
import { removeDrafts } from '../project/whole-file.ts';
import type { DetectParams, DetectProblem, DetectProgress, DetectResult, SuppressParams } from '../protocol.ts';
import { cudaFolder, onnxruntimeBeside, removeUnfinished, takesCuda } from './cuda.ts';
import { resultOf } from './detect-result.ts';
import { inferenceVariables } from './inference-variables.ts';
import { KeptCandidates, withThreshold } from './kept-candidates.ts';
import { type ReadyModel, readyModel } from './model.ts';
import { ModelCache } from './model-cache.ts';
import { modelFolder } from './model-folder.ts';
import { Phases } from './phases.ts';
import type { DetectPlace } from './place.ts';
import {
  DeviceFailed,
  diedOn,
  HalfUnfit,
  inFloat32,
  insteadOf,
  type Precision,
  type PrecisionWish,
  precisionFor,
  whyNotHalf,
} from './precision.ts';
import { DetectFailure } from './problem.ts';

export interface DetectRunning {
  readonly signal: AbortSignal;
  progress(progress: DetectProgress): void;
}

/** A result and, for `--json`, how the picture lay in the network's input. */
export type Found = { readonly result: DetectResult; readonly seen: Pick<Detected, 'inputShape' | 'scale' | 'padding'> };

/** What many pictures have in common. */
export interface Wish {
  /** The config's file. */
  readonly config: string;
  /** Null: looked for. */
  readonly checkpoint: string | null;
  readonly device: string;
  readonly halfPrecision?: HalfPrecision;
  readonly raw?: boolean;
}

/** The model of a series, once it is known. */
interface Kept {
  model: ReadyModel | null;
  precision: Precision | null;
  readonly many: boolean;
}

interface OpenedModel {
  readonly model: ReadyModel;
  readonly opened: Opened;
}

interface Opening {
  readonly precision: Precision;
  readonly signal: AbortSignal;
  readonly phases: Phases;
  readonly kept: Kept;
}

/** Keeps a process that runs models, with the model that was used last. */
export class Detector {
  readonly #session: Session;
  readonly #cache: ModelCache;
  readonly #candidates = new KeptCandidates();
  /** Where Python packages lie, of the project that asked last: NVIDIA's libraries are among them. */
  #packages: readonly string[] = [];
  /** Why models are not run in half precision, by device and version; by device alone where no model would be. */
  readonly #unfit = new Map<string, string>();
  /** Where the process died of a model, by device and version. */
  readonly #died = new Map<string, Refusal>();
  /** `program`: the built `inference.ts`. `cache`: folder for models that were made; null: none are kept. */
  constructor(program: string, cache: string | null) {
    this.#session = new Session({ program, variables: () => inferenceVariables(new NodeHost(), process.env, program, this.#packages) });
    this.#cache = new ModelCache(cache);
  }

  find(place: DetectPlace, params: DetectParams, running: DetectRunning): Promise<Found | DetectProblem> {
    return this.#find(place, params, running, { model: null, precision: null, many: false });
  }

  /**
   * For many pictures by one config: what was made ready for the first serves the others too, so that an edit of the config meanwhile changes nothing. Where the
   * network depends on the picture, each asks anew.
   */
  series(place: DetectPlace, wish: Wish, running: DetectRunning): (image: string) => Promise<Found | DetectProblem> {
    const kept: Kept = { model: null, precision: null, many: true };
    return image => this.#find(place, { token: image, image, ...wish }, running, kept);
  }

  async #find(place: DetectPlace, params: DetectParams, running: DetectRunning, kept: Kept): Promise<Found | DetectProblem> {
    const phases = new Phases(params.token, progress => running.progress(progress), running.signal);
    this.#packages = place.environment.roots;
    try {
      const providers = providersFor(params.device);
      if (!providers)
        throw new DetectFailure('child-died', `There is no device ${params.device}`, `Choose one of ${DEVICE_NAMES.join(', ')}.`);
      const { signal } = running;
      const { device, halfPrecision = 'off' } = params;
      // Of many, the next are read while this one runs.
      if (!kept.many) this.#session.expect(params.image);
      kept.precision ??= await this.#precision({ halfPrecision, device, providers }, signal);
      for (;;) {
        const precision: Precision = kept.precision;
        try {
          return await this.#run(place, params, { precision, signal, phases, kept });
        } catch (e) {
          // Another picture may have found a way meanwhile, and have ended the process for it.
          if (kept.precision !== precision && !isFinal(e)) continue;
          const instead = insteadOf(precision, e, providers);
          if (!instead) throw e;
          kept.precision = instead;
          kept.model = null;
        }
      }
    } catch (e) {
      if (e instanceof DetectFailure) return e.problem;
      if (e instanceof SessionProblem) {
        // What it has filled or half loaded stays so: the next run begins with another.
        if (e.foundNoRoom) this.#session.abandon();
        return problemOf(e, params.image);
      }
      throw e;
    }
  }

  /** A process that dies when half precision is tried is spared it; what float32 does to it is found out with the model. */
  async #precision(wish: PrecisionWish, signal: AbortSignal): Promise<Precision> {
    const { device, halfPrecision } = wish;
    const before = halfPrecision === 'off' ? undefined : this.#unfit.get(device);
    if (before !== undefined) return inFloat32(wish.providers, before);
    return precisionFor(this.#session, wish, signal).catch((e: unknown) => {
      const note = e instanceof ProcessDied ? whyNotHalf(e) : null;
      if (note === null) throw e;
      this.#unfit.set(device, note);
      return inFloat32(wish.providers, note);
    });
  }

  async #run(place: DetectPlace, params: DetectParams, opening: Opening): Promise<Found> {
    const { precision, signal, phases } = opening;
    const { model, opened } = await this.#opened(place, params, opening);
    await phases.begin(`Detecting on ${fullName(opened.provider)}${model.half ? ' in half precision' : ''}`);
    const { image, keeps = false, iouThreshold = null, next } = params;
    const recipe = withThreshold(model.recipe, iouThreshold);
    const detected = await this.#session.detect(opened, image, recipe, signal, keeps).catch((e: unknown) => {
      throw this.#failed(e, model, params.device, opened.provider);
    });
    phases.end();
    if (next !== undefined) this.#session.expect(next);
    const note = precision.note === null ? [] : [{ provider: opened.provider, reason: precision.note }];
    const refused = [...precision.refused, ...opened.refused, ...note];
    const result = resultOf(image, model, { provider: opened.provider, refused }, detected, iouThreshold);
    const { candidates } = detected;
    return { result: candidates ? this.#candidates.keep(model.recipe, candidates, result) : result, seen: detected };
  }

  /** Notes what the failure says of half precision, or of the device, which is not used again in the state that it left. */
  #failed(failure: unknown, { half, version }: ReadyModel, device: string, provider: Provider): unknown {
    if (!(failure instanceof SessionProblem)) return failure;
    const unfit = half ? whyNotHalf(failure) : null;
    if (unfit !== null) this.#unfit.set(`${device} ${version}`, unfit);
    const died = unfit === null ? this.#diedOf(failure, [provider], `${device} ${version}`) : null;
    if (died) return died;
    if (provider === 'cpu' || (failure.kind !== 'model' && !failure.foundNoRoom)) return failure;
    this.#session.abandon();
    return unfit === null ? new DeviceFailed({ provider, reason: refusalReason(provider, failure.message) }) : failure;
  }

  /** What has died once is not asked to do the same again, unless it turns out that the CPU dies of it too. Null: it is not the device. */
  #diedOf(failure: unknown, providers: readonly Provider[], deviceAndVersion: string): DeviceFailed | null {
    const refusal = diedOn(failure, providers);
    if (!refusal) {
      if (failure instanceof ProcessDied && !failure.wasKilled) this.#died.delete(deviceAndVersion);
      return null;
    }
    if (!hadNoRoom(refusal)) this.#died.set(deviceAndVersion, refusal);
    return new DeviceFailed(refusal);
  }

  /** A model from the cache that will not load is made again, once: another window may have taken it away, or the disk has spoiled it. */
  async #opened(
    place: DetectPlace,
    { config, checkpoint, image, device, raw = false }: DetectParams,
    { precision, signal, phases, kept }: Opening,
  ): Promise<OpenedModel> {
    const { half, providers } = precision;
    let ofThisPicture = false;
    const measure = (): ReturnType<Session['measure']> => {
      ofThisPicture = true;
      return this.#session.measure(image, signal);
    };
    for (let again = false; ; again = true) {
      const model = kept.model ?? (await readyModel(place, { file: config, checkpoint, raw, half, measure }, this.#cache, phases));
      if (signal.aborted) throw new SessionProblem('cancelled', 'Stopped.');
      const unfit = half ? this.#unfit.get(`${device} ${model.version}`) : undefined;
      if (unfit !== undefined) throw new HalfUnfit(unfit);
      const before = providers[0] === 'cpu' ? undefined : this.#died.get(`${device} ${model.version}`);
      if (before) throw new DeviceFailed(before);
      await phases.begin('Loading the model');
      const { source, version, key } = model;
      try {
        const opened = await this.#session.open(
          {
            model: source,
            version,
            providers,
            compare: device === 'auto',
            shares: kept.many,
            index: deviceIndex(device),
            half: model.half,
          },
          signal,
        );
        // Not where another picture has meanwhile shown that its precision will not do.
        if (!ofThisPicture && kept.precision === precision) kept.model = model;
        return { model, opened };
      } catch (e) {
        kept.model = null;
        const reason = model.half && (again || !(e instanceof SessionProblem) || e.kind !== 'model') ? whyNotHalf(e) : null;
        if (reason !== null) this.#unfit.set(`${device} ${version}`, reason);
        const died = reason === null ? this.#diedOf(e, providers, `${device} ${version}`) : null;
        if (died) throw died;
        if (again || key === null || !(e instanceof SessionProblem) || e.kind !== 'model') throw e;
        this.#cache.drop(key);
      }
    }
  }

  /** What a run with another threshold would give, from what one has kept; null where it is gone: then it must be run. */
  suppress({ candidates, iouThreshold }: Pick<SuppressParams, 'candidates' | 'iouThreshold'>): DetectResult | null {
    return this.#candidates.suppress(candidates, iouThreshold);
  }

  /** Of the process; null where none runs. */
  get pid(): number | null {
    return this.#session.pid;
  }

  /** Ends the process. The next `find` starts another. */
  close(): void {
    this.#session.close();
  }
}

/** One for a thread. */
let shared: Detector | null = null;
export function detector(): Detector {
  if (!shared) clearUp();
  shared ??= new Detector(assets.inference, modelFolder(process.env));
  return shared;
}

/** Whoever was killed meanwhile has left hundreds of megabytes. */
function clearUp(): void {
  const models = modelFolder(process.env);
  if (models !== null) removeDrafts(models);
  const own = takesCuda() ? onnxruntimeBeside(new NodeHost(), assets.inference) : null;
  const cuda = own && cudaFolder(process.env, own);
  if (cuda !== null) removeUnfinished(cuda);
}

/** No other way would help: it was stopped, or it is the picture. */
const isFinal = (failure: unknown): boolean =>
  failure instanceof DetectFailure || (failure instanceof SessionProblem && (failure.kind === 'cancelled' || failure.kind === 'image'));

function problemOf(problem: SessionProblem, image: string): DetectProblem {
  const details = problem.refused.map(({ provider, reason }) => ({ label: fullName(provider), values: [reason] }));
  const told = (code: DetectProblem['code'], title: string, text: string): DetectProblem => ({
    kind: 'problem',
    code,
    title,
    text,
    details,
  });
  if (problem.foundNoRoom)
    return told(
      'child-died',
      'There is not enough memory for the model',
      `${problem.message.replace(/[.\s]*$/, '.')} Close other programs, choose the device cpu where it is a GPU's memory, or run at a smaller size.`,
    );
  switch (problem.kind) {
    case 'cancelled':
      return told('cancelled', 'Stopped', 'Detection was stopped before it was done.');
    case 'image':
      return told('image-unreadable', `${basename(image)} cannot be read`, problem.message);
    case 'died':
      return told(
        'child-died',
        'The process that runs the model died',
        `${problem.message} It is started again with the next run. If it dies again, choose the device cpu.`,
      );
    case 'provider':
      return told('child-died', 'No device takes this model', `${problem.message}. Choose the device cpu.`);
    // Where the model itself is in half precision; else it is run in float32.
    case 'overflow':
      return told('network', 'The model cannot be run in half precision', `${problem.message} Export it without --half.`);
    case 'misfit':
    case 'model':
      return told('network', 'The model cannot be run', problem.message);
  }
}
