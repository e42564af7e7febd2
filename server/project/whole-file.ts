/** A file that is there whole or not at all: several programs may write the same, or read it meanwhile. */
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { makersMark, removeLeftovers } from './leftovers.ts';

/** Puts the content beside it and then in its place. `mode`: its permissions; absent: those of every new file. Throws what the system says, and leaves nothing. */
export function writeWhole(path: string, content: string | Uint8Array, mode?: number): void {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, content);
    if (mode !== undefined) chmodSync(draft, mode);
    renameSync(draft, path);
  } catch (e) {
    rmSync(draft, { force: true });
    throw e;
  }
}

/** Where it is until it is whole. */
export const draftOf = (path: string): string => `${path}.${makersMark()}.${threadId}`;

/** Takes away the drafts of those that were killed while they wrote into the folder. */
export const removeDrafts = (folder: string): void => removeLeftovers(folder, name => /\.([\w-]+\.\d+)\.\d+$/.exec(name)?.[1]);
