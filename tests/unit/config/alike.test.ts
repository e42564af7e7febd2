import { expect, test } from 'vitest';
import { alikeIn, type Holder, isHolder } from '../../../server/config/alike.ts';
import { valueAt } from '../../../server/config/origins.ts';
import type { ConfigPath } from '../../../server/config/resolved.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';

async function firstsOf(texts: Readonly<Record<string, string>>, paths: readonly ConfigPath[]): Promise<readonly number[]> {
  const host = new NodeHost();
  for (const [name, text] of Object.entries(texts)) host.overlay(`/a/${name}`, text);
  const project = await Project.open(host, {
    roots: ['/a'],
    settings: { ...DEFAULT_SETTINGS, environment: false },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
  const config = project.config('/a/mine.py');
  const alike = alikeIn(config);
  const firsts = paths.map((path): Holder => {
    const value = valueAt(config, path);
    if (value === undefined || !isHolder(value)) throw new Error(`no part at ${path.join('.')}`);
    return alike.first(value);
  });
  return firsts.map(first => firsts.indexOf(first));
}

test('copies of a variable are alike, however deep, and texts that read the same are not', async () => {
  const mine = `
p = [dict(type='A', size=(1, 2)), dict(type='B')]
a = dict(pipeline=p)
b = dict(inner=dict(pipeline=p))
c = dict(pipeline=[dict(type='A', size=(1, 2)), dict(type='B')])
`;
  expect(
    await firstsOf({ 'mine.py': mine }, [
      ['a', 'pipeline'],
      ['b', 'inner', 'pipeline'],
      ['c', 'pipeline'],
      ['b', 'inner', 'pipeline', 0],
      ['a', 'pipeline', 0],
    ]),
  ).toEqual([0, 0, 2, 3, 3]);
});

test('a copy that was changed is like no other, with the same value from another place too', async () => {
  const base = `
val = dict(type='D', test_mode=True, pipeline=[dict(type='A')])
test = val
other = val
same = val
`;
  const mine = `
_base_ = './base.py'
test = dict(test_mode=False)
same = dict(test_mode=True)
`;
  const paths = ['val', 'test', 'other', 'same'];
  expect(
    await firstsOf({ 'base.py': base, 'mine.py': mine }, [...paths.map(name => [name]), ...paths.map(name => [name, 'pipeline'])]),
  ).toEqual([0, 1, 0, 3, 4, 4, 4, 4]);
});

test('what a loop makes of one text is made anew each time', async () =>
  expect(
    await firstsOf({ 'mine.py': 'a = [dict(n=i, rest=dict(x=1)) for i in range(3)]\n' }, [
      ['a', 0],
      ['a', 1],
      ['a', 2],
    ]),
  ).toEqual([0, 1, 2]));

test('a copy that was laid over something is not like one that stands alone', async () => {
  const mine = `
_base_ = './base.py'
p = dict(type='B')
over = p
alone = p
beside = p
`;
  expect(await firstsOf({ 'base.py': "over = dict(type='A')\n", 'mine.py': mine }, [['over'], ['alone'], ['beside']])).toEqual([0, 1, 1]);
});
