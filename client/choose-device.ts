import { type QuickPickItem, QuickPickItemKind, window, workspace } from 'vscode';
import type { DetectParams } from '../server/protocol.ts';
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
const PRECISIONS: readonly (readonly [precision: string, label: string, description: string])[] = [
  ['off', 'Full precision', 'the libraries’ own numbers'],
  ['auto', 'Half precision where it gains', 'where the device is faster in it and right'],
  ['on', 'Half precision', 'wherever the network’s numbers fit'],
];

interface Choice extends QuickPickItem {
  /** The setting that it changes, and to what. */
  readonly setting: string;
  readonly value: string;
}

/** Asks for a device, or whether it computes in half precision, and keeps it in the settings. False when nothing was chosen. */
export async function chooseDevice(): Promise<boolean> {
  const now = runsOn();
  const choice = (setting: keyof typeof now, value: string, label: string, words: string): Choice => ({
    label,
    description: value === now[setting] ? [words, 'in use'].filter(Boolean).join(', ') : words,
    setting,
    value,
  });
  const separator: QuickPickItem = { label: 'precision', kind: QuickPickItemKind.Separator };
  const items: readonly (Choice | QuickPickItem)[] = [
    ...DEVICES.map(([device, words]) => choice('device', device, providerName(device), words)),
    separator,
    ...PRECISIONS.map(([precision, label, words]) => choice('halfPrecision', precision, label, words)),
  ];
  const chosen = await window.showQuickPick(items, {
    title: 'Run Detection On',
    placeHolder: 'One that does not work here says why, and the next is tried',
  });
  if (chosen === undefined || !('setting' in chosen)) return false;
  await workspace.getConfiguration('necktie').update(chosen.setting, chosen.value);
  return true;
}

export function currentDevice(): string {
  return workspace.getConfiguration('necktie').get('device', 'auto');
}

/** What the settings say of where and how detection runs. */
export function runsOn(): Required<Pick<DetectParams, 'device' | 'halfPrecision'>> {
  return { device: currentDevice(), halfPrecision: workspace.getConfiguration('necktie').get('halfPrecision', 'off') };
}
