/** Files that a command was asked to write. */
import { accessSync, constants, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from '../project/whole-file.ts';

/** Writes it whole or not at all, with the folders on the way. Null: it is there; else why it is not. */
export function writeFile(path: string, content: string | Uint8Array): string | null {
  try {
    makeFolder(dirname(path));
    const known = statSync(path, { throwIfNoEntry: false });
    // What is no file, a pipe or a terminal, takes it as it comes.
    if (known && !known.isFile()) writeFileSync(path, content);
    else if (known) overwrite(path, content, known.mode);
    else writeWhole(path, content);
    return null;
  } catch (e) {
    return reasonOf(e);
  }
}

/** A link stays one, and who may read or run the file still may; what is not to be written is left. */
function overwrite(path: string, content: string | Uint8Array, mode: number): void {
  accessSync(path, constants.W_OK);
  writeWhole(realpathSync(path), content, mode);
}

/** With those above it. One by one: on some systems `recursive` never ends where a folder will not be made. */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (e) {
    // Made by another meanwhile.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw e;
  }
}

/** In the words that Node has for it, without its code and path: `ENOSPC: no space left on device, write` → `no space left on device`. */
export function reasonOf(e: unknown): string {
  const message = e instanceof Error ? e.message : String(e);
  return /^[A-Z]+: (.+?), \w+(?: '.*)?$/.exec(message)?.[1] ?? message;
}
