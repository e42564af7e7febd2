/** Since Python 3.11, mmengine does not know `os` for a module of the standard library, and reads a config that imports it as lazy style. */
import { expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';

test.each([
  ['3.11.4', ['base-mixed-style']],
  ['3.10.9', []],
  // Of an unknown Python nothing is claimed.
  [null, []],
])('Python %s', async (version, codes) => {
  const project = await projectOf("import os\n_base_ = './b.py'\n", version);
  expect(project.configDiagnostics('/ws/a.py').map(d => d.code)).toEqual(codes);
});

test('what is called of it is told with a way out', async () => {
  const project = await projectOf("import os.path as osp\ndefault_scope = 'mmdet'\nroot = osp.join('data', 'coco')\n", '3.11.4');
  expect(project.configDiagnostics('/ws/a.py').map(d => d.message)).toEqual([
    '`osp.join(…)` is not called: with lazy imports mmengine loads nothing of `os` while it reads a config, and `osp` only stands for what is imported. From Python 3.11 on it takes `os` for a library like any other. Write the value itself, or `{{ $NAME:default }}` for an environment variable.\nRuntimeError',
  ]);
});

async function projectOf(text: string, version: string | null): Promise<Project> {
  const host = new NodeHost();
  host.overlay('/ws/b.py', 'lr = 1\n');
  host.overlay('/ws/a.py', text);
  if (version !== null) {
    host.overlay('/ws/.venv/pyvenv.cfg', `home = /usr/bin\nversion = ${version}\n`);
    host.overlay(`/ws/.venv/lib/python${version.replace(/\.\d+$/, '')}/site-packages/mmengine/__init__.py`, '');
  }
  return Project.open(host, {
    roots: ['/ws'],
    settings: DEFAULT_SETTINGS,
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
}
