/** `necktie fetch`: lays libraries' sources out in Necktie's own cache, with the user's pip, without what they depend on. Nothing of it is ever run. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { assets } from '../project/assets.ts';
import { NodeHost } from '../project/node-host.ts';
import { libraryCache } from '../registry/environment.ts';
import { satisfies, versionsFolder } from '../registry/fetched.ts';
import { pythonsOf } from '../registry/interpreter.ts';
import { packagesOf } from '../registry/packages.ts';
import { pinOf } from '../registry/pins.ts';
import { loadSnapshot } from '../registry/snapshot.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, type Io, Misuse } from './command.ts';
import { placeOf, withPlace } from './place.ts';

export const fetchCommand: Command = {
  name: 'fetch',
  usage: `necktie fetch PACKAGE… [--python PATH] [--root DIR]
  PACKAGE                mmdet, mmyolo==0.6.0 …; without a version the one that the workspace asks for, else the one that Necktie knows best
  --python PATH          the Python, or virtual environment, whose pip is used (default: the selected environment's, else python3)
  --root DIR             the workspace (default: here)`,
  async run(args, io) {
    const given = new Arguments(args, withPlace({}));
    if (given.rest.length === 0) throw new Misuse('name a package');
    const odd = given.rest.find(name => !/^[A-Za-z][\w.-]*(?:\[[\w,]+\])?(?:[=<>!~]=?=?[\w.*+!,<>=~-]+)?$/.test(name));
    if (odd) throw new Misuse(`${odd} is no package's name`);
    const cache = libraryCache(io.env);
    if (!cache) throw new Misuse('there is no home folder to keep a cache in: set XDG_CACHE_HOME');
    const place = placeOf(given, io);
    const host = new NodeHost();
    const wanted = given.rest.map(name => requirement(host, place.root, name));
    mkdirSync(cache, { recursive: true });
    for (const written of wanted) setAside(host, cache, written);
    if (io.showsProgress) io.err(`Fetching ${wanted.join(', ')} …\n`);
    const pythons = pythonsOf(host, { workspace: [place.root], python: place.python }, io.env);
    let end: End = { kind: 'absent', python: pythons[0] ?? 'python3' };
    // An environment may well have no pip of its own.
    for (const python of pythons) if (isWithoutPip(end)) end = await pip(python, wanted, cache, io);
    if (end.kind === 'absent') {
      io.err(
        `necktie fetch: there is no ${end.python}. Install Python 3 with pip, or name one: --python PATH. Until then Necktie uses its bundled facts.\n`,
      );
      return EXIT.errors;
    }
    if (end.kind === 'failed') {
      io.err(
        isWithoutPip(end)
          ? `necktie fetch: this Python has no pip. Install it (python3 -m ensurepip, or your system's python3-pip), or name another Python: --python PATH.\n`
          : `necktie fetch: pip could not fetch ${wanted.join(', ')}:\n${end.output.trim().split('\n').slice(-6).join('\n')}\n`,
      );
      return EXIT.errors;
    }
    io.out(`${wanted.join(', ')}: in ${cache}\n`);
    return EXIT.fine;
  },
};

/** mmcv's own package is compiled against one PyTorch; mmcv-lite has the same Python sources. */
const DISTRIBUTIONS: Readonly<Record<string, string>> = { mmcv: 'mmcv-lite' };

function requirement(host: NodeHost, root: string, name: string): string {
  const [, plain = name, version = ''] = /^([\w.-]+?)((?:\[[\w,]+\])?[=<>!~].*)?$/.exec(name) ?? [];
  const distribution = DISTRIBUTIONS[plain] ?? plain;
  if (version) return `${distribution}${version}`;
  const pin = pinOf(host, root, plain) ?? pinOf(host, root, distribution);
  const known = loadSnapshot(assets.facts).versions.get(plain);
  return `${distribution}${pin ?? (known ? `==${known}` : '')}`;
}

/** What pip would take away, another workspace may have asked for: it goes among the older versions, where those that ask for it find it. */
function setAside(host: NodeHost, cache: string, wanted: string): void {
  const [, distribution = '', pin = ''] = /^([\w.-]+?)(?:\[[\w,]+\])?((?:[=<>!~].*)?)$/.exec(wanted) ?? [];
  const name = Object.entries(DISTRIBUTIONS).find(([, other]) => other === distribution)?.[0] ?? distribution;
  const version = packagesOf(host, { roots: [cache], description: '' }).version(name);
  const folder = `${cache}/${name}`;
  if (version === null || satisfies(version, pin) || host.kind(folder) !== 'folder') return;
  const target = `${versionsFolder(cache)}/${name}-${version}`;
  if (host.kind(target) === null) {
    mkdirSync(target, { recursive: true });
    cpSync(folder, `${target}/${name}`, { recursive: true });
  }
}

type End =
  | { readonly kind: 'done' }
  | { readonly kind: 'absent'; readonly python: string }
  | { readonly kind: 'failed'; readonly output: string };

const isWithoutPip = (end: End): boolean => end.kind === 'absent' || (end.kind === 'failed' && /No module named pip/.test(end.output));

function pip(python: string, wanted: readonly string[], target: string, io: Io): Promise<End> {
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile', '--upgrade', '--target', target];
  return new Promise(done => {
    const child = spawn(python, ['-m', 'pip', 'install', ...options, ...wanted], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...io.env },
      signal: io.signal,
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', error =>
      done('code' in error && error.code === 'ENOENT' ? { kind: 'absent', python } : { kind: 'failed', output: error.message }),
    );
    child.on('close', code => done(code === 0 ? { kind: 'done' } : { kind: 'failed', output }));
  });
}
