/**
 * What bases have, completed in official configs: keys that a base has, names behind `_base_.`, paths in `_base_`. Each is cut out of its text, alone, with the rest of
 * its line, and with all that follows, and must come back: offered, near the top, and accepted as what stood there.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { valueAt } from '../../server/config/origins.ts';
import { basesOf } from '../../server/features/base-values.ts';
import { cursorAt } from '../../server/features/completion-context.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { chance } from '../fuzz/seeded.ts';
import { zoo } from '../zoo.ts';
import { figures, outcomeOf, table, trialsOf } from './completion-measure.ts';
import { type Place, placesIn } from './completion-places.ts';

/** For a long night: more places. */
const COUNT = Number(process.env['NECKTIE_CASES'] ?? 50);

let project: Project;
let files: readonly string[];
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
  project = await Project.open(new NodeHost(), { roots: [], settings, env: {}, cancel: new Int32Array(1), models: false });
  files = ['mmyolo', 'mmdet', 'mmpretrain', 'mmselfsup'].flatMap(library => {
    const folder = join(zoo, library, '.mim/configs');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.py'))
      .sort()
      .map(name => join(folder, name));
  });
}, 120_000);

/** Of each config one place, of the kinds that it has, so that the rare ones count as much. */
function places(): readonly Place[] {
  const dice = chance(1);
  const found: Place[] = [];
  while (found.length < COUNT) {
    const file = dice.pick(files);
    const known = placesIn(file, project.host.read(file) ?? '', project.body(file) ?? []).filter(place => isBases(file, place));
    const kinds = [...new Set(known.map(({ kind }) => kind))];
    if (!kinds.length) continue;
    const kind = dice.pick(kinds);
    found.push(dice.pick(known.filter(place => place.kind === kind)));
  }
  return found;
}

function isBases(file: string, { kind, word, start }: Place): boolean {
  if (kind === 'path' || kind === 'base') return true;
  if (kind === 'type') return false;
  const around = kind === 'top' ? [] : (cursorAt(project.host.read(file) ?? '', start)?.path ?? []);
  return basesOf(project, file).some(base => valueAt(project.config(base), [...around, word]) !== undefined);
}

test('comes back', { timeout: 300_000 }, () => {
  const outcomes = places()
    .flatMap(trialsOf)
    .map(trial => outcomeOf(project, trial));
  const found = figures(outcomes);
  const told = table(outcomes);
  if (process.env['NECKTIE_CASES'] !== undefined) console.log(told);
  expect(found.offered, told).toBeGreaterThanOrEqual(0.99);
  expect(found.amongTen, told).toBeGreaterThanOrEqual(0.95);
  expect(found.restored, told).toBeGreaterThanOrEqual(0.99);
});
