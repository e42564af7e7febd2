/**
 * The config's own rules over every official config of five libraries: errors are on those alone that mmengine cannot load, and whatever else is said was looked at,
 * one by one: `tests/data/zoo-hints.txt`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { RULES } from '../../server/rules/catalogue.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { zoo } from '../zoo.ts';
import { RECIPE_CODES } from './recipe-codes.ts';

const local = (path: string): string => fileURLToPath(new URL(`../data/${path}`, import.meta.url));
const LIBRARIES = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'];
/** These have a test of their own. */
const REGISTRIES = new Set([
  'unknown-type',
  'type-needs-import',
  'type-wrong-place',
  'unknown-argument',
  'missing-argument',
  'argument-type',
  'invalid-choice',
]);

const files = LIBRARIES.flatMap(library =>
  gunzipSync(readFileSync(local(`zoo/${library}.jsonl.gz`)))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): { readonly file: string; readonly ok: boolean } => JSON.parse(line)),
);
/** Lines that do not begin with `#`. */
const expected = readFileSync(local('zoo-hints.txt'), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'));

const found = new Map<string, readonly Diagnostic[]>();
beforeAll(async () => {
  const severities = Object.fromEntries([...REGISTRIES, ...RECIPE_CODES].map(code => [code, 'off'] as const));
  const project = await Project.open(null, {
    roots: [],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo], severities },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
  for (const { file } of files) found.set(file, project.configDiagnostics(`${zoo}/${file}`));
}, 120_000);

describe('the official configs', () => {
  it('are many', () => expect(files.length).toBe(2681));
  it('have errors where mmengine cannot load them, and nowhere else', () => {
    // A base in a library that is not laid out is no error of the config's.
    const fails = (d: Diagnostic): boolean => d.severity === 'error' || (d.code === 'library-missing' && d.message.includes('this base'));
    const wrong = files.filter(({ file, ok }) => ok === (found.get(file) ?? []).some(fails));
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });
  it('have these hints', () => {
    const hints = files.flatMap(({ file }) =>
      (found.get(file) ?? [])
        .filter(d => d.severity !== 'error')
        .map(({ site, code, message }) => `${file}:${site.line} ${code}: ${message.split('\n')[0]}`),
    );
    expect(hints.sort()).toEqual([...expected].sort());
  });
  it('are silent where a rule is not known', () => {
    const codes = new Set(RULES.map(rule => rule.code));
    expect([...found.values()].flat().filter(d => !codes.has(d.code))).toEqual([]);
  });
});
