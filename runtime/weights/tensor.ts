/** Tensors as a checkpoint stores them: a window with strides onto a storage's bytes. Nothing is copied until it is asked for. */
import { corrupt } from './problem.ts';

/** Bytes an element, by torch's names. */
const WIDTHS = {
  bool: 1,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  float8_e4m3fn: 1,
  float8_e4m3fnuz: 1,
  float8_e5m2: 1,
  float8_e5m2fnuz: 1,
  float8_e8m0fnu: 1,
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  complex32: 4,
  complex64: 8,
  complex128: 16,
} as const;
export type StoredType = keyof typeof WIDTHS;
export const widthOf = (type: StoredType): number => WIDTHS[type];
export const isStoredType = (name: string): name is StoredType => Object.hasOwn(WIDTHS, name);
/** Of what a machine lays out in its own order: of a complex number each half. */
export const wordOf = (type: StoredType): number => (type.startsWith('complex') ? WIDTHS[type] / 2 : WIDTHS[type]);

/** Bytes. A tensor that repeats its numbers may be so large, and no larger. */
const LARGEST_EXPANDED = 2 ** 26;

export interface Storage {
  /** Null: bytes whose type the tensor tells (torch's UntypedStorage). */
  readonly type: StoredType | null;
  /** Where the bytes are found once the file is read to its end; throws `WeightsProblem`. */
  bytes(): Uint8Array;
}

export class StoredTensor {
  readonly type: StoredType;
  readonly shape: readonly number[];
  /** In elements, as `offset` is. */
  readonly strides: readonly number[];
  readonly offset: number;
  readonly storage: Storage;
  constructor(type: StoredType, shape: readonly number[], strides: readonly number[], offset: number, storage: Storage) {
    this.type = type;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.storage = storage;
  }

  get size(): number {
    return this.shape.reduce((n, d) => n * d, 1);
  }

  /** Little-endian bytes in row-major order: a view of the file where the tensor is contiguous, else a copy. Throws `WeightsProblem`. */
  bytes(): Uint8Array {
    const width = widthOf(this.type);
    const stored = this.storage.bytes();
    const last = this.size === 0 ? -1 : this.shape.reduce((n, d, i) => n + (d - 1) * this.strides[i]!, this.offset);
    if ((last + 1) * width > stored.length)
      throw corrupt(`A tensor of shape [${this.shape.join(', ')}] reaches beyond its storage of ${stored.length} bytes.`);
    // A stride of 0 makes a tensor of any size out of a single number.
    if (this.size * width > Math.max(stored.length, LARGEST_EXPANDED))
      throw corrupt(`A tensor of shape [${this.shape.join(', ')}] is made of ${stored.length} bytes.`);
    if (isContiguous(this.shape, this.strides)) return stored.subarray(this.offset * width, (this.offset + this.size) * width);
    return gathered(stored, this.shape, this.strides, this.offset, width);
  }

  /** The first of its numbers. Throws `WeightsProblem`. */
  number(): number {
    const bytes = this.bytes();
    return READERS[this.type](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  }

  /** The same numbers as float32, little-endian: half precision and doubles converted, integers too, and of complex numbers the real part, as torch's `copy_`. */
  float32(): Float32Array {
    const bytes = this.bytes();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const read = READERS[this.type];
    if (this.type === 'float32') {
      if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, this.size);
      // A copy: a Buffer's own `slice` is none.
      return new Float32Array(new Uint8Array(bytes).buffer);
    }
    const width = widthOf(this.type);
    return Float32Array.from({ length: this.size }, (_, i) => read(view, i * width));
  }
}

const READERS: Readonly<Record<StoredType, (view: DataView, at: number) => number>> = {
  bool: (view, at) => view.getUint8(at),
  uint8: (view, at) => view.getUint8(at),
  uint16: (view, at) => view.getUint16(at, true),
  uint32: (view, at) => view.getUint32(at, true),
  uint64: (view, at) => Number(view.getBigUint64(at, true)),
  int8: (view, at) => view.getInt8(at),
  int16: (view, at) => view.getInt16(at, true),
  int32: (view, at) => view.getInt32(at, true),
  int64: (view, at) => Number(view.getBigInt64(at, true)),
  float8_e4m3fn: (view, at) => e4m3ToNumber(view.getUint8(at)),
  float8_e4m3fnuz: (view, at) => unsignedZero(view.getUint8(at), 3),
  float8_e5m2fnuz: (view, at) => unsignedZero(view.getUint8(at), 2),
  float8_e8m0fnu: (view, at) => (view.getUint8(at) === 255 ? NaN : 2 ** (view.getUint8(at) - 127)),
  // The upper half of a float16.
  float8_e5m2: (view, at) => halfToNumber(view.getUint8(at) << 8),
  float16: (view, at) => halfToNumber(view.getUint16(at, true)),
  bfloat16: (view, at) => brainToNumber(view.getUint16(at, true)),
  float32: (view, at) => view.getFloat32(at, true),
  float64: (view, at) => view.getFloat64(at, true),
  complex32: (view, at) => halfToNumber(view.getUint16(at, true)),
  complex64: (view, at) => view.getFloat32(at, true),
  complex128: (view, at) => view.getFloat64(at, true),
};

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -14 * (fraction / 1024);
}

/** Four bits of exponent, no infinities. */
function e4m3ToNumber(bits: number): number {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> 3) & 15;
  const fraction = bits & 7;
  if (exponent === 15 && fraction === 7) return NaN;
  return exponent ? sign * 2 ** (exponent - 7) * (1 + fraction / 8) : sign * 2 ** -6 * (fraction / 8);
}

/** Eight bits with so many of fraction: no infinities, one zero, and the exponents are one lower than in the kinds without `uz`. */
function unsignedZero(bits: number, fractionBits: 2 | 3): number {
  if (bits === 0x80) return NaN;
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits & 0x7f) >> fractionBits;
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const bias = 2 ** (6 - fractionBits);
  return exponent ? sign * 2 ** (exponent - bias) * (1 + fraction) : sign * 2 ** (1 - bias) * fraction;
}

const four = new DataView(new ArrayBuffer(4));
/** bfloat16 is the upper half of a float32. */
function brainToNumber(bits: number): number {
  four.setUint32(0, bits * 65536);
  return four.getFloat32(0);
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && strides[i] !== step) return shape.includes(0);
    step *= shape[i]!;
  }
  return true;
}

function gathered(stored: Uint8Array, shape: readonly number[], strides: readonly number[], offset: number, width: number): Uint8Array {
  const size = shape.reduce((n, d) => n * d, 1);
  const out = new Uint8Array(size * width);
  const index = shape.map(() => 0);
  let at = offset;
  for (let i = 0; i < size; i++) {
    out.set(stored.subarray(at * width, (at + 1) * width), i * width);
    for (let d = shape.length - 1; d >= 0; d--) {
      at += strides[d]!;
      if (++index[d]! < shape[d]!) break;
      at -= shape[d]! * strides[d]!;
      index[d] = 0;
    }
  }
  return out;
}
