/** Editable installs as pip and setuptools leave them behind: files like those that real installs of each kind wrote. */
import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../server/registry/environment.ts';
import { packagesOf } from '../../../server/registry/packages.ts';
import { MemoryHost } from './memory-host.ts';

const SITE = '/v/lib/python3.11/site-packages';
const finder = (mapping: string, namespaces = '{}'): string =>
  `from __future__ import annotations\nimport sys\n\nMAPPING: dict[str, str] = ${mapping}\nNAMESPACES: dict[str, list[str]] = ${namespaces}\nPATH_PLACEHOLDER = '__editable__.x-1.finder' + ".__path_hook__"\n`;

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Module → its file. */
  readonly finds: Readonly<Record<string, string | undefined>>;
  /** Of its package. */
  readonly version?: string;
}
const CASES: readonly Case[] = [
  {
    name: 'setuptools, packages beside setup.py',
    files: {
      [`${SITE}/__editable__.nets-1.2.3.pth`]: 'import __editable___nets_1_2_3_finder; __editable___nets_1_2_3_finder.install()',
      [`${SITE}/__editable___nets_1_2_3_finder.py`]: finder("{'nets': '/src/nets/nets'}"),
      [`${SITE}/nets-1.2.3.dist-info/METADATA`]: '',
      '/src/nets/nets/__init__.py': '',
    },
    finds: { nets: '/src/nets/nets/__init__.py' },
    version: '1.2.3',
  },
  {
    name: 'setuptools, a src folder',
    files: {
      [`${SITE}/__editable__.nets-1.2.3.pth`]: '/src/nets/src\n',
      '/src/nets/src/nets/__init__.py': '',
      '/src/nets/src/nets/a.py': '',
    },
    finds: { 'nets.a': '/src/nets/src/nets/a.py' },
  },
  {
    name: 'setuptools, strict: a folder of links',
    files: {
      [`${SITE}/__editable__.nets-1.2.3.pth`]: '/src/nets/build/__editable__.nets-1.2.3-py3-none-any\n',
      '/src/nets/build/__editable__.nets-1.2.3-py3-none-any/nets/__init__.py': "__version__ = '1.2.3'\n",
    },
    finds: { nets: '/src/nets/build/__editable__.nets-1.2.3-py3-none-any/nets/__init__.py' },
    version: '1.2.3',
  },
  {
    name: 'setuptools, a folder of another name',
    files: {
      [`${SITE}/__editable___nets_0_1_finder.py`]: finder("{'nets': '/src/nets/python'}"),
      '/src/nets/python/a.py': '',
      '/src/nets/python/__init__.py': '',
    },
    finds: { nets: '/src/nets/python/__init__.py', 'nets.a': '/src/nets/python/a.py' },
  },
  {
    name: 'setuptools, parts of a namespace',
    files: {
      [`${SITE}/__editable___one_0_1_finder.py`]: finder("{'lab.one': '/src/one/lib/lab/one'}", "{'lab': []}"),
      [`${SITE}/__editable___two_0_1_finder.py`]: finder("{'lab.two': '/src/two/other'}", "{'lab': []}"),
      '/src/one/lib/lab/one/__init__.py': '',
      '/src/two/other/__init__.py': '',
      '/src/two/other/deep/net.py': '',
    },
    finds: {
      'lab.one': '/src/one/lib/lab/one/__init__.py',
      'lab.two': '/src/two/other/__init__.py',
      'lab.two.deep.net': '/src/two/other/deep/net.py',
      'lab.three': undefined,
    },
  },
  {
    name: 'setuptools, several packages of one project, paths of Windows',
    files: {
      [`${SITE}/__editable___mmx_1_0_finder.py`]: finder("{'mmx': 'D:\\\\src\\\\mmx\\\\mmx', 'tools': 'D:\\\\src\\\\mmx\\\\tools'}"),
      'D:/src/mmx/mmx/__init__.py': '',
      'D:/src/mmx/tools/__init__.py': '',
    },
    finds: { mmx: 'D:/src/mmx/mmx/__init__.py', tools: 'D:/src/mmx/tools/__init__.py' },
  },
  {
    name: 'setup.py develop: easy-install.pth and an egg-link, the version beside the sources',
    files: {
      [`${SITE}/easy-install.pth`]: '/src/mmx\n',
      [`${SITE}/mmx.egg-link`]: '/src/mmx\n.',
      '/src/mmx/mmx/__init__.py': '',
      '/src/mmx/mmx.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: mmx\nVersion: 2.0.1\n',
    },
    finds: { mmx: '/src/mmx/mmx/__init__.py' },
    version: '2.0.1',
  },
  {
    name: 'setup.py install: an unpacked egg',
    files: { [`${SITE}/easy-install.pth`]: './mmx-2.0.1-py3.8.egg\n', [`${SITE}/mmx-2.0.1-py3.8.egg/mmx/__init__.py`]: '' },
    finds: { mmx: `${SITE}/mmx-2.0.1-py3.8.egg/mmx/__init__.py` },
  },
  {
    name: 'hatch, flit, pdm and poetry: a path',
    files: { [`${SITE}/_editable_impl_mmx.pth`]: '/src/mmx', '/src/mmx/mmx/__init__.py': '__version__: str = "3.1"\n' },
    finds: { mmx: '/src/mmx/mmx/__init__.py' },
    version: '3.1',
  },
  {
    name: 'the redirector of `editables`',
    files: {
      [`${SITE}/_mmx.pth`]: 'import _editable_impl_mmx',
      [`${SITE}/_editable_impl_mmx.py`]:
        "from editables.redirector import RedirectingFinder as F\nF.install()\nF.map_module('mmx', '/src/x/python/__init__.py')\n",
      '/src/x/python/__init__.py': '',
      '/src/x/python/net.py': '',
    },
    finds: { mmx: '/src/x/python/__init__.py', 'mmx.net': '/src/x/python/net.py' },
  },
  {
    name: 'what is installed whole comes before what is mapped',
    files: {
      [`${SITE}/mmx/__init__.py`]: '',
      [`${SITE}/__editable___mmx_1_0_finder.py`]: finder("{'mmx': '/src/x/python'}"),
      '/src/x/python/__init__.py': '',
    },
    finds: { mmx: `${SITE}/mmx/__init__.py` },
  },
];

describe('an editable install', () => {
  it.each(CASES)('$name', ({ files, finds, version }) => {
    const host = new MemoryHost({ ...files, [`${SITE}/six.py`]: '', '/v/pyvenv.cfg': 'version = 3.11.7\n' });
    const environment = environmentOf(host, { workspace: ['/ws'], python: '/v', sitePackages: [], environment: true }, {});
    const packages = packagesOf(host, environment);
    for (const [module, file] of Object.entries(finds)) expect([module, packages.find(module)?.file]).toEqual([module, file]);
    if (version !== undefined) expect(packages.version(Object.keys(finds)[0]!.split('.')[0]!)).toBe(version);
  });
});
