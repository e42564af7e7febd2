/** A checkpoint's tensors for a network, or why they are not its own; random ones where there is no checkpoint. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type Checkpoint,
  type CheckpointHeader,
  type Expected,
  matchStateDict,
  randomWeights,
  readCheckpoint,
  readCheckpointHeader,
  type StateDictMatch,
  WeightsProblem,
} from '../../runtime/index.ts';
import { DetectFailure } from './problem.ts';
import { whyOtherWeights } from './why-other-weights.ts';

export type RawWeights = ReadonlyMap<string, Uint8Array>;

/** `raw`: with the weights as trained in place of their averages. Throws `DetectFailure`, where it holds none besides. */
export function openCheckpoint(path: string, raw = false): Checkpoint {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGE) openHeader(path);
  const checkpoint = readable(path, readCheckpoint);
  if (!raw) return checkpoint;
  if (checkpoint.raw) return { ...checkpoint, state: checkpoint.raw };
  throw new DetectFailure(
    'no-checkpoint',
    `${basename(path)} holds one set of weights`,
    'Raw weights stand beside averaged ones only in what mmengine saves while `EMAHook` is on. Compare with another checkpoint.',
  );
}

/** In bytes: what is no checkpoint, or a damaged one, need not be read to its end for that. */
const LARGE = 2 ** 28;

/** What it says of itself: the tensors' data is not read. Throws `DetectFailure`. */
export const openHeader = (path: string): CheckpointHeader => readable(path, readCheckpointHeader);

function readable<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path);
  } catch (e) {
    if (!(e instanceof WeightsProblem)) throw e;
    const title =
      e.kind === 'unreadable'
        ? `${basename(path)} cannot be read`
        : e.kind === 'corrupt'
          ? `${basename(path)} is damaged`
          : `${basename(path)} is no checkpoint`;
    throw new DetectFailure(e.kind === 'unreadable' ? 'no-checkpoint' : 'checkpoint-corrupt', title, `${e.message} ${e.remedy}`, [
      { label: 'File', values: [path] },
    ]);
  }
}

/** Bytes as the network takes them: floats as float32. `classes`: how many the config's head has. Throws `DetectFailure`. */
export function weightsFrom(checkpoint: Checkpoint, network: readonly Expected[], classes: number): RawWeights {
  const match = matchStateDict(network, checkpoint.state);
  if (match.missing.length || match.mismatched.length) throw otherNetwork(checkpoint, match, network, classes);
  const types = new Map(network.map(e => [e.name, e.dtype]));
  try {
    return new Map(
      [...match.found].map(([name, tensor]) => [name, types.get(name) === 'float32' ? bytesOf(tensor.float32()) : tensor.bytes()]),
    );
  } catch (e) {
    if (!(e instanceof WeightsProblem)) throw e;
    throw new DetectFailure('checkpoint-corrupt', `${basename(checkpoint.path)} is damaged`, `${e.message} ${e.remedy}`, [
      { label: 'File', values: [checkpoint.path] },
    ]);
  }
}

/** Seeded: every run gives the same. Whole numbers are no weights but tables and counters, so they are what the program computed. */
export function randomWeightsFor(network: readonly Expected[], computed: (name: string) => readonly number[] | null): RawWeights {
  const floats = new Map([...randomWeights(network)].map(([name, values]) => [name, bytesOf(values)]));
  return new Map(network.map(e => [e.name, floats.get(e.name) ?? integers(e, computed(e.name))]));
}

function integers({ shape, dtype }: Expected, values: readonly number[] | null): Uint8Array {
  const size = shape.reduce((n, d) => n * d, 1);
  const table = values ?? new Array<number>(size).fill(0);
  if (dtype === 'int64') return new Uint8Array(BigInt64Array.from(table, BigInt).buffer);
  return dtype === 'int32' ? new Uint8Array(Int32Array.from(table).buffer) : Uint8Array.from(table);
}

const bytesOf = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Of each kind, so many names are told. */
const TOLD = 12;

function otherNetwork(
  checkpoint: Checkpoint,
  { found, missing, unexpected, mismatched }: StateDictMatch,
  network: readonly Expected[],
  classes: number,
): DetectFailure {
  const details = [
    { label: `In the network alone: ${missing.length}`, values: missing.map(m => `${m.name} [${m.shape.join(', ')}]`) },
    { label: `In the checkpoint alone: ${unexpected.length}`, values: unexpected },
    {
      label: `Of another shape: ${mismatched.length}`,
      values: mismatched.map(m => `${m.name}: [${m.got.join(', ')}] in the checkpoint, [${m.expected.join(', ')}] in the network`),
    },
  ];
  const told = details.filter(d => d.values.length).map(({ label, values }) => ({ label, values: values.slice(0, TOLD) }));
  const text = `${whyOtherWeights(checkpoint, network, { missing, mismatched }, classes)} Of ${network.length} tensors that the network needs, ${found.size} fit. Choose the checkpoint of this config, or the config of this checkpoint.`;
  return new DetectFailure('checkpoint-other-network', `${basename(checkpoint.path)} is of another network`, text, told);
}
