import { availableParallelism } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';
import type { ModelSource, Provider } from './messages.ts';
import { onnxruntime } from './onnxruntime.ts';

export interface SessionWish {
  readonly provider: Provider;
  /** Of the GPU, from 0. */
  readonly index: number;
  /** Leaves a core for who prepares the next pictures. */
  readonly shares: boolean;
}

/** A model on one provider; spinning threads slow everything down where cores are shared. Throws what onnxruntime throws. */
export async function createSession(model: ModelSource, { provider, shares, index }: SessionWish): Promise<InferenceSession> {
  const { InferenceSession: Sessions } = await onnxruntime();
  const options: InferenceSession.SessionOptions = {
    executionProviders: [index === 0 ? provider : { name: provider, deviceId: index }],
    logSeverityLevel: 3,
    ...(shares && { intraOpNumThreads: Math.max(1, availableParallelism() - 1) }),
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  return typeof model === 'string' ? Sessions.create(model, options) : Sessions.create(model, options);
}
