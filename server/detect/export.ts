/** `necktie export`: a config and a checkpoint as one ONNX file that runs with nothing else. */
import type { DetectResult } from '../protocol.ts';
import { findCheckpoint } from './find-checkpoint.ts';
import { loadConfig } from './load-config.ts';
import { type DetectPlace, makeModel } from './model.ts';
import type { Phases } from './phases.ts';
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
  const { config, data } = loadConfig(place, file);
  const path = checkpoint ?? findCheckpoint(place.host, file, data, place.environment.workspace ?? []);
  const { model } = await makeModel(
    place,
    { config, file, data, recipe: recipeOf(data), checkpoint: path, raw: false, dynamicBatch, nms },
    phases,
  );
  return { model, weights: { kind: path === null ? 'random' : 'checkpoint', path } };
}
