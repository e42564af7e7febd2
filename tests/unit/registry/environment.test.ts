/** Environments of every kind, as files on a disk that is not there. */
import { describe, expect, it } from 'vitest';
import { type EnvironmentSettings, environmentOf, repositoryOf, type Variables } from '../../../server/registry/environment.ts';
import { packagesOf } from '../../../server/registry/packages.ts';
import { pinOf } from '../../../server/registry/pins.ts';
import { MemoryHost } from './memory-host.ts';

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Partial<EnvironmentSettings>;
  readonly env?: Variables;
  readonly links?: Readonly<Record<string, string>>;
  readonly roots: readonly string[];
}

const VENV = { '/ws/.venv/pyvenv.cfg': 'home = /usr/bin\nversion = 3.11.4\n', '/ws/.venv/lib/python3.11/site-packages/six.py': '' };
const PYENV = {
  '/home/u/.pyenv/shims/python3': '',
  '/home/u/.pyenv/version': 'mm\n',
  '/home/u/.pyenv/versions/3.8.18/lib/python3.8/site-packages/six.py': '',
  '/home/u/.pyenv/versions/3.11.9/lib/python3.11/site-packages/six.py': '',
  '/home/u/.pyenv/versions/3.11.12/lib/python3.11/site-packages/six.py': '',
  '/home/u/.pyenv/versions/mm/pyvenv.cfg': 'version = 3.10.1\n',
  '/home/u/.pyenv/versions/mm/lib/python3.10/site-packages/six.py': '',
};
const SYSTEM = { '/usr/bin/python3': '', '/usr/lib/python3/dist-packages/six.py': '', '/usr/lib/python3.11/os.py': '' };

