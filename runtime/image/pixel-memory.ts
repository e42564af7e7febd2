/** Memory in which the loops over a picture's bytes work, and those compiled. */
import { type PixelKernels, pixelCode } from './pixel-kernels.ts';
import { vectorModule } from './vector-code.ts';

/** So much of a picture is where the kernels work, if a row has room: it stays in the processor's cache. */
export const STRIP = 2 ** 18;

export interface PixelMemory {
  readonly kernels: PixelKernels;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Enough for all but the widest pictures, and not given back. What is not written to costs nothing. */
const USUAL = 2 ** 23;
let usual: PixelMemory | null = null;

/** Memory of so many bytes at least, and the loops that work in it: one picture's at a time. What lies in it is of no meaning. Throws where there is none. */
export function pixelMemory(size: number): PixelMemory {
  return size > USUAL ? memoryOf(size) : (usual ??= memoryOf(USUAL));
}

function memoryOf(size: number): PixelMemory {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) });
  const { exports } = new WebAssembly.Instance(module(), { env: { memory } });
  if (!areKernels(exports)) throw new Error('these are not the functions of this module');
  return { kernels: exports, bytes: new Uint8Array(memory.buffer) };
}

const PAGE = 2 ** 16;

/** Compiled when a picture comes: the server imports what tells sizes, and never has one. */
let compiled: WebAssembly.Module | null = null;
const module = (): WebAssembly.Module =>
  (compiled ??= new WebAssembly.Module(vectorModule(Object.entries(pixelCode()).map(([name, kernel]) => ({ name, ...kernel })))));

const areKernels = (exports: object): exports is PixelKernels => Object.keys(pixelCode()).every(name => name in exports);

/** As browsers declare it, and Node's own types do not. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Memory {
    constructor(size: { readonly initial: number });
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(module: Module, imports: { readonly env: { readonly memory: Memory } });
    readonly exports: object;
  }
}
