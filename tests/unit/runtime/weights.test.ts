/** Readers of weights against files that PyTorch 2.14 and safetensors wrote (tests/data/weights, tests/data/demo), and against files that nobody should have written. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inMemory } from '../../../runtime/weights/byte-source.ts';
import { type Checkpoint, checkpointOf, fromObject, readCheckpoint } from '../../../runtime/weights/checkpoint.ts';
import { matchStateDict } from '../../../runtime/weights/match.ts';
import { Inert, type Pickled, readPickle } from '../../../runtime/weights/pickle.ts';
import { WeightsProblem } from '../../../runtime/weights/problem.ts';
import { randomWeights } from '../../../runtime/weights/random.ts';
import { StoredTensor } from '../../../runtime/weights/tensor.ts';
import { readZip } from '../../../runtime/weights/zip.ts';
import { dataPath, dataText } from '../../data-file.ts';

const problemOf = (read: () => unknown): WeightsProblem => {
  try {
    read();
  } catch (e) {
    if (e instanceof WeightsProblem) return e;
    throw e;
  }
  throw new Error('nothing was wrong with it');
};
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(dataPath(name)));

describe('tensors of every kind', () => {
  const truth: Record<string, { shape: number[]; dtype: string; values: (number | string)[] }> = JSON.parse(dataText('weights/views.json'));
  it.each(['weights/views.pth', 'weights/views.legacy.pth'])('%s', name => {
    const { state } = readCheckpoint(dataPath(name));
    const told = [...state].map(([key, tensor]) => [key, { shape: tensor.shape, dtype: tensor.type, values: [...tensor.float32()] }]);
    const numbers = Object.entries(truth).map(([key, t]) => [key, { ...t, values: t.values.map(v => Math.fround(Number(v))) }]);
    expect(told).toEqual(numbers);
  });
  it('gives whole numbers as they are stored', () => {
    const bytes = readCheckpoint(dataPath('weights/views.pth')).state.get('int64')?.bytes() ?? new Uint8Array();
    expect([...new BigInt64Array(bytes.slice().buffer)]).toEqual([1n, -2n, 2n ** 40n]);
  });
});

describe('tensors that no network of today has', () => {
  const truth: Record<string, [type: string, values: string[]]> = JSON.parse(dataText('weights/kinds.json'));
  const numbers = (values: readonly string[]): number[] =>
    values.map(v => (v === 'nan' ? NaN : v === 'inf' ? Infinity : Math.fround(Number(v))));
  it.each(['weights/kinds.pth', 'weights/kinds.legacy.pth'])(
    '%s: whole numbers without a sign, eight bits of other kinds, complex ones’ real part',
    name => {
      const { state } = readCheckpoint(dataPath(name));
      const told = [...state].map(([key, tensor]) => [key, tensor.type, [...tensor.float32()]]);
      expect(told).toEqual(Object.entries(truth).map(([key, [type, values]]) => [key, type, numbers(values)]));
    },
  );
  it('of a machine that writes the largest byte first, as torch.load reads them', () => {
    const { state } = readCheckpoint(dataPath('weights/big-endian.pth'));
    expect([...state].map(([key, tensor]) => [key, [...tensor.float32()]])).toEqual([
      ['w', [1, -2.5, Math.fround(0.003)]],
      ['complex64', [1.5, -0.25]],
      ['uint16', [1, 65534]],
      ['f64', [1, 2]],
      ['i64', [5, -6]],
      ['half', [0.5, 0.25]],
      ['u8', [1, 2, 3]],
    ]);
  });
});

it('an order of bytes that is none is a problem, as it is for torch.load', () => {
  const bytes = bytesOf('weights/big-endian.pth');
  const changed = Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('byteorderbig', 'byteorder1PK'), 'latin1');
  expect(Buffer.compare(changed, bytes)).not.toBe(0);
  expect(problemOf(() => checkpointOf('x', changed)).message).toMatch(/order of its bytes/);
});

describe('the formats of one checkpoint', () => {
  const demo = readCheckpoint(fileURLToPath(new URL('../../../configs/demo/shapes_yolov5_tiny.pth', import.meta.url)));
  /** Relative to what is of the size of 1. */
  const largest = (other: Checkpoint): number => {
    let most = 0;
    for (const [name, tensor] of other.state) {
      const whole = demo.state.get(name)?.float32() ?? new Float32Array();
      expect([name, tensor.size]).toEqual([name, whole.length]);
      for (const [i, n] of tensor.float32().entries()) most = Math.max(most, Math.abs(n - whole[i]!) / Math.max(1, Math.abs(whole[i]!)));
    }
    return most;
  };
  it('reads 348 tensors and the classes', () => {
    expect([demo.format, demo.state.size, demo.raw]).toEqual(['zip', 348, null]);
    expect(demo.meta.classes).toEqual(['circle', 'square', 'triangle', 'star', 'hexagon']);
    expect(demo.meta.palette?.[1]).toEqual([29, 132, 181]);
  });
  // The stem and the first convolution of the head, as the libraries wrote them.
  it.each([
    ['part.legacy.pth', 'legacy'],
    ['part.safetensors', 'safetensors'],
  ])('reads the same from %s', (name, format) => {
    const part = readCheckpoint(dataPath(`demo/${name}`));
    expect([part.format, part.state.size, largest(part)]).toEqual([format, 8, 0]);
  });
  it.each([
    ['shapes_yolov5_tiny.fp16.pth', 348, 2 ** -11],
    ['part.bf16.pth', 8, 2 ** -8],
    ['part.half.safetensors', 8, 2 ** -8],
  ])('reads the same from %s, but for its rounding', (name, count, rounding) => {
    const half = readCheckpoint(dataPath(`demo/${name}`));
    expect(half.state.size).toBe(count);
    expect(largest(half)).toBeGreaterThan(rounding / 16);
    expect(largest(half)).toBeLessThanOrEqual(rounding);
  });
  it('reads what zip64 holds, where sizes and places are told in 64 bits', () => {
    const whole = bytesOf('weights/views.pth');
    const told = [...checkpointOf('views.pth', whole).state].map(([name, tensor]) => [name, ...tensor.float32()]);
    expect([...checkpointOf('views.pth', withZip64(whole)).state].map(([name, tensor]) => [name, ...tensor.float32()])).toEqual(told);
  });
});

