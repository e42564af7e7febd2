/** Two things that must agree and do not, told from torch's own sentence. */
import type { Fault } from '../../runtime/network/fault.ts';
import { ranked } from './blame.ts';
import type { Mismatch, ModelError } from './verdict.ts';

interface Channels {
  readonly expected: number;
  readonly got: number;
  readonly height: number | null;
}

/** Sentences in which torch says that channels differ. The height is the map's, where the sentence has it. */
function channelsIn(message: string): Channels | null {
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
  return matrices ? { expected: Number(matrices[2]), got: Number(matrices[1]), height: null } : null;
}

export function mismatchOf(
  error: ModelError,
  blame: readonly string[],
  stage: 'config' | 'build' | 'forward',
  traceback: Mismatch['traceback'],
  inputHeight: number,
): Mismatch {
  const channels = stage === 'forward' ? channelsIn(error.message) : null;
  return {
    kind: channels ? 'channels' : kindOf(error, stage),
    error,
    blame,
    traceback,
    ...(channels && { expected: channels.expected, got: channels.got }),
    ...(channels?.height && { stride: Math.round(inputHeight / channels.height) }),
  };
}

function kindOf(error: ModelError, stage: 'config' | 'build' | 'forward'): Mismatch['kind'] {
  const levels =
    (error.type === 'AssertionError' && /\blen\(/.test(error.source ?? '')) ||
    (error.type === 'IndexError' && /(?:list|tuple) index out of range/.test(error.message));
  if (levels) return 'levels';
  if (stage !== 'forward') return 'build';
  return /Sizes of tensors must match except in dimension/.test(error.message) ||
    /The size of tensor a \(\d+\) must match the size of tensor b/.test(error.message)
    ? 'stride'
    : 'forward';
}

/** What the run noted and went on from, as mismatches: they have no traceback. */
export function notedMismatches(noted: readonly { readonly module: string; readonly fault: Fault }[], inputHeight: number): Mismatch[] {
  return noted.map(({ module, fault }) => {
    const error: ModelError = { type: fault.type, message: fault.message, where: module || null, class: null, at: null, source: null };
    return mismatchOf(error, ranked(fault.blame, module.split('.')[0] ?? ''), 'forward', [], inputHeight);
  });
}
