import { describe, expect, it } from 'vitest';
import { projectOf, ROOT } from '../features/project-of.ts';

const FILES = {
  'base.py': "model = dict(type='Net', depth=5)\nsteps = [8, 11]\n",
  'child.py': "_base_ = './base.py'\nmodel = dict(depth=6)\nlr = 0.1\n",
  'other.py': "_base_ = './child.py'\nmodel = dict(width=[1, 2)\n",
};

describe('a project that begins anew', () => {
  it('answers as before, and reads nothing again that its index knows', async () => {
    const { project } = await projectOf(FILES);
    const index = [...project.index.refresh()].length;
    const said = (of: typeof project): unknown =>
      Object.keys(FILES).map(name => [
        of.configDiagnostics(`${ROOT}/${name}`).map(({ code, message, site }) => [code, message, site.line]),
        of.config(`${ROOT}/${name}`).chain,
        of.isConfig(`${ROOT}/${name}`),
      ]);
    const before = said(project);

    const again = await project.renewed();
    const { host } = again,
      read = host.read.bind(host),
      asked: string[] = [];
    host.read = path => {
      asked.push(path);
      return read(path);
    };
    expect([...again.index.refresh()]).toHaveLength(index);
    expect(asked).toEqual([]);
    expect([...again.index.dependents(`${ROOT}/base.py`)].sort()).toEqual([`${ROOT}/child.py`, `${ROOT}/other.py`]);
    expect(again.index.saying('lr')).toEqual([`${ROOT}/child.py`]);
    expect(said(again)).toEqual(before);
    expect(again.hasConfigs).toBe(true);
  });
  it('sees what was written since', async () => {
    const { project } = await projectOf(FILES);
    for (const _ of project.index.refresh());
    const again = await project.renewed();
    again.host.overlay(`${ROOT}/child.py`, 'momentum = 0.9\n');
    for (const _ of again.index.refresh());
    expect([...again.index.dependents(`${ROOT}/base.py`)]).toEqual([]);
    expect(again.index.saying('momentum')).toEqual([`${ROOT}/child.py`]);
  });
});
