/**
 * The rules of the recipe over every official config of five libraries that mmengine loads: what they find is in `tests/data/zoo-recipe.txt`, each of it a mistake of
 * the config, and told there why. An error is one that the real `Runner` ends with. By the bundled facts alone nothing comes to it.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { RULES } from '../../server/rules/catalogue.ts';
import { zoo } from '../zoo.ts';
import { RECIPE_CODES } from './recipe-codes.ts';

const local = (path: string): string => fileURLToPath(new URL(`../data/${path}`, import.meta.url));
const files = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'].flatMap(library =>
  gunzipSync(readFileSync(local(`zoo/${library}.jsonl.gz`)))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): { readonly file: string; readonly ok: boolean } => JSON.parse(line))
    .flatMap(({ file, ok }) => (ok ? [file] : [])),
);
/** Lines that do not begin with `#`. */
const expected = readFileSync(local('zoo-recipe.txt'), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'));
const rules = RULES.flatMap(rule => (rule.needs === 'config' && RECIPE_CODES.has(rule.code) ? rule : []));

async function findings(withSources: boolean): Promise<readonly string[]> {
  const project = await Project.open(null, {
    roots: [],
    settings: { ...DEFAULT_SETTINGS, environment: withSources, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
  return files.flatMap(file => {
    const context = project.context(project.config(`${zoo}/${file}`));
    return rules.flatMap(rule =>
      rule
        .check(context)
        .map(({ site, message, severity = rule.severity }) => `${file}:${site.line} ${severity} ${rule.code}: ${message.split('\n')[0]}`),
    );
  });
}

describe('the recipes of official configs', () => {
  it('have these mistakes', async () => expect([...(await findings(true))].sort()).toEqual([...expected].sort()), 120_000);
  it('have no others by the bundled facts', async () => {
    const known = new Set(expected);
    expect((await findings(false)).filter(line => !known.has(line))).toEqual([]);
  }, 120_000);
});
