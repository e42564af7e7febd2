/** Where a model is run, and whether in half precision: as it is wished, where that gains, and as long as nothing speaks against it. */
import {
  deviceIndex,
  type HalfPrecision,
  HalfRefused,
  hadNoRoom,
  NO_ROOM,
  ProcessDied,
  type Provider,
  type Refusal,
  refusalReason,
  type Session,
  SessionProblem,
} from '../../runtime/index.ts';

export interface Precision {
  readonly half: boolean;
  /** To be tried. */
  readonly providers: readonly Provider[];
  /** Those that were tried before. */
  readonly refused: readonly Refusal[];
  /** Why half precision is not used though it was wished; null: it is, or was not wished. */
  readonly note: string | null;
}

export interface PrecisionWish {
  readonly halfPrecision: HalfPrecision;
  readonly device: string;
  readonly providers: readonly Provider[];
}

/** Rejects with `SessionProblem`. */
export async function precisionFor(
  session: Pick<Session, 'choose'>,
  { halfPrecision, device, providers }: PrecisionWish,
  signal: AbortSignal,
): Promise<Precision> {
  const as = (half: boolean): Precision => ({ half, providers, refused: [], note: null });
  // On the CPU 16 bits are never faster, and always right: nothing need be asked.
  if (halfPrecision === 'off' || providers[0] === 'cpu') return as(halfPrecision === 'on');
  const { provider, half, refused, unfit, wrong } = await session.choose(
    { providers, compare: device === 'auto', index: deviceIndex(device) },
    signal,
  );
  // Who asks for it always has it where it gains nothing, not where it is wrong.
  if (halfPrecision === 'on') return wrong ? { ...as(false), note: unfit } : as(true);
  return half ? { half, providers: [provider], refused, note: null } : { ...as(false), note: unfit };
}

/** `note`: why it is not half precision. */
export const inFloat32 = (providers: readonly Provider[], note: string): Precision => ({ half: false, providers, refused: [], note });

/** What is to be tried after a run has failed; null: it would fail alike. `wished`: providers, before anything failed. */
export function insteadOf({ half, refused }: Precision, failure: unknown, wished: readonly Provider[]): Precision | null {
  if (failure instanceof DeviceFailed) return { half: false, providers: ['cpu'], refused: [...refused, failure.refusal], note: null };
  const note = half ? (lacksRoom(failure) ?? whyNotHalf(failure)) : null;
  return note === null ? null : inFloat32(wished, note);
}

/** It will have room another time: nothing is held against half precision then. */
function lacksRoom(failure: unknown): string | null {
  const refusal = failure instanceof SessionProblem && failure.kind === 'provider' ? failure.refused.find(hadNoRoom) : undefined;
  if (!refusal) return null;
  return `half precision is not used: ${refusal.reason === NO_ROOM ? 'the GPU had no room for the model in it' : refusal.reason}`;
}

/** Why a run in half precision failed, where one in float32 may go well; null: it would fail alike. */
export function whyNotHalf(failure: unknown): string | null {
  if (failure instanceof HalfUnfit) return failure.message;
  if (failure instanceof HalfRefused) return `half precision is not used: ${lowerFirst(failure.message)}`;
  // In float32 it would need more room still.
  if (!(failure instanceof SessionProblem) || failure.foundNoRoom || lacksRoom(failure) !== null) return null;
  if (failure.kind === 'overflow') return `half precision is not used: ${lowerFirst(failure.message)}`;
  if (failure instanceof ProcessDied)
    return failure.wasKilled ? null : 'half precision is not used: the process that runs the model died in it';
  return failure.kind === 'provider' || failure.kind === 'model'
    ? `half precision does not work with this model: ${lowerFirst(failure.message)}`
    : null;
}

/** Why a GPU is not asked again after the process died that ran models there, by itself and not in half precision; null: that is not what happened. `providers`: those it may have been, the likeliest first. */
export function diedOn(failure: unknown, providers: readonly Provider[]): Refusal | null {
  if (!(failure instanceof ProcessDied) || failure.wasKilled) return null;
  const gpu = failure.trying ?? providers.find(one => one !== 'cpu') ?? 'cpu';
  if (gpu === 'cpu') return null;
  const reason = failure.foundNoRoom ? refusalReason(gpu, failure.message) : 'the process that runs the model died on it';
  return { provider: gpu, reason };
}

/** It has failed before. */
export class HalfUnfit extends Error {}

/** A GPU failed with the model, or took its process down: the CPU may run it. */
export class DeviceFailed extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** As a part of another sentence; not the name of a device. */
const lowerFirst = (text: string): string => text.replace(/^[A-Z](?![A-Z])/, first => first.toLowerCase()).replace(/\.\s*$/, '');