/** The same entries behind a directory whose every size and place is in zip64's extra fields, and an end that points at it as zip64's does. */
function withZip64(file: Uint8Array): Uint8Array {
  const entries = [...readZip(inMemory(file))].map(([name, content]) => ({ name: Buffer.from(name), content: content() }));
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content } of entries) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46, 0);
    central.writeUInt32LE(0x02014b50, 0);
    for (const field of [20, 24, 42]) central.writeUInt32LE(0xffffffff, field);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(28, 30);
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    for (const [i, n] of [content.length, content.length, at].entries()) extra.writeBigUInt64LE(BigInt(n), 4 + 8 * i);
    directory.push(central, name, extra);
    parts.push(local, name, Buffer.from(content));
    at += 30 + name.length + content.length;
  }
  const size = Buffer.concat(directory).length;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  for (const [i, n] of [entries.length, entries.length, size, at].entries()) end64.writeBigUInt64LE(BigInt(n), 24 + 8 * i);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at + size), 8);
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(0, 20);
  return Buffer.concat([...parts, ...directory, end64, locator, end]);
}

describe('a file of a training', () => {
  const { state, raw, meta } = readCheckpoint(dataPath('weights/training.pth'));
  it('strips `module.` and tells averaged from raw weights', () => {
    expect([...state.keys()]).toEqual(['a.weight', 'a.num_batches_tracked']);
    expect(state.get('a.weight')?.float32()[0]).toBe(1);
    expect(raw?.get('a.weight')?.float32()[0]).toBe(0);
  });
  it('tells epoch, classes and palette', () =>
    expect(meta).toMatchObject({
      classes: ['cat', 'dog'],
      palette: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      epoch: 42,
    }));
});