const CASES: readonly Case[] = [
  {
    name: 'a .venv in the workspace',
    files: { ...VENV, ...SYSTEM },
    env: { PATH: '/usr/bin' },
    roots: ['/ws', '/ws/.venv/lib/python3.11/site-packages'],
  },
  {
    name: 'VIRTUAL_ENV before it',
    files: { ...VENV, '/envs/a/lib/python3.10/site-packages/six.py': '', '/envs/a/pyvenv.cfg': 'version_info = 3.10.1.final.0\n' },
    env: { VIRTUAL_ENV: '/envs/a' },
    roots: ['/ws', '/envs/a/lib/python3.10/site-packages'],
  },
  {
    name: 'CONDA_PREFIX',
    files: { '/conda/envs/mm/lib/python3.8/site-packages/six.py': '' },
    env: { CONDA_PREFIX: '/conda/envs/mm' },
    roots: ['/ws', '/conda/envs/mm/lib/python3.8/site-packages'],
  },
  {
    name: 'the setting before all: an executable',
    files: {
      ...VENV,
      '/opt/py/bin/python3.9': '',
      '/opt/py/lib/python3.9/site-packages/six.py': '',
      '/opt/py/lib/python3.12/site-packages/six.py': '',
    },
    settings: { python: '/opt/py/bin/python3.9' },
    env: { VIRTUAL_ENV: '/ws/.venv' },
    roots: ['/ws', '/opt/py/lib/python3.9/site-packages'],
  },
  { name: 'a setting that leads nowhere is not replaced', files: VENV, settings: { python: '/nowhere/python' }, roots: ['/ws'] },
  { name: 'python3 on the PATH', files: SYSTEM, env: { PATH: '/bin:/usr/bin' }, roots: ['/ws', '/usr/lib/python3/dist-packages'] },
  {
    name: 'a venv that sees the system',
    files: {
      ...SYSTEM,
      '/ws/.venv/pyvenv.cfg': 'home = /usr/bin\ninclude-system-site-packages = true\n',
      '/ws/.venv/lib/python3.11/site-packages/six.py': '',
    },
    roots: ['/ws', '/ws/.venv/lib/python3.11/site-packages', '/usr/lib/python3/dist-packages'],
  },
  {
    name: 'Windows',
    files: { 'C:/ws/venv/Lib/site-packages/six.py': '' },
    settings: { workspace: ['C:\\ws'] },
    roots: ['C:/ws', 'C:/ws/venv/Lib/site-packages'],
  },
  {
    name: 'PYTHONPATH before site-packages, .pth lines after',
    files: {
      ...VENV,
      '/ws/.venv/lib/python3.11/site-packages/easy-install.pth': '# a comment\nimport sys\n/src/mmdetection\n../nothing\n',
      '/src/mmdetection/mmdet/__init__.py': '',
    },
    env: { PYTHONPATH: '/extra/:' },
    roots: ['/ws', '/extra', '/ws/.venv/lib/python3.11/site-packages', '/src/mmdetection'],
  },
  {
    name: "setuptools' finder",
    files: {
      ...VENV,
      '/ws/.venv/lib/python3.11/site-packages/__editable___mmyolo_0_6_0_finder.py':
        "import sys\nMAPPING: dict[str, str] = {'mmyolo': '/src/mmyolo/mmyolo'}\nNAMESPACES = {}\n",
      '/src/mmyolo/mmyolo/__init__.py': '',
    },
    roots: ['/ws', '/ws/.venv/lib/python3.11/site-packages', '/src/mmyolo'],
  },
  {
    name: 'an egg-link',
    files: { ...VENV, '/ws/.venv/lib/python3.11/site-packages/mmcv.egg-link': '/src/mmcv\n.\n', '/src/mmcv/mmcv/__init__.py': '' },
    roots: ['/ws', '/ws/.venv/lib/python3.11/site-packages', '/src/mmcv'],
  },
  {
    name: 'fetched sources last',
    files: { ...VENV, '/home/u/.cache/necktie/libraries/mmdet/__init__.py': '' },
    env: { HOME: '/home/u' },
    roots: ['/ws', '/ws/.venv/lib/python3.11/site-packages', '/home/u/.cache/necktie/libraries'],
  },
  {
    name: 'a shim of pyenv: by the variable',
    files: PYENV,
    env: { PATH: '/home/u/.pyenv/shims:/usr/bin', PYENV_VERSION: '3.8.18' },
    roots: ['/ws', '/home/u/.pyenv/versions/3.8.18/lib/python3.8/site-packages'],
  },
  {
    name: 'a shim of pyenv: by .python-version in a folder above, the newest that begins so',
    files: { ...PYENV, '/.python-version': '3.11 # ours\n' },
    env: { PATH: '/home/u/.pyenv/shims' },
    roots: ['/ws', '/home/u/.pyenv/versions/3.11.12/lib/python3.11/site-packages'],
  },
  {
    name: 'a shim of pyenv: its own version',
    files: PYENV,
    env: { PATH: '/home/u/.pyenv/shims' },
    roots: ['/ws', '/home/u/.pyenv/versions/mm/lib/python3.10/site-packages'],
  },
  {
    name: 'a shim of pyenv that means the system',
    files: { ...PYENV, ...SYSTEM, '/ws/.python-version': 'system\n' },
    env: { PATH: '/home/u/.pyenv/shims:/usr/bin' },
    roots: ['/ws', '/usr/lib/python3/dist-packages'],
  },
  {
    name: 'a shim of pyenv that is set',
    files: PYENV,
    settings: { python: '/home/u/.pyenv/shims/python3' },
    env: { PYENV_VERSION: '3.8.18' },
    roots: ['/ws', '/home/u/.pyenv/versions/3.8.18/lib/python3.8/site-packages'],
  },
  {
    name: 'a name on the path that is set',
    files: { ...PYENV, ...VENV },
    settings: { python: 'python3' },
    env: { PATH: '/nowhere:/home/u/.pyenv/shims', PYENV_VERSION: '3.11.9' },
    roots: ['/ws', '/home/u/.pyenv/versions/3.11.9/lib/python3.11/site-packages'],
  },
  {
    name: 'an executable that is a link to where it is installed',
    files: { '/home/u/bin/python3': '', '/opt/py311/lib/python3.11/os.py': '', '/opt/py311/lib/python3.11/site-packages/six.py': '' },
    links: { '/home/u/bin/python3': '/opt/py311/bin/python3.11' },
    env: { PATH: '/home/u/bin' },
    roots: ['/ws', '/opt/py311/lib/python3.11/site-packages'],
  },
  {
    name: "a virtual environment's executable, though it is a link",
    files: { ...VENV, '/ws/.venv/bin/python': '', '/opt/py/lib/python3.11/os.py': '', '/opt/py/lib/python3.11/site-packages/six.py': '' },
    links: { '/ws/.venv/bin/python': '/opt/py/bin/python3.11' },
    settings: { python: '\u0024{workspaceFolder}/.venv/bin/python' },
    roots: ['/ws', '/ws/.venv/lib/python3.11/site-packages'],
  },
  {
    name: 'a setting below the home folder',
    files: { '/home/u/envs/mm/lib/python3.9/site-packages/six.py': '' },
    settings: { python: '~/envs/mm' },
    env: { HOME: '/home/u' },
    roots: ['/ws', '/home/u/envs/mm/lib/python3.9/site-packages'],
  },
  {
    name: 'conda on Windows: the executable lies at the top',
    files: { 'C:/conda/envs/mm/python.exe': '', 'C:/conda/envs/mm/Lib/os.py': '', 'C:/conda/envs/mm/Lib/site-packages/six.py': '' },
    settings: { python: 'C:\\conda\\envs\\mm\\python.exe' },
    roots: ['/ws', 'C:/conda/envs/mm/Lib/site-packages'],
  },
  {
    name: 'packages of the user before those of the installation',
    files: { ...SYSTEM, '/home/u/.local/lib/python3.11/site-packages/six.py': '', '/usr/bin/python3.11': '' },
    settings: { python: '/usr/bin/python3.11' },
    env: { HOME: '/home/u' },
    roots: ['/ws', '/home/u/.local/lib/python3.11/site-packages', '/usr/lib/python3/dist-packages'],
  },
  {
    name: 'a src folder of the workspace, and PYTHONPATH of its .env',
    files: { '/ws/src/nets/__init__.py': '', '/ws/.env': 'A=1\nPYTHONPATH=./tools:\u0024{PYTHONPATH}\n' },
    roots: ['/ws', '/ws/src', '/ws/tools'],
  },
  { name: 'none, where none is wanted', files: VENV, settings: { environment: false }, roots: ['/ws'] },
  { name: 'folders that are named', files: VENV, settings: { sitePackages: ['/zoo/'] }, roots: ['/ws', '/zoo'] },
];

