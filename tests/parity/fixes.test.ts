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

/** A config that the real libraries failed to build or to run. */
interface Mistake {
  readonly id: string;
  /** What was changed: `out_indices`, `neck_in_channels` … */
  readonly kinds: readonly string[];
  readonly text: string;
}
const mistakes = gunzipSync(readFileSync(new URL('../data/model/mistakes.jsonl.gz', import.meta.url)))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line): Mistake => JSON.parse(line));
/** Everything that was recorded, in place of a sample. */
const full = process.env['NECKTIE_FULL'] === '1';
const EVERY = 6;
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
  const some = mistakes.filter((_, i) => full || i % EVERY === 0);
  const presses = some.map(({ id, text }) => pressesFor(project, host, `${root}/${id}.py`, expand(text)));
  const share = (most: number): number => presses.filter(count => count !== null && count <= most).length / some.length;
  const left = some.filter((_, i) => presses[i] === null).map(({ id, kinds }) => `${id} (${kinds.join(', ')})`);
  console.info(
    `of ${some.length} ${share(1).toFixed(3)} restored by one press, ${share(MOST_PRESSES).toFixed(3)} by up to ${MOST_PRESSES}`,
  );
  expect(share(1), left.join('; ')).toBeGreaterThan(0.85);
  expect(share(MOST_PRESSES), left.join('; ')).toBeGreaterThan(0.9);
}, 900_000);

/** Null: it does not run after as many as a user may want to press. */
function pressesFor(project: Project, host: NodeHost, file: string, text: string): number | null {
  let at = text;
  try {
    for (let pressed = 0; pressed <= MOST_PRESSES; pressed++) {
      host.overlay(file, at);
      const told = project.check(file).diagnostics.filter(({ severity }) => severity === 'error');
      if (!told.length) return project.verdict(file)?.ok === true ? pressed : null;
      const fixes = told.flatMap(({ fixes: offered }) => offered).filter(({ edits }) => edits.every(edit => edit.file === file));
      const fix = fixes.find(({ preferred }) => preferred) ?? fixes[0];
      if (!fix) return null;
      at = edited(at, fix.edits);
    }
    return null;
  } finally {
    host.overlay(file, null);
  }
}
