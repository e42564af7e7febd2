/** What went into suppression for the pictures that are looked at: with another threshold it is done again where the boxes lie, and nothing is run. */
import { randomInt } from 'node:crypto';
import { afterSuppression, type DetectorRecipe, type Selected } from '../../runtime/index.ts';
import type { DetectResult } from '../protocol.ts';
import { detectionRecords, suppressionOf } from './detect-result.ts';

interface Kept {
  readonly recipe: DetectorRecipe;
  readonly candidates: Selected;
  /** What the run gave, which is the rest of any other answer too. */
  readonly result: DetectResult;
}

/** Two panels with two results each. */
const MOST = 4;

export class KeptCandidates {
  /** By number, the oldest first. */
  readonly #kept = new Map<number, Kept>();
  /** Counts from anywhere: a panel may still ask by a number of a server that has ended, and that must name nothing of this one. */
  #next = randomInt(2 ** 47);

  /** `recipe`: with the config's own threshold. */
  keep(recipe: DetectorRecipe, candidates: Selected, result: DetectResult): DetectResult {
    const id = this.#next++;
    const numbered: DetectResult = { ...result, suppression: { ...result.suppression, candidates: id } };
    this.#kept.set(id, { recipe, candidates, result: numbered });
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break;
      this.#kept.delete(old);
    }
    return numbered;
  }

  /** What a run with this `iou_threshold` in place of `model.test_cfg.nms`'s would give; null: its own. Null where the candidates are gone. */
  suppress(id: number, iouThreshold: number | null): DetectResult | null {
    const kept = this.#kept.get(id);
    if (!kept) return null;
    // The one that is looked at is the last to go.
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    const { candidates, result } = kept;
    const recipe = withThreshold(kept.recipe, iouThreshold);
    return {
      ...result,
      detections: detectionRecords(recipe, afterSuppression(recipe, candidates, result)),
      suppression: { ...suppressionOf(kept.recipe, iouThreshold), candidates: id },
    };
  }
}

/** The same recipe with another overlap that is let stand. */
export const withThreshold = (recipe: DetectorRecipe, iouThreshold: number | null): DetectorRecipe =>
  iouThreshold === null ? recipe : { ...recipe, test: { ...recipe.test, nmsIouThreshold: iouThreshold } };