describe('environment', () => {
  it.each(CASES)('$name', ({ files, settings, env, links, roots }) => {
    const found = environmentOf(
      new MemoryHost(files, links),
      { workspace: ['/ws'], python: null, sitePackages: [], environment: true, ...settings },
      env ?? {},
    );
    expect(found.roots).toEqual(roots);
  });

  it('maps a package whose folder has another name', () => {
    const host = new MemoryHost({
      '/s/__editable___shapes_finder.py': "MAPPING = {'shapes': '/src/python', 'other': '/src/other'}\n",
      '/src/python/__init__.py': '',
      '/src/python/nets.py': '',
      '/src/other/__init__.py': '',
    });
    const environment = environmentOf(host, { workspace: [], python: null, sitePackages: ['/s'], environment: true }, {});
    expect(environment.roots).toEqual(['/s', '/src']);
    expect(packagesOf(host, environment).find('shapes.nets')).toEqual({ file: '/src/python/nets.py', package: false });
  });

  it('knows versions from the sources, else from what pip left, and says so in a line', () => {
    const host = new MemoryHost({
      ...VENV,
      '/ws/.venv/lib/python3.11/site-packages/mmdet/__init__.py': '',
      '/ws/.venv/lib/python3.11/site-packages/mmdet/version.py': "__version__ = '3.3.0'\n",
      '/ws/.venv/lib/python3.11/site-packages/mmcv/__init__.py': '',
      '/ws/.venv/lib/python3.11/site-packages/mmcv_lite-2.0.1.dist-info/METADATA': '',
    });
    const environment = environmentOf(host, { workspace: ['/ws'], python: null, sitePackages: [], environment: true }, {});
    expect(environment.description).toBe('.venv (Python 3.11): mmdet 3.3.0, mmcv 2.0.1');
  });

  it('finds the project that a file belongs to', () => {
    const host = new MemoryHost({ '/a/b/setup.py': '', '/a/b/configs/x/y.py': '' });
    expect(repositoryOf(host, '/a/b/configs/x/y.py')).toBe('/a/b');
    expect(repositoryOf(host, '/z/y.py')).toBe(null);
  });
});

