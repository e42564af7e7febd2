/** Values that torch's optimizers refuse to be built with (torch 2, the `raise ValueError` of each `__init__`): told where torch itself is not at hand as well. */
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import type { Part } from '../recipe/part.ts';
import { type Check, type Refused, refused, typeOf } from './refused.ts';

/** How an optimizer calls a number that must not be negative. */
const CALLED: Readonly<Record<string, string>> = {
  lr: 'learning rate',
  momentum: 'momentum value',
  weight_decay: 'weight_decay value',
  eps: 'epsilon value',
  alpha: 'alpha value',
  lr_decay: 'lr_decay value',
  initial_accumulator_value: 'initial_accumulator_value value',
  momentum_decay: 'momentum_decay value',
};
/** Which numbers each looks at. */
const NOT_NEGATIVE: Readonly<Record<string, readonly string[]>> = {
  SGD: ['lr', 'momentum', 'weight_decay'],
  Adam: ['lr', 'eps', 'weight_decay'],
  AdamW: ['lr', 'eps', 'weight_decay'],
  NAdam: ['lr', 'eps', 'weight_decay', 'momentum_decay'],
  RAdam: ['lr', 'eps', 'weight_decay'],
  Adamax: ['lr', 'eps', 'weight_decay'],
  RMSprop: ['lr', 'eps', 'momentum', 'weight_decay', 'alpha'],
  Adagrad: ['lr', 'lr_decay', 'weight_decay', 'initial_accumulator_value', 'eps'],
  Adadelta: ['lr', 'eps', 'weight_decay'],
  ASGD: ['lr', 'weight_decay'],
  Rprop: ['lr'],
  SparseAdam: [],
};
const WITH_BETAS = new Set(['Adam', 'AdamW', 'NAdam', 'RAdam', 'Adamax', 'SparseAdam']);
/** All of torch's that are looked at, as a row of the table of checks has them. */
export const OPTIMIZERS = Object.keys(NOT_NEGATIVE).join(' ');

export const ofOptimizer: Check = part => {
  const type = part.typeName ?? '';
  const negative = (NOT_NEGATIVE[type] ?? []).flatMap((key): Refused[] => {
    const given = part.number(key);
    return given !== undefined && given < 0
      ? [wrong(key, `it must not be negative; it is ${given}`, `ValueError: Invalid ${CALLED[key] ?? key}: ${given}`)]
      : [];
  });
  return [
    ...negative,
    ...(type === 'SGD' ? ofNesterov(part) : []),
    ...(WITH_BETAS.has(type) ? ofBetas(part) : []),
    ...(type === 'SparseAdam' ? ofSparse(part) : []),
    ...(type === 'Adadelta' ? ofRho(part) : []),
    ...(type === 'Rprop' ? ofEtas(part) : []),
  ];
};

const wrong = (key: string, told: string, says: string): Refused => refused('schedule-refused', key, told, says);
/** As Python writes it. */
const asFloat = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

function ofNesterov(part: Part): readonly Refused[] {
  if (part.flag('nesterov') !== true) return [];
  const says = 'ValueError: Nesterov momentum requires a momentum and zero dampening';
  const momentum = part.presence('momentum') === 'absent' ? 0 : part.number('momentum');
  if (momentum === 0) return [wrong('nesterov', 'this is a kind of momentum, and there is none: give `momentum` as well', says)];
  const dampening = part.number('dampening');
  return dampening === undefined || dampening === 0
    ? []
    : [wrong('dampening', `beside \`nesterov\` it must be 0; it is ${dampening}`, says)];
}

function ofBetas(part: Part): readonly Refused[] {
  const given = part.value('betas');
  const pair = '`(0.9, 0.999)`';
  if (numberFrom(given) !== undefined)
    return [refused('argument-type', 'betas', `two numbers are taken, ${pair}`, "TypeError: 'float' object is not subscriptable")];
  const betas = itemsFrom(given);
  const wrongs = (betas ?? []).slice(0, 2).flatMap((item, i) => {
    const beta = numberFrom(item);
    return beta !== undefined && (beta < 0 || beta >= 1)
      ? [
          wrong(
            'betas',
            `each must be at least 0 and less than 1; one is ${beta}`,
            `ValueError: Invalid beta parameter at index ${i}: ${asFloat(beta)}`,
          ),
        ]
      : [];
  });
  return betas && betas.length < 2
    ? [
        refused(
          'argument-type',
          'betas',
          `two numbers are taken, ${pair}; there is ${betas.length || 'none'}`,
          `IndexError: ${typeOf(given ?? null)} index out of range`,
        ),
      ]
    : wrongs;
}

function ofSparse(part: Part): readonly Refused[] {
  return ['lr', 'eps'].flatMap(key => {
    const given = part.number(key);
    return given !== undefined && given <= 0
      ? [wrong(key, `it must be greater than 0; it is ${given}`, `ValueError: Invalid ${CALLED[key]}: ${given}`)]
      : [];
  });
}

function ofRho(part: Part): readonly Refused[] {
  const rho = part.number('rho');
  return rho !== undefined && (rho < 0 || rho > 1)
    ? [wrong('rho', `it must lie between 0 and 1; it is ${rho}`, `ValueError: Invalid rho value: ${asFloat(rho)}`)]
    : [];
}

function ofEtas(part: Part): readonly Refused[] {
  const [minus, plus, ...more] = (itemsFrom(part.value('etas')) ?? []).map(numberFrom);
  if (minus === undefined || plus === undefined || more.length > 0 || (minus > 0 && minus < 1 && plus > 1)) return [];
  return [
    wrong(
      'etas',
      `the first lies between 0 and 1 and the second is greater than 1: \`(0.5, 1.2)\`; they are ${minus} and ${plus}`,
      `ValueError: Invalid eta values: ${minus}, ${plus}`,
    ),
  ];
}
