import { dirname } from 'node:path';
import { Uri, window } from 'vscode';
import type { Subject } from '../preview-subject.ts';
import { PICTURE_EXTENSIONS } from './picture.ts';

/** Several may be chosen. None: it was left. */
export async function askPictures(subject: Subject): Promise<readonly string[]> {
  return ask('Open Picture', subject.image ?? subject.config, { Pictures: PICTURE_EXTENSIONS.map(extension => extension.slice(1)) }, true);
}

export async function askCheckpoint(subject: Subject): Promise<string | undefined> {
  const [checkpoint] = await ask('Choose Checkpoint', subject.checkpoint ?? subject.config, {
    'Checkpoints and exported models': ['pth', 'pt', 'safetensors', 'onnx'],
  });
  return checkpoint;
}

/** `near`: a file beside which it may lie. */
export async function askConfig(near: string): Promise<string | undefined> {
  const [config] = await ask('Choose Config', near, { Configs: ['py', 'json', 'yaml', 'yml'] });
  return config;
}

async function ask(title: string, near: string, filters: Record<string, string[]>, canSelectMany = false): Promise<readonly string[]> {
  const chosen = await window.showOpenDialog({
    title,
    openLabel: 'Open',
    canSelectMany,
    defaultUri: Uri.file(dirname(near)),
    filters: { ...filters, 'All files': ['*'] },
  });
  return chosen?.map(({ fsPath }) => fsPath) ?? [];
}
