import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { laidOut, opened } from './opened.ts';

const MODULE = `import torch.nn as nn
from mmdet.registry import MODELS

WIDTH = 8
LEVELS = [256]


@MODELS.register_module()
class Narrow(nn.Module):
    def __init__(self, in_channels, width=WIDTH):
        super().__init__()
        self.conv = nn.Conv2d(in_channels[0], width, 1)

    def forward(self, xs):
        return (self.conv(xs[0]),)
`;
const model = (neck: string, width = '8') =>
  `model = dict(type='SingleStageDetector', backbone=dict(type='ResNet', depth=18, out_indices=(2,)), neck=${neck}, bbox_head=dict(type='RetinaHead', num_classes=3, in_channels=${width}))\n`;
const FPN = "dict(type='FPN', in_channels=[256], out_channels=8, num_outs=5)";
const imports = (name: string, allowed: boolean) =>
  `custom_imports = dict(imports=['${name}'], allow_failed_imports=${allowed ? 'True' : 'False'})\n`;

/** `files`: relative to a folder of their own, whose \`work\` is the workspace; where there is a \`site/torch\`, the environment is one to run in. */
async function told(files: Readonly<Record<string, string>>, config = 'work/config.py') {
  const folder = laidOut(files);
  const project = await opened(join(folder, 'work'), [join(folder, 'site')]);
  const file = join(folder, config),
    verdict = project.verdict(file);
  if (!verdict) throw new Error('no verdict');
  const { ok, stage, unknown, error, outputs } = verdict;
  return {
    ok,
    stage,
    unknown,
    error: error && `${error.type}: ${error.message}`,
    where: error?.where ?? null,
    neck: outputs['neck'] ?? null,
    found: [...project.configDiagnostics(file), ...project.modelDiagnostics(file)].map(d => `${d.severity} ${d.code}`),
  };
}
/** Beside the libraries, what they import: compiled, all of it. */
const BENEATH =
  'torchvision numpy cv2 PIL rich matplotlib yaml addict termcolor yapf scipy shapely pycocotools terminaltables six packaging'.split(' ');
const REAL = { 'site/torch/__init__.py': '', ...Object.fromEntries(BENEATH.map(name => [`site/${name}.so`, ''])) };
const SCOPE = "default_scope = 'mmdet'\n";

describe('a module that is nowhere', () => {
  const config = (allowed: boolean) => ({ 'work/config.py': SCOPE + imports('nowhere_x', allowed) + model(FPN) });
  it('ends a run in a known environment, unless it may fail', async () => {
    expect(await told({ ...REAL, ...config(false) })).toMatchObject({
      ok: false,
      stage: 'config',
      error: 'ImportError: Failed to import nowhere_x',
      where: 'custom_imports',
      found: ['warning import-not-found'],
    });
    expect(await told({ ...REAL, ...config(true) })).toMatchObject({ ok: true, found: ['warning import-not-found'] });
  });
  it('may be installed beside sources that were laid out alone', async () => {
    for (const allowed of [false, true])
      expect(await told(config(allowed))).toMatchObject({ ok: null, unknown: 'the source of nowhere_x is not at hand' });
  });
  it('may be found by a hook, or in an archive', async () => {
    const hooked = { 'site/some.pth': 'import some_hook; some_hook.install()\n' };
    expect(await told({ ...REAL, ...hooked, ...config(false) })).toMatchObject({ ok: null });
    const packed = { 'site/easy-install.pth': './packed.egg\n', 'site/packed.egg': 'PK' };
    expect(await told({ ...REAL, ...packed, ...config(false) })).toMatchObject({ ok: null });
    const usual = { 'site/distutils-precedence.pth': "import os; enabled = True and __import__('_distutils_hack').add_shim()\n" };
    expect(await told({ ...REAL, ...usual, ...config(false) })).toMatchObject({ ok: false });
  });
  it('may register what is missing where the config is run', async () => {
    const text = SCOPE + imports('nowhere_x', true) + model("dict(type='Narrow', in_channels=[256])");
    const { ok, error, found } = await told({ ...REAL, 'work/config.py': text });
    expect({ ok, error: error?.slice(0, 49) }).toEqual({ ok: false, error: "KeyError: 'Narrow is not in the mmdet::model regi" });
    expect(found).toEqual(['warning import-not-found', 'information build-error']);
  });
});

describe('a module beside the config or above it', () => {
  const text = SCOPE + imports('own_nets', false) + model("dict(type='Narrow', in_channels=[256])");
  it.each([
    ['in the workspace', 'work/config.py', 'work/own_nets.py'],
    ['in a project within it', 'work/projects/one/configs/config.py', 'work/projects/one/own_nets.py'],
    ['beside it', 'work/projects/one/config.py', 'work/projects/one/own_nets/__init__.py'],
  ])('%s', async (_, config, module) => {
    expect(await told({ ...REAL, [config]: text, [module]: MODULE }, config)).toMatchObject({ ok: true, neck: [[8, 40, 40]], found: [] });
  });
});

describe('a name of a lazy config', () => {
  const lazy = (neck: string) => `from mmdet.models import SingleStageDetector, ResNet, RetinaHead, FPN
from own_nets import WIDTH, LEVELS, Narrow
import own_nets as nets
default_scope = 'mmdet'
model = dict(type=SingleStageDetector, backbone=dict(type=ResNet, depth=18, out_indices=(2,)), neck=${neck}, bbox_head=dict(type=RetinaHead, num_classes=3, in_channels=WIDTH))
`;
  const run = (neck: string) => told({ ...REAL, 'work/config.py': lazy(neck), 'work/own_nets.py': MODULE });
  it('is what the module has by it', async () => {
    expect(await run('dict(type=Narrow, in_channels=LEVELS, width=nets.WIDTH)')).toMatchObject({
      ok: true,
      neck: [[8, 40, 40]],
      found: [],
    });
  });
  it('stays a name in a list', async () => {
    const { ok, error, where } = await run('dict(type=FPN, in_channels=[WIDTH], out_channels=8, num_outs=5)');
    expect({ ok, error, where }).toEqual({
      ok: false,
      error: "TypeError: unsupported operand type(s) for %: 'LazyObject' and 'int'",
      where: 'neck.conv',
    });
  });
  it('is unknown where the module lacks it', async () => {
    expect(await run('dict(type=Narrow, in_channels=LEVELS, width=nets.NOPE)')).toMatchObject({ ok: null, unknown: 'own_nets.NOPE' });
  });
});
