/** `necktie fetch`: lays libraries' sources out in Necktie's own cache, with the user's pip, without what they depend on. Nothing of it is ever run. */
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
import { type Command, EXIT, Misuse } from './command.ts';
import { pipComplaint, pipInstall } from './pip.ts';
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
    const complaint = pipComplaint(
      await pipInstall(pythons, ['--upgrade', '--target', cache, ...wanted], io),
      wanted.join(', '),
      ' Until then Necktie uses its bundled facts.',
    );
    if (complaint !== null) {
      io.err(`necktie fetch: ${complaint}\n`);
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
