/** What is being made carries its maker's name until it is whole; where that one was killed, whoever comes next takes it away. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Of a machine too: several may share one cache, and a process's number says nothing on another. */
const MACHINE = hostname().replace(/[^\w-]/g, '_');

/** Part of a file's or folder's name: made by this process. */
export const makersMark = (): string => `${MACHINE}.${process.pid}`;

/** Nothing takes so long to be made. */
const MOST = 24 * 60 * 60 * 1000;

/** Removes from a folder what `marks` finds a maker's mark in and nobody makes any more. Whatever cannot be read or removed stays. */
export function removeLeftovers(folder: string, marks: (name: string) => string | undefined): void {
  for (const name of namesIn(folder)) {
    const mark = marks(name);
    const path = join(folder, name);
    if (mark === undefined || !isAbandoned(path, mark)) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another's, or being removed by another.
    }
  }
}

function isAbandoned(path: string, mark: string): boolean {
  const [machine, pid] = mark.split('.');
  if (machine === MACHINE && !isAlive(Number(pid))) return true;
  try {
    return Date.now() - statSync(path).mtimeMs > MOST;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    // Asks, and sends nothing.
    process.kill(pid, 0);
    return true;
  } catch (e) {
    // There, and another user's.
    return e instanceof Error && 'code' in e && e.code === 'EPERM';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
