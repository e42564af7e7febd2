/** Odd ways to make registries and to register: the scan finds what mmengine's own registries held, with what each takes, and claims nothing of what only running tells. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Entry, RegistryIndex } from '../../../server/registry/entry.ts';
import { environmentOf } from '../../../server/registry/environment.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { emptySnapshot } from '../../../server/registry/snapshot.ts';
import { MemoryHost } from './memory-host.ts';

const text = readFileSync(new URL('../../data/registry-layouts.txt', import.meta.url), 'utf8');
const [sources = '', held = ''] = text.split(/^=== held\n/m);
const files = new Map(
  sources
    .split(/^--- /m)
    .slice(1)
    .map(part => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1)] as const;
    }),
);
const HELD = held
  .trim()
  .split('\n')
  .map(line => {
    const [scope = '', root = '', name = '', target = '', parameters = ''] = line.split(' ');
    return { scope, root, name, target, parameters };
  });
const ROOTS =
  "class Registry:\n    pass\nMODELS = Registry('model')\nTRANSFORMS = Registry('transform')\nHOOKS = Registry('hook')\nFUNCTIONS = Registry('function')\n";
const SITE = {
  '/site/mmengine/__init__.py': 'from .registry import *\n',
  '/site/mmengine/registry/__init__.py': 'from .registry import Registry\nfrom .root import FUNCTIONS, HOOKS, MODELS, TRANSFORMS\n',
  '/site/mmengine/registry/registry.py': 'class Registry:\n    pass\n',
  '/site/mmengine/registry/root.py': ROOTS.replace('class Registry:\n    pass\n', 'from .registry import Registry\n'),
  '/site/mmdet/__init__.py': '',
  '/site/mmdet/registry.py':
    "from mmengine.registry import MODELS as M, TRANSFORMS as T, Registry\nMODELS = Registry('model', parent=M)\nTRANSFORMS = Registry('transform', parent=T)\n",
};

function open(at: string): RegistryIndex {
  const host = new MemoryHost({ ...SITE, ...Object.fromEntries([...files].map(([path, source]) => [`${at}/${path}`, source])) });
  const settings = {
    workspace: ['/ws'],
    python: null,
    sitePackages: at === '/ws' ? ['/site'] : [at, `${at}/src`, '/site'],
    environment: true,
  };
  return createRegistry(host, environmentOf(host, settings, {}), emptySnapshot);
}
const shown = (entry: Entry): string =>
  entry.parameters
    .filter(({ from }) => from === undefined)
    .map(({ name, required }) => name + (required ? '*' : ''))
    .join(',') || '-';

describe.each([
  ['in the workspace', '/ws'],
  ['in the environment', '/other'],
])('%s', (_, at) => {
  const registry = open(at);
  if (at !== '/ws') registry.include([...new Set(HELD.map(({ target }) => target.split('.')[0] ?? ''))], '/ws/a.py');
  test.each(HELD)('$scope::$root has $name', ({ scope, root, name, target, parameters }) => {
    const found = registry.lookup(name, scope, root);
    if (parameters === '?') {
      expect(found.kind).not.toBe('missing');
      if (found.kind === 'found') expect(found.entry.open).toBe(true);
      return;
    }
    const entry = found.kind === 'found' ? [found.entry, ...found.others].find(other => other.target === target) : undefined;
    expect(entry && shown(entry), JSON.stringify(found)).toBe(parameters);
  });
});
