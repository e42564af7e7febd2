/** How many of the recorded mistakes the offered fixes mend: the preferred one is taken, one after another, until the model runs. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { namedRoots } from '../../server/cli/model/cases.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { packagesOf } from '../../server/registry/packages.ts';
import { edited } from '../../server/rules/edited.ts';
import { zoo } from '../zoo.ts';

interface Mistake {
  readonly text?: string;
  readonly ok: boolean;
  readonly stage: string | null;
}
const mistakes = gunzipSync(readFileSync(new URL('../data/model/mutations.jsonl.gz', import.meta.url)))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line): Mistake => JSON.parse(line))
  .filter(({ ok, stage, text }) => !ok && stage !== 'config' && text !== undefined);
/** Everything that was recorded, in place of a sample. */
const full = process.env['NECKTIE_FULL'] === '1';
/** A mistake is often several: each press mends one. */
const MOST_PRESSES = 4;

it('restore most models that have one mistake or several', async () => {
  const host = new NodeHost();
  const root = '/fixture';
  const project = await Project.open(host, {
    models: true,
    roots: [root],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(new SharedArrayBuffer(4)),
  });
  const { expand } = namedRoots({}, packagesOf(host, project.environment).folder);
  const some = mistakes.filter((_, i) => full || i % 2 === 0);
  const restored = some.filter(({ text = '' }, i) => isRestored(project, host, `${root}/${i}.py`, expand(text)));
  console.info(`${restored.length} of ${some.length} restored`);
  expect(restored.length / some.length).toBeGreaterThan(0.75);
}, 900_000);

function isRestored(project: Project, host: NodeHost, file: string, text: string): boolean {
  let at = text;
  for (let pressed = 0; pressed <= MOST_PRESSES; pressed++) {
    host.overlay(file, at);
    const told = project.check(file).diagnostics.filter(({ severity }) => severity === 'error');
    if (!told.length) return project.verdict(file)?.ok === true;
    const fixes = told.flatMap(({ fixes: offered }) => offered).filter(({ edits }) => edits.every(edit => edit.file === file));
    const fix = fixes.find(({ preferred }) => preferred) ?? fixes[0];
    if (!fix) return false;
    at = edited(at, fix.edits);
  }
  return false;
}
