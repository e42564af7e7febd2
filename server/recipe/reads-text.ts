/** Detectors that are told their classes in words have room for words, and are asked for others than they learned. */
import type { Part } from './part.ts';

export const readsText = (model: Part | undefined): boolean =>
  model !== undefined &&
  (model.isGiven('language_model') ||
    model.isGiven('text_encoder') ||
    /GLIP|Grounding|World|CLIP/.test(`${model.type} ${model.part('backbone')?.type}`));
