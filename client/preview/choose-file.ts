import { dirname } from 'node:path';
import { type Memento, Uri, window } from 'vscode';
import type { Subject } from '../messages.ts';
import { PICTURE_EXTENSIONS } from './picture.ts';

export async function askPicture(subject: Subject): Promise<string | undefined> {
  return ask('Open Picture', subject.image ?? subject.config, { Pictures: PICTURE_EXTENSIONS.map(extension => extension.slice(1)) });
}

export async function askCheckpoint(subject: Subject): Promise<string | undefined> {
  return ask('Choose Checkpoint', subject.checkpoint ?? subject.config, {
    'Checkpoints and exported models': ['pth', 'pt', 'safetensors', 'onnx'],
  });
}

const key = (config: string): string => `picture:${config}`;

export const rememberedPicture = (memory: Memento, config: string): string | undefined => memory.get<string>(key(config));

export async function rememberPicture(memory: Memento, config: string, image: string): Promise<void> {
  await memory.update(key(config), image);
}

async function ask(title: string, near: string, filters: Record<string, string[]>): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    title,
    openLabel: 'Open',
    defaultUri: Uri.file(dirname(near)),
    filters: { ...filters, 'All files': ['*'] },
  });
  return chosen?.[0]?.fsPath;
}
