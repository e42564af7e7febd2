/** How long and by what a loop counts (mmengine 0.10.7, `Runner.build_train_loop`). */
import type { ConfigPath } from '../config/resolved.ts';
import type { Part } from './part.ts';

export interface Loop {
  readonly part: Part;
  readonly by: 'epoch' | 'iteration';
  /** Of epochs or iterations; null where it is not written as a number. */
  readonly length: number | null;
  readonly lengthAt: ConfigPath;
}

/** Null where it is neither mmengine's loop by epochs nor that by iterations. */
export function trainLoop(part: Part | undefined): Loop | null {
  const by = part && countedBy(part);
  if (!part || !by) return null;
  const key = by === 'epoch' ? 'max_epochs' : 'max_iters';
  return { part, by, length: part.number(key) ?? null, lengthAt: part.at(key) };
}

/** Evaluation goes once through its data: an epoch. Null where the loop is of another kind. */
export function evaluationLoop(part: Part | undefined): Loop | null {
  const type = part?.typeName;
  if (!part || !(type === undefined || type === 'ValLoop' || type === 'TestLoop')) return null;
  return { part, by: 'epoch', length: 1, lengthAt: part.path };
}

function countedBy(part: Part): Loop['by'] | null {
  if (part.isGiven('type'))
    return part.typeName === 'EpochBasedTrainLoop' ? 'epoch' : part.typeName === 'IterBasedTrainLoop' ? 'iteration' : null;
  const byEpoch = part.flag('by_epoch');
  return byEpoch === undefined ? null : byEpoch ? 'epoch' : 'iteration';
}
