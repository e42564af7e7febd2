/**
 * The resolved config as Python, over the official configs: evaluated, the text is the config again, and each of its lines leads to a place in the chain.
 * (CPython's own word on these texts is the same; it is asked by hand, since a clone need not have it.)
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { canonical } from '../../server/config/canonical.ts';
import { resolvedText } from '../../server/features/resolved-text.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { Interpreter } from '../../server/python/interpreter.ts';
import { Dict } from '../../server/python/types/dict.ts';
import { chance } from '../fuzz/seeded.ts';
import { zoo } from '../zoo.ts';

const host = new NodeHost();
let project: Project;
let files: readonly string[];
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo], configFiles: ['*.py'] };
  project = await Project.open(host, { roots: [], settings, env: {}, cancel: new Int32Array(1), models: false });
  files = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'].flatMap(library => {
    const folder = join(zoo, library, '.mim/configs');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.py') && !/\/odinw\/override_category\.py$/.test(name))
      .sort()
      .map(name => join(folder, name));
  });
}, 120_000);

test('the text means what the config means', { timeout: 120_000 }, () => {
  const dice = chance(9);
  let texts = 0;
  while (texts < 120) {
    const config = project.config(dice.pick(files));
    if (!config.ok || config.unknowns.length) continue;
    texts++;
    const text = resolvedText(project, config.file, false)?.text ?? '';
    const ended = new Interpreter({ parse: project.configs.parse }).run(text, { file: 'resolved.py' });
    if (ended.kind !== 'done') throw new Error(`${config.file}: the text does not run`);
    const again = new Dict();
    for (const { key } of config.value.entries.values()) again.set(key, ended.value.member(String(key)) ?? null);
    expect(canonical(again), config.file).toEqual(canonical(config.value));
  }
});

test('and each line leads to where it was written', { timeout: 120_000 }, () => {
  const dice = chance(10);
  for (let i = 0; i < 60; i++) {
    const config = project.config(dice.pick(files));
    if (!config.ok) continue;
    const shown = resolvedText(project, config.file, false);
    const lines = (shown?.text ?? '').split('\n').slice(0, -1);
    expect(shown?.origins.length).toBe(lines.length);
    for (const [at, site] of (shown?.origins ?? []).entries()) {
      if (!site || !config.chain.includes(site.file)) throw new Error(`${config.file}: line ${at + 1} leads nowhere: ${lines[at]}`);
      const name = /^\s*(?:'((?:[^'\\]|\\.)*)': |(\w+) ?= ?)/.exec(lines[at] ?? '');
      const key = name?.[1] ?? name?.[2];
      // What mmengine adds to a base of another package is written nowhere; where its dict is, that line leads.
      if (key === undefined || key === '_scope_') continue;
      expect((host.read(site.file) ?? '').slice(site.start, site.end), config.file).toContain(key);
    }
  }
});
