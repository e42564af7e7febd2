/** One picture, from its file to what the network takes. */
import type { DetectorRecipe } from '../detect/detection.ts';
import { type DecodedPicture, decode } from '../image/decode.ts';
import { normalize } from '../image/normalize.ts';
import { type Geometry, transform } from '../image/transform.ts';
import { ModelMisfit } from './model-misfit.ts';

/** A picture as the network takes it, and how it lies in that. */
export interface PreparedPicture {
  readonly input: Float32Array<ArrayBuffer>;
  readonly inputShape: readonly number[];
  readonly geometry: Geometry;
  /** Milliseconds. */
  readonly took: number;
}

/** Reads, unless it was read, resizes, normalizes. Needs no model, so that it goes on while the network is busy with another picture. Throws `PictureProblem` and `ModelMisfit`. */
export async function preparePicture(path: string, recipe: DetectorRecipe, read?: DecodedPicture): Promise<PreparedPicture> {
  const start = performance.now();
  const decoded = read ?? (await decode(path));
  const { picture, geometry } = transform(decoded, recipe.transforms);
  const { size } = recipe;
  const [width, height] = size;
  if (picture.width > width || picture.height > height) {
    throw new ModelMisfit(
      `The test pipeline makes ${picture.width} × ${picture.height} of this picture, and the network takes ${width} × ${height}. An exported model has one size; the config with its checkpoint makes one for each.`,
    );
  }
  const input = normalize(picture, decoded.first, recipe.normalization, size);
  return { input, inputShape: [1, 3, height, width], geometry, took: performance.now() - start };
}
