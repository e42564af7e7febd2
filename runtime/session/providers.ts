/** What may run a model, by platform, and how each is asked for. */
import type { HalfPrecision, Provider, Refusal } from './messages.ts';

/** Fastest first. TensorRT builds an engine for minutes, so it is tried only when it is asked for by name. */
const BY_PLATFORM: Readonly<Record<string, readonly Provider[]>> = {
  'linux-x64': ['cuda', 'webgpu', 'cpu'],
  'win32-x64': ['dml', 'webgpu', 'cpu'],
  'win32-arm64': ['dml', 'webgpu', 'cpu'],
  'darwin-arm64': ['coreml', 'webgpu', 'cpu'],
};

const NAMES: Readonly<Record<string, Provider>> = {
  cpu: 'cpu',
  cuda: 'cuda',
  tensorrt: 'tensorrt',
  dml: 'dml',
  directml: 'dml',
  coreml: 'coreml',
  webgpu: 'webgpu',
};

/** All that this platform might have. */
export const providersHere = (platform: string = process.platform, arch: string = process.arch): readonly Provider[] =>
  BY_PLATFORM[`${platform}-${arch}`] ?? ['cpu'];

/** Providers to try for a device's name, in order; null where there is no such device. A named GPU falls back to the CPU. */
export function providersFor(device: string): readonly Provider[] | null {
  const { name, index } = partsOf(device);
  if (name === 'auto' || name === '') return index === undefined ? providersHere() : null;
  const provider = NAMES[name];
  if (provider && index !== undefined && !INDEXED.includes(provider)) return null;
  return provider ? (provider === 'cpu' ? ['cpu'] : [provider, 'cpu']) : null;
}

/** Which of several GPUs a device's name means: 1 for `cuda:1`. */
export const deviceIndex = (device: string): number => Number(partsOf(device).index ?? 0);

/** Those of which there may be several that can be told apart. */
const INDEXED: readonly Provider[] = ['cuda', 'tensorrt', 'dml'];

function partsOf(device: string): { readonly name: string; readonly index: string | undefined } {
  const [, name = '', index] = /^([^:]*)(?::(\d{1,3}))?$/.exec(device.trim().toLowerCase()) ?? [];
  return { name: name || (device.trim() && 'none'), index };
}

export const DEVICE_NAMES: readonly string[] = ['auto', ...Object.keys(NAMES).filter(name => name !== 'dml')];

export const HALF_PRECISION: readonly HalfPrecision[] = ['auto', 'on', 'off'];

const FULL_NAMES: Readonly<Record<Provider, string>> = {
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
  cpu: 'CPU',
};
export const fullName = (provider: Provider): string => FULL_NAMES[provider];

/** So many times slower than the CPU in one run, and the others are spared: a GPU in software takes seconds for each. */
export const HOPELESS = 4;

export const NO_DRIVER = 'there is no NVIDIA driver';
export const NO_DEVICE = 'no device was found';
/** It may have room again by the next run. */
export const NO_ROOM = 'its memory is full: end what else computes on it';

export const NO_HOST_ROOM = "the computer's memory is full: close other programs";
/** For one of these reasons: another time it may go well. */
export const hadNoRoom = ({ reason }: Refusal): boolean => reason === NO_ROOM || reason === NO_HOST_ROOM;

/** In the words of C++ and of JavaScript, in which nobody asks a GPU for memory. */
const saysNoHostRoom = (message: string): boolean =>
  /bad[ _]alloc|bad array new length|could not allocate memory|array buffer allocation failed|heap out of memory/i.test(message);

/** Also in those of an allocator, of the system's loader, of CUDA and its libraries: each of these a full GPU has been seen to say. */
export const saysNoRoom = (message: string): boolean =>
  saysNoHostRoom(message) ||
  /failed to (allocate|map)|out of memory|cannot allocate|resource allocation failed|STATUS_ALLOC_FAILED|STATUS_INTERNAL_ERROR.*cudnnCreate/i.test(
    message,
  );

export const notSetUp = (provider: Provider): string =>
  `onnxruntime's own library for ${fullName(provider)} is not there: “Set Up CUDA” (necktie devices --set-up-cuda) fetches it`;

/** Where NVIDIA's libraries come from. */
const originOf = (library: string): string =>
  library.startsWith('libnvinfer')
    ? 'TensorRT'
    : `a PyTorch for CUDA 13 in the selected Python environment, or with NVIDIA's CUDA 13 and cuDNN 9`;

/** onnxruntime's own message in a sentence that says what is missing. */
export function refusalReason(provider: Provider, message: string): string {
  const first =
    message
      .replace(/\x1b\[[0-9;]*m/g, '')
      .trim()
      .split('\n')[0] ?? '';
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object file/.exec(message)?.[1];
  if (library?.startsWith('libonnxruntime_providers')) return notSetUp(provider);
  if (library === 'libcuda.so.1') return NO_DRIVER;
  if (library && /^lib(cu|nv)/.test(library)) return `${library} is missing: it comes with ${originOf(library)}`;
  if (library) return `${library} is missing`;
  if (provider === 'cuda' && /Failed to load shared library/i.test(message)) return notSetUp(provider);
  if (/no available backend|not (supported|available|enabled)|unknown provider/i.test(message))
    return 'this build of onnxruntime does not have it';
  if (/requires f16|shader-f16/i.test(message)) return 'it does not compute with 16 bits (shader-f16)';
  if (/adapter/i.test(message)) return 'no graphics adapter was found';
  if (saysNoHostRoom(message)) return NO_HOST_ROOM;
  if (saysNoRoom(message)) return NO_ROOM;
  if (/no CUDA-capable device|no device/i.test(message)) return NO_DEVICE;
  if (/CUDA driver version is insufficient/i.test(message)) return 'the NVIDIA driver is too old: onnxruntime needs one for CUDA 13';
  if (/invalid device ordinal/i.test(message)) return 'there is no GPU of that number';
  if (/device_result\.status/.test(message)) return 'its driver gives no device';
  const failure = /\b(?:CUDA|CUBLAS|CUDNN|CUFFT|CURAND) failure -?\d+: [^;]*/.exec(message)?.[0].trim();
  if (failure) return failure;
  return first.length > 200 ? `${first.slice(0, 200)}…` : first || 'it gave no reason';
}
