/** What the runner builds of a dict that says no type (mmengine 0.10.7, `Runner.build_train_loop` and its kin). */
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import type { Dict } from '../python/types/dict.ts';
import type { PlaceKind } from './place.ts';

export interface TypeByDefault {
  readonly type: string;
  readonly place: PlaceKind;
}

/** Null where there is none. */
export function typeByDefault(path: ConfigPath, dict: Dict): TypeByDefault | null {
  if (path.length !== 1) return null;
  switch (path[0]) {
    case 'log_processor':
      return { type: 'LogProcessor', place: { registry: 'log_processor', role: 'log_processor' } };
    case 'val_cfg':
      return { type: 'ValLoop', place: LOOP };
    case 'test_cfg':
      return { type: 'TestLoop', place: LOOP };
    case 'train_cfg': {
      const byEpoch = plain(dict.get('by_epoch') ?? null);
      if (typeof byEpoch !== 'boolean') return null;
      return { type: byEpoch ? 'EpochBasedTrainLoop' : 'IterBasedTrainLoop', place: COUNTED_LOOP };
    }
    default:
      return null;
  }
}

const LOOP: PlaceKind = { registry: 'loop', role: 'loop' };
/** Of `by_epoch`, which its builder takes out. */
const COUNTED_LOOP: PlaceKind = { registry: 'loop', role: 'counted_loop' };
