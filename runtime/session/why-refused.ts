/** In the session's process: why a provider would not be made, where onnxruntime tells it on its standard error alone. */
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import type { Provider } from './messages.ts';
import { ONNXRUNTIME_VARIABLE } from './onnxruntime.ts';
import { NO_DEVICE, NO_DRIVER, notSetUp, refusalReason } from './providers.ts';

/** What a driver of NVIDIA's leaves, in a container and under WSL too. */
const DRIVER = ['/proc/driver/nvidia', '/dev/nvidiactl', '/dev/dxg'];

/** A sentence's reason from what onnxruntime threw. */
export function whyRefused(provider: Provider, thrown: string): string {
  const reason = refusalReason(provider, (/Failed to load shared library/i.test(thrown) && loadingError(provider)) || thrown);
  // Without a driver, fetching the library would be in vain.
  if (reason === notSetUp('cuda') && process.platform === 'linux' && !DRIVER.some(existsSync)) return NO_DRIVER;
  const visible = process.env.CUDA_VISIBLE_DEVICES;
  const hides = visible !== undefined && (provider === 'cuda' || provider === 'tensorrt') && reason === NO_DEVICE;
  return hides ? `${reason} among those that CUDA_VISIBLE_DEVICES (${visible === '' ? 'empty' : visible}) leaves` : reason;
}

/** What the system's loader says of the provider's library: which other library it lacks. Empty where there is none to load. */
function loadingError(provider: Provider): string {
  const entry = process.env[ONNXRUNTIME_VARIABLE];
  if (entry === undefined) return '';
  const library = join(
    dirname(dirname(entry)),
    'bin',
    'napi-v6',
    process.platform,
    process.arch,
    `libonnxruntime_providers_${provider}.so`,
  );
  if (!existsSync(library)) return '';
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_LAZY);
    return 'its library will not load';
  } catch (e) {
    const told = e instanceof Error ? e.message : String(e);
    // It is no module of Node's: until that is found it has been loaded.
    return /did not self-register/i.test(told) ? 'its library will not load' : told;
  }
}
