import { describe, expect, test } from 'vitest';
import { notCheckedIn } from '../../../server/features/not-checked.ts';
import { projectOf } from './project-of.ts';

const told = async (text: string, more: Readonly<Record<string, string>> = {}): Promise<string | null> => {
  const { project, file } = await projectOf({ ...more, 'a.py': text });
  return notCheckedIn(project, file);
};

describe('what was not checked', () => {
  test('nothing', async () => {
    expect(await told("optim_wrapper = dict(type='OptimWrapper')\n")).toBe('# a.py\n\nAll of it was checked.\n');
  });
  test('values, and types that nobody knows', async () => {
    const text = await told(`default_scope = 'mine'
model = dict(type='Mine', width=len(open('widths').read()), neck=dict(type='mine.Neck'))
hooks = dict(neck=dict(type='mine.Neck'))
`);
    expect(text?.split('\n').filter(line => line.startsWith('-') || line.startsWith('##'))).toEqual([
      '## Values',
      '- `model.width`: open()',
      '## Types and their arguments',
      '- `Mine`: mine is not at hand (at `model`)',
      '- `mine.Neck`: mine is not at hand (at `model.neck`, `hooks.neck`)',
    ]);
  });
  test('what a base of a library brings', async () => {
    expect(await told("_base_ = 'mmpose::_base_/default_runtime.py'\nlr = 1\n")).toContain(
      '- What `mmpose::_base_/default_runtime.py` brings: ',
    );
  });
  test('a file that is no config', async () => {
    const { project } = await projectOf({ 'a.py': 'x = 1\n' });
    expect(notCheckedIn(project, '/workspace/nothing.py')).toBe(null);
  });
});
