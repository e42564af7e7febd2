/** In the session's process: loads a model on the first provider that takes it. */
import { availableParallelism } from 'node:os';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelSource, Provider, Refusal } from './messages.ts';
import { onnxruntime } from './onnxruntime.ts';
import { PROBE_INPUT, probeModel } from './probe-model.ts';
import { fullName } from './providers.ts';
import { whyRefused } from './why-refused.ts';

export interface Opened {
  readonly session: InferenceSession;
  readonly provider: Provider;
  readonly refused: readonly Refusal[];
}

export interface OpenOptions {
  readonly providers: readonly Provider[];
  readonly compare: boolean;
  /** Leaves a core for who prepares the next pictures. */
  readonly shares: boolean;
  /** Of the GPU, from 0. */
  readonly index: number;
}

/**
 * `compare`: a GPU must be faster than the CPU and agree with it, else it is refused: a driver in software is offered like a real one. Throws `NoProvider`, or
 * what the CPU says of the model.
 */
export async function openModel(model: ModelSource, { providers, compare, shares, index }: OpenOptions): Promise<Opened> {
  const refused: Refusal[] = [];
  for (const provider of providers) {
    const last = provider === providers.at(-1);
    try {
      const reason = compare && provider !== 'cpu' ? await whyNot(provider, index) : null;
      if (reason === null) return { session: await create(model, { provider, shares, index }), provider, refused };
      refused.push({ provider, reason });
    } catch (e) {
      const text = e instanceof Error ? e.message : String(e);
      if (last && provider === 'cpu') throw e;
      refused.push({ provider, reason: whyRefused(provider, text) });
    }
  }
  throw new NoProvider(refused);
}

export class NoProvider extends Error {
  readonly refused: readonly Refusal[];
  constructor(refused: readonly Refusal[]) {
    super(refused.map(r => `${fullName(r.provider)}: ${r.reason}`).join('; '));
    this.refused = refused;
  }
}

/** Milliseconds of a run of the probe; the first, which prepares, does not count. */
export async function timeProvider(provider: Provider): Promise<number> {
  return (await probed(provider)).milliseconds;
}

/** What was found of each, with its index; it does not change while the process lives. */
const judged = new Map<string, string | null>();

async function whyNot(provider: Provider, index: number): Promise<string | null> {
  const name = `${provider}:${index}`;
  const before = judged.get(name);
  if (before !== undefined) return before;
  const reason = await judge(provider, index);
  judged.set(name, reason);
  return reason;
}

async function judge(provider: Provider, index: number): Promise<string | null> {
  const cpu = await probed('cpu');
  const theirs = await probed(provider, { index, patience: cpu.milliseconds * HOPELESS });
  if (theirs.milliseconds >= cpu.milliseconds)
    return `slower than the CPU (${theirs.milliseconds.toFixed(1)} ms against ${cpu.milliseconds.toFixed(1)} ms for a small model)`;
  const largest = cpu.output.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  const off = cpu.output.reduce((most, n, i) => Math.max(most, Math.abs(n - theirs.output[i]!)), 0);
  // Tensor cores round to 10 bits.
  return off <= 5e-3 * largest ? null : 'its results differ from those of the CPU';
}

const RUNS = 3;
/** So many times slower in one run, and the others are spared: a GPU in software takes seconds for each. */
const HOPELESS = 4;

interface Probe {
  readonly milliseconds: number;
  readonly output: Float32Array;
}

async function probed(provider: Provider, { index = 0, patience = Infinity } = {}): Promise<Probe> {
  const session = await create(probeModel(), { provider, shares: false, index });
  try {
    const { Tensor: Numbers } = await onnxruntime();
    const input = new Numbers(
      'float32',
      new Float32Array(PROBE_INPUT.reduce<number>((a, b) => a * b, 1)).map((_, i) => Math.cos(i)),
      PROBE_INPUT,
    );
    let output = await run(session, input);
    let best = Infinity;
    for (let i = 0; i < RUNS && (i === 0 || best < patience); i++) {
      const start = performance.now();
      output = await run(session, input);
      best = Math.min(best, performance.now() - start);
    }
    return { milliseconds: best, output };
  } finally {
    await session.release();
  }
}

async function run(session: InferenceSession, input: Tensor): Promise<Float32Array> {
  const { output } = await session.run({ input });
  const data = output?.data;
  if (!(data instanceof Float32Array)) throw new Error('the probe gave no numbers');
  return data;
}

/** Spinning threads slow everything down where cores are shared. */
async function create(
  model: ModelSource,
  { provider, shares, index }: { readonly provider: Provider; readonly shares: boolean; readonly index: number },
): Promise<InferenceSession> {
  const { InferenceSession: Sessions } = await onnxruntime();
  const options: InferenceSession.SessionOptions = {
    executionProviders: [index === 0 ? provider : { name: provider, deviceId: index }],
    logSeverityLevel: 3,
    ...(shares && { intraOpNumThreads: Math.max(1, availableParallelism() - 1) }),
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  return typeof model === 'string' ? Sessions.create(model, options) : Sessions.create(model, options);
}
