/** Numbers and kinds that wrappers of optimizers, loops, schedules and hooks refuse (mmengine 0.10.7). */
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { plain } from '../python/origin.ts';
import type { Part } from '../recipe/part.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { nearest } from './nearest.ts';
import { type Check, type Refused, refused } from './refused.ts';

export function ofWrapper(part: Part, { model }: Recipe): readonly Refused[] {
  const counts = part.number('accumulative_counts');
  const clip = part.value('clip_grad');
  const wrong = numberFrom(clip) !== undefined || typeof clip === 'string' || typeof clip === 'boolean';
  return [
    ...(counts !== undefined && counts < 1
      ? [
          refused(
            'schedule-refused',
            'accumulative_counts',
            `gradients of at least one step are taken together; it is ${counts}`,
            'AssertionError: _accumulative_counts at least greater than or equal to 1',
            '1',
          ),
        ]
      : []),
    ...(wrong
      ? [
          refused(
            'argument-type',
            'clip_grad',
            'a dict is taken: `dict(max_norm=35)`',
            'AssertionError: If `clip_grad` is not None, it should be a `dict` which is the arguments of `torch.nn.utils.clip_grad_norm_`',
            ...(numberFrom(clip) === undefined ? [] : [`dict(max_norm=${numberFrom(clip)})`]),
          ),
        ]
      : []),
    ...(part.presence('constructor') === 'absent'
      ? ofCustomKeys(part.part('paramwise_cfg'), key => {
          if (part.part('optimizer')?.presence('weight_decay') === 'absent') return "TypeError: argument of type 'float' is not iterable";
          // With a decay it is looked at where a parameter has the name in its own.
          return model?.part(key) ? "AttributeError: 'float' object has no attribute 'get'" : null;
        })
      : []),
  ];
}
function ofCustomKeys(paramwise: Part | undefined, saysOf: (key: string) => string | null): readonly Refused[] {
  const keys = paramwise?.value('custom_keys');
  if (keys === undefined || keys === null || !paramwise) return [];
  const example = '`dict(backbone=dict(lr_mult=0.1))`';
  if (itemsFrom(keys) !== undefined || typeof keys === 'string')
    return [
      refused(
        'argument-type',
        'paramwise_cfg',
        `\`custom_keys\` must be a dict: ${example}`,
        `TypeError: If specified, custom_keys must be a dict, but got <class '${typeof keys === 'string' ? 'str' : 'list'}'>`,
      ),
    ];
  const own = paramwise.part('custom_keys');
  return [...(own?.dict.entries.values() ?? [])]
    .flatMap(({ key, value }): Refused[] => {
      const [name, number] = [String(plain(key)), numberFrom(value)];
      const says = number === undefined ? null : saysOf(name);
      const told = `\`custom_keys\`: what is said of ${name} must be a dict: \`dict(lr_mult=${number})\``;
      return says === null ? [] : [refused('argument-type', 'paramwise_cfg', told, says)];
    })
    .slice(0, 1);
}

/** `eta_min` is one number, or a share of the rate. */
export function ofMinimum(part: Part): readonly Refused[] {
  return part.isGiven('eta_min') && part.isGiven('eta_min_ratio')
    ? [
        refused(
          'schedule-refused',
          'eta_min_ratio',
          '`eta_min` is given too, and only one of them may be',
          'AssertionError: Either `eta_min` or `eta_min_ratio should be specified',
        ),
      ]
    : [];
}
export function ofMilestones(part: Part): readonly Refused[] {
  const one = part.number('milestones');
  return one === undefined
    ? []
    : [refused('argument-type', 'milestones', 'a list is taken', "TypeError: 'int' object is not iterable", `[${one}]`)];
}
export function ofStart(part: Part): readonly Refused[] {
  const [begin, end] = [part.number('begin') ?? 0, part.number('end')];
  // Of one step only the first is taken, which divides by nothing.
  const isLonger =
    part.presence('end') === 'absent' || (end !== undefined && end - begin > 1) || part.flag('convert_to_iter_based') === true;
  return part.number('start_factor') === 0 && isLonger
    ? [
        refused(
          'schedule-refused',
          'start_factor',
          'each step divides by the one before, so it cannot begin at 0: take a small number, 0.001',
          'ZeroDivisionError: float division by zero',
          '0.001',
        ),
      ]
    : [];
}

/** A part of an epoch cannot be trained. */
export const ofLength =
  (key: string): Check =>
  part => {
    const length = part.number(key);
    return length === undefined || Number.isInteger(length)
      ? []
      : [
          refused(
            'schedule-refused',
            key,
            `a whole number is taken; it is ${length}`,
            `AssertionError: \`${key}\` should be a integer number, but get ${length}.`,
          ),
        ];
  };

const PRIORITIES = 'HIGHEST VERY_HIGH HIGH ABOVE_NORMAL NORMAL BELOW_NORMAL LOW VERY_LOW LOWEST'.split(' ');
export function ofPriority(part: Part): readonly Refused[] {
  const [text, value] = [part.text('priority'), part.number('priority')];
  if (text !== undefined && !PRIORITIES.includes(text.toUpperCase())) {
    const near = nearest(text.toUpperCase(), PRIORITIES);
    return [
      {
        code: 'invalid-choice',
        key: 'priority',
        told: `there is no '${text}'; there are ${PRIORITIES.join(', ')}, and the numbers from 0 to 100`,
        says: `KeyError: '${text.toUpperCase()}'`,
        ...(near !== null && { right: `'${near}'` }),
      },
    ];
  }
  return value !== undefined && (value < 0 || value > 100)
    ? [
        {
          code: 'invalid-choice',
          key: 'priority',
          told: `it lies between 0 and 100; it is ${value}`,
          says: 'ValueError: priority must be between 0 and 100',
        },
      ]
    : [];
}

/** Of mmengine's average and those that inherit from it; another may take any number. */
export const ofAverage: Check = (part, recipe) => [...(isAverage(part) ? ofMomentum(part) : []), ...ofAverageStart(part, recipe)];

function ofMomentum(part: Part): readonly Refused[] {
  const momentum = part.number('momentum');
  return momentum !== undefined && (momentum <= 0 || momentum >= 1)
    ? [
        refused(
          'schedule-refused',
          'momentum',
          `the share of the new weights lies between 0 and 1, mostly 0.0001 or so; it is ${momentum}`,
          `AssertionError: momentum must be in range (0.0, 1.0)but got ${momentum}`,
        ),
      ]
    : [];
}
/** When the average begins: within the training (mmengine 0.10.7, `EMAHook.before_train`). */
function ofAverageStart(part: Part, { training }: Recipe): readonly Refused[] {
  if (!training || training.length === null) return [];
  const key = (part.number('begin_epoch') ?? 0) > 0 ? 'begin_epoch' : 'begin_iter';
  const [begin, isCounted] = [part.number(key), training.by === (key === 'begin_epoch' ? 'epoch' : 'iteration')];
  return begin !== undefined && isCounted && begin > training.length
    ? [
        refused(
          'schedule-refused',
          key,
          `it begins at ${begin}, and training is over at ${training.length}`,
          `AssertionError: self.${key} should be smaller than or equal to runner.max_${key === 'begin_epoch' ? 'epochs' : 'iters'}: ${training.length}, but got ${key}: ${begin}`,
        ),
      ]
    : [];
}
export const isAverage = (part: Part): boolean => part.presence('ema_type') === 'absent' || AVERAGES.test(part.text('ema_type') ?? '');
const AVERAGES = /^(?:mm\w+\.)?(?:ExponentialMovingAverage|MomentumAnnealingEMA|ExpMomentumEMA)$/;
