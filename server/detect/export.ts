/** `necktie export`: a config and a checkpoint as one ONNX file that runs with nothing else. */
import { HalfRefused, type Size } from '../../runtime/index.ts';
import type { DetectResult } from '../protocol.ts';
import { findCheckpoint } from './find-checkpoint.ts';
import { loadConfig } from './load-config.ts';
import { makeModel } from './model.ts';
import type { Phases } from './phases.ts';
import type { DetectPlace } from './place.ts';
import { DetectFailure } from './problem.ts';
import { recipeOf, resizedRecipe } from './recipe.ts';

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
  /** In half precision. */
  readonly half: boolean;
  /** Of the input, where the test pipeline makes pictures of changing sizes; null: as large as the config allows. */
  readonly size: Size | null;
}

/** Throws `DetectFailure`. */
export async function exportModel(
  place: DetectPlace,
  { file, checkpoint, dynamicBatch, nms, half, size }: ExportWish,
  phases: Phases,
): Promise<Exported> {
  const { config, data } = loadConfig(place, file);
  const own = recipeOf(data);
  const recipe = size === null ? own : resizedRecipe(own, data, size);
  const path = checkpoint ?? findCheckpoint(place.host, file, data, place.environment.workspace ?? []);
  const wanted = { config, file, data, recipe, checkpoint: path, raw: false, dynamicBatch, nms, half };
  const { model } = await makeModel(place, wanted, phases).catch((e: unknown) => {
    if (!(e instanceof HalfRefused)) throw e;
    throw new DetectFailure('network', 'The model cannot be had in half precision', `${e.message} Export it without --half.`);
  });
  return { model, weights: { kind: path === null ? 'random' : 'checkpoint', path } };
}