describe('pins', () => {
  const PINS: readonly (readonly [files: Readonly<Record<string, string>>, name: string, pin: string | null])[] = [
    [{ '/ws/requirements.txt': 'torch\nmmdet==3.2.0\n' }, 'mmdet', '==3.2.0'],
    [{ '/ws/requirements/mminstall.txt': 'mmcv>=2.0.0rc4,<2.2.0\nmmengine>=0.7.1, <1.0.0\n' }, 'mmengine', '>=0.7.1,<1.0.0'],
    [{ '/ws/pyproject.toml': 'dependencies = ["mmdet ~= 3.1", "mmyolo"]\n' }, 'mmdet', '~=3.1'],
    [{ '/ws/requirements.txt': 'mmdet3d==1.0\nmmdet\n' }, 'mmdet', null],
    [{ '/ws/requirements.txt': 'my-mmdet==1.0\n' }, 'mmdet', null],
    [{ '/ws/requirements.txt': '# mmdet==2.0\nmmdet>=3.0  # mmdet==1.0\n' }, 'mmdet', '>=3.0'],
    [{ '/ws/requirements.txt': 'mmdet @ git+https://host.example/mmdetection.git@v3.1.0\n' }, 'mmdet', '==3.1.0'],
    [{ '/ws/requirements/mminstall.txt': 'mmcv>=2.0.0rc4,<2.1.0\nmmdet>=3.0.0\n' }, 'mmdet', '>=3.0.0'],
    [{ '/ws/setup.cfg': '[options]\ninstall_requires =\n    mmdet (>=3.0, <3.3)\n' }, 'mmdet', '>=3.0,<3.3'],
    [{ '/ws/setup.py': "setup(install_requires=['torch', 'mmdet==3.2.0'])\n" }, 'mmdet', '==3.2.0'],
    [{ '/ws/pyproject.toml': '[tool.poetry.dependencies]\nmmdet = "^3.1"\n' }, 'mmdet', '>=3.1,<4'],
    [{ '/ws/pyproject.toml': '[tool.poetry.dependencies]\nmmyolo = {version = "~0.5.0"}\n' }, 'mmyolo', '>=0.5.0,<0.6'],
    [{ '/ws/pyproject.toml': '[tool.poetry.dependencies]\nmmyolo = "^0.5.0"\n' }, 'mmyolo', '>=0.5.0,<0.6'],
    [{ '/ws/pyproject.toml': '[project]\nname = "mmdet"\nversion = "9.9"\n' }, 'mmdet', null],
    [{ '/ws/environment.yml': 'dependencies:\n  - conda-forge::mmdet=3.0.0\n  - pip:\n    - mmyolo==0.6.0\n' }, 'mmdet', '==3.0.0'],
    [{ '/ws/environment.yml': 'dependencies:\n  - mmdet=3.0.0\n  - pip:\n    - mmyolo==0.6.0\n' }, 'mmyolo', '==0.6.0'],
  ];
  it.each(PINS)('%j: %s is %s', (files, name, pin) => {
    expect(pinOf(new MemoryHost(files), '/ws', name)).toBe(pin);
  });
});
