import { dirname } from 'node:path';
import { Uri, window } from 'vscode';
import type { Subject } from '../preview-subject.ts';
import { PICTURE_EXTENSIONS } from './picture.ts';

export async function askPicture(subject: Subject): Promise<string | undefined> {
  return ask('Open Picture', subject.image ?? subject.config, { Pictures: PICTURE_EXTENSIONS.map(extension => extension.slice(1)) });
}

export async function askCheckpoint(subject: Subject): Promise<string | undefined> {
  return ask('Choose Checkpoint', subject.checkpoint ?? subject.config, {
    'Checkpoints and exported models': ['pth', 'pt', 'safetensors', 'onnx'],
  });
}

export async function askConfig(subject: Subject): Promise<string | undefined> {
  return ask('Choose Config', subject.other?.config ?? subject.config, { Configs: ['py', 'json', 'yaml', 'yml'] });
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
