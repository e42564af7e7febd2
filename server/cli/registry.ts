/** `necktie registry`: every registered type and what it takes, from the environment's sources or the bundled facts. */
import { assets } from '../project/assets.ts';
import { diskStore } from '../project/disk-store.ts';
import { NodeHost } from '../project/node-host.ts';
import type { Entry } from '../registry/entry.ts';
import { environmentOf } from '../registry/environment.ts';
import { createRegistry } from '../registry/registry.ts';
import { loadSnapshot } from '../registry/snapshot.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT } from './command.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';

export const registryCommand: Command = {
  name: 'registry',
  usage: `necktie registry [LIBRARY…] [--json]
  LIBRARY                mmdet, mmyolo …; all that are known where none is named
  --json                 one record a line
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(args, withPlace({ flags: ['json'] }));
    const place = placeOf(given, io);
    const host = new NodeHost();
    const environment = environmentOf(host, { ...place, workspace: [place.root] }, io.env);
    const snapshot = loadSnapshot(assets.facts);
    const registry = createRegistry(host, environment, snapshot, diskStore(io.env, 'registry'));
    const ownName = new Map(snapshot.registries.map(fact => [`${fact.scope} ${fact.root}`, fact.name]));
    if (!given.flag('json')) io.out(`${environment.description}\n`);
    for (const library of given.rest.length > 0 ? given.rest : registry.libraries.keys()) {
      const entries = registry.entriesOf(library).filter(entry => entry.under !== null);
      if (!given.flag('json')) {
        const known = registry.libraries.get(library);
        io.out(
          `\n${library} ${known?.version ?? ''} (${known?.root === 'snapshot' ? 'bundled facts' : (known?.root ?? 'not found')}): ${entries.length} types\n`,
        );
      }
      for (const entry of entries) {
        const label = `${entry.under}::${ownName.get(`${entry.under} ${entry.registry}`) ?? entry.registry}`;
        io.out(given.flag('json') ? `${JSON.stringify(record(entry, label))}\n` : `  ${label} ${entry.name}(${shown(entry)})\n`);
      }
    }
    return EXIT.fine;
  },
};

const shown = (entry: Entry): string =>
  [
    ...entry.parameters.map(parameter => (parameter.required ? parameter.name : `${parameter.name}=${parameter.default}`)),
    ...(entry.open ? ['**'] : []),
  ].join(', ');

/** As the reference tool prints it: the constructor's own parameters, and apart from them those that `**kwargs` reach. With the choices of those that have any. */
function record(entry: Entry, registry: string): object {
  const { variadic } = entry;
  const parameter = ({ name, required, default: fallback, annotation, choices }: Entry['parameters'][number]) => ({
    name,
    default: fallback,
    required,
    annotation,
    ...(choices && { choices }),
  });
  const rest = [
    ...(variadic.args ? [{ name: variadic.args, kind: 'var_positional', default: null, required: false, annotation: null }] : []),
    ...(variadic.kwargs ? [{ name: variadic.kwargs, kind: 'var_keyword', default: null, required: false, annotation: null }] : []),
  ];
  return {
    registry,
    name: entry.name,
    target: entry.target,
    kind: entry.kind,
    file: entry.source?.file ?? null,
    line: entry.source?.line ?? null,
    parameters: [...entry.parameters.filter(told => told.from === undefined).map(parameter), ...rest],
    accepts_kwargs: variadic.kwargs !== null,
    via_kwargs: entry.parameters.filter(told => told.from !== undefined).map(told => ({ ...parameter(told), from: told.from })),
    open: entry.open,
  };
}
