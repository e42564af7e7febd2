/** `necktie detect`: runs a config's detector on pictures. */
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DEVICE_NAMES, fullName, providersFor } from '../../runtime/index.ts';
import { cocoText } from '../detect/coco-text.ts';
import { detector, type Found, type Wish } from '../detect/detect.ts';
import { findAll } from '../detect/find-all.ts';
import type { DetectResult } from '../protocol.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, type Io, Misuse } from './command.ts';
import { drawnNames } from './drawn-names.ts';
import { openProject } from './open-project.ts';
import { type Paint, painter } from './paint.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';
import { problemText } from './problem-text.ts';
import { progressBar } from './progress-bar.ts';
import { makeFolder, reasonOf, writeFile } from './write-file.ts';

/** What is shown where nobody says: mmyolo's own demo takes the same. */
const SHOWN = 0.3;
const PICTURE = /\.(jpe?g|png|webp|tiff?|gif|avif|bmp)$/i;

export const detectCommand: Command = {
  name: 'detect',
  usage: `necktie detect CONFIG [--checkpoint FILE] IMAGE… [--device NAME] [--half] [--score-thr X] [--save DIR] [--coco-json FILE] [--json]

  CONFIG                 the config of a detector
  IMAGE                  a picture, or a folder: every picture in it
  --checkpoint FILE      .pth, .safetensors, or .onnx that necktie export wrote (default: looked for in work_dirs and beside the config)
  --device NAME          ${DEVICE_NAMES.join(', ')} (default: auto, a GPU where one works); a second GPU is cuda:1
  --half                 in half precision: faster on GPUs with units for it; scores move in the third digit
  --score-thr X          drops detections that score no more (default: ${SHOWN}; with --json what the config's own test_cfg lets through)
  --save DIR             writes the pictures there with their boxes drawn
  --coco-json FILE       writes all detections there as one file in COCO's form, with their scores
  --json                 a line of JSON a picture, as soon as it is known
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(
      args,
      withPlace({ flags: ['json', 'half'], values: ['checkpoint', 'device', 'score-thr', 'save', 'coco-json'] }),
    );
    const place = placeOf(given, io);
    const [config, ...images] = given.rest.map(path => resolve(io.cwd, path));
    if (config === undefined || images.length === 0) throw new Misuse('a config and a picture are needed');
    const device = given.value('device') ?? 'auto';
    if (!providersFor(device)) throw new Misuse(`--device is one of ${DEVICE_NAMES.join(', ')}, not ${device}`);
    const checkpoint = given.value('checkpoint');
    const threshold = given.number('score-thr') ?? (given.flag('json') ? null : SHOWN);
    const project = await openProject(place, io);
    if (project.host.kind(config) !== 'file') throw new Misuse(`there is no ${config}`);
    const pictures = images.flatMap(path =>
      project.host.kind(path) === 'folder'
        ? project.host.list(path).flatMap(e => (e.kind === 'file' && PICTURE.test(e.name) ? [join(path, e.name)] : []))
        : [path],
    );
    if (pictures.length === 0) {
      io.err(
        `There is no picture in ${images.map(path => relative(io.cwd, path) || '.').join(', ')}. Folders within are not looked through.\n`,
      );
      return EXIT.errors;
    }
    const save = given.value('save');
    const drawn = save === undefined ? null : drawnNames(resolve(io.cwd, save), pictures);
    const tell = given.flag('json') ? json : prose(painter(io.colours));
    const cocoJson = given.value('coco-json');
    const bar = progressBar(io);
    const results: DetectResult[] = [];
    let failed = false;
    let done = 0;
    const halfPrecision = given.flag('half') ? 'on' : 'off';
    const wish: Wish = { config, checkpoint: checkpoint === undefined ? null : resolve(io.cwd, checkpoint), device, halfPrecision };
    const find = detector().series(project, wish, { signal: io.signal, progress: ({ phase }) => bar.phase(phase) });
    try {
      for await (const { image, answer } of findAll(pictures, find)) {
        bar.clear();
        if ('result' in answer) {
          const kept = above(answer, threshold);
          io.out(tell(kept));
          if (cocoJson !== undefined) results.push(kept.result);
          if (drawn && !(await saveDrawn(kept.result, drawn(image), io))) failed = true;
        } else {
          if (answer.code === 'cancelled') return EXIT.interrupted;
          failed = true;
          io.err(`${basename(image)}: ${problemText(answer)}`);
          // What is wrong with the config or the checkpoint is wrong for every picture.
          if (answer.code !== 'image-unreadable' && answer.code !== 'child-died') break;
        }
        if (pictures.length > 1) bar.update(++done, pictures.length, basename(image));
      }
    } finally {
      bar.clear();
      detector().close();
    }
    if (cocoJson !== undefined && !saveText(resolve(io.cwd, cocoJson), cocoText(results), io)) failed = true;
    return failed ? EXIT.errors : EXIT.fine;
  },
};

const above = ({ result, seen }: Found, threshold: number | null): Found => ({
  result: threshold === null ? result : { ...result, detections: result.detections.filter(d => d.score > threshold) },
  seen,
});

/** The fields that the detections of the real libraries are recorded with. */
function json({ result, seen }: Found): string {
  const { prepare, network, decode } = result.timings;
  const round = (n: number): number => Math.round(n * 1000) / 1000;
  const { top, bottom, left, right } = seen.padding;
  return `${JSON.stringify({
    image: basename(result.image),
    width: result.width,
    height: result.height,
    input_shape: seen.inputShape,
    scale_factor: seen.scale,
    pad_param: [top, bottom, left, right],
    detections: result.detections,
    timings: { pipeline: round(prepare), forward: round(network), postprocess: round(decode), total: round(prepare + network + decode) },
    provider: result.provider,
    half: result.half,
    weights: result.weights,
  })}\n`;
}

function prose(paint: Paint): (found: Found) => string {
  // What holds for all pictures is said with the first.
  let first = true;
  return ({ result }) => {
    const { image, width, height, detections, timings, provider, half, refused, weights } = result;
    const total = timings.prepare + timings.network + timings.decode;
    const count = `${detections.length} ${detections.length === 1 ? 'detection' : 'detections'}`;
    const origin = weights.path === null ? 'random weights' : basename(weights.path);
    const lines = [
      `${paint('bold', basename(image))} ${width} × ${height}: ${count}, ${total.toFixed(1)} ms on ${fullNameOf(provider)}${half ? ' in half precision' : ''} with ${origin}`,
      ...(weights.note === null || !first ? [] : [paint('yellow', weights.note)]),
      ...(first ? refused : []).map(r =>
        paint('dim', r.provider === provider ? r.reason : `${fullNameOf(r.provider)} not used: ${r.reason}`),
      ),
      ...table(detections, paint),
    ];
    first = false;
    return `${lines.join('\n')}\n`;
  };
}

function table(detections: DetectResult['detections'], paint: Paint): readonly string[] {
  const wide = Math.max(0, ...detections.map(d => d.name.length));
  return detections.map(
    ({ name, score, bbox }) =>
      `  ${name.padEnd(wide)}  ${paint('cyan', score.toFixed(3))}  ${bbox.map(side => side.toFixed(1).padStart(7)).join(' ')}`,
  );
}

const fullNameOf = (provider: string): string => {
  const [known] = providersFor(provider) ?? [];
  return known ? fullName(known) : provider;
};

/** Whether it could be written. Drawing needs the decoder, which nothing else here does. */
async function saveDrawn({ image, detections, classes, palette }: DetectResult, to: string, io: Io): Promise<boolean> {
  const { draw } = await import('../../runtime/image/draw.ts');
  try {
    makeFolder(dirname(to));
    await draw(image, to, detections, { classes, palette });
    io.err(`wrote ${to}\n`);
    return true;
  } catch (e) {
    io.err(`${to} cannot be written: ${reasonOf(e)}.\n`);
    return false;
  }
}

/** Whether it could be written. */
function saveText(to: string, text: string, io: Io): boolean {
  const reason = writeFile(to, text);
  io.err(reason === null ? `wrote ${to}\n` : `${to} cannot be written: ${reason}.\n`);
  return reason === null;
}
