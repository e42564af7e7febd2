/** What may run a model, by platform, and how each is asked for. */
import type { Provider } from './messages.ts';

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
  const name = device.toLowerCase();
  if (name === 'auto' || name === '') return providersHere();
  const provider = NAMES[name];
  return provider ? (provider === 'cpu' ? ['cpu'] : [provider, 'cpu']) : null;
}

export const DEVICE_NAMES: readonly string[] = ['auto', ...Object.keys(NAMES).filter(name => name !== 'dml')];

const FULL_NAMES: Readonly<Record<Provider, string>> = {
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
  cpu: 'CPU',
};
export const fullName = (provider: Provider): string => FULL_NAMES[provider];

/** onnxruntime's own message in a sentence that says what is missing. */
export function refusalReason(provider: Provider, message: string): string {
  const first =
    message
      .replace(/\x1b\[[0-9;]*m/g, '')
      .trim()
      .split('\n')[0] ?? '';
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object file/.exec(message)?.[1];
  if (library?.startsWith('libonnxruntime_providers'))
    return `${fullName(provider)} needs onnxruntime's own library for it (${library}), which is not installed`;
  if (library === 'libcuda.so.1') return 'there is no NVIDIA driver';
  if (library) return `${library} is missing`;
  if (provider === 'cuda' && /Failed to load shared library/i.test(message)) return "onnxruntime's own library for CUDA is not installed";
  if (/no available backend|not (supported|available|enabled)|unknown provider/i.test(message))
    return 'this build of onnxruntime does not have it';
  if (/adapter/i.test(message)) return 'no graphics adapter was found';
  if (/no CUDA-capable device|no device/i.test(message)) return 'no device was found';
  return first.length > 200 ? `${first.slice(0, 200)}…` : first || 'it gave no reason';
}
