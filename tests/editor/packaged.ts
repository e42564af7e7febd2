/** The packaged extension, as it is installed. Files of tests run at the same time, and all of them build into the same folders: one after another here. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';

const LOCK = 'out/packaging';
/** Whoever holds it longer than this has died. */
const STALE_MS = 300_000;

/** Path of a package of its own, which nobody writes again. */
export async function packaged(): Promise<string> {
  mkdirSync('out/editor', { recursive: true });
  while (!taken()) await new Promise(wake => setTimeout(wake, 250));
  try {
    for (const script of ['scripts/build.mjs', 'scripts/package.mjs'])
      execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
    for (const old of readdirSync('out/editor'))
      if (/^necktie-\d+\.vsix$/.test(old) && isOld(`out/editor/${old}`)) rmSync(`out/editor/${old}`);
    const own = `out/editor/necktie-${process.pid}.vsix`;
    copyFileSync('necktie.vsix', own);
    return own;
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

const isOld = (file: string): boolean => Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > STALE_MS;

function taken(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > STALE_MS) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}
