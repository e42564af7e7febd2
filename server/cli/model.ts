/** `necktie model`: what PyTorch makes of a config's model: stages, shapes, strides, parameters, MACs, and what does not fit. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fromJson, literalValue, withOptions } from '../model/options.ts';
import type { Verdict } from '../model/verdict.ts';
import type { NetworkDescription } from '../picture/description.ts';
import { drawNetwork, fileWidth } from '../picture/draw-network.ts';
import { LIGHT, svgText } from '../picture/svg-text.ts';
import { Project } from '../project/project.ts';
import { Room } from '../project/room.ts';
import { DEFAULT_SETTINGS } from '../project/settings.ts';
import type { Site, Value } from '../python/value.ts';
import { packagesOf } from '../registry/packages.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, Misuse } from './command.ts';
import { type Case, namedRoots, readCase } from './model/cases.ts';
import { verdictRecord } from './model/record.ts';
import { blamedSites } from './model/sites.ts';
import { stagesText } from './model/stages.ts';
import { moduleRecords, treeText } from './model/tree.ts';
import { painter } from './paint.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';
import { writeFile } from './write-file.ts';

interface Judged {
  readonly verdict: Verdict;
  readonly sites: ReturnType<typeof blamedSites>;
  readonly network: NetworkDescription<Site> | null;
}

export const modelCommand: Command = {
  name: 'model',
  usage: `necktie model FILE… [--size W H] [--state-dict] [--set path=value …] [--tree] [--depth N] [--svg FILE]
              [--jsonl CASES] [--json]

  FILE                   a config; $MMYOLO/… means the library's own configs
  --size W H             of the picture, in place of the config's own
  --set path=value …     values laid over the config: model.neck.in_channels=[1,2,3]
  --state-dict           with --json: every name of the state dict and its shape
  --tree                 every module: its class, what it gives, its parameters and MACs
  --depth N              with --tree: modules down to so many steps below the model
  --svg FILE             the network as a picture: backbone, neck, head, and the levels between them
  --jsonl CASES          cases, one a line: {"id", "config" or "text", "set", "size"}; - reads standard input
  --json                 one record a config, a line each
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(
      args,
      withPlace({ flags: ['json', 'state-dict', 'tree'], values: ['jsonl', 'depth', 'svg'], pairs: ['size'], assignments: ['set'] }),
    );
    const cases = given.value('jsonl');
    if (!given.rest.length && cases === undefined) throw new Misuse('no config is named');
    const { root, python, sitePackages, environment } = placeOf(given, io);
    const open = (): Promise<Project> =>
      Project.open(null, {
        models: true,
        roots: [root],
        settings: { ...DEFAULT_SETTINGS, python, sitePackages, environment },
        env: io.env,
        cancel: io.cancel,
      });
    let project = await open();
    const room = new Room();
    const { expand, shorten } = namedRoots(io.env, packagesOf(project.host, project.environment).folder),
      paint = painter(io.colours);
    const depth = given.number('depth'),
      picture = given.value('svg');
    if (depth !== undefined && (!Number.isInteger(depth) || depth < 1)) throw new Misuse('--depth takes a whole number above zero');
    if (picture !== undefined && (given.rest.length !== 1 || cases !== undefined)) throw new Misuse('--svg draws one config');
    const size = given.pair('size'),
      json = given.flag('json') || cases !== undefined;
    const options = new Map(
      given.assignments('set').map(([path, text]): [string, Value] => [path, literalValue(text, project.configs.parse)]),
    );

    const judge = (one: Case): Judged => {
      const file = one.text === null ? resolve(io.cwd, expand(one.config ?? '')) : `${root}/case.py`;
      const restore = one.text === null ? null : project.host.lay(file, expand(one.text));
      try {
        if (project.host.kind(file) === null && one.text === null) throw new Misuse(`there is no ${file}`);
        const config = withOptions(
          project.config(file),
          new Map([...options, ...Object.entries(one.set).map(([path, v]): [string, Value] => [path, fromJson(v)])]),
        );
        const asked = size ?? one.size;
        if (!project.models) throw new Error('models are not run here');
        const request = { config, stateDict: given.flag('state-dict'), ...(asked && { size: asked }) };
        const judged =
          !json || given.flag('tree') || picture !== undefined
            ? project.models.described(request)
            : { verdict: project.models.verdict(request), network: null };
        return { ...judged, sites: json ? blamedSites(project, root, config, judged.verdict) : [] };
      } finally {
        restore?.();
      }
    };

    let wrong = false;
    const all: Case[] = given.rest.map(config => ({ id: null, config, text: null, set: {}, size: null }));
    if (cases !== undefined)
      all.push(
        ...readFileSync(cases === '-' ? 0 : resolve(io.cwd, cases), 'utf8')
          .split('\n')
          .filter(line => line.trim())
          .map(readCase),
      );
    for (const [i, one] of all.entries()) {
      if (io.signal.aborted) return EXIT.interrupted;
      if (io.showsProgress) io.err(`\r\u001b[K${i + 1}/${all.length} ${one.id ?? one.config ?? ''}`);
      const started = performance.now(),
        { verdict, network, sites } = judge(one);
      if (io.showsProgress) io.err('\r\u001b[K');
      wrong ||= verdict.ok === false;
      const named = {
        ...(one.id !== null && { id: one.id }),
        ...(one.config !== null && { config: one.config }),
        ...(Object.keys(one.set).length > 0 && { set: one.set }),
      };
      if (json)
        io.out(
          `${JSON.stringify({ ...named, ...verdictRecord(verdict, shorten), ...(sites.length > 0 && { sites }), ...(network && given.flag('tree') && { modules: moduleRecords(network, depth) }), seconds: Math.round(performance.now() - started) / 1000 })}\n`,
        );
      else {
        io.out(`${i ? '\n' : ''}${stagesText(one.config ?? '', verdict, network, paint)}`);
        if (network && given.flag('tree')) io.out(`\n${treeText(network, depth, paint)}`);
      }
      if (network && picture !== undefined) {
        const svg = svgText(drawNetwork(network, { width: fileWidth(network) }), LIGHT, basename(one.config ?? ''));
        const reason = writeFile(resolve(io.cwd, picture), svg);
        if (reason !== null) {
          io.err(`${picture} cannot be written: ${reason}.\n`);
          return EXIT.errors;
        }
      }
      // Lets Ctrl+C arrive.
      await new Promise(setImmediate);
      if (room.isFull()) {
        project.writeCaches();
        project = await open();
        await new Promise(setImmediate);
        room.emptied();
      }
    }
    return wrong ? EXIT.errors : EXIT.fine;
  },
};
