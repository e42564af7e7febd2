import { window, workspace } from 'vscode';
import { providerName } from './provider-name.ts';

const DEVICES: readonly (readonly [device: string, description: string])[] = [
  ['auto', 'a GPU where one works, else the CPU'],
  ['cpu', ''],
  ['cuda', 'NVIDIA'],
  ['tensorrt', 'NVIDIA'],
  ['directml', 'Windows'],
  ['coreml', 'macOS'],
  ['webgpu', ''],
];

/** Asks for a device and keeps it in the settings. False when nothing was chosen. */
export async function chooseDevice(): Promise<boolean> {
  const now = currentDevice();
  const items = DEVICES.map(([device, description]) => ({
    device,
    label: providerName(device),
    description: device === now ? [description, 'in use'].filter(Boolean).join(', ') : description,
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'Run Detection On',
    placeHolder: 'One that does not work here says why, and the next is tried',
  });
  if (chosen === undefined) return false;
  await workspace.getConfiguration('necktie').update('detect.device', chosen.device);
  return true;
}

export function currentDevice(): string {
  return workspace.getConfiguration('necktie').get('detect.device', 'auto');
}
