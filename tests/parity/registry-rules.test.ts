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
import { createRegistry } from '../../server/registry/registry.ts';
import { loadSnapshot } from '../../server/registry/snapshot.ts';
import { missingArgument } from '../../server/rules/missing-argument.ts';
import { unknownArgument } from '../../server/rules/unknown-argument.ts';
import { unknownType } from '../../server/rules/unknown-type.ts';
import { openParser } from '../../server/syntax/parse.ts';
import { zoo } from '../zoo.ts';

const local = (path: string): string => fileURLToPath(new URL(`../data/${path}`, import.meta.url));
const LIBRARIES = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'];
const RULES = [unknownType, unknownArgument, missingArgument];

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
