/** `.safetensors`: eight bytes of length, a JSON header, the tensors' bytes. Source: the format's description at Hugging Face. */
import type { ByteSource } from './byte-source.ts';
import { corrupt, unread } from './problem.ts';
import { type Storage, StoredTensor, type StoredType, widthOf } from './tensor.ts';

const TYPES: Readonly<Record<string, StoredType>> = {
  BOOL: 'bool',
  U8: 'uint8',
  U16: 'uint16',
  U32: 'uint32',
  U64: 'uint64',
  I8: 'int8',
  I16: 'int16',
  I32: 'int32',
  I64: 'int64',
  F8_E4M3: 'float8_e4m3fn',
  F8_E5M2: 'float8_e5m2',
  F8_E8M0: 'float8_e8m0fnu',
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
  C64: 'complex64',
};

/** Of fewer bits than a byte has. */
const NARROW = /^F[46](_|$)/;

/** Begins with a length that leaves room for a header in braces. */
export function isSafetensors(file: Uint8Array): boolean {
  if (file.length < 10 || file[8] !== 0x7b) return false;
  return headerLength(file) >= 2;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What the writer said beside them. */
  readonly metadata: readonly (readonly [name: string, value: string])[];
}

/** Throws `WeightsProblem`. */
export function readSafetensors(file: ByteSource): Safetensors {
  const length = headerLength(file.at(0, 8));
  if (8 + length > file.length) throw corrupt(`The header has ${length} bytes and the file ends before them.`);
  const data: ByteSource = { length: file.length - 8 - length, at: (start, size) => file.at(8 + length + start, size) };
  const tensors = new Map<string, StoredTensor>();
  const places: Place[] = [];
  const header = record(parsed(file.at(8, length)));
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { tensor, place } = tensorOf(name, record(entry), data);
    tensors.set(name, tensor);
    places.push(place);
  }
  meet(places, data.length);
  const metadata = Object.entries(record(header.__metadata__)).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return { tensors, metadata };
}

interface Place {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

/** The format lets no tensor lie on another, and no byte belong to none. */
function meet(places: readonly Place[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of places.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) throw corrupt(`${name} ${begin < at ? 'lies on another tensor' : 'lies behind bytes that are of no tensor'}.`);
    at = end;
  }
  if (at !== length) throw corrupt(`Behind its tensors stand ${length - at} bytes that are of none.`);
}

function tensorOf(
  name: string,
  entry: Readonly<Record<string, unknown>>,
  data: ByteSource,
): { readonly tensor: StoredTensor; readonly place: Place } {
  const type = TYPES[String(entry.dtype)];
  if (!type && typeof entry.dtype === 'string' && NARROW.test(entry.dtype)) throw unread(entry.dtype);
  const shape = naturals(entry.shape);
  const [begin, end] = naturals(entry.data_offsets) ?? [];
  if (!type || !shape || begin === undefined || end === undefined) throw corrupt(`The header's entry of ${name} is not as it should be.`);
  const size = shape.reduce((n, d) => n * d, 1);
  if (end - begin !== size * widthOf(type) || end > data.length) throw corrupt(`${name} lies outside the file.`);
  const storage: Storage = { type, bytes: () => data.at(begin, end - begin) };
  return { tensor: new StoredTensor(type, shape, rowMajor(shape), 0, storage), place: { name, begin, end } };
}

function rowMajor(shape: readonly number[]): number[] {
  const strides: number[] = [];
  shape.reduceRight((step, size, i) => {
    strides[i] = step;
    return step * Math.max(size, 1);
  }, 1);
  return strides;
}

function parsed(header: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(header));
  } catch {
    throw corrupt('The header is no JSON.');
  }
}

const headerLength = (file: Uint8Array): number => Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true));
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const naturals = (value: unknown): readonly number[] | null =>
  Array.isArray(value) && value.every((n): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0) ? value : null;
