/** What the language server answers `necktie/detect`, `necktie/suppress`, `necktie/validation`, `necktie/evaluate` and `necktie/inspect` with. */
import { basename } from 'node:path';
import { cocoFigures, type FoundBox } from '../../runtime/index.ts';
import type { Project } from '../project/project.ts';
import type {
  DetectParams,
  DetectProblem,
  DetectResult,
  EvaluateParams,
  EvaluateResult,
  InspectParams,
  InspectResult,
  SuppressParams,
  SuppressResult,
  TruthRecord,
  ValidationParams,
  ValidationResult,
} from '../protocol.ts';
import { type DetectRunning, detector } from './detect.ts';
import { notesOf } from './detect-result.ts';
import { detectOnSet } from './evaluate.ts';
import { inspect } from './inspect.ts';
import type { DetectPlace } from './place.ts';
import { DetectFailure } from './problem.ts';
import { truthOn } from './truth.ts';
import { ValidationSets } from './validation-sets.ts';

/** One for a thread. */
const sets = new ValidationSets();

export async function detect(place: DetectPlace, params: DetectParams, running: DetectRunning): Promise<DetectResult | DetectProblem> {
  const answer = await detector().find(place, params, running);
  if (!('result' in answer)) return answer;
  return withTruth(place, answer.result, params);
}

export async function suppress(place: DetectPlace, params: SuppressParams): Promise<SuppressResult | DetectProblem> {
  const result = detector().suppress(params);
  return result ? withTruth(place, result, params) : { kind: 'gone' };
}

function withTruth(
  place: DetectPlace,
  result: DetectResult,
  { config, image, truth }: Pick<DetectParams, 'config' | 'image' | 'truth'>,
): Promise<DetectResult | DetectProblem> {
  return told(() => {
    if (!truth) return result;
    const set = sets.of(place, config);
    const picture = set.pictures.find(({ path }) => path === image);
    return picture ? { ...result, truth: truthOn(set, picture, result.detections) } : result;
  });
}

export function validation(place: DetectPlace, { config }: ValidationParams): Promise<ValidationResult | DetectProblem> {
  return told(() => {
    const { pictures, categories } = sets.of(place, config);
    return { kind: 'validation', pictures: pictures.map(({ path }) => path), classes: categories.map(({ name }) => name) };
  });
}

export function evaluate(
  place: DetectPlace,
  { token, ...wish }: EvaluateParams,
  { signal, progress }: DetectRunning,
): Promise<EvaluateResult | DetectProblem> {
  return told(async () => {
    const set = sets.of(place, wish.config);
    const found: FoundBox[] = [];
    const pictures: EvaluateResult['pictures'][number][] = [];
    const notes = [...set.notes];
    const running: DetectRunning = {
      signal,
      // Once pictures are counted, what each goes through is of no interest.
      progress: ({ phase, finished }) => (pictures.length === 0 ? progress({ token, phase, finished }) : undefined),
    };
    for await (const { picture, found: here, result } of detectOnSet(detector(), place, set, wish, running)) {
      for (const box of here) found.push(box);
      pictures.push({ image: picture.path, objects: objectsOf(truthOn(set, picture, result.detections), result) });
      if (pictures.length === 1) notes.push(...notesOf(result));
      progress({ token, phase: `${basename(picture.path)}, ${pictures.length} of ${set.pictures.length}`, finished: [] });
    }
    return { kind: 'figures', ...cocoFigures(set.truth, found, set.categories), pictures, notes };
  });
}

export function inspected(project: Project, { checkpoint, config }: InspectParams): Promise<InspectResult | DetectProblem> {
  return told(() => inspect(project, checkpoint, config));
}

function objectsOf({ objects, matches }: TruthRecord, { detections }: DetectResult): EvaluateResult['pictures'][number]['objects'] {
  const scores = new Map(matches.flatMap((match, at) => (match ? [[match.object, detections[at]?.score ?? null] as const] : [])));
  return objects.flatMap(({ label, crowd }, at) => (crowd ? [] : [[label, scores.get(at) ?? null] as const]));
}

async function told<Result>(work: () => Result | Promise<Result>): Promise<Result | DetectProblem> {
  try {
    return await work();
  } catch (e) {
    if (e instanceof DetectFailure) return e.problem;
    throw e;
  }
}
