/** Verdicts: cold, with the libraries' sources still to be read and run; and warm, after an edit. */
import type { Project } from '../../server/project/project.ts';
import { median, type Row } from './timing.ts';

export async function modelRows(
  open: () => Promise<Project>,
  files: readonly (readonly [name: string, file: string])[],
  of: Row['of'],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, file] of files) {
    const cold = await median(3, open, project => project.verdict(file));
    const project = await open();
    const verdict = project.verdict(file);
    if (verdict?.ok !== true) throw new Error(`${name}: ${verdict?.unknown ?? verdict?.error?.message}`);
    let edits = 0;
    const edit = (): void => project.host.overlay(file, `${project.host.read(file)}# ${++edits}\n`);
    rows.push(
      { what: `${name}, cold`, milliseconds: cold, of },
      { what: `${name}, warm`, milliseconds: await median(7, edit, () => project.verdict(file)), of },
    );
  }
  return rows;
}
