/** In an environment that has some of OpenMMLab's libraries, a type of one that it lacks would not be found by a run. */
import { expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';

const REGISTRY = "from mmengine.registry import MODELS as ROOT, Registry\nMODELS = Registry('model', parent=ROOT, scope='mmpretrain')\n";
const NET =
  'from mmpretrain.registry import MODELS\n\n\n@MODELS.register_module()\nclass VisionTransformer:\n    def __init__(self, arch):\n        pass\n';
const CONFIG = "default_scope = 'mmdet'\nmodel = dict(backbone=dict(type='mmcls.VisionTransformer', arch='b'))\n";

const found = async (installed: Readonly<Record<string, string>>) => {
  const host = new NodeHost();
  for (const [path, text] of Object.entries({ '/w/a.py': CONFIG, ...installed })) host.overlay(path, text);
  const settings = { ...DEFAULT_SETTINGS, sitePackages: ['/site'] };
  const project = await Project.open(host, { roots: ['/w'], settings, env: {}, cancel: new Int32Array(1), models: false });
  return project
    .configDiagnostics('/w/a.py')
    .map(({ code, message, fixes }) => ({ code, message, fixes: fixes.map(({ title }) => title) }));
};

test('the library that it has become has the type (mmpose#2422)', async () => {
  const installed = { '/site/mmpretrain/__init__.py': '', '/site/mmpretrain/registry.py': REGISTRY, '/site/mmpretrain/nets.py': NET };
  expect(
    await found({ ...installed, '/site/mmdet/__init__.py': '', '/site/mmdet/registry.py': REGISTRY.replace("'mmpretrain'", "'mmdet'") }),
  ).toEqual([
    {
      code: 'library-missing',
      message: expect.stringContaining('mmcls is not at hand, so a run here would not find this type. Install it (`mim install mmcls`)'),
      fixes: ['Change mmcls.VisionTransformer to mmpretrain.VisionTransformer, its name today'],
    },
  ]);
});
test('where nothing is installed, the bundled facts are all there is', async () => expect(await found({})).toEqual([]));
