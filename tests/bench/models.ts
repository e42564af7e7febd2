/**
 * Verdicts: cold, with the libraries' sources still to be read and run; the same where an earlier run has kept what it read; warm, after an edit of the model; and
 * after an edit of something else.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Project } from '../../server/project/project.ts';
import { pytorchTimes, recorded } from './pytorch.ts';
import { median, type Row } from './timing.ts';

export async function modelRows(
  open: (cache?: string) => Promise<Project>,
  files: readonly (readonly [name: string, file: string])[],
  of: Row['of'],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const real = pytorchTimes(files.map(([, file]) => file));
  for (const [i, [name, file]] of files.entries()) {
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
    const text = project.host.read(file) ?? '';
    let edits = 0;
    const edit = (line: () => string): (() => void) => {
      return () => project.host.overlay(file, `${text}${line()}\n`);
    };
    // Each at a size of its own, so that something has to be run.
    const edited = (): Promise<number> =>
      median(
        15,
        edit(() => `img_scale = (${640 + 32 * (++edits % 8)}, 640)`),
        () => project.verdict(file),
      );
    const first = await edited();
    // V8 compiles for speed what has run often: as Python does not, both are told.
    await edited();
    const warm = await edited();
    const other = await median(
      7,
      edit(() => `# ${++edits}`),
      () => project.verdict(file),
    );
    const pytorch = { name: real ? 'PyTorch' : 'PyTorch as recorded', milliseconds: real?.[i] ?? recorded(name, of) };
    rows.push(
      { what: `${name}, cold`, milliseconds: cold, of },
      { what: `${name}, from the cache on the disk`, milliseconds: cached, of },
      { what: `${name}, the first 15 edits`, milliseconds: first, of },
      { what: `${name}, warm`, milliseconds: warm, of },
      { what: `${name}, warm, beside PyTorch on the meta device`, milliseconds: warm, of: pytorch },
      { what: `${name}, after an edit of something else`, milliseconds: other, of },
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
