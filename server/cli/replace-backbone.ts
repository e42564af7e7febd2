/** `necktie replace-backbone`: writes a config that puts another backbone under a config's neck and head, and has run it before. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { replaceBackbone } from '../replace/replace-backbone.ts';
import { edited } from '../rules/edited.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, Misuse } from './command.ts';
import { stagesText } from './model/stages.ts';
import { openProject } from './open-project.ts';
import { painter } from './paint.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';
import { writeFile } from './write-file.ts';

export const replaceBackboneCommand: Command = {
  name: 'replace-backbone',
  usage: `necktie replace-backbone CONFIG TYPE [--set name=value …] [--out FILE | --in-place] [--force] [--print] [--json]

  CONFIG                 whose neck and head stay
  TYPE                   mmdet.ResNet, mmpretrain.ConvNeXt, timm/efficientnet_b1, a type of your own …
  --set name=value …     arguments of the backbone: depth=101 arch="'base'"
  --out FILE             where to write; beside CONFIG by default
  --in-place             changes CONFIG itself
  --force                writes over a file that is there
  --print                prints the config instead
  --json                 one record: file, text, levels, verdict
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(args, withPlace({ flags: ['print', 'json', 'force', 'in-place'], values: ['out'], assignments: ['set'] }));
    const [config, type, ...more] = given.rest;
    if (config === undefined || type === undefined || more.length) throw new Misuse('a config and a type are needed');
    const file = resolve(io.cwd, config);
    if (!existsSync(file)) throw new Misuse(`there is no ${file}`);
    const project = await openProject(placeOf(given, io), io);
    const done = replaceBackbone(project, { file, type, set: new Map(given.assignments('set')) });
    if (done.kind === 'refused') {
      if (given.flag('json')) io.out(`${JSON.stringify({ config, type, refused: done.reason })}\n`);
      else {
        const say = done.lacking?.length ? `: say it with ${done.lacking.map(name => `--set ${name}=…`).join(' ')}` : '.';
        io.err(`${done.reason}${say}\n`);
      }
      return EXIT.errors;
    }
    const inPlace = given.flag('in-place');
    if (inPlace && !done.edits) {
      io.err(
        `${type}: it fits, but ${config} is written in a way that cannot be edited so: leave out --in-place for a config of its own.\n`,
      );
      return EXIT.errors;
    }
    const text = inPlace && done.edits ? edited(project.host.read(file) ?? '', done.edits) : done.text;
    const out = inPlace ? file : given.value('out') === undefined ? done.file : resolve(io.cwd, given.value('out') ?? '');
    if (given.flag('json')) {
      const { verdict, levels } = done;
      io.out(
        `${JSON.stringify({ config, type, file: out, text, levels, ok: verdict.ok, outputs: verdict.outputs, parameters: verdict.parameters, macs: verdict.macs })}\n`,
      );
      return EXIT.fine;
    }
    if (given.flag('print')) {
      io.out(text);
      return EXIT.fine;
    }
    if (existsSync(out) && !inPlace && !given.flag('force'))
      throw new Misuse(`${out} is there already: --force writes over it, --out names another`);
    const reason = writeFile(out, text);
    if (reason !== null) {
      io.err(`${out} cannot be written: ${reason}.\n`);
      return EXIT.errors;
    }
    io.out(`${stagesText(out, done.verdict, null, painter(io.colours))}\nWritten to ${out}\n`);
    return EXIT.fine;
  },
};
