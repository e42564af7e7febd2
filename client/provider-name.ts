const NAMES: Readonly<Record<string, string>> = {
  auto: 'Auto',
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  directml: 'DirectML',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
};

/** A provider's name as its makers write it. */
export function providerName(provider: string): string {
  const [name = '', index] = provider.toLowerCase().split(':');
  const known = NAMES[name];
  return known === undefined ? provider : index === undefined ? known : `${known} ${index}`;
}
