/** Verdicts: cold, with the libraries' sources still to be read and run; the same where an earlier run has kept what it read; and warm, after an edit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Project } from '../../server/project/project.ts';
import { median, type Row } from './timing.ts';

export async function modelRows(
  open: (cache?: string) => Promise<Project>,
  files: readonly (readonly [name: string, file: string])[],
  of: Row['of'],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, file] of files) {
    const cold = await median(
      3,
      () => open(),
      project => project.verdict(file),
    );
    const cached = await inCache(
      cache =>
        median(
          5,
          () => open(cache),
          project => project.verdict(file),
        ),
      async cache => (await open(cache)).verdict(file),
    );
    const project = await open();
    const verdict = project.verdict(file);
    if (verdict?.ok !== true) throw new Error(`${name}: ${verdict?.unknown ?? verdict?.error?.message}`);
    let edits = 0;
    const edit = (): void => project.host.overlay(file, `${project.host.read(file)}# ${++edits}\n`);
    rows.push(
      { what: `${name}, cold`, milliseconds: cold, of },
      { what: `${name}, from the cache on the disk`, milliseconds: cached, of },
      { what: `${name}, warm`, milliseconds: await median(7, edit, () => project.verdict(file)), of },
    );
  }
  return rows;
}

/** In a cache of its own, which a first run has filled. */
async function inCache(measure: (cache: string) => Promise<number>, fill: (cache: string) => Promise<unknown>): Promise<number> {
  const cache = mkdtempSync(join(tmpdir(), 'necktie-cache-'));
  try {
    await fill(cache);
    await setTimeout(WRITTEN_MS);
    return await measure(cache);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
/** What is kept is written when there is time, a file at a time. */
const WRITTEN_MS = 3000;
