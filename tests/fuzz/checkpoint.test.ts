/** Files of weights that a disk, a download or someone with bad intentions has changed: they are read or refused, and never take more memory than the file is worth. */
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { checkpointOf } from '../../runtime/weights/checkpoint.ts';
import { WeightsProblem } from '../../runtime/weights/problem.ts';
import { type Storage, StoredTensor } from '../../runtime/weights/tensor.ts';
import { dataPath } from '../data-file.ts';
import { type Chance, fuzz } from './seeded.ts';

const FILES = [
  'weights/views.pth',
  'weights/views.legacy.pth',
  'weights/training.pth',
  'weights/hostile.pth',
  'weights/module.pth',
  'demo/shapes_yolov5_tiny.fp16.pth',
  'demo/part.legacy.pth',
  'demo/part.bf16.pth',
  'demo/part.safetensors',
  'demo/part.half.safetensors',
];
const contents = new Map(FILES.map(name => [name, new Uint8Array(readFileSync(dataPath(name)))]));

/** Numbers of a tensor, for each byte of the file: half precision has one for two bytes, an expanded tensor more. */
const MOST = 64;

test('changed files', () =>
  fuzz({ seed: 2000, count: 1200 }, (dice, notes) => {
    const name = dice.pick(FILES);
    const bytes = changed(contents.get(name) ?? new Uint8Array(), dice);
    Object.assign(notes, { name, length: bytes.length });
    try {
      const { state, raw, meta } = checkpointOf(name, bytes);
      inspect(meta);
      for (const [key, tensor] of [...state, ...(raw ?? [])]) {
        notes['tensor'] = { key, shape: tensor.shape, strides: tensor.strides, offset: tensor.offset };
        expect(tensor.float32().length).toBe(tensor.size);
        expect(tensor.size).toBeLessThan(bytes.length * MOST);
      }
    } catch (e) {
      expect(e).toBeInstanceOf(WeightsProblem);
      if (e instanceof WeightsProblem) expect(`${e.message} ${e.remedy}`).not.toMatch(/\bundefined\b|NaN|\[object /);
    }
  }));

function changed(whole: Uint8Array, dice: Chance): Uint8Array {
  let out: Uint8Array = whole.slice();
  // What names the tensors is at the beginning of one format, at the end of another.
  const near = (): number =>
    dice.below(2) ? dice.below(out.length) : (dice.below(Math.min(out.length, 60_000)) + dice.below(2) * out.length) % out.length;
  const times = 1 + dice.below(6);
  for (let i = 0; i < times && out.length > 0; i++) out = dice.pick(CHANGES)(out, near(), dice);
  return out;
}

const CHANGES: readonly ((bytes: Uint8Array, at: number, dice: Chance) => Uint8Array)[] = [
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, dice) => put(bytes, at, [dice.below(256)]),
  (bytes, at, dice) => put(bytes, at, [(bytes[at] ?? 0) ^ (1 << dice.below(8))]),
  // A length or a size that is out of all proportion.
  (bytes, at, dice) => put(bytes, at, dice.pick(HUGE)),
  (bytes, at, dice) =>
    put(
      bytes,
      at,
      Array.from({ length: 1 + dice.below(16) }, () => dice.below(256)),
    ),
  // A piece is missing, or there twice.
  (bytes, at, dice) => joined(bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(64))),
  (bytes, at, dice) => joined(bytes.subarray(0, at), bytes.subarray(Math.max(0, at - dice.below(64)))),
  // A pickle's number of one byte becomes a large one.
  (bytes, at, dice) => {
    const found = bytes.indexOf(0x4b, at);
    return found < 0
      ? bytes
      : joined(joined(bytes.subarray(0, found), Uint8Array.from([0x8a, 6, ...dice.pick(HUGE).slice(0, 5), 0])), bytes.subarray(found + 2));
  },
  // In a header of JSON, a digit becomes many.
  (bytes, at) => {
    const found = bytes.subarray(at).findIndex(byte => byte >= 0x30 && byte <= 0x39);
    return found < 0 ? bytes : joined(bytes.subarray(0, at + found), joined(Buffer.from('99999999'), bytes.subarray(at + found + 9)));
  },
];
const HUGE = [
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f, 0x00, 0x00, 0x00, 0x00],
  [0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
];

function put(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  bytes.set(values.slice(0, bytes.length - at), at);
  return bytes;
}
function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Programs of a pickle, as a file of before PyTorch 1.6 begins with: a few bytes that ask for far more. */
const begin = [
  0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e, 0x80, 2, 0x4d, 0xe9, 3, 0x2e, 0x80, 2, 0x7d, 0x2e,
];
const legacy = (...program: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from([
    ...begin,
    ...program.flatMap(p => (typeof p === 'number' ? [p] : [...Buffer.from(p, 'latin1')])),
    0x2e,
    0x80,
    2,
    0x5d,
    0x2e,
  ]);
/** A list of two of the list before, sixty deep. */
const nested = `]q\x000${'(h\x00h\x00lq\x000'.repeat(60)}h\x00`;
const FEW: readonly (readonly [name: string, bytes: Uint8Array, told: RegExp])[] = [
  ['a key that is sixty lists deep', legacy('}', nested, 'Ns'), /no weights in it/],
  ['a global with such a name', legacy('}', 'X\x01\x00\x00\x00a', nested, 'X\x01\x00\x00\x00b', '\x93', 's'), /a name that is no text/],
  [
    'a storage with such a key',
    legacy('}', 'X\x01\x00\x00\x00a', '(X\x07\x00\x00\x00storagectorch\nFloatStorage\n', nested, 'X\x03\x00\x00\x00cpuK\x01tQ', 's'),
    /a name that is no text/,
  ],
  [
    'a storage with such a size',
    legacy(
      '}',
      'X\x01\x00\x00\x00a',
      '(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpu',
      nested,
      'tQ',
      's',
    ),
    /no whole number/,
  ],
  [
    'a dict of a long list, a million times',
    legacy('}', ']q\x01(', '(NNl'.repeat(1000), 'e', 'ccollections\nOrderedDict\nq\x02', '0h\x02h\x01\x85R'.repeat(100_000)),
    /again and again/,
  ],
];
test.each(FEW)('%s', (_, bytes, told) => {
  expect(() => checkpointOf('x', bytes)).toThrow(WeightsProblem);
  expect(() => checkpointOf('x', bytes)).toThrow(told);
});

test('a tensor of one number, repeated beyond all measure', () => {
  const storage: Storage = { type: 'float32', bytes: () => new Uint8Array(4) };
  for (const shape of [[2 ** 40], [2 ** 20, 2 ** 20], [2 ** 27, 2]])
    expect(() =>
      new StoredTensor(
        'float32',
        shape,
        shape.map(() => 0),
        0,
        storage,
      ).float32(),
    ).toThrow(WeightsProblem);
  expect(new StoredTensor('float32', [3, 1000], [0, 0], 0, storage).float32().length).toBe(3000);
});
