/** In the session's process: what is found out about a provider by a small model, before a user's own runs on it. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { inHalfPrecision } from '../onnx/half-precision.ts';
import { createSession } from './create-session.ts';
import type { Chosen, Provider, Refusal } from './messages.ts';
import { NoProvider } from './no-provider.ts';
import { onnxruntime } from './onnxruntime.ts';
import { PROBE_INPUT, PROBE_LAYERS, probeModel } from './probe-model.ts';
import { HOPELESS } from './providers.ts';
import { whyRefused } from './why-refused.ts';

/** Told before a provider is tried, which may hang in its driver, and with null when it has come back. */
export type Trying = (provider: Provider | null) => Promise<void>;

/** Why a GPU is not to be taken: it must be faster than the CPU and agree with it. Null: it is. Throws what onnxruntime throws. */
export async function whyNot(provider: Provider, index: number, trying: Trying): Promise<string | null> {
  return remembered(`${provider}:${index}`, () => watched(provider, trying, () => judge(provider, index)));
}

async function watched<T>(provider: Provider, trying: Trying, work: () => Promise<T>): Promise<T> {
  await trying(provider);
  try {
    return await work();
  } finally {
    await trying(null);
  }
}

/** The first of `providers` that works, and whether half precision gains there; on the CPU it never does. Throws `NoProvider`. */
export async function chooseProvider({
  providers,
  compare,
  index,
  trying,
}: {
  readonly providers: readonly Provider[];
  readonly compare: boolean;
  readonly index: number;
  readonly trying: Trying;
}): Promise<Chosen> {
  const refused: Refusal[] = [];
  for (const provider of providers) {
    if (provider === 'cpu') return { provider, refused, half: false, unfit: null, wrong: false };
    try {
      const reason = compare ? await whyNot(provider, index, trying) : null;
      if (reason === null) {
        // Who is named may take as long as it takes.
        const judged = (): Promise<string | null> => judgeHalf(provider, index);
        const unfit = await remembered(`${provider}:${index} half`, () => (compare ? watched(provider, trying, judged) : judged()));
        return { provider, refused, half: unfit === null, unfit, wrong: unfit === HALF_WRONG };
      }
      refused.push({ provider, reason });
    } catch (e) {
      refused.push({ provider, reason: whyRefused(provider, messageOf(e)) });
    }
  }
  throw new NoProvider(refused);
}

/** Milliseconds of a run of the probe; the first, which prepares, does not count. In half precision it must be right. Throws what onnxruntime throws. */
export async function timeProvider(provider: Provider, half: boolean): Promise<number> {
  const { milliseconds, output } = await probed(provider, { half });
  if (half && differs((await probed('cpu')).output, output, HALF_OFF)) throw new Error(WRONG);
  return milliseconds;
}

/** Whether it takes a model that every provider takes: then what it refuses is the other model. */
export async function takesModels(provider: Provider, index: number): Promise<boolean> {
  try {
    const session = await createSession(probeModel(), { provider, shares: false, index });
    await session.release();
    return true;
  } catch {
    return false;
  }
}

/** What was found of each; it does not change while the process lives. */
const judged = new Map<string, string | null>();

async function remembered(name: string, find: () => Promise<string | null>): Promise<string | null> {
  const before = judged.get(name);
  if (before !== undefined) return before;
  const reason = await find();
  judged.set(name, reason);
  return reason;
}

const WRONG = 'its results differ from those of the CPU';
const HALF_WRONG = 'in half precision its results differ from those of float32';
/** Of the largest value. Tensor cores round to 10 bits, whatever they are given; of half precision the weights and each layer's values are rounded too. */
const [OFF, HALF_OFF] = [5e-3, 1e-2];

async function judge(provider: Provider, index: number): Promise<string | null> {
  const cpu = await probed('cpu');
  const theirs = await probed(provider, { index, patience: cpu.milliseconds * HOPELESS });
  if (differs(cpu.output, theirs.output, OFF)) return WRONG;
  if (theirs.milliseconds < cpu.milliseconds) return null;
  if (theirs.milliseconds > cpu.milliseconds * HOPELESS) return slower('small', theirs, cpu);
  // Beside many cores a GPU has the small one's numbers carried to it and back before it gains anything.
  const deepCpu = await probed('cpu', { layers: DEEP });
  const deep = await probed(provider, { index, layers: DEEP, patience: deepCpu.milliseconds });
  return deep.milliseconds < deepCpu.milliseconds ? null : slower('larger', deep, deepCpu);
}

const slower = (what: string, theirs: Probe, cpu: Probe): string =>
  `slower than the CPU (${theirs.milliseconds.toFixed(1)} ms against ${cpu.milliseconds.toFixed(1)} ms for a ${what} model)`;

/** Where less is gained than this, it is chance. */
const GAIN = 0.9;
/** As deep a probe as makes the work of YOLOv5-s at 640, where a run of it does not take longer than this: a GPU is done with the small one before it has begun. */
const DEEP = 8 * PROBE_LAYERS;
const MOST_MILLISECONDS = 100;

/** Why half precision is not to be taken on a provider that works; null: it is. Throws what the provider says of float32. */
async function judgeHalf(provider: Provider, index: number): Promise<string | null> {
  const small = await probed(provider, { index, patience: MOST_MILLISECONDS });
  const layers = Math.min(DEEP, Math.max(PROBE_LAYERS, Math.floor((PROBE_LAYERS * MOST_MILLISECONDS) / small.milliseconds)));
  const whole = layers === PROBE_LAYERS ? small : await probed(provider, { index, layers });
  try {
    const half = await probed(provider, { index, layers, half: true, patience: MOST_MILLISECONDS });
    if (differs(whole.output, half.output, HALF_OFF)) return HALF_WRONG;
    return half.milliseconds <= GAIN * whole.milliseconds
      ? null
      : `half precision gains nothing (${half.milliseconds.toFixed(1)} ms against ${whole.milliseconds.toFixed(1)} ms)`;
  } catch (e) {
    return `half precision does not work: ${whyRefused(provider, messageOf(e))}`;
  }
}

const messageOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));

/** Whether two results are further apart than that part of the largest value. */
function differs(right: Float32Array, other: Float32Array, part: number): boolean {
  const largest = right.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  // What is no number is not near to any.
  return !right.every((n, i) => Math.abs(n - other[i]!) <= part * largest);
}

const RUNS = 3;

interface Probe {
  readonly milliseconds: number;
  readonly output: Float32Array;
}

async function probed(provider: Provider, { index = 0, patience = Infinity, layers = PROBE_LAYERS, half = false } = {}): Promise<Probe> {
  const model = probeModel(layers);
  const session = await createSession(half ? inHalfPrecision(model) : model, { provider, shares: false, index });
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
