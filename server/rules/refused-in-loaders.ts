/** What torch's `DataLoader`, and mmengine's runner that makes one, refuse (torch 2; mmengine 0.10.7). */
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import type { Value } from '../python/value.ts';
import type { Part } from '../recipe/part.ts';
import { type Refused, refused } from './refused.ts';

export function ofLoader(part: Part): readonly Refused[] {
  return [...ofDataset(part), ...ofBatchSize(part), ...ofWorkers(part), ...ofTimeout(part), ...ofContext(part), ...ofBatches(part)];
}

const wrong = (key: string, told: string, says: string, right?: string): Refused => refused('argument-type', key, told, says, right);
/** The runner takes what is no dict for a data set that was built: the dicts in the list would be its pictures. Those that name no type may be such. */
function ofDataset(part: Part): readonly Refused[] {
  const several = itemsFrom(part.value('dataset'));
  return several?.length && several.every(one => isTyped(plain(one)))
    ? [
        wrong(
          'dataset',
          "one data set is taken: several are joined by `dict(type='ConcatDataset', datasets=[…])`",
          'Its dicts would be taken for pictures: the run ends at the first batch',
        ),
      ]
    : [];
}

const isTyped = (value: Value): boolean => value instanceof Dict && value.entries.has('type');

/** `2.0` is no whole number to torch. */
const isFraction = (part: Part, key: string): boolean => part.value(key) instanceof Float;
const textOf = (given: number): string => (Number.isInteger(given) ? `${given}.0` : String(given));

function ofBatchSize(part: Part): readonly Refused[] {
  const [size, isBatched] = [part.number('batch_size'), part.presence('batch_sampler') === 'given'];
  const says = (text: string): string => `ValueError: batch_size should be a positive integer value, but got batch_size=${text}`;
  // A batch sampler is given the number instead, and may take it in its own way.
  const isSeveral = itemsFrom(part.value('batch_size')) !== undefined;
  const sizes =
    size === undefined || isBatched
      ? isSeveral && !isBatched
        ? [wrong('batch_size', 'a whole number is taken, and this is a list', says('[…]'))]
        : []
      : isFraction(part, 'batch_size')
        ? [
            wrong(
              'batch_size',
              `a whole number is taken; it is ${textOf(size)}`,
              says(textOf(size)),
              Number.isInteger(size) ? String(size) : undefined,
            ),
          ]
        : size < 1
          ? [wrong('batch_size', `a number from 1 on is taken; it is ${size}`, says(String(size)))]
          : [];
  const dropped =
    part.isGiven('batch_sampler') && part.flag('drop_last') === true
      ? [
          wrong(
            'drop_last',
            'beside a `batch_sampler` it is refused: that takes one of its own',
            'ValueError: batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last',
            'False',
          ),
        ]
      : [];
  return [...sizes, ...dropped];
}

function ofWorkers(part: Part): readonly Refused[] {
  const [workers, ahead] = [part.number('num_workers'), part.number('prefetch_factor')];
  const refusals: Refused[] = [];
  if (part.presence('num_workers') === 'none')
    refusals.push(wrong('num_workers', 'a number is taken', "TypeError: '<' not supported between instances of 'NoneType' and 'int'", '0'));
  if (workers !== undefined && workers < 0)
    refusals.push(
      wrong(
        'num_workers',
        `0 reads in the main process, and less there is not; it is ${workers}`,
        'ValueError: num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.',
        '0',
      ),
    );
  else if (workers !== undefined && workers > 0 && isFraction(part, 'num_workers')) refusals.push(fraction('num_workers', workers));
  if (ahead !== undefined && workers !== undefined && workers > 0) {
    if (ahead < 0) refusals.push(wrong('prefetch_factor', tooFew(ahead), 'ValueError: prefetch_factor option should be non-negative'));
    else if (ahead === 0)
      refusals.push(
        wrong('prefetch_factor', tooFew(ahead), 'AssertionError: prefetch_factor must be greater than 0 for MultiProcessingDataLoaderIter'),
      );
    else if (isFraction(part, 'prefetch_factor')) refusals.push(fraction('prefetch_factor', ahead));
  }
  return refusals;
}

/** 2.0 where 2 is taken. */
const fraction = (key: string, value: number): Refused =>
  wrong(
    key,
    `a whole number is taken; it is ${textOf(value)}`,
    "TypeError: 'float' object cannot be interpreted as an integer",
    Number.isInteger(value) ? String(value) : undefined,
  );

const tooFew = (ahead: number): string => `each worker loads at least one batch ahead; it is ${ahead}`;

function ofTimeout(part: Part): readonly Refused[] {
  const timeout = part.number('timeout');
  if (typeof part.value('timeout') === 'string')
    return [wrong('timeout', 'a number is taken', "TypeError: '<' not supported between instances of 'str' and 'int'")];
  return timeout !== undefined && timeout < 0
    ? [wrong('timeout', `it must not be negative; it is ${timeout}`, 'ValueError: timeout option should be non-negative', '0')]
    : [];
}

const METHODS = ['fork', 'spawn', 'forkserver'];
function ofContext(part: Part): readonly Refused[] {
  const context = part.text('multiprocessing_context');
  if (context === undefined) return [];
  const workers = part.presence('num_workers') === 'absent' ? 0 : part.number('num_workers');
  if (workers === 0)
    return [
      wrong(
        'multiprocessing_context',
        '`num_workers` is 0, and nothing is begun in another process',
        'ValueError: multiprocessing_context can only be used with multi-process loading (num_workers > 0), but got num_workers=0',
        'None',
      ),
    ];
  return workers === undefined || METHODS.includes(context)
    ? []
    : [
        refused(
          'invalid-choice',
          'multiprocessing_context',
          `there is no '${context}'; there are ${METHODS.map(m => `'${m}'`).join(', ')}`,
          `ValueError: multiprocessing_context option should specify a valid start method in ['fork', 'spawn', 'forkserver'], but got multiprocessing_context='${context}'`,
        ),
      ];
}

/** The runner multiplies it and takes so many pictures. */
function ofBatches(part: Part): readonly Refused[] {
  const given = part.value('num_batch_per_epoch');
  return typeof given === 'string' || (numberFrom(given) !== undefined && given instanceof Float)
    ? [
        wrong(
          'num_batch_per_epoch',
          'a whole number is taken',
          `TypeError: '${typeof given === 'string' ? 'str' : 'float'}' object cannot be interpreted as an integer`,
        ),
      ]
    : [];
}
