/** `momentum_config` of mmcv 1 as schedulers of the momentum (mmcv 1.7, `MomentumUpdaterHook` and its kinds; mmengine 0.10.7's schedulers of the same meaning). */
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import type { Loop } from '../recipe/loop.ts';
import type { Part } from '../recipe/part.ts';

const READ = ['policy', 'by_epoch', 'step', 'gamma', 'min_momentum', 'min_momentum_ratio', 'target_ratio', 'cyclic_times', 'step_ratio_up'];

/** Each as Python's text; null where it has no such form. `written`: an entry's own text, where it has one in the open file. */
export function oldMomentum(
  part: Part,
  written: (key: string) => string | undefined,
  training: Loop | null,
  optimizer: Part | undefined,
): readonly string[] | null {
  const keys = [...part.dict.entries.keys()].map(String);
  if (!keys.every(key => READ.includes(key) && written(key) !== undefined) || !hasMomentum(optimizer)) return null;
  const byEpoch = part.flag('by_epoch') === false ? 'False' : 'True';
  const named = (...pairs: readonly (readonly [name: string, text: string | undefined])[]): string =>
    pairs.flatMap(([name, text]) => (text === undefined ? [] : [`, ${name}=${text}`])).join('');
  switch (part.text('policy')?.toLowerCase()) {
    case 'step': {
      const step = written('step');
      if (step === undefined || part.isGiven('min_momentum')) return null;
      const gamma = written('gamma') ?? '0.5';
      return part.number('step') === undefined
        ? [`dict(type='MultiStepMomentum', by_epoch=${byEpoch}, milestones=${step}, gamma=${gamma})`]
        : [`dict(type='StepMomentum', by_epoch=${byEpoch}, step_size=${step}, gamma=${gamma})`];
    }
    case 'cosineannealing': {
      const isCounted = training && training.length !== null && (training.by === 'epoch') === (byEpoch === 'True');
      const least = named(['eta_min', written('min_momentum')], ['eta_min_ratio', written('min_momentum_ratio')]);
      return isCounted && least ? [`dict(type='CosineAnnealingMomentum', by_epoch=${byEpoch}, T_max=${training.length}${least})`] : null;
    }
    case 'cyclic':
      return cyclic(part, training);
    default:
      return null;
  }
}

/** Once down and up again, iteration by iteration over the whole of the training. */
function cyclic(part: Part, training: Loop | null): readonly string[] | null {
  const given =
    part.presence('target_ratio') === 'absent' ? [0.85 / 0.95, 1] : (itemsFrom(part.value('target_ratio')) ?? []).map(numberFrom);
  const [low, high] = given;
  const turn = (training?.length ?? Number.NaN) * (part.number('step_ratio_up') ?? 0.4);
  const isOnce = part.presence('cyclic_times') === 'absent' || part.number('cyclic_times') === 1;
  if (!training || training.length === null || given.length !== 2 || low === undefined || high === undefined) return null;
  if (!isOnce || !Number.isInteger(turn) || turn <= 0 || turn >= training.length) return null;
  const counted = training.by === 'epoch' ? 'by_epoch=True, convert_to_iter_based=True' : 'by_epoch=False';
  const phase = (ratio: number, begin: number, end: number): string =>
    `dict(type='CosineAnnealingMomentum', eta_min_ratio=${ratio}, T_max=${end - begin}, begin=${begin}, end=${end}, ${counted})`;
  return [phase(low, 0, turn), phase(high, turn, training.length)];
}

/** A schedule of what an optimizer does not have is refused. */
function hasMomentum(optimizer: Part | undefined): boolean {
  const type = optimizer?.typeName;
  return type === 'SGD' || type === 'RMSprop' ? (optimizer?.number('momentum') ?? 0) > 0 : /^(?:Adam|AdamW|NAdam|RAdam)$/.test(type ?? '');
}
