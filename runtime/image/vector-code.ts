/**
 * WebAssembly written out, for loops over bytes: it computes in vectors of four float32, which JavaScript has not, and rounds as it is told. Opcodes and
 * encoding are those of its specification, version 2. An instruction takes its operands from the stack.
 */

/** The bytes of one instruction or of several. */
export type Code = readonly number[];

type Instructions = Readonly<Record<string, Code | ((...operands: never[]) => Code)>>;

export const op = {
  get: (local: number): Code => [0x20, local],
  set: (local: number): Code => [0x21, local],
  int: (n: number): Code => [0x41, ...signed(n)],
  float: (n: number): Code => [0x43, ...new Uint8Array(Float32Array.of(n).buffer)],
  add: [0x6a],
  multiply: [0x6c],
  /** Of numbers without a sign. */
  less: [0x49],
  loadInt: [0x28, 0, 0],
  loadFloat: [0x2a, 0, 0],
  storeInt: [0x36, 0, 0],
  /** A float32 as float64. */
  toDouble: [0xbb],
  /** Again, as long as `condition` leaves something else than 0. */
  loop: (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b],
  either: (condition: Code, yes: Code, no: Code): Code => [...condition, 0x04, 0x40, ...yes, 0x05, ...no, 0x0b],
} as const satisfies Instructions;

const simd = (opcode: number, ...operands: readonly number[]): Code => [0xfd, ...unsigned(opcode), ...operands];

/** No byte has this place: where it is asked for, there is 0. */
const NONE = 0xff;

/** Of four lanes of 32 bits. */
export const lanes = {
  load: simd(0x00, 0, 0),
  store: simd(0x0b, 0, 0),
  zero: simd(0x0c, ...new Uint8Array(16)),
  /** Four bytes from memory, each in its lane. */
  loadBytes: [...simd(0x5c, 0, 0), ...simd(0x89), ...simd(0xa9)],
  /** Four bytes of sixteen, each in its lane. */
  pickBytes: (...places: readonly [number, number, number, number]): Code => [
    ...simd(0x0c, ...places.flatMap(place => [place, NONE, NONE, NONE])),
    ...simd(0x0e),
  ],
  /** Lanes of a byte's range as one number of four bytes. */
  packBytes: [...simd(0x0c, 0, 4, 8, 12, ...new Uint8Array(12)), ...simd(0x0e), ...simd(0x1b, 0)],
  addInts: simd(0xae),
  multiplyInts: simd(0xb5),
  /** By so many bits; the sign stays. */
  shiftRight: (bits: number): Code => [...op.int(bits), ...simd(0xac)],
  spreadInt: simd(0x11),
  fromInts: simd(0xfa),
  toInts: simd(0xf8),
  /** One float32 in all of them. */
  spread: simd(0x13),
  add: simd(0xe4),
  subtract: simd(0xe5),
  multiply: simd(0xe6),
  divide: simd(0xe7),
  least: simd(0xe8),
  most: simd(0xe9),
  floor: simd(0x68),
  /** Half to even. */
  nearest: simd(0x6a),
  /** The first two lanes as float64, and back; the last two as the first. */
  toDoubles: simd(0x5f),
  fromDoubles: simd(0x5e),
  addDoubles: simd(0xf0),
  multiplyDoubles: simd(0xf2),
  spreadDouble: simd(0x14),
  secondHalf: [...simd(0x0c, 8, 9, 10, 11, 12, 13, 14, 15, ...new Array<number>(8).fill(NONE)), ...simd(0x0e)],
  /** The first two lanes of each of two. */
  join: simd(0x0d, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
} as const satisfies Instructions;

const TYPES = { int: 0x7f, float: 0x7d, lanes: 0x7b } as const;
type Type = keyof typeof TYPES;

/** Its first locals are its parameters. It gives nothing. */
export interface VectorFunction {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly locals: readonly Type[];
  readonly code: Code;
}

/** A module that exports these functions and takes its memory as `env.memory`. */
export function vectorModule(functions: readonly VectorFunction[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, ...list(parameters.map(type => [TYPES[type]])), 0]),
    ),
    ...section(2, [[...text('env'), ...text('memory'), 2, 0, 0]]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]),
    ),
    ...section(10, functions.map(bodyOf)),
  );
}

function bodyOf({ locals, code }: VectorFunction): Code {
  const body = [...list(locals.map(type => [1, TYPES[type]])), ...code, 0x0b];
  return [...unsigned(body.length), ...body];
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const text = (name: string): Code => [...unsigned(name.length), ...Buffer.from(name)];

function section(id: number, items: readonly Code[]): Code {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
}

/** LEB128. */
function unsigned(n: number): Code {
  return n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...unsigned(n >>> 7)];
}

function signed(n: number): Code {
  return n >= -0x40 && n < 0x40 ? [n & 0x7f] : [(n & 0x7f) | 0x80, ...signed(n >> 7)];
}
