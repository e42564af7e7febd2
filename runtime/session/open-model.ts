/** In the session's process: loads a model on the first provider that takes it. */
import type { InferenceSession } from 'onnxruntime-node';
import { createSession } from './create-session.ts';
import { type Trying, takesModels, whyNot } from './judge-provider.ts';
import type { ModelSource, Provider, Refusal } from './messages.ts';
import { NoProvider } from './no-provider.ts';
import { whyRefused } from './why-refused.ts';

export interface Opened {
  readonly session: InferenceSession;
  readonly provider: Provider;
  readonly refused: readonly Refusal[];
  /** It computes with 16 bits. */
  readonly half: boolean;
}

export interface OpenOptions {
  readonly providers: readonly Provider[];
  readonly compare: boolean;
  /** Leaves one of many cores for who prepares the next pictures. */
  readonly shares: boolean;
  /** Of the GPU, from 0. */
  readonly index: number;
  readonly half: boolean;
  readonly trying: Trying;
}

/**
 * `compare`: a GPU must be faster than the CPU and agree with it, else it is refused: a driver in software is offered like a real one. Throws `NoProvider`, or
 * what the CPU says of the model.
 */
export async function openModel(model: ModelSource, { providers, compare, shares, index, half, trying }: OpenOptions): Promise<Opened> {
  const refused: Refusal[] = [];
  for (const provider of providers) {
    const last = provider === providers.at(-1);
    try {
      const reason = compare && provider !== 'cpu' ? await whyNot(provider, index, trying) : null;
      if (reason === null) return { session: await createSession(model, { provider, shares, index }), provider, refused, half };
      refused.push({ provider, reason });
    } catch (e) {
      const text = e instanceof Error ? e.message : String(e);
      if (last && provider === 'cpu') throw e;
      refused.push({ provider, reason: whyRefused(provider, text) });
      // A GPU that takes other models takes this one in float32, which gains more than 16 bits on the CPU.
      if (half && provider !== 'cpu' && (await takesModels(provider, index))) throw new NoProvider(refused);
    }
  }
  throw new NoProvider(refused);
}