describe('what torch.save writes on request', () => {
  it.each([1, 3, 4, 5])('the old format by pickle’s protocol %d', protocol => {
    const { format, state } = readCheckpoint(dataPath(`weights/protocol-${protocol}.legacy.pth`));
    expect(format).toBe('legacy');
    expect([...state].map(([name, tensor]) => [name, tensor.type, tensor.shape, [...tensor.float32()]])).toEqual([
      ['a.weight', 'float32', [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
      ['a.bias', 'float32', [3], [1, 1, 1]],
      ['n', 'int64', [], [5]],
    ]);
  });
  // What PyTorch makes of 0 … 11 in eight bits.
  it.each([
    ['float8_e4m3fn', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
    ['float8_e5m2', [0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 10, 12]],
  ])('%s', (type, numbers) => {
    const tensor = readCheckpoint(dataPath(`weights/${type}.pth`)).state.get('w');
    expect([tensor?.type, [...(tensor?.float32() ?? [])]]).toEqual([type, numbers]);
  });
});

describe('safetensors', () => {
  const entry = (begin: unknown, end: unknown, shape: readonly number[] = [2, 2], dtype = 'F32'): object => ({
    dtype,
    shape,
    data_offsets: [begin, end],
  });
  const file = (header: string | object, length = 32): Uint8Array => {
    const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([size, text, Buffer.alloc(length)]);
  };
  it('reads tensors in whatever order they are told, and eight bits a number', () => {
    const { state } = checkpointOf(
      'x',
      file({ b: entry(16, 28, [3]), a: entry(0, 16), c: entry(28, 32, [4], 'F8_E4M3'), __metadata__: {} }),
    );
    expect([...state].map(([name, tensor]) => [name, tensor.bytes().length])).toEqual([
      ['b', 12],
      ['a', 16],
      ['c', 4],
    ]);
  });
  it('tells what its writer said', () =>
    expect(checkpointOf('x', file({ a: entry(0, 16), __metadata__: { epoch: '12' } }, 16)).meta.told).toEqual([['epoch', '12']]));
  it('tells that numbers of less than a byte are not read', () =>
    expect(problemOf(() => checkpointOf('x', file({ a: entry(0, 16, [32], 'F4') }, 16))).message).toMatch(/tensors of F4, which Necktie/));
  // The format's own reader refuses all of these too.
  it.each<[string, string | object, RegExp]>([
    ['tensors on each other', { a: entry(0, 16), b: entry(8, 24) }, /b lies on another tensor/],
    ['two in one place', { a: entry(0, 16), b: entry(0, 16) }, /b lies on another tensor/],
    ['bytes of no tensor before', { a: entry(16, 32) }, /a lies behind bytes that are of no tensor/],
    ['bytes of no tensor behind', { a: entry(0, 16) }, /stand 16 bytes that are of none/],
    ['an end before its beginning', { a: entry(16, 0) }, /a lies outside the file/],
    ['places below 0', { a: entry(-16, 0) }, /entry of a is not as it should be/],
    ['places between bytes', { a: entry(0.5, 16.5) }, /entry of a is not as it should be/],
    ['more than there is', { a: entry(0, 2 ** 44, [2 ** 42]) }, /a lies outside the file/],
    ['more than a number holds', { a: entry(0, 0, [2 ** 40, 2 ** 40]) }, /a lies outside the file/],
    ['sides below 0', { a: entry(0, 16, [-2, -2]) }, /entry of a is not as it should be/],
    ['another size than its shape', { a: entry(0, 16, [5]) }, /a lies outside the file/],
    ['a type that is none', { a: entry(0, 16, [2, 2], 'F99') }, /entry of a is not as it should be/],
    ['lists in lists without end', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /not as it should be|no JSON/],
    ['a header that breaks off', '{"a":', /header is no JSON/],
  ])('%s: a problem', (_, header, message) => {
    const problem = problemOf(() => checkpointOf('x', file(header)));
    expect([problem.kind, problem.message]).toEqual(['corrupt', expect.stringMatching(message)]);
  });
});

describe('what is no checkpoint', () => {
  it('runs nothing', () => {
    const { state } = readCheckpoint(dataPath('weights/hostile.pth'));
    expect([...state.keys()]).toEqual(['w']);
    expect(existsSync('/tmp/necktie-was-here')).toBe(false);
  });
  it.each([
    ['weights/script.pth', 'not-checkpoint', /TorchScript/],
    ['weights/module.pth', 'not-checkpoint', /a whole object \(torch\.nn\.modules\.linear\.Linear\)/],
    ['weights/no-weights.pth', 'not-checkpoint', /no weights in it: it holds epoch, lr/],
    ['weights/views.json', 'not-checkpoint', /as no checkpoint does/],
    ['weights/absent.pth', 'unreadable', /There is no such file/],
  ])('%s', (name, kind, message) => {
    const problem = problemOf(() => readCheckpoint(dataPath(name)));
    expect(problem.kind).toBe(kind);
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(/\.$/);
  });
  const tensor = new StoredTensor('uint8', [1], [1], 0, { type: 'uint8', bytes: () => new Uint8Array(1) });
  it.each<[string, Map<Pickled, Pickled>, RegExp]>([
    [
      'weights under another key',
      new Map<Pickled, Pickled>([
        ['epoch', 3],
        ['model', new Map([['conv.weight', tensor]])],
      ]),
      /^Its weights are under `model`, and mmengine/,
    ],
    [
      'tensors by number',
      new Map([
        [0, tensor],
        [1, tensor],
      ]),
      /^Its tensors have numbers \(0, 1\) where/,
    ],
    [
      'a whole model in place of its weights',
      new Map([['model', new Inert('nn.Net', [])]]),
      /^Under `model` is a whole object \(nn\.Net\)/,
    ],
    [
      'a dict in the state dict',
      new Map([['state_dict', new Map([['net', new Map([['w', tensor]])]])]]),
      /no tensor in it: it holds a dict, as `net`\.$/,
    ],
    ['nothing in the state dict', new Map([['state_dict', null]]), /no tensor in it: it holds None\.$/],
    ['an optimizer alone', new Map([['state', new Map([[0, tensor]])]]), /no weights in it: it holds state\.$/],
  ])('%s, which mmengine does not take', (_, object, message) =>
    expect(problemOf(() => fromObject('x.pth', 'zip', object)).message).toMatch(message),
  );
  it.each([
    ['', /is empty/],
    ['<!DOCTYPE html>', /a web page/],
    ['version https://git-lfs.github.com/spec/v1', /Git LFS pointer/],
  ])('%s', (text, message) => expect(problemOf(() => checkpointOf('x.pth', Buffer.from(text))).message).toMatch(message));
});

describe('damaged files', () => {
  const read = (bytes: Uint8Array): number => {
    let sum = 0;
    for (const tensor of checkpointOf('x', bytes).state.values()) sum += tensor.float32().length;
    return sum;
  };
  it.each(['weights/views.pth', 'weights/views.legacy.pth', 'demo/part.safetensors'])(
    '%s, cut anywhere, is a problem and never another error',
    name => {
      const whole = bytesOf(name);
      const step = Math.max(1, Math.floor(whole.length / 150));
      for (let length = 0; length < whole.length; length += step)
        expect(problemOf(() => read(whole.subarray(0, length)))).toBeInstanceOf(WeightsProblem);
    },
  );
  it.each(['weights/views.pth', 'weights/views.legacy.pth', 'weights/training.pth'])(
    '%s, with any byte changed, is read or is a problem',
    name => {
      const whole = bytesOf(name);
      for (let at = 0; at < whole.length; at++) {
        const changed = whole.slice();
        changed[at] = changed[at]! ^ 0x55;
        try {
          read(changed);
        } catch (e) {
          expect(e).toBeInstanceOf(WeightsProblem);
        }
      }
    },
  );
});

it('a pickle that goes on and on is a problem before the memory is full', () => {
  const lists = new Uint8Array(2 ** 23).fill(0x5d);
  lists.set([0x80, 2]);
  expect(() => readPickle(lists, { call: () => undefined, persistent: () => null })).toThrow(/goes on beyond all measure/);
});

describe('a state dict and a network', () => {
  const { state } = readCheckpoint(dataPath('weights/views.pth'));
  const network = [
    { name: 'plain', shape: [4, 6], dtype: 'float32' },
    { name: 'transposed', shape: [4, 6], dtype: 'float32' },
    { name: 'new', shape: [1], dtype: 'float32' },
    { name: 'new.num_batches_tracked', shape: [], dtype: 'int64' },
  ];
  const match = matchStateDict(network, state);
  it('tells what is missing, unexpected and of another shape', () => {
    expect([...match.found.keys()]).toEqual(['plain']);
    expect(match.missing.map(m => m.name)).toEqual(['new']);
    expect(match.mismatched).toEqual([{ name: 'transposed', expected: [4, 6], got: [6, 4] }]);
    expect(match.unexpected).toContain('slice');
  });
  it('makes the same random weights every time', () => {
    const [first, second, other] = [randomWeights(network), randomWeights(network), randomWeights(network, 1)];
    expect(first.get('plain')).toEqual(second.get('plain'));
    expect(first.get('plain')).not.toEqual(other.get('plain'));
    expect(first.get('plain')?.length).toBe(24);
  });
});
