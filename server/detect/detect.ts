/** Detection as the editor and the command line ask for it: config, checkpoint and picture in, boxes or a problem out. Nothing is thrown. */
import { basename } from 'node:path';
import {
  DEVICE_NAMES,
  type Detected,
  deviceIndex,
  fullName,
  type Opened,
  type Provider,
  providersFor,
  Session,
  SessionProblem,
} from '../../runtime/index.ts';
import { assets } from '../project/assets.ts';
import { NodeHost } from '../project/node-host.ts';
import type { DetectParams, DetectProblem, DetectProgress, DetectResult, SuppressParams } from '../protocol.ts';
import { cudaVariables } from './cuda.ts';
import { resultOf } from './detect-result.ts';
import { KeptCandidates, withThreshold } from './kept-candidates.ts';
import { type DetectPlace, type ReadyModel, readyModel } from './model.ts';
import { ModelCache } from './model-cache.ts';
import { modelFolder } from './model-folder.ts';
import { Phases } from './phases.ts';
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
  readonly raw?: boolean;
}

/** The model of a series, once it is known. */
interface Kept {
  model: ReadyModel | null;
  readonly many: boolean;
}

interface Opening {
  readonly providers: readonly Provider[];
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
  /** `program`: the built `inference.ts`. `cache`: folder for models that were made; null: none are kept. */
  constructor(program: string, cache: string | null) {
    this.#session = new Session({ program, variables: () => cudaVariables(new NodeHost(), process.env, program, this.#packages) });
    this.#cache = new ModelCache(cache);
  }

  find(place: DetectPlace, params: DetectParams, running: DetectRunning): Promise<Found | DetectProblem> {
    return this.#find(place, params, running, { model: null, many: false });
  }

  /**
   * For many pictures by one config: what was made ready for the first serves the others too, so that an edit of the config meanwhile changes nothing. Where the
   * network depends on the picture, each asks anew.
   */
  series(place: DetectPlace, wish: Wish, running: DetectRunning): (image: string) => Promise<Found | DetectProblem> {
    const kept: Kept = { model: null, many: true };
    return image => this.#find(place, { token: image, image, ...wish }, running, kept);
  }

  async #find(place: DetectPlace, params: DetectParams, running: DetectRunning, kept: Kept): Promise<Found | DetectProblem> {
    const phases = new Phases(params.token, progress => running.progress(progress));
    this.#packages = place.environment.roots;
    try {
      const providers = providersFor(params.device);
      if (!providers)
        throw new DetectFailure('child-died', `There is no device ${params.device}`, `Choose one of ${DEVICE_NAMES.join(', ')}.`);
      const { model, opened } = await this.#opened(place, params, { providers, signal: running.signal, phases, kept });
      await phases.begin(`Detecting on ${fullName(opened.provider)}`);
      const { keeps = false, iouThreshold = null } = params;
      const recipe = withThreshold(model.recipe, iouThreshold);
      const detected = await this.#session.detect(opened, params.image, recipe, running.signal, keeps);
      phases.end();
      const result = resultOf(params.image, model, opened, detected, iouThreshold);
      const { candidates } = detected;
      return { result: candidates ? this.#candidates.keep(model.recipe, candidates, result) : result, seen: detected };
    } catch (e) {
      if (e instanceof DetectFailure) return e.problem;
      if (e instanceof SessionProblem) {
        // What it has filled or half loaded stays so: the next run begins with another.
        if (isShortOfMemory(e)) this.#session.close();
        return problemOf(e, params.image);
      }
      throw e;
    }
  }

  /** A model from the cache that will not load is made again, once: another window may have taken it away, or the disk has spoiled it. */
  async #opened(
    place: DetectPlace,
    { config, checkpoint, image, device, raw = false }: DetectParams,
    { providers, signal, phases, kept }: Opening,
  ): Promise<{ readonly model: ReadyModel; readonly opened: Opened }> {
    let ofThisPicture = false;
    const measure = (): ReturnType<Session['measure']> => {
      ofThisPicture = true;
      return this.#session.measure(image, signal);
    };
    for (let again = false; ; again = true) {
      const model = kept.model ?? (await readyModel(place, { file: config, checkpoint, raw, measure }, this.#cache, phases));
      if (signal.aborted) throw new SessionProblem('cancelled', 'Stopped.');
      await phases.begin('Loading the model');
      const { source, version, key } = model;
      try {
        const opened = await this.#session.open(
          { model: source, version, providers, compare: device === 'auto', shares: kept.many, index: deviceIndex(device) },
          signal,
        );
        if (!ofThisPicture) kept.model = model;
        return { model, opened };
      } catch (e) {
        kept.model = null;
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
  shared ??= new Detector(assets.inference, modelFolder(process.env));
  return shared;
}

/** The model or onnxruntime itself found no room, in the words of the allocator or of the system's loader. */
const isShortOfMemory = ({ kind, message }: SessionProblem): boolean =>
  (kind === 'model' || kind === 'died') && /bad.?alloc|failed to (allocate|map)|out of memory|cannot allocate/i.test(message);

function problemOf(problem: SessionProblem, image: string): DetectProblem {
  const details = problem.refused.map(({ provider, reason }) => ({ label: fullName(provider), values: [reason] }));
  const told = (code: DetectProblem['code'], title: string, text: string): DetectProblem => ({
    kind: 'problem',
    code,
    title,
    text,
    details,
  });
  if (isShortOfMemory(problem))
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
    case 'model':
      return told('network', 'The model cannot be run', problem.message);
  }
}
