import type { Memento } from 'vscode';
import { type Subject, subjectFrom } from '../preview-subject.ts';

/**
 * What each config's preview showed last, kept by the editor for the workspace. The page keeps it too, but is told nothing while it is hidden: after a restart
 * this is what counts.
 */
export async function remember(memory: Memento, subject: Subject): Promise<void> {
  await memory.update(key(subject.config), subject);
  if (!subject.validation && subject.image !== null) await memory.update(pictureKey(subject.config), subject.image);
}

export const remembered = (memory: Memento, config: string): Subject | null => subjectFrom(memory.get<unknown>(key(config)));

/** The last picture that was no picture of the validation set; undefined: none. */
export const rememberedPicture = (memory: Memento, config: string): string | undefined => memory.get<string>(pictureKey(config));

const key = (config: string): string => `subject:${config}`;
const pictureKey = (config: string): string => `picture:${config}`;
