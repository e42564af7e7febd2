import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import type { Diagnostic, Edit } from '../../../server/rules/diagnostic.ts';
import { Lines } from '../../../server/text/lines.ts';
import { zoo } from '../../zoo.ts';
import { type Fixture, fixturesFrom } from './fixture.ts';

const folder = new URL('../../data/rules/', import.meta.url);
const ROOT = '/fixture';

/** Fixtures whose name begins with `model-` run models, from the libraries' sources; the others know bundled facts alone. */
for (const name of readdirSync(folder)) {
  describe(name, () => {
    for (const fixture of fixturesFrom(readFileSync(new URL(name, folder), 'utf8'))) {
      test(fixture.name, async () => expect(await found(fixture, name.startsWith('model-'))).toEqual([...fixture.expected].sort()));
    }
  });
}

async function found({ files, checked }: Fixture, withLibraries: boolean): Promise<readonly string[]> {
  const host = new NodeHost();
  for (const [path, text] of files) host.overlay(`${ROOT}/${path}`, text);
  const project = await Project.open(host, {
    roots: [ROOT],
    settings: { ...DEFAULT_SETTINGS, environment: withLibraries, sitePackages: withLibraries ? [zoo] : [] },
    env: { HOME: homedir() },
    cancel: new Int32Array(1),
    models: withLibraries,
  });
  const file = `${ROOT}/${checked}`;
  const { diagnostics } = project.check(file);
  const told = diagnostics.map(d => written(d, host)).sort();
  for (const { code, fixes } of diagnostics) {
    for (const { title, edits } of fixes) {
      const texts = new Map(edits.map(e => [e.file, host.read(e.file) ?? '']));
      for (const [path, text] of texts)
        host.overlay(
          path,
          edited(
            text,
            edits.filter(e => e.file === path),
          ),
        );
      const left = project.check(file).diagnostics.filter(d => d.code === code);
      expect(left.length, `${title} leaves ${left.map(d => d.message).join()}`).toBeLessThan(
        diagnostics.filter(d => d.code === code).length,
      );
      if (title.includes('fits')) expect(left).toEqual([]);
      for (const [path, text] of texts) host.overlay(path, text);
    }
  }
  return told;
}

function edited(text: string, edits: readonly Edit[]): string {
  return edits.toSorted((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.text + t.slice(e.end), text);
}

function written({ site, severity, code, message, related, fixes }: Diagnostic, host: NodeHost): string {
  const lines = new Lines(host.read(site.file) ?? '');
  const start = lines.position(site.start);
  const end = lines.position(site.end);
  const last = end.line === start.line ? end.character : lines.text(start.line).length;
  const more = [
    ...related.map(r => `related: ${r.site.file.slice(ROOT.length + 1)}:${r.site.line}: ${r.message}`),
    ...fixes.map(fix => `fix: ${fix.title}`),
  ];
  const [sentence] = message.split('\n');
  return [`${start.line + 1}:${start.character + 1}-${last + 1} ${severity}[${code}]: ${sentence}`, ...more].join('\n  ');
}
