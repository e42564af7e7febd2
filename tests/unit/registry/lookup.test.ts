/** mmengine's rules of look-up, on the bundled facts and on a workspace's own modules. */
import { describe, expect, it } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import type { RegistryIndex } from '../../../server/registry/entry.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { loadSnapshot } from '../../../server/registry/snapshot.ts';
import { MemoryHost } from './memory-host.ts';

const snapshot = loadSnapshot(assets.facts);
const facts = createRegistry(new MemoryHost({}), { roots: [], workspace: [], description: '' }, snapshot);
const answer = (registry: RegistryIndex, type: string, scope: string, of: string | null = 'model'): string => {
  const found = registry.lookup(type, scope, of);
  return found.kind === 'found' ? found.entry.target : found.kind;
};

describe('look-up by the bundled facts', () => {
  const CASES: readonly (readonly [type: string, scope: string, answer: string])[] = [
    ['ResNet', 'mmyolo', 'missing'],
    ['mmdet.ResNet', 'mmyolo', 'mmdet.models.backbones.resnet.ResNet'],
    ['mmcls.ResNet', 'mmyolo', 'mmcls.models.backbones.resnet.ResNet'],
    ['ResNet', 'mmdet', 'mmdet.models.backbones.resnet.ResNet'],
    ['BN', 'mmyolo', 'torch.nn.modules.batchnorm.BatchNorm2d'],
    // its own scope's registry alone is asked, and another's climbs
    ['mmyolo.BN', 'mmyolo', 'missing'],
    ['mmdet.BN', 'mmyolo', 'torch.nn.modules.batchnorm.BatchNorm2d'],
    ['mmengine.BN', 'mmyolo', 'torch.nn.modules.batchnorm.BatchNorm2d'],
    ['mmdet.mmcls.ResNet', 'mmyolo', 'mmcls.models.backbones.resnet.ResNet'],
    ['Linear', 'mmyolo', 'missing'],
    ['mmdet.Linear', 'mmyolo', 'torch.nn.modules.linear.Linear'],
    ['CSPNeXt', 'mmyolo', 'mmyolo.models.backbones.cspnext.CSPNeXt'],
    ['torch.nn.Conv2d', 'mmyolo', 'unknown'],
    ['nope.ResNet', 'mmyolo', 'unknown'],
    ['ResNet', 'nope', 'unknown'],
    ['ResNet', 'mmengine', 'missing'],
    ['mmdet.ResLayerExtraNorm', 'mmyolo', 'mmpretrain.models.utils.res_layer_extra_norm.ResLayerExtraNorm'],
  ];
  it.each(CASES)('%s under %s: %s', (type, scope, expected) => {
    expect(answer(facts, type, scope)).toBe(expected);
  });

  it('says what was perhaps meant, as it must be written', () => {
    const near = (type: string, scope: string) => {
      const found = facts.lookup(type, scope, 'model');
      return found.kind === 'missing' ? found.near : [];
    };
    expect(near('ResNet', 'mmyolo').slice(0, 3)).toEqual(['mmdet.ResNet', 'mmpretrain.ResNet', 'mmcls.ResNet']);
    expect(near('YOLOv5CSPDarkent', 'mmyolo')[0]).toBe('YOLOv5CSPDarknet');
    expect(near('mmdet.Resnet', 'mmyolo')[0]).toBe('mmdet.ResNet');
    expect(near('mmyolo.ResNet', 'mmyolo')[0]).toBe('mmdet.ResNet');
    expect(near('Xyzzy', 'mmyolo')).toEqual([]);
  });

  it('knows what a constructor takes for its depth', () => {
    const found = facts.lookup('ResNeXt', 'mmdet', 'model');
    const depth = found.kind === 'found' ? found.entry.parameters.find(({ name }) => name === 'depth') : undefined;
    expect(depth?.choices).toEqual({ values: [50, 101, 152], of: null, caseless: false });
  });

  it('asks the registry of the place', () => {
    expect(answer(facts, 'Resize', 'mmdet', 'model')).toBe('missing');
    expect(answer(facts, 'Resize', 'mmdet', 'transform')).toBe('mmdet.datasets.transforms.transforms.Resize');
    expect(answer(facts, 'Resize', 'mmdet', null)).toBe('mmdet.datasets.transforms.transforms.Resize');
  });
});

