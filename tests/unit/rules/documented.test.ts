/** docs/rules.md is true: a section for each rule and a rule for each section, and every example gives the diagnostic of its section. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { RULES } from '../../../server/rules/catalogue.ts';
import { zoo } from '../../zoo.ts';

const samples = fileURLToPath(new URL('../../../configs', import.meta.url));
const sections = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8')
  .split(/^### /m)
  .slice(1)
  .map(text => {
    const [code = ''] = text.split('\n');
    const files = [...text.matchAll(/^```python\n# (\S+\.py)\n([\s\S]*?)^```$/gm)].map(([, name = '', content = '']) => ({
      name,
      content,
    }));
    return { code, text, severity: /^Severity: (\w+)$/m.exec(text)?.[1], files };
  });

test('every rule has a section, and every section a rule, in the order of the catalogue', () => {
  expect(sections.map(s => s.code)).toEqual(RULES.map(rule => rule.code));
});
test.each(sections)('$code tells its severity and what to do', ({ code, severity, text }) => {
  expect(severity).toBe(RULES.find(rule => rule.code === code)?.severity);
  expect(text).toMatch(/^\*\*What to do\.\*\* \S/m);
});

describe('the example of', () => {
  const host = new NodeHost();
  const open = (): Promise<Project> => {
    const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
    return Project.open(host, { roots: [samples], settings, env: {}, cancel: new Int32Array(1) });
  };
  let shared: Project;
  beforeAll(async () => {
    shared = await open();
  });

  test.each(sections)('$code', async ({ code, severity, files }) => {
    for (const { name, content } of files) host.overlay(`${samples}/${name}`, content);
    // What a module registers is read when a project is opened.
    const project = files.some(({ content }) => content.includes('register_module')) ? await open() : shared;
    const last = `${samples}/${files.at(-1)?.name}`;
    try {
      const { diagnostics } = project.check(last);
      expect(diagnostics.map(d => `${d.severity} ${d.code}`)).toContain(`${severity} ${code}`);
      expect(new Set(diagnostics.map(d => d.code))).toEqual(new Set([code]));
      // And silenced, as the page says, on each line that it is told on.
      const lines = (host.read(last) ?? '').split('\n');
      for (const { site } of diagnostics) lines[site.line - 1] += `  # necktie: ignore[${code}]`;
      host.overlay(last, lines.join('\n'));
      expect(project.check(last).diagnostics).toEqual([]);
    } finally {
      for (const { name } of files) host.overlay(`${samples}/${name}`, null);
    }
  });
});
