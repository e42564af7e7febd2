/** `necktie export`: writes a config's model with its weights as one ONNX file. */
import { basename, resolve } from 'node:path';
import { exportModel } from '../detect/export.ts';
import { Phases } from '../detect/phases.ts';
import { DetectFailure } from '../detect/problem.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, Misuse } from './command.ts';
import { openProject } from './open-project.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';
import { problemText } from './problem-text.ts';
import { writeFile } from './write-file.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: `necktie export CONFIG [--checkpoint FILE] -o MODEL.onnx [--size W H] [--dynamic-batch] [--nms] [--half]

  CONFIG                 the config of a detector
  --checkpoint FILE      .pth or .safetensors (default: looked for in work_dirs and beside the config; without any, random weights)
  -o MODEL.onnx          the file to write. Beside the config and with its name, it is found by itself
  --size W H             of the input, where the test pipeline makes pictures of changing sizes (default: the largest that it makes)
  --dynamic-batch        for any number of pictures at once
  --nms                  boxes out of the model, decoded and suppressed as test_cfg says: boxes, scores, labels; in the network's pixels
  --half                 in half precision: weights and most of the computing in float16; input and outputs stay float32
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(
      args,
      withPlace({ flags: ['dynamic-batch', 'nms', 'half'], values: ['checkpoint', 'o', 'output'], pairs: ['size'] }),
    );
    const [config, more] = given.rest.map(path => resolve(io.cwd, path));
    const output = given.value('o') ?? given.value('output');
    if (config === undefined || more !== undefined) throw new Misuse('one config is needed');
    if (output === undefined) throw new Misuse('-o MODEL.onnx is needed');
    const project = await openProject(placeOf(given, io), io);
    if (project.host.kind(config) !== 'file') throw new Misuse(`there is no ${config}`);
    const checkpoint = given.value('checkpoint');
    const phases = new Phases(config, ({ phase }) => (io.showsProgress ? io.err(`\r\u001b[K${phase}…`) : undefined));
    try {
      const { model, weights } = await exportModel(
        project,
        {
          file: config,
          checkpoint: checkpoint === undefined ? null : resolve(io.cwd, checkpoint),
          dynamicBatch: given.flag('dynamic-batch'),
          nms: given.flag('nms'),
          half: given.flag('half'),
          size: given.pair('size') ?? null,
        },
        phases,
      );
      if (io.showsProgress) io.err('\r\u001b[K');
      const to = resolve(io.cwd, output);
      const reason = writeFile(to, model);
      if (reason !== null) {
        io.err(`${output} cannot be written: ${reason}. Choose another place.\n`);
        return EXIT.errors;
      }
      io.out(
        `${output}: ${(model.length / 1e6).toFixed(2)} MB, ${weights.path === null ? 'with random weights: no checkpoint was found' : `with the weights of ${basename(weights.path)}`}\n`,
      );
      return EXIT.fine;
    } catch (e) {
      if (!(e instanceof DetectFailure)) throw e;
      if (io.showsProgress) io.err('\r\u001b[K');
      io.err(`${basename(config)}: ${problemText(e.problem)}`);
      return e.problem.code === 'cancelled' ? EXIT.interrupted : EXIT.errors;
    }
  },
};