describe('look-up in a workspace', () => {
  const own = (files: Readonly<Record<string, string>>) =>
    createRegistry(new MemoryHost(files), { roots: ['/ws'], workspace: ['/ws'], description: '' }, snapshot);
  const NET =
    'from mmyolo.registry import MODELS\n\n@MODELS.register_module()\nclass MyNet:\n    def __init__(self, width):\n        pass\n';

  it('finds what its own modules register, and names the module', () => {
    const registry = own({ '/ws/models/my_net.py': NET });
    expect(answer(registry, 'MyNet', 'mmyolo')).toBe('models.my_net.MyNet');
    expect(answer(registry, 'mmyolo.MyNet', 'mmdet')).toBe('models.my_net.MyNet');
    expect(answer(registry, 'MyNet', 'mmdet')).toBe('missing');
    expect(registry.modulesThatRegister('mmyolo', 'MyNet')).toEqual(['models.my_net']);
    const found = registry.lookup('MyNet', 'mmyolo', 'model');
    expect(found.kind === 'found' && found.entry.source).toEqual({ file: '/ws/models/my_net.py', line: 4 });
  });
  it('claims nothing where a registry is not known, or a name is computed', () => {
    expect(answer(own({ '/ws/a.py': 'from x import MODELS\n@MODELS.register_module()\nclass A:\n    pass\n' }), 'A', 'mmyolo')).toBe('a.A');
    expect(
      answer(
        own({
          '/ws/a.py': 'from mmyolo.registry import MODELS\nfor name in names():\n    MODELS.register_module(name, module=make(name))\n',
        }),
        'A',
        'mmyolo',
      ),
    ).toBe('unknown');
  });
  it('has a registry of its own', () => {
    const registry = own({
      '/ws/shapes/__init__.py': '',
      '/ws/shapes/registry.py':
        "from mmengine.registry import MODELS as ROOT, Registry\nMODELS = Registry('model', parent=ROOT, locations=['shapes.nets'])\n",
      '/ws/shapes/nets.py': 'from .registry import MODELS\n@MODELS.register_module()\nclass Net:\n    pass\n',
    });
    expect(answer(registry, 'Net', 'shapes')).toBe('shapes.nets.Net');
    expect(answer(registry, 'shapes.Net', 'mmyolo')).toBe('shapes.nets.Net');
    expect(answer(registry, 'Nett', 'shapes')).toBe('missing');
    expect(answer(registry, 'BN', 'shapes')).toBe('torch.nn.modules.batchnorm.BatchNorm2d');
  });
  it("has a registry below another library's", () => {
    const registry = own({
      '/ws/shapes/__init__.py': '',
      '/ws/shapes/registry.py':
        "from mmdet.registry import MODELS as ABOVE\nfrom mmengine.registry import Registry\nMODELS = Registry('model', parent=ABOVE)\n",
    });
    expect(answer(registry, 'FasterRCNN', 'shapes')).toBe('mmdet.models.detectors.faster_rcnn.FasterRCNN');
    expect(answer(registry, 'BN', 'shapes')).toBe('torch.nn.modules.batchnorm.BatchNorm2d');
    expect(answer(registry, 'YOLODetector', 'shapes')).toBe('missing');
  });
  it('tells which imports cannot be found', () => {
    const registry = own({ '/ws/models/my_net.py': NET });
    expect(registry.include(['models.my_net', 'mmdet.models', 'models.other', 'nowhere'], '/ws/configs/a.py')).toEqual([
      'models.other',
      'nowhere',
    ]);
  });
  it('looks in the repository of the config', () => {
    const registry = own({ '/ws/repo/setup.py': '', '/ws/repo/projects/net.py': NET });
    expect(registry.include(['projects.net'], '/ws/repo/configs/a.py')).toEqual([]);
    expect(registry.include(['projects.net'], '/ws/a.py')).toEqual(['projects.net']);
    expect(answer(registry, 'MyNet', 'mmyolo')).toBe('repo.projects.net.MyNet');
  });
});
