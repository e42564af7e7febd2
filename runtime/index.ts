/** What the server may use of the runtime's detection half. Graphs and operators are imported from `network/` and `onnx/` by those who build on them. */
export type {
  DenseBox,
  Detection,
  DetectorHead,
  DetectorRecipe,
  Normalization,
  SoftSuppression,
  TestSettings,
  Transform,
} from './detect/detection.ts';
export { afterSuppression } from './detect/detections.ts';
export { type ExportedModel, exportedModelOf, readExportedModel, withMetadata } from './detect/exported-model.ts';
export type { Selected } from './detect/selected.ts';
export { type CocoFigures, cocoFigures, FIGURE_NAMES } from './evaluate/coco-figures.ts';
export {
  AnnotationProblem,
  type CocoTruth,
  cocoTruthOf,
  type FoundBox,
  foundBoxesOf,
  foundText,
  type ImageId,
  type TruthBox,
  type TruthCategory,
  type TruthImage,
} from './evaluate/coco-truth.ts';
export { matchBoxes, overlap, overlapsOf } from './evaluate/match-boxes.ts';
export { multiple, type Size, sizeAfter } from './image/transform.ts';
export { HalfRefused, inHalfPrecision } from './onnx/half-precision.ts';
export type { Detected, HalfPrecision, Provider, Refusal } from './session/messages.ts';
export { ONNXRUNTIME_VARIABLE } from './session/onnxruntime.ts';
export {
  DEVICE_NAMES,
  deviceIndex,
  fullName,
  HALF_PRECISION,
  HOPELESS,
  hadNoRoom,
  NO_ROOM,
  providersFor,
  providersHere,
  refusalReason,
} from './session/providers.ts';
export { type Opened, ProcessDied, Session, SessionProblem } from './session/session.ts';
export { type Checkpoint, readCheckpoint } from './weights/checkpoint.ts';
export { type CheckpointHeader, readCheckpointHeader, type TensorHeader } from './weights/checkpoint-header.ts';
export { type Expected, matchStateDict, type StateDictMatch } from './weights/match.ts';
export { WeightsProblem } from './weights/problem.ts';
export { randomWeights } from './weights/random.ts';
export { trainedAs } from './weights/trained-as.ts';
