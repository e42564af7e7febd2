/** The header of a checkpoint is what the whole file says, and of a file of any size its names and shapes alone are read. */
import { closeSync, ftruncateSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { inMemory } from '../../../runtime/weights/byte-source.ts';
import { readCheckpoint } from '../../../runtime/weights/checkpoint.ts';
import { type CheckpointHeader, headerOf, readCheckpointHeader } from '../../../runtime/weights/checkpoint-header.ts';
import { WeightsProblem } from '../../../runtime/weights/problem.ts';

const local = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const samples = [
  'configs/demo/shapes_yolov5_tiny.pth',
  ...readdirSync(local('tests/data/weights'))
    .filter(name => /\.(?:pth|safetensors)$/.test(name))
    .map(name => `tests/data/weights/${name}`),
];

const tensorsFirst = ({ format, tensors, averaged, meta }: Omit<CheckpointHeader, 'path' | 'optimizer'>): readonly unknown[] => [
  format,
  averaged,
  [...tensors].map(([name, { shape, type }]) => [name, shape, type]),
  meta,
];
/** What is read, or why it is not. */
function told(read: () => unknown): unknown {
  try {
    return read();
  } catch (e) {
    if (e instanceof WeightsProblem) return [e.kind, e.message, e.remedy];
    throw e;
  }
}

describe('the header of', () => {
  it.each(samples)('%s is what the whole file says', path => {
    expect(told(() => tensorsFirst(readCheckpointHeader(local(path))))).toEqual(
      told(() => {
        const { format, state, raw, meta } = readCheckpoint(local(path));
        return tensorsFirst({ format, tensors: state, averaged: raw !== null, meta });
      }),
    );
  });

  it('a file of the old format that broke off among its data is no header', () => {
    const bytes = readFileSync(local('tests/data/weights/views.legacy.pth'));
    expect(told(() => headerOf('x.pth', inMemory(bytes)).tensors.size)).toBeGreaterThan(0);
    expect(told(() => headerOf('x.pth', inMemory(bytes.subarray(0, -1))))).toContain('The file ends before its tensors do.');
  });

  it('a training says that it can be taken up again', () => {
    expect(readCheckpointHeader(local('tests/data/weights/training.pth')).optimizer).not.toBe('none');
    expect(readCheckpointHeader(local('configs/demo/shapes_yolov5_tiny.pth')).optimizer).toBe('none');
  });

  it('a file is read without its data', () => {
    const bytes = readFileSync(local('configs/demo/shapes_yolov5_tiny.pth'));
    const source = inMemory(bytes);
    let read = 0;
    headerOf('x.pth', {
      length: source.length,
      at: (start, length) => ((read += Math.min(length, bytes.length)), source.at(start, length)),
    });
    const names = [...readCheckpoint(local('configs/demo/shapes_yolov5_tiny.pth')).state];
    const data = names.reduce((sum, [, tensor]) => sum + tensor.bytes().length, 0);
    expect(read).toBeLessThan(bytes.length - 0.9 * data + 70_000);
  });
});

describe('a file of 20 GB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'necktie-header-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const size = 20 * 2 ** 30;

  it('is read by its header', () => {
    const path = join(folder, 'large.safetensors');
    const header = Buffer.from(JSON.stringify({ 'backbone.w': { dtype: 'F32', shape: [5 * 2 ** 30], data_offsets: [0, size] } }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const file = openSync(path, 'w');
    writeSync(file, Buffer.concat([length, header]));
    ftruncateSync(file, 8 + header.length + size);
    closeSync(file);
    expect([...readCheckpointHeader(path).tensors]).toEqual([['backbone.w', { shape: [5 * 2 ** 30], type: 'float32' }]]);
  });

  it('that is none is told to be none', () => {
    const path = join(folder, 'zeros.pth');
    const file = openSync(path, 'w');
    ftruncateSync(file, size);
    closeSync(file);
    expect(() => readCheckpointHeader(path)).toThrow(WeightsProblem);
    expect(() => readCheckpointHeader(join(folder, 'nowhere.pth'))).toThrow(/no such file/);
  });
});
