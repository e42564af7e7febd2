import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../server/model/verdict.ts';
import { laidOut, opened } from './opened.ts';

const net = (head: string, channels: number, body = '') => `${head}
import torch.nn as nn


@MODELS.register_module(force=True)
class MyNet(nn.Module):
    def __init__(self):
        super().__init__()
        ${body}
        self.stages = nn.ModuleList(nn.Conv2d(3, ${channels}, 3, s, 1) for s in (8, 16, 32))

    def forward(self, x):
        return tuple(stage(x) for stage in self.stages)
`;
const CONFIG = `default_scope = 'mmyolo'
custom_imports = dict(imports=['models.chosen'], allow_failed_imports=False)
model = dict(type='YOLODetector', backbone=dict(type='MyNet'),
    neck=dict(type='mmdet.FPN', in_channels=[16, 16, 16], out_channels=8, num_outs=3),
    bbox_head=dict(type='YOLOv5Head', head_module=dict(type='YOLOv5HeadModule', num_classes=3, in_channels=[8, 8, 8], featmap_strides=[8, 16, 32])))
`;

/** `installed`: files of packages that are there beside the libraries. */
async function verdictOf(modules: Readonly<Record<string, string>>, installed: Readonly<Record<string, string>> = {}): Promise<Verdict> {
  const folder = laidOut({ 'work/config.py': CONFIG, 'work/models/__init__.py': '', ...modules, ...installed });
  const project = await opened(join(folder, 'work'), [join(folder, 'site-packages')]);
  const verdict = project.verdict(join(folder, 'work', 'config.py'));
  if (!verdict) throw new Error('no verdict');
  return verdict;
}
const told = ({ ok, unknown, error, outputs }: Verdict) => ({
  ok,
  unknown,
  message: error?.message ?? null,
  backbone: outputs['backbone'],
});
const RIGHT = [80, 40, 20].map(n => [16, n, n]);

describe('a module of one’s own', () => {
  it('is the one that the config imports, whichever registry another of its name is in', async () => {
    const verdict = await verdictOf({
      'work/models/chosen.py': net('from mmengine.registry import MODELS', 16),
      'work/models/earlier.py': net('from mmyolo.registry import MODELS', 24),
      'work/models/another.py': net('from mmdet.registry import MODELS', 48),
    });
    expect(told(verdict)).toEqual({ ok: true, unknown: null, message: null, backbone: RIGHT });
  });

  it('may import what is installed and cannot be run here', async () => {
    const verdict = await verdictOf(
      {
        'work/models/chosen.py': net(
          'from mmyolo.registry import MODELS\nfrom compiled.parts import solve\nimport compiled.kernels as kernels',
          16,
        ),
      },
      {
        'site-packages/compiled/__init__.py': '',
        'site-packages/compiled/parts.py': 'import os\nSIZE = int(os.urandom(1)[0])\n\n\ndef solve():\n    return SIZE\n',
        'site-packages/compiled/kernels.py': 'class Kernel:\n    lanes = object.no_such_name\n',
      },
    );
    expect(told(verdict)).toEqual({ ok: true, unknown: null, message: null, backbone: RIGHT });
  });

  it('goes on without what refuses to be imported, where it tries', async () => {
    const { ok, backbone, message } = told(
      await verdictOf(
        {
          'work/models/chosen.py': net(
            'from mmengine.registry import MODELS\ntry:\n    import refusing.parts\n    WIDTH = 24\nexcept ImportError:\n    WIDTH = 16',
            16,
            'assert WIDTH == 16',
          ),
        },
        { 'site-packages/refusing/__init__.py': '', 'site-packages/refusing/parts.py': "raise ImportError('not on this system')\n" },
      ),
    );
    expect({ ok, backbone, message }).toEqual({ ok: true, backbone: RIGHT, message: null });
  });

  it('reads what an installed package keeps beside its modules', async () => {
    const width = "int(pkgutil.get_data('sizes.tables', 'widths/small.txt').decode('utf-8').strip())";
    const { ok, unknown } = await verdictOf(
      { 'work/models/chosen.py': net('import pkgutil\nfrom mmyolo.registry import MODELS', 16, `assert ${width} == 16`) },
      { 'site-packages/sizes/__init__.py': '', 'site-packages/sizes/tables.py': '', 'site-packages/sizes/widths/small.txt': '16\n' },
    );
    expect({ ok, unknown }).toEqual({ ok: true, unknown: null });
    const lacking = await verdictOf(
      { 'work/models/chosen.py': net('import pkgutil\nfrom mmyolo.registry import MODELS', 16, `assert ${width} == 16`) },
      { 'site-packages/sizes/__init__.py': '', 'site-packages/sizes/tables.py': '' },
    );
    expect({ ok: lacking.ok, unknown: lacking.unknown }).toEqual({ ok: null, unknown: 'pkgutil.get_data' });
  });

  it('may give a registered name to another', async () => {
    const head = `from mmengine.registry import MODELS as _ROOT
from mmyolo.registry import MODELS


class Other:
    pass


_ROOT.module_dict['Mine'] = Other
assert 'Mine' in _ROOT.module_dict and _ROOT.get('Mine') is Other
_ROOT.module_dict.pop('Mine')
MODELS.module_dict['MyOther'] = Other
del MODELS.module_dict['MyOther']
`;
    expect(told(await verdictOf({ 'work/models/chosen.py': net(head, 16) }))).toEqual({
      ok: true,
      unknown: null,
      message: null,
      backbone: RIGHT,
    });
  });

  it('and is unknown where it uses that', async () => {
    const { ok, unknown } = await verdictOf(
      { 'work/models/chosen.py': net('from mmyolo.registry import MODELS\nfrom compiled.parts import solve', 16, 'assert solve() > 300') },
      {
        'site-packages/compiled/__init__.py': '',
        'site-packages/compiled/parts.py': 'import os\nSIZE = int(os.urandom(1)[0])\n\n\ndef solve():\n    return SIZE\n',
      },
    );
    expect({ ok, unknown }).toEqual({ ok: null, unknown: 'compiled.parts.solve' });
  });
});
