/** Every rule. Reads as a table. */
import { argumentType } from './argument-type.ts';
import { baseCycle } from './base-cycle.ts';
import { baseDuplicateKey } from './base-duplicate-key.ts';
import { baseMixedStyle } from './base-mixed-style.ts';
import { baseNotFound } from './base-not-found.ts';
import { buildError } from './build-error.ts';
import { channelMismatch } from './channel-mismatch.ts';
import { customImportsOverwritten } from './custom-imports-overwritten.ts';
import { deleteIgnored } from './delete-ignored.ts';
import { evaluationError } from './evaluation-error.ts';
import { indexOutOfRange } from './index-out-of-range.ts';
import { invalidChoice } from './invalid-choice.ts';
import { levelCountMismatch } from './level-count-mismatch.ts';
import { libraryMissing } from './library-missing.ts';
import { mergeTypeConflict } from './merge-type-conflict.ts';
import { missingArgument } from './missing-argument.ts';
import type { Rule } from './rule.ts';
import { shadowedPipeline } from './shadowed-pipeline.ts';
import { strideMismatch } from './stride-mismatch.ts';
import { syntaxError } from './syntax-error.ts';
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
  libraryMissing,
  // What it takes in silence, and does not do.
  deleteIgnored,
  customImportsOverwritten,
  shadowedPipeline,
  unusedOverride,
  // What the registries would.
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
  buildError,
];
