/**
 * The registries' rules over every official config of five libraries that mmengine loads: what they find is in `tests/data/zoo-findings.txt`, each of it a mistake of
 * the config, and told there why. The same with the libraries' sources and by the bundled facts alone.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ConfigContext, configContext, resolveConfig } from '../../server/config/index.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { loadSnapshot } from '../../server/registry/snapshot.ts';
import { argumentType } from '../../server/rules/argument-type.ts';
import { buildRequest, partsBuiltAlone } from '../../server/rules/fit/built-alone.ts';
import { invalidChoice } from '../../server/rules/invalid-choice.ts';
import { missingArgument } from '../../server/rules/missing-argument.ts';
import { typeNeedsImport } from '../../server/rules/type-needs-import.ts';
import { typeWrongPlace } from '../../server/rules/type-wrong-place.ts';
import { unknownArgument } from '../../server/rules/unknown-argument.ts';
import { unknownType } from '../../server/rules/unknown-type.ts';
import { openParser } from '../../server/syntax/parse.ts';
import { zoo } from '../zoo.ts';

const local = (path: string): string => fileURLToPath(new URL(`../data/${path}`, import.meta.url));
const LIBRARIES = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'];
const RULES = [unknownType, typeNeedsImport, typeWrongPlace, unknownArgument, missingArgument, argumentType, invalidChoice];

const files = LIBRARIES.flatMap(library =>
  gunzipSync(readFileSync(local(`zoo/${library}.jsonl.gz`)))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): { readonly file: string; readonly ok: boolean } => JSON.parse(line))
    .filter(({ ok }) => ok),
);
/** Lines that do not begin with `#`. */
const expected = readFileSync(local('zoo-findings.txt'), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'));

const host = new NodeHost();
let configs: ConfigContext;
beforeAll(async () => {
  configs = configContext({ host, parse: await openParser(assets.parserWasm, assets.grammarWasm), roots: [zoo] });
});

function findings(roots: readonly string[]): readonly string[] {
  const registry = createRegistry(host, { roots, workspace: [], description: '' }, loadSnapshot(assets.facts));
  return files.flatMap(({ file }) => {
    const config = resolveConfig(configs, `${zoo}/${file}`);
    const context = { config, registry, text: (path: string) => host.read(path), names: () => [], body: () => null };
    return RULES.flatMap(rule =>
      rule.check(context).map(({ site, message }) => `${file}:${site.line} ${rule.code}: ${message.split('\n')[1] ?? message}`),
    );
  });
}

describe('the official configs', () => {
  it('are many', () => expect(files.length).toBe(2662));
  it('have these mistakes, with the sources at hand', () => expect([...findings([zoo])].sort()).toEqual([...expected].sort()), 120_000);
  it('have the same by the bundled facts', () => expect([...findings([])].sort()).toEqual([...expected].sort()), 120_000);
});

/**
 * The parts of every tenth config, built from the libraries' own source: no constructor refuses what an official config gives it. Two were written for another
 * version, and the config's rules tell it of them. What the runner adds something to comes to what only a run has sooner: samplers and loops count their data.
 */
describe('the parts of official recipes', () => {
  it('can be built', async () => {
    const project = await Project.open(host, {
      roots: [],
      settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
      env: {},
      cancel: new Int32Array(1),
    });
    const [built, asked] = [
      { alone: 0, all: 0 },
      { alone: 0, all: 0 },
    ];
    const refused: string[] = [];
    for (const { file } of files.filter((_, i) => i % 10 === 0)) {
      const config = project.config(`${zoo}/${file}`);
      const context = { config, registry: project.registry, text: (path: string) => host.read(path), names: () => [], body: () => null };
      const parts = partsBuiltAlone(context);
      for (const [i, answer] of (project.models?.parts.answers(config, parts.map(buildRequest)) ?? []).entries()) {
        const counts = answer === 'built' ? [asked, built] : [asked];
        const isAlone = /^(?:transform|hook|metric|log_processor)$/.test(parts[i]?.place.registry ?? '');
        for (const count of counts) {
          count.all++;
          if (isAlone) count.alone++;
        }
        if (answer !== 'built' && answer !== 'unknown') refused.push(`${file} ${parts[i]?.type}: ${answer.error.message}`);
      }
    }
    expect(refused.filter(line => !isExpected(line))).toEqual([]);
    // What is alike, in validation and test mostly, is built once.
    expect(asked.alone).toBeGreaterThan(3000);
    expect(built.alone / asked.alone).toBeGreaterThan(0.85);
    expect(built.all / asked.all).toBeGreaterThan(0.75);
  }, 120_000);
});
/** By file and type: the sentence is the registries' rules' to tell. */
const isExpected = (line: string): boolean => expected.some(known => known.startsWith(line.split(' ')[0] ?? ''));
