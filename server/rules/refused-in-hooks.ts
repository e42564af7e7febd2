/** Values that hooks, loops of evaluation and the log's figures end with once they act (mmengine 0.10.7, mmdet 3). */
import { itemsFrom } from '../config/from-value.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { Part } from '../recipe/part.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { nearest } from './nearest.ts';
import { type Check, type Refused, refused } from './refused.ts';

/** A count of steps that the number of the step is divided by. */
export const ofInterval =
  (isActive: (part: Part, recipe: Recipe) => boolean): Check =>
  (part, recipe) =>
    part.number('interval') === 0 && isActive(part, recipe)
      ? [refused('schedule-refused', 'interval', 'each step is divided by it, and it is 0', 'ZeroDivisionError: integer modulo by zero')]
      : [];

/** torch's `autocast` takes no other. */
export function ofHalf(part: Part): readonly Refused[] {
  const given = part.value('fp16');
  return typeof given === 'string' || itemsFrom(given) !== undefined
    ? [
        refused(
          'argument-type',
          'fp16',
          'True or False is taken',
          "TypeError: set_autocast_enabled(): argument 'enabled' (position 2) must be bool",
        ),
      ]
    : [];
}

/** So often are the pictures gone through. */
export function ofTimes(part: Part): readonly Refused[] {
  const times = part.value('times');
  const type = typeof times === 'string' ? 'str' : times instanceof Float ? 'float' : null;
  return type === null
    ? []
    : [refused('argument-type', 'times', 'a whole number is taken', `TypeError: '${type}' object cannot be interpreted as an integer`)];
}

/** What `HistoryBuffer` knows; a module that is imported may register more. */
const STATISTICS = ['min', 'max', 'mean', 'current'];
/** What runs log, by mmengine's runner and mostly by heads of boxes: of a name that is not logged nothing is asked. */
const IS_LOGGED = /^(?:loss|loss_cls|loss_bbox|time|data_time|lr)$/;
export function ofFigures(part: Part, { top }: Recipe): readonly Refused[] {
  const window = part.value('window_size');
  const asked = top.presence('custom_imports') === 'absent' ? (itemsFrom(part.value('custom_cfg')) ?? []) : [];
  const methods = asked.flatMap(item => {
    const one = plain(item);
    const figure = one instanceof Dict ? new Part([], one) : null;
    return figure && IS_LOGGED.test(figure.text('data_src') ?? '') ? (figure.text('method_name') ?? []) : [];
  });
  const strange = methods.find(method => !STATISTICS.includes(method));
  const near = strange === undefined ? null : nearest(strange, STATISTICS);
  return [
    ...(typeof window === 'string'
      ? [
          refused(
            'argument-type',
            'window_size',
            'a whole number is taken',
            "AssertionError: The type of window size should be int, but got <class 'str'>",
            ...(/^\d+$/.test(window) ? [window] : []),
          ),
        ]
      : []),
    ...(strange === undefined
      ? []
      : [
          refused(
            'invalid-choice',
            'custom_cfg',
            `there is no method '${strange}'; there are ${STATISTICS.map(s => `'${s}'`).join(', ')}${near === null ? '' : `; did you mean '${near}'?`}`,
            `KeyError: '${strange} has not been registered in HistoryBuffer._statistics_methods'`,
          ),
        ]),
  ];
}
