/**
 * What a checkpoint says of itself before its tensors' data: their names, shapes and types, and what the training told. Of a file of any size as much is read, and no
 * more is kept.
 */
import { type ByteSource, withFile } from './byte-source.ts';
import { type CheckpointMeta, fromObject, NO_META, notCheckpoint, type StateDict, unprefixed, unreadable } from './checkpoint.ts';
import type { Pickled } from './pickle.ts';
import { corrupt, WeightsProblem } from './problem.ts';
import { isSafetensors, readSafetensors } from './safetensors.ts';
import { StoredTensor, type StoredType, widthOf } from './tensor.ts';
import { isLegacy, legacyObject, readTorchZip } from './torch-file.ts';
import type { StorageName } from './torch-objects.ts';
import { isZip } from './zip.ts';

export interface TensorHeader {
  readonly shape: readonly number[];
  readonly type: StoredType;
}

export interface CheckpointHeader {
  readonly path: string;
  readonly format: 'zip' | 'legacy' | 'safetensors';
  /** By the names that mmengine looks for: without the `module.` of DataParallel. Of averaged weights, the averages. */
  readonly tensors: ReadonlyMap<string, TensorHeader>;
  /** Whether they are averages, and those that were trained lie beside them. */
  readonly averaged: boolean;
  /** What lies beside the weights for a training to be taken up again: `state`, numbers that the optimizer keeps for each parameter; `groups`: nothing but which there are. */
  readonly optimizer: 'none' | 'groups' | 'state';
  readonly meta: CheckpointMeta;
}

/** Throws `WeightsProblem`. */
export function readCheckpointHeader(path: string): CheckpointHeader {
  try {
    return withFile(path, source => headerOf(path, named(source)));
  } catch (e) {
    throw e instanceof WeightsProblem ? e : unreadable(e);
  }
}

/** The same of bytes that are at hand; `path` is only named. */
export function headerOf(path: string, source: ByteSource): CheckpointHeader {
  const first = source.at(0, FIRST);
  if (isZip(first)) return ofTorch(path, 'zip', readTorchZip(source));
  if (isLegacy(first)) return ofTorch(path, 'legacy', ofLegacy(source));
  if (!isSafetensors(first)) throw notCheckpoint(first);
  const { tensors, metadata } = readSafetensors(source);
  return {
    path,
    format: 'safetensors',
    tensors: shapesOf(unprefixed(tensors)),
    averaged: false,
    optimizer: 'none',
    meta: { ...NO_META, told: metadata },
  };
}
/** Enough to tell what it is. */
const FIRST = 64;

function ofTorch(path: string, format: 'zip' | 'legacy', object: Pickled): CheckpointHeader {
  const { state, raw, meta } = fromObject(path, format, object);
  return { path, format, tensors: shapesOf(state), averaged: raw !== null, optimizer: optimizerIn(object), meta };
}

function optimizerIn(object: Pickled): CheckpointHeader['optimizer'] {
  const optimizer = object instanceof Map ? object.get('optimizer') : undefined;
  if (!(optimizer instanceof Map)) return 'none';
  const state = optimizer.get('state');
  const kept = (state instanceof Map ? [...state.values()] : []).flatMap(one => (one instanceof Map ? [...one.values()] : []));
  return kept.some(value => value instanceof StoredTensor && value.shape.length > 0) ? 'state' : 'groups';
}

const shapesOf = (state: StateDict): CheckpointHeader['tensors'] =>
  new Map([...state].map(([name, { shape, type }]) => [name, { shape, type }]));

/** Where the names end and the data begins, the file does not say: more is read until they are whole. */
function ofLegacy(source: ByteSource): Pickled {
  for (let length = 2 ** 20; ; length *= 4) {
    const sizes = new Map<string, number>();
    const open = ({ key, type, size }: StorageName) => {
      sizes.set(key, size * (type ? widthOf(type) : 1));
      return {
        type,
        bytes(): Uint8Array {
          throw corrupt('Of this file the header alone was read.');
        },
      };
    };
    let end: number;
    let object: Pickled;
    try {
      ({ object, end } = legacyObject(source.at(0, length), open));
    } catch (e) {
      if (length >= source.length || length >= LARGEST_NAMES) throw e;
      continue;
    }
    // Before each storage stands how many elements it has.
    const whole = [...sizes.values()].reduce((sum, bytes) => sum + 8 + bytes, end);
    if (whole > source.length) throw corrupt('The file ends before its tensors do.');
    return object;
  }
}
/** In bytes. */
const LARGEST_NAMES = 2 ** 28;

/** Of a damaged file a name may seem to have gigabytes. */
const named = (source: ByteSource): ByteSource => ({
  length: source.length,
  at(start, length) {
    if (Math.min(length, source.length - start) > LARGEST_NAMES)
      throw corrupt('The part that names the tensors is larger than any that PyTorch writes.');
    return source.at(start, length);
  },
});
