/** Every rule. Reads as a table. */
import { baseCycle } from './base-cycle.ts';
import { baseDuplicateKey } from './base-duplicate-key.ts';
import { baseMixedStyle } from './base-mixed-style.ts';
import { baseNotFound } from './base-not-found.ts';
import { buildError } from './build-error.ts';
import { channelMismatch } from './channel-mismatch.ts';
import { customImportsOverwritten } from './custom-imports-overwritten.ts';
import { deleteIgnored } from './delete-ignored.ts';
import { evaluationError } from './evaluation-error.ts';
import { levelCountMismatch } from './level-count-mismatch.ts';
import { libraryMissing } from './library-missing.ts';
import { mergeTypeConflict } from './merge-type-conflict.ts';
import { missingArgument } from './missing-argument.ts';
import type { Rule } from './rule.ts';
import { shadowedPipeline } from './shadowed-pipeline.ts';
import { strideMismatch } from './stride-mismatch.ts';
import { syntaxError } from './syntax-error.ts';
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
  unknownArgument,
  missingArgument,
  // What PyTorch would, or would not and should.
  channelMismatch,
  levelCountMismatch,
  strideMismatch,
  buildError,
];
