/**
 * Reads a pickle without running it: a stack machine whose only calls are those in the `Meanings` it is given. Every other global is an inert object that
 * remembers its name and what it was called with; dicts are Maps, so that no key reaches a prototype. Memory grows with the file and no faster.
 * Source: the opcodes of CPython's `pickletools`, protocols 1–5.
 */
import { corrupt } from './problem.ts';
import type { Storage, StoredTensor } from './tensor.ts';

export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Pickled[]
  | Map<Pickled, Pickled>
  | Set<Pickled>
  | Inert
  | StoredTensor
  | Storage;

/** A global, or what became of calling one. */
export class Inert {
  /** `collections.OrderedDict`. */
  readonly name: string;
  /** Null: the global itself, not called. */
  readonly args: readonly Pickled[] | null;
  state: Pickled = null;
  constructor(name: string, args: readonly Pickled[] | null) {
    this.name = name;
    this.args = args;
  }
}

export interface Meanings {
  /** What a call of this global with these arguments is; undefined: inert. */
  call(name: string, args: readonly Pickled[]): Pickled | undefined;
  /** What a persistent id stands for. */
  persistent(id: Pickled): Pickled;
}

/** The value, and the offset behind the pickle. Throws `WeightsProblem`. */
export function readPickle(bytes: Uint8Array, meanings: Meanings, start = 0): { readonly value: Pickled; readonly end: number } {
  return new Machine(bytes, meanings, start).run();
}

const MARK = Symbol('mark');
/** Opcodes: 50,000 tensors with what an optimizer keeps of each take no more. A list takes one, and 200 bytes of memory. */
const MOST_STEPS = 2 ** 22;

