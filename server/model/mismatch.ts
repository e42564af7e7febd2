/** Two things that must agree and do not, told from torch's own sentence. */
import type { Fault } from '../../runtime/network/fault.ts';
import { isDict, numberFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import { parsePath } from '../config/path.ts';
import type { Value } from '../python/value.ts';
import { ranked } from './blame.ts';
import type { Mismatch, ModelError } from './verdict.ts';
import { widthsOf } from './widths.ts';

interface Channels {
  readonly expected: number;
  readonly got: number;
  readonly height: number | null;
}

/** Sentences in which torch says that channels differ. The height is the map's, where the sentence has it. `own`: what the blamed number makes of the layer that failed. */
function channelsIn(message: string, own: readonly number[]): Channels | null {
  const convolution = /expected input\[\d+, \d+(?:, (\d+))?[^\]]*\] to have (\d+) channels, but got (\d+) channels/.exec(message);
  if (convolution)
    return {
      expected: Number(convolution[2]),
      got: Number(convolution[3]),
      height: convolution[1] === undefined ? null : Number(convolution[1]),
    };
  const norm = /running_mean should contain (\d+) elements not (\d+)/.exec(message);
  if (norm) return { expected: Number(norm[2]), got: Number(norm[1]), height: null };
  const matrices = /mat1 and mat2 shapes cannot be multiplied \(\d+x(\d+) and (\d+)x\d+\)/.exec(message);
  if (matrices) return { expected: Number(matrices[2]), got: Number(matrices[1]), height: null };
  // Two maps that are added or multiplied: either may be the layer's own.
  const laid = /size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension 1$/.exec(message),
    sizes = [Number(laid?.[1]), Number(laid?.[2])],
    expected = own.find(n => sizes.includes(n)),
    got = sizes.find(n => n !== expected);
  return laid && expected !== undefined && got !== undefined ? { expected, got, height: null } : null;
}

export function mismatchOf(
  error: ModelError,
  blame: readonly string[],
  stage: 'config' | 'build' | 'forward',
  traceback: Mismatch['traceback'],
  inputHeight: number,
  model: Value,
): Mismatch {
  const channels = stage === 'forward' ? channelsIn(error.message, ownChannels(error, blame, model)) : null;
  return {
    kind: channels ? 'channels' : kindOf(error, stage),
    error,
    blame,
    traceback,
    ...(channels && { expected: channels.expected, got: channels.got }),
    ...(channels?.height && { stride: Math.round(inputHeight / channels.height) }),
  };
}

/** Channels that the part that failed was told, as its factor widens them; empty where the blamed number is none of its own. */
function ownChannels({ where }: ModelError, [blamed]: readonly string[], model: Value): readonly number[] {
  const path = blamed === undefined ? null : parsePath(blamed),
    key = path?.findLastIndex(step => typeof step === 'string') ?? -1;
  if (!path || !isDict(model) || path[0] !== where?.split('.')[0] || !/channels/.test(String(path[key]))) return [];
  const number = numberFrom(valueAt({ value: model }, path)),
    factor = numberFrom(valueAt({ value: model }, [...path.slice(0, key), 'widen_factor'])) ?? 1;
  return number === undefined ? [] : widthsOf(number * factor);
}

function kindOf(error: ModelError, stage: 'config' | 'build' | 'forward'): Mismatch['kind'] {
  // What comes before the network knows pictures, and no levels.
  const isOfPictures = error.where?.split('.')[0] === 'data_preprocessor';
  const levels =
    !isOfPictures &&
    ((error.type === 'AssertionError' && /\blen\(/.test(error.source ?? '')) ||
      (error.type === 'IndexError' && /(?:list|tuple) index out of range/.test(error.message)));
  if (levels) return 'levels';
  if (stage !== 'forward') return 'build';
  return /Sizes of tensors must match except in dimension/.test(error.message) ||
    /The size of tensor a \(\d+\) must match the size of tensor b/.test(error.message)
    ? 'stride'
    : 'forward';
}

/** What the run noted and went on from, as mismatches: they have no traceback. */
export function notedMismatches(
  noted: readonly { readonly module: string; readonly fault: Fault }[],
  inputHeight: number,
  model: Value,
): Mismatch[] {
  return noted.map(({ module, fault }) => {
    const error: ModelError = { type: fault.type, message: fault.message, where: module || null, class: null, at: null, source: null };
    return mismatchOf(error, ranked(fault.blame, module.split('.')[0] ?? ''), 'forward', [], inputHeight, model);
  });
}
