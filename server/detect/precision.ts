/** Whether a model is run in half precision: as it is wished, where that gains, and as long as nothing speaks against it. */
import {
  deviceIndex,
  type HalfPrecision,
  HalfRefused,
  type Provider,
  type Refusal,
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
  // On the CPU 16 bits are never faster: nothing need be asked.
  if (halfPrecision !== 'auto' || providers[0] === 'cpu') return as(halfPrecision === 'on');
  const { provider, half, refused, unfit } = await session.choose(
    { providers, compare: device === 'auto', index: deviceIndex(device) },
    signal,
  );
  return half ? { half, providers: [provider], refused, note: null } : { ...as(false), note: unfit };
}

/** After half precision has failed. */
export const inFloat = (providers: readonly Provider[], note: string): Precision => ({ half: false, providers, refused: [], note });

/** Why a run in half precision failed, where one in float32 may go well; null: it would fail alike. */
export function whyNotHalf(failure: unknown): string | null {
  if (failure instanceof HalfUnfit) return failure.message;
  if (failure instanceof HalfRefused) return `half precision is not used: ${lowerFirst(failure.message)}`;
  if (!(failure instanceof SessionProblem)) return null;
  if (failure.kind === 'overflow') return `half precision is not used: ${lowerFirst(failure.message)}`;
  return failure.kind === 'provider' || failure.kind === 'model'
    ? `half precision does not work with this model: ${lowerFirst(failure.message)}`
    : null;
}

/** It has failed before. */
export class HalfUnfit extends Error {}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1).replace(/\.\s*$/, '')}`;
