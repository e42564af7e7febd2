/** `necktie inspect`: what is in a checkpoint, and in what its config differs from another. */
import { basename, resolve } from 'node:path';
import { inspect } from '../detect/inspect.ts';
import { DetectFailure } from '../detect/problem.ts';
import { changedLines } from '../text/changed-lines.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, Misuse } from './command.ts';
import { openProject } from './open-project.ts';
import { painter } from './paint.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';
import { problemText } from './problem-text.ts';

export const inspectCommand: Command = {
  name: 'inspect',
  usage: `necktie inspect CHECKPOINT [CONFIG] [--config]

  CHECKPOINT             .pth or .safetensors: what its training said, and a table of its tensors
  CONFIG                 a config: the lines in which the checkpoint's own differs from it
  --config               prints the config that is in the checkpoint, and nothing else
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(args, withPlace({ flags: ['config'] }));
    const [checkpoint, config = null, ...more] = given.rest.map(path => resolve(io.cwd, path));
    if (checkpoint === undefined || more.length) throw new Misuse('a checkpoint is needed, and at most one config');
    const project = await openProject(placeOf(given, io), io);
    if (config !== null && project.host.kind(config) !== 'file') throw new Misuse(`there is no ${config}`);
    try {
      const { text, config: inside, other } = inspect(project, checkpoint, config);
      if (given.flag('config') || config !== null) {
        if (inside === null) {
          io.err(`${basename(checkpoint)} holds no config.\n`);
          return EXIT.errors;
        }
        if (given.flag('config')) {
          io.out(inside);
          return EXIT.fine;
        }
      }
      if (config === null || inside === null) {
        io.out(text);
        return EXIT.fine;
      }
      const paint = painter(io.colours);
      const lines = changedLines(inside.split('\n'), (other ?? '').split('\n')).flatMap(({ kind, text: line }) =>
        kind === 'same' ? [] : [paint(kind === 'removed' ? 'red' : 'green', `${kind === 'removed' ? '-' : '+'} ${line}`)],
      );
      io.out(
        lines.length
          ? `--- in ${basename(checkpoint)}\n+++ ${basename(config)}\n${lines.join('\n')}\n`
          : 'The config in the checkpoint is the same.\n',
      );
      return EXIT.fine;
    } catch (e) {
      if (!(e instanceof DetectFailure)) throw e;
      io.err(`necktie inspect: ${problemText(e.problem)}`);
      return EXIT.errors;
    }
  },
};
