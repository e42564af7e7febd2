import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../server/model/verdict.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { RULES } from '../../../server/rules/catalogue.ts';
import type { Diagnostic, Edit } from '../../../server/rules/diagnostic.ts';
import { BLINDING } from '../../../server/rules/right-fixes.ts';
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
    models: true,
  });
  const file = `${ROOT}/${checked}`;
  // Where there are no sources, no model is looked at.
  const look = (): readonly Diagnostic[] =>
    withLibraries ? project.check(file).diagnostics : project.withRightFixes(file, project.configDiagnostics(file));
  const diagnostics = look();
  const told = diagnostics.map(d => written(d, host)).sort(),
    before = project.verdict(file);
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
      const after = look(),
        left = after.filter(d => d.code === code);
      if (!BLINDING.has(code)) expect(newAmong(diagnostics, after), `${title} brings what was not there`).toEqual([]);
      expect(comparedRuns(before, project.verdict(file)), title).not.toBe('worse');
      expect(left.length, `${title} leaves ${left.map(d => d.message).join()}`).toBeLessThan(
        diagnostics.filter(d => d.code === code).length,
      );
      if (title.includes('fits')) expect(left).toEqual([]);
      for (const [path, text] of texts) host.overlay(path, text);
    }
  }
  return told;
}

/** Errors that the rules of the config find with a fix made and did not before: what the model's rules find then was hidden mostly. */
function newAmong(before: readonly Diagnostic[], after: readonly Diagnostic[]): readonly string[] {
  const codes = (all: readonly Diagnostic[]): readonly string[] =>
    all.filter(({ severity, code }) => severity === 'error' && OF_CONFIG.has(code)).map(({ code }) => code);
  const left = [...codes(before)];
  return codes(after).filter(code => {
    const at = left.indexOf(code);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
const OF_CONFIG = new Set(RULES.filter(({ needs }) => needs === 'config').map(({ code }) => code));

/** A model that ran runs; one that failed runs, comes farther, or fails as before where several things are told of it. */
function comparedRuns(before: Verdict | null, after: Verdict | null): 'worse' | 'as good' {
  if (before?.ok === true) return after?.ok === true ? 'as good' : 'worse';
  return before?.ok === false && before.stage === 'forward' && after?.ok === false && after.stage === 'build' ? 'worse' : 'as good';
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
