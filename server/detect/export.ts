/** `necktie export`: a config and a checkpoint as one ONNX file that runs with nothing else. */
import type { DetectResult } from '../protocol.ts';
import { dataOf } from './data.ts';
import { findCheckpoint } from './find-checkpoint.ts';
import { type DetectPlace, makeModel } from './model.ts';
import type { Phases } from './phases.ts';
import { DetectFailure } from './problem.ts';
import { recipeOf } from './recipe.ts';

export interface Exported {
  readonly model: Uint8Array;
  readonly weights: Pick<DetectResult['weights'], 'kind' | 'path'>;
}

export interface ExportWish {
  /** The config's file. */
  readonly file: string;
  /** Null: looked for. */
  readonly checkpoint: string | null;
  /** For any number of pictures at once. */
  readonly dynamicBatch: boolean;
  /** Boxes out of the graph. */
  readonly nms: boolean;
}

/** Throws `DetectFailure`. */
export async function exportModel(
  place: DetectPlace,
  { file, checkpoint, dynamicBatch, nms }: ExportWish,
  phases: Phases,
): Promise<Exported> {
  const config = place.config(file);
  const [problem] = config.problems;
  if (!config.ok && problem) throw new DetectFailure('network', 'The config cannot be loaded', `${problem.errorType}: ${problem.message}`);
  const data = dataOf(config.value);
  const path = checkpoint ?? findCheckpoint(place.host, file, data, place.environment.workspace ?? []);
  const { model } = await makeModel(
    place,
    { config, file, data, recipe: recipeOf(data), checkpoint: path, raw: false, dynamicBatch, nms },
    phases,
  );
  return { model, weights: { kind: path === null ? 'random' : 'checkpoint', path } };
}
