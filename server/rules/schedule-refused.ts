/** What the runner's loops and schedules refuse to be built or run with, by numbers alone (mmengine 0.10.7, `_ParamScheduler`, `Runner._build_param_scheduler`, `BaseLoop`). */
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Part } from '../recipe/part.ts';
import { lookupPart } from '../recipe/part-types.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import { typedPartOf } from '../recipe/typed-parts.ts';
import type { Severity } from './diagnostic.ts';
import { recipePlace } from './recipe-place.ts';
import { refusedValues } from './refused-values.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const scheduleRefused: ConfigRule = {
  code: 'schedule-refused',
  severity: 'error',
  summary: 'a loop or a schedule has numbers that it refuses',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    if (!isWhole(context.config) || !recipe.runs('train')) return [];
    // One of another library's, or of the user's own, may mean other things by the same words: mmpose's ConstantLR multiplies by more than 1.
    const schedulers = recipe.schedulers.filter(part => MMENGINES.test(part.typeName ?? '') && isOfMmengine(context, part));
    return [
      ...[...ofLoop(recipe), ...schedulers.flatMap(scheduler => ofScheduler(recipe, scheduler))].flatMap(one => finding(context, one)),
      ...refusedValues(context, 'schedule-refused'),
    ];
  },
};

/** Or of whom is not told: a part of a config that sets no scope. */
function isOfMmengine(context: ConfigContext, part: Part): boolean {
  const typed = typedPartOf(context, part);
  const found = typed ? lookupPart(context, typed) : null;
  return found === null || (found.kind === 'found' && found.entry.scope === 'mmengine');
}

const MMENGINES =
  /^(?:Constant|CosineAnnealing|CosineRestart|Exponential|Linear|MultiStep|OneCycle|Poly|QuadraticWarmup|ReduceOnPlateau|Step)(?:LR|Momentum|ParamScheduler)$/;

interface Refused {
  /** The first is what is wrong. */
  readonly paths: readonly ConfigPath[];
  readonly told: string;
  readonly says: string | null;
  readonly severity?: Severity;
  readonly right?: string;
}

function ofLoop(recipe: Recipe): readonly Refused[] {
  const { training } = recipe;
  const interval = training?.part.number('val_interval');
  // Until `val_begin`, nobody divides by it.
  const validates = recipe.runs('val') && training?.part.presence('val_begin') === 'absent';
  if (!training) return [];
  return [
    ...(interval === 0 && validates
      ? [
          {
            paths: [training.part.at('val_interval')],
            told: `there is no validation every 0 ${training.by}s`,
            says: 'ZeroDivisionError: integer modulo by zero',
            right: '1',
          },
        ]
      : []),
    ...ofIntervals(training.part, validates),
  ];
}

/** `[(280, 1)]`: from there on so often. */
function ofIntervals(loop: Part, validates: boolean): readonly Refused[] {
  const value = loop.value('dynamic_intervals');
  if (value === undefined || value === null || value instanceof UnknownValue) return [];
  const items = itemsFrom(value);
  const path = loop.at('dynamic_intervals');
  if (!(value instanceof List) || !items?.every(item => plain(item) instanceof Tuple || plain(item) instanceof UnknownValue))
    return [
      { paths: [path], told: 'this must be a list of tuples: `[(280, 1)]` validates each epoch from 280 on', says: 'AssertionError' },
    ];
  if (validates && items.some(item => numberFrom(itemsFrom(item)?.[1]) === 0))
    return [{ paths: [path], told: 'there is no validation every 0 of them', says: 'ZeroDivisionError: integer modulo by zero' }];
  const starts = items.map(item => numberFrom(itemsFrom(item)?.[0]));
  const isSorted = starts.every((start, i) => start === undefined || i === 0 || (starts[i - 1] ?? start) <= start);
  return isSorted
    ? []
    : [{ paths: [path], told: 'the epochs are not in their order, and are looked up as if they were', says: null, severity: 'warning' }];
}

function ofScheduler({ training }: Recipe, part: Part): readonly Refused[] {
  const begin = part.presence('begin') === 'absent' ? 0 : part.number('begin');
  const counts = part.presence('by_epoch') === 'absent' ? true : part.flag('by_epoch');
  // To a loop by iterations the whole training is one epoch.
  const whole =
    counts === undefined ? null : counts === (training?.by === 'epoch') ? (training?.length ?? null) : counts && training ? 1 : null;
  const end = part.presence('end') === 'absent' ? whole : part.number('end');
  const refused: Refused[] = [];
  if (begin !== undefined && end !== undefined && end !== null && end <= begin) {
    const isOwn = part.isGiven('end');
    refused.push({
      paths: [part.at(part.isGiven('begin') ? 'begin' : 'end'), ...(isOwn ? [part.at('end')] : training ? [training.lengthAt] : [])],
      told: isOwn ? `it ends at ${end}, and begins at ${begin}` : `it begins at ${begin}, and ends with the training at ${end}`,
      says: `ValueError: end should be larger than begin, but got begin=${begin}, end=${end}`,
    });
  }
  if (part.flag('convert_to_iter_based') === true && part.flag('by_epoch') === false)
    refused.push({
      paths: [part.at('convert_to_iter_based'), part.at('by_epoch')],
      told: 'it counts iterations already: only a schedule by epochs can be converted',
      says: 'AssertionError: Only epoch-based parameter scheduler can be converted to iter-based, and `epoch_length` should be set',
      right: 'False',
    });
  return [...refused, ...ofFactors(part)];
}

/** Factors that are a part of the rate. */
const FACTORS: Readonly<Record<string, readonly (readonly [key: string, name: string])[]>> = {
  LinearLR: [
    ['start_factor', 'Starting'],
    ['end_factor', 'Ending'],
  ],
  ConstantLR: [['factor', 'Constant']],
};

function ofFactors(part: Part): readonly Refused[] {
  return (FACTORS[part.typeName ?? ''] ?? []).flatMap(([key, name]): Refused[] => {
    const factor = part.number(key);
    if (factor === undefined || (factor >= 0 && factor <= 1)) return [];
    return [
      {
        paths: [part.at(key)],
        told: `the rate is multiplied by it, and it must lie between 0 and 1; it is ${factor}`,
        says: `ValueError: ${name} multiplicative factor should between 0 and 1.`,
      },
    ];
  });
}

function finding(context: ConfigContext, { paths, told, says, severity, right }: Refused): readonly Finding[] {
  const [path] = paths;
  const place = recipePlace(context, paths);
  if (!path || !place) return [];
  return [
    {
      ...place,
      message: `\`${formatPath(path.at(-1) === 'begin' || path.at(-1) === 'end' ? path.slice(0, -1) : path)}\`: ${told}${says === null ? '' : `\n${says}`}`,
      ...(severity && { severity }),
      fixes: right === undefined ? [] : settingFix(context, [{ path, text: right }], `Set ${formatPath(path)} to ${right}`),
    },
  ];
}
