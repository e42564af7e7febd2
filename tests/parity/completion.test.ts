/**
 * Words cut out of the official configs: a type, an argument, a key, a base's path or a name behind `_base_.`, in three states of being typed and with none, one or three
 * of its letters there. Completion must offer the word, among the first ten that VS Code shows, and accepting it must give back what stood there.
 * `NECKTIE_FULL=1` asks at 1,000 places and prints the table. `NECKTIE_CORPUS=FOLDER` takes other libraries' configs, those of every package in that folder, with a table
 * each; `NECKTIE_SOURCES=none` leaves all sources away.
 */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { chance } from '../fuzz/seeded.ts';
import { zoo } from '../zoo.ts';
import { figures, type Outcome, outcomeOf, table, trialsOf } from './completion-measure.ts';
import { type Place, type PlaceKind, placesIn } from './completion-places.ts';
import { shown } from './suggest-list.ts';

const corpus = process.env['NECKTIE_CORPUS'];
const full = process.env['NECKTIE_FULL'] === '1' || corpus !== undefined;
/** Corpora, each with the libraries whose configs are in it. */
const CORPORA: readonly (readonly string[])[] =
  corpus === undefined
    ? [['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup']]
    : readdirSync(corpus).flatMap(name => (existsSync(`${corpus}/${name}/.mim/configs`) ? [[name]] : []));
const SITE = corpus ?? zoo;
const hasSources = process.env['NECKTIE_SOURCES'] !== 'none';
/** Of so many files places are taken; so many places of each kind. */
const FILES = full ? 800 : 120;
const SHARES: Readonly<Record<PlaceKind, number>> = { type: 0.3, argument: 0.3, key: 0.2, top: 0.05, path: 0.08, base: 0.07 };
const PLACES = Number(process.env['NECKTIE_PLACES'] ?? (full ? 1000 : 120));

function configsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? configsIn(path) : path.endsWith('.py') ? [path] : [];
    })
    .sort();
}

async function outcomes(libraries: readonly string[]): Promise<readonly Outcome[]> {
  const project = await Project.open(new NodeHost(), {
    roots: [],
    settings: { ...DEFAULT_SETTINGS, sitePackages: SITE === zoo ? [zoo] : [SITE, zoo], environment: hasSources },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
  const seeded = chance(2026);
  const files = libraries.flatMap(library => configsIn(`${SITE}/${library}/.mim/configs`));
  const places = new Map<PlaceKind, Place[]>();
  for (let i = 0; i < FILES; i++) {
    const file = seeded.pick(files);
    const body = project.body(file);
    for (const place of body ? placesIn(file, project.host.read(file) ?? '', body) : [])
      places.set(place.kind, [...(places.get(place.kind) ?? []), place]);
  }
  return [...places].flatMap(([kind, found]) =>
    Array.from({ length: Math.round(PLACES * SHARES[kind]) }, () => seeded.pick(found)).flatMap(place => {
      const trials = trialsOf(place);
      // All of them at night; by day one of each form.
      const asked = full ? trials : trials.filter((_, i) => i % 3 === seeded.below(3));
      return asked.map(trial => outcomeOf(project, trial));
    }),
  );
}

describe('words cut out of the official configs', () => {
  it.each(CORPORA.map(libraries => [libraries.join(', '), libraries] as const))(
    'are offered, near the top, and come back as they were: %s',
    async (name, libraries) => {
      const found = await outcomes(libraries);
      if (full) console.log(`${name}\n${table(found)}`);
      const { offered, amongTen, restored } = figures(found);
      const told = `${table(found)}\n${lost(found)}`;
      expect(offered, told).toBeGreaterThanOrEqual(0.99);
      expect(amongTen, told).toBeGreaterThanOrEqual(0.9);
      expect(restored, told).toBeGreaterThanOrEqual(0.99);
    },
    900_000,
  );
});

const lost = (found: readonly Outcome[]): string =>
  found
    .filter(({ rank, restored }) => rank === null || rank >= 10 || !restored)
    .slice(0, full ? 400 : 30)
    .map(
      ({ place, form, letters, rank, restored }) =>
        `${place.kind} ${form} ${letters} ${rank}${restored ? '' : ' changed'} ${place.word} ${place.file}`,
    )
    .join('\n');

describe('the editor’s list', () => {
  const listed = (labels: readonly string[], typed: string): readonly string[] =>
    shown(
      labels.map((label, i) => ({ label, filterText: label, sortText: String(i).padStart(3, '0') })),
      () => typed,
    ).map(({ label }) => label);

  it('keeps the server’s order where nothing is typed', () => expect(listed(['b', 'a', 'c'], '')).toEqual(['b', 'a', 'c']));
  it('has what begins so before a word that does, and not what has it in the middle of capitals', () =>
    expect(listed(['SEResNet', 'ResNet', 'RegNet', 'mmdet.ResNet'], 'Res')).toEqual(['ResNet', 'mmdet.ResNet']));
  it('lets the first letter begin a word', () => expect(listed(['depth', 'num_depths', 'width'], 'd')).toEqual(['depth', 'num_depths']));
  it('finds two letters that are the wrong way round', () => expect(listed(['depth'], 'dpe')).toEqual(['depth']));
  it('leaves out what lacks a letter', () => expect(listed(['neck', 'head'], 'bx')).toEqual([]));
});
