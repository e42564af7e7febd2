import { availableParallelism } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';
import type { ModelSource, Provider } from './messages.ts';
import { onnxruntime } from './onnxruntime.ts';

export interface SessionWish {
  readonly provider: Provider;
  /** Of the GPU, from 0. */
  readonly index: number;
  /** Leaves a core for who prepares the next pictures, where there are many. */
  readonly shares: boolean;
}

/** Of so few none is left: to run a network takes longer than to read a picture, and half of two cores would be idle half of the time. */
const FEW = 4;

/** A model on one provider; spinning threads slow everything down where cores are shared. Throws what onnxruntime throws. */
export async function createSession(model: ModelSource, { provider, shares, index }: SessionWish): Promise<InferenceSession> {
  const { InferenceSession: Sessions } = await onnxruntime();
  const cores = availableParallelism();
  const options: InferenceSession.SessionOptions = {
    executionProviders: [index === 0 ? provider : { name: provider, deviceId: index }],
    logSeverityLevel: 3,
    ...(shares && cores > FEW && { intraOpNumThreads: cores - 1 }),
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  return typeof model === 'string' ? Sessions.create(model, options) : Sessions.create(model, options);
}
