/**
 * Values that mmengine's wrappers for half precision refuse (mmengine 0.10.7, `AmpOptimWrapper`; torch 2, `GradScaler`; NVIDIA's Apex): whatever the device is, since
 * without one that can do it they are refused as a whole, and nothing is said of that.
 */
import { isDict } from '../config/from-value.ts';
import { Float } from '../python/types/float.ts';
import { Part } from '../recipe/part.ts';
import { nearest } from './nearest.ts';
import { type Check, type Refused, refused } from './refused.ts';

/** `GradScaler`'s own, by whichever torch; `dynamic` is that of Ascend's NPUs, which mmengine takes in its place. */
const OF_SCALER = ['device', 'init_scale', 'growth_factor', 'backoff_factor', 'growth_interval', 'enabled', 'dynamic'];

export const ofLossScale: Check = part => {
  const given = part.value('loss_scale');
  if (given === undefined || given === 'dynamic' || given instanceof Float) return [];
  if (given !== null && isDict(given)) return ofScaler(part, new Part(part.at('loss_scale'), given));
  const isPlain = given === null || typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean';
  if (!isPlain) return [];
  const told =
    typeof given === 'number'
      ? `a float is taken, and this is a whole number: \`${given}.\``
      : "a float is taken, 'dynamic', or a dict of what `GradScaler` takes";
  const text = given === null ? 'None' : typeof given === 'boolean' ? (given ? 'True' : 'False') : String(given);
  return [
    refused(
      'argument-type',
      'loss_scale',
      told,
      `TypeError: loss_scale must be of type float, dict, or "dynamic", but got ${text}`,
      ...(typeof given === 'number' ? [`${given}.`] : []),
    ),
  ];
};

function ofScaler(part: Part, scaler: Part): readonly Refused[] {
  const names = [...scaler.dict.entries.keys()].map(String);
  const strange = part.flag('use_fsdp') === true ? undefined : names.find(name => !OF_SCALER.includes(name));
  if (strange !== undefined) {
    const near = nearest(strange, OF_SCALER);
    return [
      refused(
        'argument-type',
        'loss_scale',
        `\`GradScaler\` takes no \`${strange}\`${near === null ? '' : `; did you mean \`${near}\`?`}`,
        `TypeError: GradScaler.__init__() got an unexpected keyword argument '${strange}'`,
      ),
    ];
  }
  if (scaler.presence('enabled') !== 'absent') return [];
  const [growth, backoff] = [scaler.number('growth_factor'), scaler.number('backoff_factor')];
  return [
    ...(growth !== undefined && growth <= 1
      ? [
          refused(
            'schedule-refused',
            'loss_scale',
            `\`growth_factor\` must be greater than 1; it is ${growth}`,
            'AssertionError: The growth factor must be > 1.0.',
          ),
        ]
      : []),
    ...(backoff !== undefined && backoff >= 1
      ? [
          refused(
            'schedule-refused',
            'loss_scale',
            `\`backoff_factor\` must be less than 1; it is ${backoff}`,
            'AssertionError: The backoff factor must be < 1.0.',
          ),
        ]
      : []),
  ];
}

const LEVELS = ['O0', 'O1', 'O2', 'O3'];
/** AMD's Apex has two more. */
const OF_AMD = ['O4', 'O5'];
export const ofOptLevel: Check = part => {
  const given = part.value('opt_level');
  // Switched off, it is not looked at.
  if (part.presence('enabled') !== 'absent' && part.flag('enabled') !== true) return [];
  if (given === undefined || (typeof given === 'string' && [...LEVELS, ...OF_AMD].includes(given))) return [];
  if (typeof given !== 'string' && typeof given !== 'number') return [];
  const near = /^[oO0]?([0-3])$/.exec(String(given))?.[1];
  return [
    refused(
      'invalid-choice',
      'opt_level',
      `there is no ${typeof given === 'string' ? `'${given}'` : given}; there are ${LEVELS.map(level => `'${level}'`).join(', ')}, with the letter O`,
      `RuntimeError: Unexpected optimization level ${given}. Options are 'O0', 'O1', 'O2', 'O3'.`,
      ...(near === undefined ? [] : [`'O${near}'`]),
    ),
  ];
};