class Machine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #meanings: Meanings;
  #at: number;
  readonly #stack: (Pickled | typeof MARK)[] = [];
  readonly #memo = new Map<number, Pickled>();

  constructor(bytes: Uint8Array, meanings: Meanings, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#meanings = meanings;
    this.#at = start;
  }

  run(): { readonly value: Pickled; readonly end: number } {
    for (let steps = 0; ; steps++) {
      const at = this.#at;
      if (steps > MOST_STEPS) throw corrupt('The part that names the tensors goes on beyond all measure.');
      const opcode = this.#number(1);
      if (opcode === 0x2e) return { value: this.#pop(), end: this.#at }; // STOP
      if (!this.#step(opcode))
        throw corrupt(`At byte ${at} stands ${JSON.stringify(String.fromCharCode(opcode))}, which no pickle that PyTorch writes has.`);
    }
  }

  /** One opcode; false where it is not known. */
  #step(opcode: number): boolean {
    switch (String.fromCharCode(opcode)) {
      case '\x80':
        return this.#number(1) >= 0; // PROTO
      case '\x95':
        return this.#length(8) >= 0; // FRAME
      case '(':
        return this.#push(MARK);
      case '0':
        return this.#drop();
      case '1':
        return (this.#sinceMark(), true);
      case '2':
        return this.#push(this.#top());
      case 'N':
        return this.#push(null);
      case '\x88':
        return this.#push(true);
      case '\x89':
        return this.#push(false);
      case 'K':
        return this.#push(this.#number(1));
      case 'M':
        return this.#push(this.#number(2));
      case 'J':
        return this.#push(this.#view.getInt32(this.#take(4), true));
      case 'I':
        return this.#push(this.#whole());
      case 'L':
        return this.#push(narrowed(BigInt(this.#digits().replace(/L$/, ''))));
      case '\x8a':
        return this.#push(this.#long(this.#number(1)));
      case '\x8b':
        return this.#push(this.#long(this.#number(4)));
      case 'G':
        return this.#push(this.#view.getFloat64(this.#take(8), false));
      case '\x8c':
        return this.#push(this.#text(this.#number(1)));
      case 'X':
        return this.#push(this.#text(this.#number(4)));
      case '\x8d':
        return this.#push(this.#text(this.#length(8)));
      case 'U':
        return this.#push(this.#text(this.#number(1)));
      case 'T':
        return this.#push(this.#text(this.#number(4)));
      case 'C':
        return this.#push(this.#raw(this.#number(1)));
      case 'B':
        return this.#push(this.#raw(this.#number(4)));
      case '\x8e':
      case '\x96':
        return this.#push(this.#raw(this.#length(8)));
      case ')':
      case ']':
        return this.#push([]);
      case '}':
        return this.#push(new Map());
      case '\x8f':
        return this.#push(new Set());
      case 't':
      case 'l':
        return this.#push(this.#sinceMark());
      case '\x85':
        return this.#push([this.#pop()]);
      case '\x86':
        return this.#push(this.#several(2));
      case '\x87':
        return this.#push(this.#several(3));
      case '\x91':
        return this.#push(new Set(this.#sinceMark()));
      case 'd':
        return this.#push(entered(new Map(), this.#sinceMark()));
      case 'a':
        return this.#append([this.#pop()]);
      case 'e':
      case '\x90':
        return this.#append(this.#sinceMark());
      case 's':
        return this.#enter(this.#several(2));
      case 'u':
        return this.#enter(this.#sinceMark());
      case 'q':
        return this.#remember(this.#number(1));
      case 'r':
        return this.#remember(this.#number(4));
      case '\x94':
        return this.#remember(this.#memo.size);
      case 'h':
        return this.#push(this.#recall(this.#number(1)));
      case 'j':
        return this.#push(this.#recall(this.#number(4)));
      case 'c':
        return this.#push(new Inert(`${this.#line()}.${this.#line()}`, null));
      case '\x93':
        return this.#push(new Inert(this.#several(2).map(textOf).join('.'), null));
      case 'Q':
        return this.#push(this.#meanings.persistent(this.#pop()));
      case 'R':
      case '\x81':
        return this.#call(this.#several(2));
      case '\x92':
        return this.#call(this.#several(3));
      case 'b':
        return this.#build();
      default:
        return false;
    }
  }

  #call([callee, args]: readonly Pickled[]): boolean {
    const list = Array.isArray(args) ? args : [];
    const name = callee instanceof Inert ? callee.name : 'object';
    return this.#push(this.#meanings.call(name, list) ?? new Inert(name, list));
  }

  /** `BUILD` gives a state to what lies below it. Only inert objects have use for one; a state dict's `_metadata` is left out. */
  #build(): boolean {
    const state = this.#pop();
    const target = this.#top();
    if (target instanceof Inert) target.state = state;
    return true;
  }

  #append(items: readonly Pickled[]): boolean {
    const target = this.#top();
    if (isList(target)) for (const item of items) target.push(item);
    else if (target instanceof Set) for (const item of items) target.add(item);
    return true;
  }

  #enter(pairs: readonly Pickled[]): boolean {
    const target = this.#top();
    if (target instanceof Map) entered(target, pairs);
    return true;
  }

  #remember(index: number): boolean {
    this.#memo.set(index, this.#top());
    return true;
  }
  #recall(index: number): Pickled {
    const value = this.#memo.get(index);
    if (value === undefined) throw corrupt('It refers back to something that it never held.');
    return value;
  }

  #push(value: Pickled | typeof MARK): boolean {
    this.#stack.push(value);
    return true;
  }
  #drop(): boolean {
    this.#stack.pop();
    return true;
  }
  #pop(): Pickled {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw corrupt('It takes more from its stack than it put there.');
    return value;
  }
  #top(): Pickled {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw corrupt('It takes more from its stack than it put there.');
    return value;
  }
  #several(count: number): Pickled[] {
    return Array.from({ length: count }, () => this.#pop()).reverse();
  }
  #sinceMark(): Pickled[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw corrupt('It ends a group that it never began.');
    const items = this.#stack.splice(at).slice(1);
    return items.filter(item => item !== MARK);
  }

  /** Moves on by so many bytes, and answers with where they begin. */
  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw corrupt('The part that names the tensors breaks off.');
    this.#at += length;
    return at;
  }
  #number(width: 1 | 2 | 4): number {
    const at = this.#take(width);
    return width === 1 ? this.#view.getUint8(at) : width === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }
  #length(width: 8): number {
    return Number(this.#view.getBigUint64(this.#take(width), true));
  }
  #raw(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }
  #text(length: number): string {
    return new TextDecoder().decode(this.#raw(length));
  }
  #line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) throw corrupt('The part that names the tensors breaks off.');
    return this.#text(end - this.#at + 1).slice(0, -1);
  }
  /** Little-endian two's complement: a number where it is exact. */
  #long(length: number): number | bigint {
    if (length > 1024) throw corrupt(`It holds a whole number of ${length} bytes.`);
    const bytes = this.#raw(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = value * 256n + BigInt(bytes[i]!);
    return narrowed(BigInt.asIntN(length * 8, value));
  }
  /** Protocol 1 writes a truth as a whole number of two digits. */
  #whole(): number | bigint | boolean {
    const digits = this.#digits();
    return digits === '00' || digits === '01' ? digits === '01' : narrowed(BigInt(digits));
  }
  #digits(): string {
    const line = this.#line();
    if (!/^-?\d{1,1000}L?$/.test(line)) throw corrupt('It holds a whole number that is none.');
    return line;
  }
}

const narrowed = (n: bigint): number | bigint => (Number.isSafeInteger(Number(n)) ? Number(n) : n);

/** Of what names something. JavaScript's own text of a list is as long as all that it reaches, which a few bytes can make endless. */
export function textOf(value: Pickled | undefined): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw corrupt('Something has a name that is no text.');
}

const isList = (value: Pickled): value is Pickled[] => Array.isArray(value);

function entered(map: Map<Pickled, Pickled>, pairs: readonly Pickled[]): Map<Pickled, Pickled> {
  for (let i = 0; i + 1 < pairs.length; i += 2) map.set(pairs[i]!, pairs[i + 1]!);
  return map;
}
