/** `lr_config` of mmcv 1 as a list of schedulers (mmcv 1.7, `LrUpdaterHook` and its kinds; mmengine 0.10.7's schedulers of the same meaning). */
import type { Loop } from '../recipe/loop.ts';
import type { Part } from '../recipe/part.ts';

const READ = [
  'policy',
  'by_epoch',
  'step',
  'gamma',
  'min_lr',
  'min_lr_ratio',
  'power',
  'warmup',
  'warmup_iters',
  'warmup_ratio',
  'warmup_by_epoch',
];

/** Python's text; null where it has no such form. `written`: an entry's own text, where it has one in the open file. */
export function oldSchedule(part: Part, written: (key: string) => string | undefined, training: Loop | null): string | null {
  const keys = [...part.dict.entries.keys()].map(String);
  const isAll = keys.every(key => READ.includes(key) && written(key) !== undefined);
  const warmup = isAll ? warmupOf(part, written) : null;
  const main = warmup === null ? null : mainOf(part, written, training);
  return warmup === null || main === null ? null : `[${[...warmup, ...main].join(', ')}]`;
}

type Written = (key: string) => string | undefined;

function warmupOf(part: Part, written: Written): readonly string[] | null {
  if (!part.isGiven('warmup')) return [];
  const kind = part.text('warmup');
  const iterations = written('warmup_iters');
  const ratio = written('warmup_ratio') ?? '0.1';
  const byEpoch = part.flag('warmup_by_epoch') === true ? 'True' : 'False';
  if (iterations === undefined) return null;
  const rest = `by_epoch=${byEpoch}, begin=0, end=${iterations})`;
  if (kind === 'linear') return [`dict(type='LinearLR', start_factor=${ratio}, ${rest}`];
  return kind === 'constant' ? [`dict(type='ConstantLR', factor=${ratio}, ${rest}`] : null;
}

function mainOf(part: Part, written: Written, training: Loop | null): readonly string[] | null {
  const byEpoch = part.flag('by_epoch') === false ? 'False' : 'True';
  const named = (...pairs: readonly (readonly [name: string, text: string | undefined])[]): string =>
    pairs.flatMap(([name, text]) => (text === undefined ? [] : [`, ${name}=${text}`])).join('');
  switch (part.text('policy')?.toLowerCase()) {
    case 'fixed':
      return [];
    case 'step': {
      const step = written('step');
      const gamma = written('gamma') ?? '0.1';
      if (step === undefined || part.isGiven('min_lr')) return null;
      return part.number('step') === undefined
        ? [`dict(type='MultiStepLR', by_epoch=${byEpoch}, milestones=${step}, gamma=${gamma})`]
        : [`dict(type='StepLR', by_epoch=${byEpoch}, step_size=${step}, gamma=${gamma})`];
    }
    case 'exp':
      return written('gamma') === undefined ? null : [`dict(type='ExponentialLR', by_epoch=${byEpoch}, gamma=${written('gamma')})`];
    case 'poly':
      return [`dict(type='PolyLR', by_epoch=${byEpoch}${named(['power', written('power')], ['eta_min', written('min_lr')])})`];
    case 'cosineannealing': {
      const isCounted = training && training.length !== null && (training.by === 'epoch') === (byEpoch === 'True');
      if (!isCounted) return null;
      const least = named(['eta_min', written('min_lr')], ['eta_min_ratio', written('min_lr_ratio')]);
      return [`dict(type='CosineAnnealingLR', by_epoch=${byEpoch}, T_max=${training.length}${least})`];
    }
    default:
      return null;
  }
}
