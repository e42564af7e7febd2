/** A project over files that a test laid out on the disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { zoo } from '../../zoo.ts';

const folders: string[] = [];
afterAll(() => folders.forEach(folder => void rmSync(folder, { recursive: true })));

/** The files in a folder of their own, by names relative to it; it is gone after the tests. */
export function laidOut(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'necktie-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Runs models, on the libraries that were fetched; `sitePackages` comes before them. */
export const opened = (workspace: string, sitePackages: readonly string[] = [], host = new NodeHost()): Promise<Project> =>
  Project.open(host, {
    models: true,
    roots: [workspace],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [...sitePackages, zoo] },
    env: {},
    cancel: new Int32Array(new SharedArrayBuffer(4)),
  });
