/** Fields of a protobuf message as they stand in its bytes: what is not asked for is not read. */
import { type ByteSource, inMemory } from '../weights/byte-source.ts';
import type { Field } from './protobuf.ts';

/** `value`: a number that fits a double's 53 bits, or where bytes lie (of a message, a string, or a number of fixed width). */
export interface FoundField {
  readonly number: number;
  readonly wire: number;
  readonly value: number;
  bytes(): Uint8Array;
}

/** A field's number and length are never longer. */
const HEAD = 20;
const NOTHING = new Uint8Array();
const FIXED = new Map([
  [1, 8],
  [5, 4],
]);

/** Ends at what is no protobuf. */
export function* fieldsIn(source: ByteSource): Generator<FoundField> {
  for (let start = 0; start < source.length; ) {
    const head = source.at(start, HEAD);
    let at = 0;
    const varint = (): number => {
      let value = 0;
      for (let scale = 1; at < head.length; scale *= 128) {
        const byte = head[at++]!;
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
      return NaN;
    };
    const tag = varint();
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    const value = wire === 0 || wire === 2 ? varint() : 0;
    const length = wire === 2 ? value : (FIXED.get(wire) ?? 0);
    const from = start + at;
    const isKnown = wire === 0 || wire === 2 || FIXED.has(wire);
    if (!isKnown || !(from + length <= source.length)) return;
    yield { number, wire, value, bytes: () => (length === 0 ? NOTHING : source.at(from, length)) };
    start = from + length;
  }
}

/** A message that is at hand, as fields that can be written again. Null where it is none, or holds what `Field` has no form for. */
export function parsedFields(bytes: Uint8Array): readonly Field[] | null {
  const fields: Field[] = [];
  let end = 0;
  for (const { number, wire, value, bytes: content } of fieldsIn(inMemory(bytes))) {
    if (wire === 1 || (wire === 0 && !Number.isSafeInteger(value))) return null;
    if (wire === 0) fields.push([number, value]);
    else if (wire === 2) fields.push([number, content()]);
    else fields.push([number, { float: floatOf(content()) }]);
    end++;
  }
  return end > 0 || bytes.length === 0 ? fields : null;
}

export const floatOf = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat32(0, true);
