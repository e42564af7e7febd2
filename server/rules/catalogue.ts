/** Every rule. Reads as a table. */

import { annotationClasses } from './annotation-classes.ts';
import { argumentType } from './argument-type.ts';
import { autoScaleLr } from './auto-scale-lr.ts';
import { baseCycle } from './base-cycle.ts';
import { baseDuplicateKey } from './base-duplicate-key.ts';
import { baseMixedStyle } from './base-mixed-style.ts';
import { baseNotFound } from './base-not-found.ts';
import { boundTwice } from './bound-twice.ts';
import { buildError } from './build-error.ts';
import { byEpochMismatch } from './by-epoch-mismatch.ts';
import { channelMismatch } from './channel-mismatch.ts';
import { checkpointMismatch } from './checkpoint-mismatch.ts';
import { customHooksOverwritten } from './custom-hooks-overwritten.ts';
import { customImportsOverwritten } from './custom-imports-overwritten.ts';
import { dataNotFound } from './data-not-found.ts';
import { deleteIgnored } from './delete-ignored.ts';
import { duplicateHook } from './duplicate-hook.ts';
import { emaMomentum } from './ema-momentum.ts';
import { endlessEpoch } from './endless-epoch.ts';
import { evaluationError } from './evaluation-error.ts';
import { evaluatorOtherData } from './evaluator-other-data.ts';
import { frozenRandom } from './frozen-random.ts';
import { imgScaleStride } from './img-scale-stride.ts';
import { importNotFound } from './import-not-found.ts';
import { indexOutOfRange } from './index-out-of-range.ts';
import { initCfgIgnored } from './init-cfg-ignored.ts';
import { invalidChoice } from './invalid-choice.ts';
import { levelCountMismatch } from './level-count-mismatch.ts';
import { libraryMissing } from './library-missing.ts';
import { loopIncomplete } from './loop-incomplete.ts';
import { lossOfOffsets } from './loss-of-offsets.ts';
import { mergeTypeConflict } from './merge-type-conflict.ts';
import { metainfo } from './metainfo.ts';
import { missingArgument } from './missing-argument.ts';
import { missingType } from './missing-type.ts';
import { numClassesMismatch } from './num-classes-mismatch.ts';
import { oldVersionKey } from './old-version-key.ts';
import { paramwiseUnknownKey } from './paramwise-unknown-key.ts';
import { persistentWorkers } from './persistent-workers.ts';
import { pipelineMissingKey } from './pipeline-missing-key.ts';
import { pipelineOrder } from './pipeline-order.ts';
import { pretrainedMismatch } from './pretrained-mismatch.ts';
import { pretrainedPrefix } from './pretrained-prefix.ts';
import type { Rule } from './rule.ts';
import { saveBestUnknown } from './save-best-unknown.ts';
import { schedulePastEnd } from './schedule-past-end.ts';
import { scheduleRefused } from './schedule-refused.ts';
import { shadowedPipeline } from './shadowed-pipeline.ts';
import { strideMismatch } from './stride-mismatch.ts';
import { switchedPipeline } from './switched-pipeline.ts';
import { syntaxError } from './syntax-error.ts';
import { testMode } from './test-mode.ts';
import { typeNeedsImport } from './type-needs-import.ts';
import { typeWrongPlace } from './type-wrong-place.ts';
import { undefinedName } from './undefined-name.ts';
import { unknownArgument } from './unknown-argument.ts';
import { unknownType } from './unknown-type.ts';
import { unusedOverride } from './unused-override.ts';

export const RULES: readonly Rule[] = [
  // What mmengine would fail with.
  syntaxError,
  baseNotFound,
  baseCycle,
  baseDuplicateKey,
  baseMixedStyle,
  undefinedName,
  mergeTypeConflict,
  evaluationError,
  importNotFound,
  libraryMissing,
  // What it takes in silence, and does not do.
  deleteIgnored,
  customImportsOverwritten,
  shadowedPipeline,
  unusedOverride,
  oldVersionKey,
  boundTwice,
  // What the registries would.
  missingType,
  unknownType,
  typeNeedsImport,
  typeWrongPlace,
  unknownArgument,
  missingArgument,
  argumentType,
  invalidChoice,
  indexOutOfRange,
  // What PyTorch would, or would not and should.
  channelMismatch,
  levelCountMismatch,
  strideMismatch,
  imgScaleStride,
  buildError,
  // What stops a run once the model is right.
  loopIncomplete,
  persistentWorkers,
  autoScaleLr,
  scheduleRefused,
  saveBestUnknown,
  pipelineMissingKey,
  // What lets it go on, and spoils it: the schedule, the data, the weights.
  endlessEpoch,
  byEpochMismatch,
  schedulePastEnd,
  paramwiseUnknownKey,
  pipelineOrder,
  switchedPipeline,
  duplicateHook,
  customHooksOverwritten,
  emaMomentum,
  numClassesMismatch,
  lossOfOffsets,
  metainfo,
  testMode,
  evaluatorOtherData,
  dataNotFound,
  annotationClasses,
  pretrainedPrefix,
  pretrainedMismatch,
  checkpointMismatch,
  initCfgIgnored,
  frozenRandom,
];
