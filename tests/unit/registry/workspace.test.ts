/** Modules of the workspace itself: a library that is being worked on, projects within it, packages below `src` and on PYTHONPATH. */
import { describe, expect, it } from 'vitest';
import type { RegistryIndex } from '../../../server/registry/entry.ts';
import { environmentOf, type Variables } from '../../../server/registry/environment.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { emptySnapshot } from '../../../server/registry/snapshot.ts';
import { MemoryHost } from './memory-host.ts';

const ROOT =
  "from mmengine.registry import MODELS as ROOT, Registry\nMODELS = Registry('model', parent=ROOT, locations=['mmdet.models'])\n";
const SITE = {
  '/site/mmengine/__init__.py': '',
  '/site/mmengine/registry.py': "class Registry:\n    pass\nMODELS = Registry('model')\n",
  '/site/mmcv/__init__.py': '',
  '/site/mmdet/__init__.py': "__version__ = '3.0.0'\n",
  '/site/mmdet/registry.py': ROOT,
  '/site/mmdet/models/__init__.py': '',
  '/site/mmdet/models/resnet.py':
    'from mmdet.registry import MODELS\n@MODELS.register_module()\nclass ResNet:\n    def __init__(self, old):\n        pass\n',
};
const net = (name: string, registry = 'mmdet.registry'): string =>
  `from ${registry} import MODELS\n\n\n@MODELS.register_module()\nclass ${name}:\n    def __init__(self, new):\n        pass\n`;

function open(files: Readonly<Record<string, string>>, env: Variables = {}): RegistryIndex {
  const host = new MemoryHost({ ...SITE, ...files });
  const settings = { workspace: ['/ws'], python: null, sitePackages: ['/site'], environment: true };
  return createRegistry(host, environmentOf(host, settings, env), emptySnapshot);
}
const found = (registry: RegistryIndex, name: string): readonly (string | undefined)[] => {
  const answer = registry.lookup(name, 'mmdet', 'model');
  return answer.kind === 'found' ? [answer.entry.target, answer.entry.source?.file, answer.entry.parameters[0]?.name] : [answer.kind];
};

describe('a workspace', () => {
  it('that is a library itself counts before the one that is installed', () => {
    const registry = open({
      '/ws/setup.py': '',
      '/ws/mmdet/__init__.py': '',
      '/ws/mmdet/version.py': "__version__ = '3.3.0.dev'\n",
      '/ws/mmdet/registry.py': ROOT,
      '/ws/mmdet/models/resnet.py': net('ResNet', '..registry'),
    });
    expect(found(registry, 'ResNet')).toEqual(['mmdet.models.resnet.ResNet', '/ws/mmdet/models/resnet.py', 'new']);
    const answer = registry.lookup('ResNet', 'mmdet', 'model');
    expect(answer.kind === 'found' && answer.others).toEqual([]);
    expect(registry.libraries.get('mmdet')?.version).toBe('3.3.0.dev');
  });
  it('has projects that a config imports from its root', () => {
    const registry = open({ '/ws/projects/x/net.py': net('XNet'), '/ws/projects/x/__init__.py': 'from .net import XNet\n' });
    expect(registry.include(['projects.x', 'projects.nowhere'], '/ws/configs/a.py')).toEqual(['projects.nowhere']);
    expect(found(registry, 'XNet')).toEqual(['projects.x.net.XNet', '/ws/projects/x/net.py', 'new']);
  });
  it('has modules that are imported from the repository that a config lies in', () => {
    const registry = open({ '/ws/one/.git/HEAD': '', '/ws/one/nets/a.py': net('ANet'), '/ws/one/configs/a.py': '' });
    expect(registry.include(['nets.a'], '/ws/one/configs/a.py')).toEqual([]);
    expect(found(registry, 'ANet')[1]).toBe('/ws/one/nets/a.py');
  });
  it('has packages below src, by the name that they are installed under', () => {
    const registry = open({ '/ws/src/nets/__init__.py': '', '/ws/src/nets/a.py': net('ANet') });
    expect(registry.include(['nets.a'], '/ws/configs/a.py')).toEqual([]);
    expect(found(registry, 'ANet')).toEqual(['nets.a.ANet', '/ws/src/nets/a.py', 'new']);
  });
  it('has packages on PYTHONPATH', () => {
    const registry = open({ '/lib/nets/a.py': net('ANet'), '/ws/tools/more/b.py': net('BNet') }, { PYTHONPATH: '/lib:/ws/tools' });
    expect(registry.include(['nets.a', 'more.b'], '/ws/configs/a.py')).toEqual([]);
    expect([found(registry, 'ANet')[0], found(registry, 'BNet')[0]]).toEqual(['nets.a.ANet', 'more.b.BNet']);
  });
  it('leaves virtual environments and data alone', () => {
    const registry = open({
      '/ws/my-env/pyvenv.cfg': '',
      '/ws/my-env/lib/python3.11/site-packages/x.py': net('VNet'),
      '/ws/work_dirs/run/dumped.py': net('DNet'),
      '/ws/.hidden/h.py': net('HNet'),
    });
    expect(['VNet', 'DNet', 'HNet'].map(name => found(registry, name)[0])).toEqual(['missing', 'missing', 'missing']);
  });
  it('has projects side by side: a neighbour’s types are not offered, its own are', () => {
    const registry = open({
      '/ws/one/setup.py': '',
      '/ws/one/nets/a.py': net('OneNet'),
      '/ws/one/configs/a.py': '',
      '/ws/two/setup.py': '',
      '/ws/two/nets/a.py': net('TwoNet'),
      '/ws/two/configs/a.py': '',
    });
    const offered = (file?: string): readonly string[] =>
      registry
        .candidates({ scope: 'mmdet', registry: 'model', role: null }, file === undefined ? undefined : { file, imports: [] })
        .flatMap(({ written }) => (/^(?:One|Two)Net$/.test(written) ? [written] : []));
    expect(offered('/ws/one/configs/a.py')).toEqual(['OneNet']);
    expect(offered('/ws/two/configs/a.py')).toEqual(['TwoNet']);
    expect([...offered()].sort()).toEqual(['OneNet', 'TwoNet']);
  });
});
