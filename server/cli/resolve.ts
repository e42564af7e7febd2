/** `necktie resolve`: configs as mmengine merges them. */
import { relative, resolve } from 'node:path';
import { configAsPython } from '../config/as-python.ts';
import { canonicalRecord } from '../config/canonical.ts';
import { configContext, type ResolvedConfig, resolveConfigs } from '../config/index.ts';
import { originLines } from '../config/origin-lines.ts';
import { assets } from '../project/assets.ts';
import type { Host } from '../project/host.ts';
import { NodeHost } from '../project/node-host.ts';
import { environmentOf } from '../registry/environment.ts';
import { foldersOf } from '../registry/import-search.ts';
import { isOwnFile } from '../registry/own-file.ts';
import { openParser } from '../syntax/parse.ts';
import { Lines } from '../text/lines.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, Misuse } from './command.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';

export const resolveCommand: Command = {
  name: 'resolve',
  usage: `necktie resolve FILE… [--canonical] [--origins]

  --canonical            one JSON record a config, from which nothing is lost
  --origins              a line for each value: where its key and value are written, what it comes from, what it overrides
${PLACE_USAGE}`,
  async run(args, io) {
    const options = new Arguments(args, withPlace({ flags: ['canonical', 'origins'] }));
    if (!options.rest.length) throw new Misuse('which FILE?');
    const place = placeOf(options, io);
    const host = new NodeHost();
    const known = environmentOf(host, { ...place, workspace: [place.root] }, io.env),
      { roots, mappings, pythonMinor } = known;
    const environment = new Map(Object.entries(io.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
    const parse = await openParser(assets.parserWasm, assets.grammarWasm);
    const context = configContext({
      host,
      parse,
      roots,
      environment,
      startedIn: file => foldersOf(host, known, file),
      isOwn: file => isOwnFile(known, file),
      limits: { cancel: io.cancel },
      ...(mappings && { packages: mappings }),
      // Of the Python that was asked for; one that happens to be on the path says nothing of where the config is run.
      ...(place.python !== null && pythonMinor !== undefined && { pythonMinor }),
    });
    const named = (file: string): string => slashes(relative(place.root, file));
    const show = (config: ResolvedConfig): string => {
      if (options.flag('canonical')) return `${JSON.stringify(canonicalRecord(named(config.file), config))}\n`;
      return options.flag('origins')
        ? originLines(config, {
            place: site => placeIn(host, site.file, site.start, named),
            text: ({ file, start, end }) => (host.read(file) ?? '').slice(start, end),
          })
            .map(line => `${line}\n`)
            .join('')
        : configAsPython(config);
    };
    let failed = false;
    for (const path of options.rest) {
      const files = filesIn(host, slashes(resolve(io.cwd, path)));
      if (!files.length) throw new Misuse(`there is no config ${path}`);
      for (const config of resolveConfigs(context, files)) {
        if (io.signal.aborted) return EXIT.interrupted;
        if (!config.ok) failed = true;
        io.out(show(config));
        // In a canonical record the error is told already.
        if (!options.flag('canonical'))
          for (const p of config.problems) io.err(`${placeIn(host, p.site.file, p.site.start, named)}: ${p.errorType}: ${p.message}\n`);
      }
    }
    return failed && !options.flag('canonical') ? EXIT.errors : EXIT.fine;
  },
};

const slashes = (path: string): string => path.replace(/\\/g, '/');

/** A file, or every config in a folder: those of a folder before those of the folders in it. */
function filesIn(host: Host, path: string): readonly string[] {
  if (host.kind(path) !== 'folder') return host.kind(path) === 'file' ? [path] : [];
  const entries = host.list(path);
  const isConfig = (name: string): boolean => /\.(py|json|ya?ml)$/.test(name) && name !== '__init__.py' && !name.includes('metafile');
  const own = entries.filter(e => e.kind === 'file' && isConfig(e.name)).map(e => `${path}/${e.name}`);
  return [...own, ...entries.filter(e => e.kind === 'folder').flatMap(e => filesIn(host, `${path}/${e.name}`))];
}

/** `configs/a.py:12:5`. */
function placeIn(host: Host, file: string, offset: number, named: (file: string) => string): string {
  const { line, character } = new Lines(host.read(file) ?? '').position(offset);
  return `${named(file)}:${line + 1}:${character + 1}`;
}
