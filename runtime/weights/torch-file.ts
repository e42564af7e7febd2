/** What `torch.save` writes: a ZIP with a pickle and a blob a storage, or (before version 1.6, and by request) pickles followed by the blobs. */
import type { ByteSource } from './byte-source.ts';
import { type Pickled, readPickle, textOf } from './pickle.ts';
import { corrupt, WeightsProblem } from './problem.ts';
import { type Storage, widthOf, wordOf } from './tensor.ts';
import { type StorageName, torchMeanings } from './torch-objects.ts';
import { readZip } from './zip.ts';

/** torch's magic number as a pickle holds it: LONG1 of ten bytes. */
const MAGIC = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
/** The same in a pickle of protocol 1. */
const MAGIC_TEXT = new TextEncoder().encode('L119547037146038801333356L\n.');
const [PROTO, FRAME] = [0x80, 0x95];

export function isLegacy(file: Uint8Array): boolean {
  const at = (file[0] === PROTO ? 2 : 0) + (file[2] === FRAME ? 9 : 0);
  const stands = (magic: ArrayLike<number>): boolean => Array.from(magic).every((byte, i) => file[at + i] === byte);
  return file[0] === PROTO ? stands(MAGIC) : stands(MAGIC_TEXT);
}

/** The saved object: the part that names the tensors is read, and each tensor's bytes where they are asked for. Throws `WeightsProblem`. */
export function readTorchZip(file: ByteSource): Pickled {
  const entries = readZip(file);
  const name = [...entries.keys()].find(n => n === 'data.pkl' || n.endsWith('/data.pkl'));
  const folder = name?.slice(0, -'data.pkl'.length) ?? '';
  if (entries.has(`${folder}constants.pkl`) || [...entries.keys()].some(n => n.endsWith('/constants.pkl'))) {
    throw new WeightsProblem(
      'not-checkpoint',
      'This is a TorchScript program (torch.jit.save), not a checkpoint.',
      'Choose the checkpoint that it was made from: a .pth that the training wrote.',
    );
  }
  const pickle = name === undefined ? undefined : entries.get(name);
  if (!pickle) {
    throw new WeightsProblem(
      'not-checkpoint',
      'This is a ZIP archive without a checkpoint in it.',
      'Choose a .pth that torch.save wrote; unpack the archive if one lies inside.',
    );
  }
  const order = entries.get(`${folder}byteorder`);
  const written = order === undefined ? 'little' : new TextDecoder().decode(order());
  if (written !== 'little' && written !== 'big') throw corrupt('The order of its bytes is neither of the two that there are.');
  const foreign = written === 'big';
  const open = ({ key, type, size }: StorageName): Storage => ({
    type,
    bytes() {
      const entry = entries.get(`${folder}data/${key}`);
      if (!entry) throw corrupt(`The tensor data ${key} is missing.`);
      const bytes = entry();
      const expected = size * (type ? widthOf(type) : 1);
      if (bytes.length < expected) throw corrupt(`The tensor data ${key} has ${bytes.length} bytes, and ${expected} are needed.`);
      return foreign && type ? swapped(bytes.subarray(0, expected), wordOf(type)) : bytes.subarray(0, expected);
    },
  });
  return readPickle(pickle(), torchMeanings(open)).value;
}

/** Words of a machine that writes their largest byte first. */
function swapped(bytes: Uint8Array, word: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[i - (i % word) + word - 1 - (i % word)]!;
  return out;
}

/** Magic number, protocol, the writer's machine, the object, the storages' keys; then for each key the number of elements and their bytes. */
export function readTorchLegacy(file: Uint8Array): Pickled {
  const named = new Map<string, StorageName>();
  const blobs = new Map<string, Uint8Array>();
  const { object, keys, end } = legacyObject(file, name => {
    named.set(name.key, name);
    return {
      type: name.type,
      bytes() {
        const bytes = blobs.get(name.key);
        if (!bytes) throw corrupt(`The tensor data ${name.key} is missing.`);
        if (!name.view) return bytes;
        const width = name.type ? widthOf(name.type) : 1;
        return bytes.subarray(name.view.offset * width, (name.view.offset + name.view.size) * width);
      },
    };
  });
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = end;
  for (const key of Array.isArray(keys) ? keys.map(textOf) : []) {
    if (at + 8 > file.length) throw corrupt('The file ends before its tensors do.');
    const elements = Number(view.getBigInt64(at, true));
    const type = named.get(key)?.type ?? null;
    const length = elements * (type ? widthOf(type) : 1);
    at += 8;
    if (elements < 0 || at + length > file.length) throw corrupt('The file ends before its tensors do.');
    blobs.set(key, file.subarray(at, at + length));
    at += length;
  }
  return object;
}

/** What stands before the tensors' bytes; `file` may end behind it. Throws `WeightsProblem`. */
export function legacyObject(
  file: Uint8Array,
  open: (name: StorageName) => Storage,
): { readonly object: Pickled; readonly keys: Pickled; readonly end: number } {
  const meanings = torchMeanings(open);
  let at = 0;
  const next = (): Pickled => {
    const { value, end } = readPickle(file, meanings, at);
    at = end;
    return value;
  };
  next();
  next();
  next();
  const object = next();
  return { object, keys: next(), end: at };
}
