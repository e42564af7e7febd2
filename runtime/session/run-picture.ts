/** In the session's process: a picture that was prepared, from the network to detections. */
import type { InferenceSession } from 'onnxruntime-node';
import type { DetectorRecipe } from '../detect/detection.ts';
import { afterSuppression, candidatesOf, detectionsOfSuppressed, misfit } from '../detect/detections.ts';
import type { RawOutput } from '../detect/raw-output.ts';
import type { Selected } from '../detect/selected.ts';
import { PICTURE_SIZE, SUPPRESSED } from '../onnx/suppression.ts';
import type { Detected } from './messages.ts';
import { HalfOverflow, ModelMisfit } from './model-misfit.ts';
import { onnxruntime } from './onnxruntime.ts';
import type { Opened } from './open-model.ts';
import type { PreparedPicture } from './prepare-picture.ts';

/** So many candidates of a picture are handed out at most: of a network that was never trained there are a million. */
const MOST_KEPT = 100_000;

/** `keeps`: with what went into suppression, so that it can be done again. Throws `ModelMisfit`, `HalfOverflow`, and what onnxruntime throws. */
export async function runPicture(
  { session, half }: Pick<Opened, 'session' | 'half'>,
  { input, inputShape, geometry, took }: PreparedPicture,
  recipe: DetectorRecipe,
  keeps: boolean,
): Promise<Detected> {
  const [name, ...more] = session.inputNames;
  if (name === undefined || more.some(other => other !== PICTURE_SIZE))
    throw new ModelMisfit(`The model has ${session.inputNames.length} inputs; a detector has one.`);
  const { Tensor } = await onnxruntime();
  const prepared = performance.now();
  const size = more.length ? { [PICTURE_SIZE]: new Tensor('float32', Float32Array.from(geometry.inner), [1, 2]) } : {};
  const results = await session.run({ [name]: new Tensor('float32', input, inputShape), ...size });
  const ran = performance.now();

  const raw = recipe.suppressed ? null : rawOutputs(session, results, recipe);
  if (half && raw && !raw.every(areFinite))
    throw new HalfOverflow('The network’s numbers grow beyond 65,504, which float16 does not hold.');
  const candidates = raw && candidatesOf(recipe, raw, geometry);
  const detections = candidates
    ? afterSuppression(recipe, candidates, geometry)
    : detectionsOfSuppressed(recipe, suppressedIn(results), geometry);
  const { width: pictureWidth, height: pictureHeight, scale, padding } = geometry;
  const timings = { prepare: took, network: ran - prepared, decode: performance.now() - ran };
  const kept = keeps && candidates && candidates.scores.length <= MOST_KEPT ? { candidates } : {};
  return { width: pictureWidth, height: pictureHeight, detections, inputShape, scale, padding, timings, ...kept };
}

/** Of numbers that a run gave. */
function areFinite({ data }: RawOutput): boolean {
  // Nothing times what is not finite is not nothing: one look at all of them costs less than one at each.
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! * 0;
  return sum === 0;
}

function rawOutputs(session: InferenceSession, results: InferenceSession.ReturnType, recipe: DetectorRecipe): readonly RawOutput[] {
  const outputs = session.outputNames.map((output): RawOutput => {
    const tensor = results[output];
    if (!tensor || !(tensor.data instanceof Float32Array)) throw new ModelMisfit(`The model's output ${output} holds no float32 numbers.`);
    return { shape: tensor.dims, data: tensor.data };
  });
  const wrong = misfit(recipe, outputs);
  if (wrong) throw new ModelMisfit(wrong);
  return outputs;
}

function suppressedIn(results: InferenceSession.ReturnType): Selected {
  const [boxes, scores, labels] = [SUPPRESSED.boxes, SUPPRESSED.scores, SUPPRESSED.labels].map(name => results[name]?.data);
  if (boxes instanceof Float32Array && scores instanceof Float32Array && labels instanceof BigInt64Array)
    return { boxes, scores, labels: Int32Array.from(labels, Number) };
  throw new ModelMisfit('The model says that boxes come out of it, and has no outputs boxes, scores and labels.');
}
