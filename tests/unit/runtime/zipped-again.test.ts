/** A checkpoint that somebody has unpacked and zipped: torch reads it, and so is it read here; what is packed to fill the memory is a problem. */
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inMemory } from '../../../runtime/weights/byte-source.ts';
import { checkpointOf } from '../../../runtime/weights/checkpoint.ts';
import { WeightsProblem } from '../../../runtime/weights/problem.ts';
import { readZip } from '../../../runtime/weights/zip.ts';
import { dataPath } from '../../data-file.ts';

const views = new Uint8Array(readFileSync(dataPath('weights/views.pth')));

describe('zipped again', () => {
  const zipped = (packed: (content: Uint8Array) => readonly [method: number, bytes: Uint8Array, size: number]): Uint8Array => {
    const parts: Uint8Array[] = [];
    const directory: Uint8Array[] = [];
    let at = 0;
    const entries = [...readZip(inMemory(views))];
    for (const [entry, content] of entries) {
      const name = Buffer.from(entry);
      const [method, bytes, size] = packed(content());
      const [local, central] = [Buffer.alloc(30), Buffer.alloc(46)];
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(name.length, 26);
      central.writeUInt32LE(0x02014b50, 0);
      central.writeUInt16LE(method, 10);
      for (const [i, n] of [bytes.length, size].entries()) central.writeUInt32LE(n, 20 + 4 * i);
      central.writeUInt16LE(name.length, 28);
      central.writeUInt32LE(at, 42);
      directory.push(central, name);
      parts.push(local, name, bytes);
      at += 30 + name.length + bytes.length;
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(entries.length, 10);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...parts, ...directory, end]);
  };
  it('reads packed entries, as torch.load does', () => {
    const told = (file: Uint8Array): object => [...checkpointOf('x', file).state].map(([name, tensor]) => [name, ...tensor.float32()]);
    expect(told(zipped(content => [8, deflateRawSync(content), content.length]))).toEqual(told(views));
  });
  it.each<[string, (content: Uint8Array) => readonly [number, Uint8Array, number], RegExp]>([
    ['another size than it was said to have', content => [8, deflateRawSync(content), content.length + 1], /cannot be unpacked/],
    ['more than it was said to have', content => [8, deflateRawSync(new Uint8Array(1e6)), content.length], /cannot be unpacked/],
    ['what is not packed at all', content => [8, content, content.length], /cannot be unpacked/],
    ['4 GB', content => [8, content, 0xfffffffe], /grows beyond all measure/],
    ['another way of packing', content => [12, content, content.length], /in a way that PyTorch does not read/],
  ])('%s: a problem', (_, packed, message) => {
    const read = () => [...checkpointOf('x', zipped(packed)).state.values()].map(tensor => tensor.float32());
    expect(read).toThrow(WeightsProblem);
    expect(read).toThrow(message);
  });
});
