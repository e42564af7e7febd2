/** In the session's process: one picture, from its file to detections. */
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { DetectorRecipe } from '../detect/detection.ts';
import { detectionsOf, misfit } from '../detect/detections.ts';
import type { RawOutput } from '../detect/raw-output.ts';
import { decode } from '../image/decode.ts';
import { normalize } from '../image/normalize.ts';
import { transform } from '../image/transform.ts';
import type { Detected } from './messages.ts';

/** The model is not what the recipe describes. */
export class ModelMisfit extends Error {}

/** Throws `PictureProblem`, `ModelMisfit`, and what onnxruntime throws. */
export async function runPicture(session: InferenceSession, path: string, recipe: DetectorRecipe): Promise<Detected> {
  const start = performance.now();
  const { picture, geometry } = transform(await decode(path), recipe.transforms);
  const { size } = recipe;
  const [width, height] = size;
  if (picture.width > width || picture.height > height) {
    throw new ModelMisfit(
      `The test pipeline makes ${picture.width} × ${picture.height} of this picture, and the network takes ${width} × ${height}. An exported model has one size; the config with its checkpoint makes one for each.`,
    );
  }
  const inputShape = [1, 3, height, width];
  const input = new Tensor('float32', normalize(picture, recipe.normalization, size), inputShape);
  const prepared = performance.now();

  const [name] = session.inputNames;
  if (name === undefined || session.inputNames.length > 1)
    throw new ModelMisfit(`The model has ${session.inputNames.length} inputs; a detector has one.`);
  const results = await session.run({ [name]: input });
  const ran = performance.now();

  const outputs = session.outputNames.map((output): RawOutput => {
    const tensor = results[output];
    if (!tensor || !(tensor.data instanceof Float32Array)) throw new ModelMisfit(`The model's output ${output} holds no float32 numbers.`);
    return { shape: tensor.dims, data: tensor.data };
  });
  const wrong = misfit(recipe, outputs);
  if (wrong) throw new ModelMisfit(wrong);
  const detections = detectionsOf(recipe, outputs, geometry);
  const { width: pictureWidth, height: pictureHeight, scale, padding } = geometry;
  const timings = { prepare: prepared - start, network: ran - prepared, decode: performance.now() - ran };
  return { width: pictureWidth, height: pictureHeight, detections, inputShape, scale, padding, timings };
}
