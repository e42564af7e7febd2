/**
 * Wrong recipes beside what the real libraries did with them: `tests/data/recipe-recorded.json` holds a right one and changes to it, each trained on four pictures.
 * Where the run ended, Necktie tells an error (in the reference's own words where it has any), and where it went on, none.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { zoo } from '../zoo.ts';

interface Recorded {
  readonly base: string;
  readonly cases: readonly {
    readonly case: string;
    readonly text: string;
    readonly outcome: string;
    readonly message?: string;
  }[];
}
const { base, cases }: Recorded = JSON.parse(readFileSync(new URL('../data/recipe-recorded.json', import.meta.url), 'utf8'));

/** They go on, and not as they were meant. */
const SPOILT = new Set([
  'num-classes-fewer',
  'metainfo-text',
  'metainfo-capitals',
  'metainfo-palette',
  'schedule-past-end',
  'by-epoch-mismatch',
  'old-version-key',
  'duplicate-hook',
]);
/** They go on as they were meant: the runner has a type for what says none. */
const MEANT = new Set(['val-loop-by-default', 'log-processor-by-default', 'optim-wrapper-by-default', 'loop-by-default']);
/** Whether it ends hangs on the two files. */
const WARNED = new Set(['evaluator-other-data']);

const host = new NodeHost();
let project: Project;
/** Of its rules, and of its parts as they are built: the model is the same in most and is run once. */
const told = (name: string): readonly Diagnostic[] => {
  const file = `/recorded/${name}.py`;
  return [...project.configDiagnostics(file), ...project.modelDiagnostics(file)];
};
beforeAll(async () => {
  host.overlay('/recorded/right_base.py', base);
  for (const { case: name, text } of cases) host.overlay(`/recorded/${name}.py`, `_base_ = './right_base.py'\n${text}`);
  project = await Project.open(host, {
    roots: [],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(1),
    models: true,
  });
});

describe('a recipe that', () => {
  it('is right has nothing to be told', () => expect(told('right')).toEqual([]));
  const ended = cases.filter(({ outcome, case: name }) => outcome !== 'runs' && !WARNED.has(name));
  it('ended was tried for many kinds', () => expect(ended.length).toBeGreaterThanOrEqual(15));
  it.each(ended)('ended, $case', ({ case: name, outcome, message = '' }) => {
    const errors = told(name).filter(d => d.severity === 'error');
    expect(errors).not.toEqual([]);
    expect(errors.every(d => d.site.file.endsWith(`/${name}.py`) && d.site.line > 1)).toBe(true);
    const [sentence] = errors.flatMap(d => d.message.split('\n').slice(1));
    if (!sentence?.startsWith(outcome)) return;
    // A KeyError writes its sentences in quotes; where the first says all, it is left at that.
    const [ours, theirs] = [sentence.replace(/^\w+: /, ''), message].map(text => text.replace(/^'/, ''));
    expect(ours).toContain(outcome === 'AssertionError' ? '' : theirs?.slice(0, Math.min(60, ours?.length ?? 0)));
  });
  it.each(cases.filter(({ case: name }) => SPOILT.has(name) || WARNED.has(name)))('went on and was spoilt, $case', ({ case: name }) => {
    expect(told(name).map(d => d.severity)).toContain('warning');
    expect(told(name).filter(d => d.severity === 'error')).toEqual([]);
  });
  it.each([...MEANT])('went on and was meant so, %s', name => {
    // Where a loop is put in place of another, a schedule for the one may be none for the other.
    expect(told(name).filter(d => d.severity === 'error' || d.code === 'missing-type')).toEqual([]);
  });
  it('is in one of these lists', () => {
    const listed = cases.filter(({ case: name, outcome }) => name === 'right' || outcome !== 'runs' || SPOILT.has(name) || MEANT.has(name));
    expect(listed.length).toBe(cases.length);
  });
});
