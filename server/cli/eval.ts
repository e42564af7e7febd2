/** `necktie eval`: how good a detector is, in COCO's figures. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  AnnotationProblem,
  type CocoFigures,
  type CocoTruth,
  cocoFigures,
  cocoTruthOf,
  DEVICE_NAMES,
  FIGURE_NAMES,
  type FoundBox,
  foundBoxesOf,
  foundText,
  providersFor,
  type TruthCategory,
} from '../../runtime/index.ts';
import { detector, type Wish } from '../detect/detect.ts';
import { notesOf } from '../detect/detect-result.ts';
import { detectOnSet } from '../detect/evaluate.ts';
import { DetectFailure } from '../detect/problem.ts';
import { ValidationSets } from '../detect/validation-sets.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, type Io, Misuse } from './command.ts';
import { openProject } from './open-project.ts';
import { painter } from './paint.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';
import { problemText } from './problem-text.ts';
import { progressBar } from './progress-bar.ts';
import { writeFile } from './write-file.ts';

export const evalCommand: Command = {
  name: 'eval',
  usage: `necktie eval CONFIG [--checkpoint FILE] [--device NAME] [--half] [--save FILE] [--json]
       necktie eval CONFIG --detections FILE [--json]
       necktie eval --truth FILE --detections FILE [--json]

  CONFIG                 the config of a detector: its val_dataloader's pictures, judged by its val_evaluator's annotation file
  --checkpoint FILE      .pth, .safetensors, or .onnx that necktie export wrote (default: looked for in work_dirs and beside the config)
  --device NAME          ${DEVICE_NAMES.join(', ')} (default: auto, a GPU where one works)
  --half                 in half precision: the figures are those of it
  --save FILE            writes the detections there, as COCO's result files hold them
  --detections FILE      judges these instead of running the model
  --truth FILE           an annotation file in COCO's form, in place of a config's
  --json                 {"stats": the twelve figures, "per_class": {name: [AP, AP50, AP75]}}, -1 where there is nothing to find
${PLACE_USAGE}`,
  async run(args, io) {
    const values = ['checkpoint', 'device', 'save', 'detections', 'truth'];
    const given = new Arguments(args, withPlace({ flags: ['json', 'half'], values }));
    const [config, more] = given.rest.map(path => resolve(io.cwd, path));
    const [truth, detections, save] = ['truth', 'detections', 'save'].map(name => {
      const value = given.value(name);
      return value === undefined ? null : resolve(io.cwd, value);
    });
    if (more !== undefined) throw new Misuse('one config is needed');
    if (config === undefined ? !truth || !detections : truth) throw new Misuse('a config is needed, or --truth with --detections');
    if (detections && save) throw new Misuse('--save writes what was detected, and --detections detects nothing');
    const device = given.value('device') ?? 'auto';
    if (!providersFor(device)) throw new Misuse(`--device is one of ${DEVICE_NAMES.join(', ')}, not ${device}`);
    try {
      const judged: Judged = await (config === undefined
        ? { truth: read(truth!, cocoTruthOf), found: read(detections!, foundBoxesOf), notes: [] }
        : ofConfig(config, { given, io, detections: detections ?? null, device }));
      const strangers = foreignPictures(judged.truth, judged.found);
      if (strangers !== null) throw strangers;
      if (save) saved(save, judged.found);
      const figures = cocoFigures(judged.truth, judged.found, judged.categories);
      io.out(given.flag('json') ? json(figures) : prose(figures, judged, io));
      return EXIT.fine;
    } catch (e) {
      if (!(e instanceof DetectFailure)) throw e;
      io.err(`necktie eval: ${problemText(e.problem)}`);
      return e.problem.code === 'cancelled' ? EXIT.interrupted : EXIT.errors;
    }
  },
};

interface Judged {
  readonly truth: CocoTruth;
  readonly found: readonly FoundBox[];
  /** Absent: all of the file's. */
  readonly categories?: readonly TruthCategory[];
  readonly notes: readonly string[];
}

interface Asked {
  readonly given: Arguments;
  readonly io: Io;
  readonly detections: string | null;
  readonly device: string;
}

async function ofConfig(config: string, { given, io, detections, device }: Asked): Promise<Judged> {
  const project = await openProject(placeOf(given, io), io);
  if (project.host.kind(config) !== 'file') throw new Misuse(`there is no ${config}`);
  const set = new ValidationSets().of(project, config, [io.cwd]);
  const { truth, categories } = set;
  if (detections !== null) return { truth, categories, found: read(detections, foundBoxesOf), notes: [] };
  const checkpoint = given.value('checkpoint');
  const halfPrecision = given.flag('half') ? 'on' : 'off';
  const wish: Wish = { config, checkpoint: checkpoint === undefined ? null : resolve(io.cwd, checkpoint), device, halfPrecision };
  const bar = progressBar(io);
  const found: FoundBox[] = [];
  const notes = [...set.notes];
  let done = 0;
  try {
    const running = { signal: io.signal, progress: ({ phase }: { phase: string }) => bar.phase(phase) };
    for await (const { picture, found: here, result } of detectOnSet(detector(), project, set, wish, running)) {
      for (const box of here) found.push(box);
      if (done === 0) notes.push(...notesOf(result));
      bar.update(++done, set.pictures.length, basename(picture.path));
    }
    return { truth, categories, found, notes };
  } finally {
    bar.clear();
    detector().close();
  }
}

function read<T>(path: string, as: (text: string) => T): T {
  try {
    return as(readFileSync(path, 'utf8'));
  } catch (e) {
    const why = e instanceof Error ? e.message : String(e);
    const form = e instanceof AnnotationProblem ? '' : ' Check its name, and whether it may be read.';
    throw new DetectFailure('no-truth', `${basename(path)} cannot be used`, `${why.replace(/\.$/, '')}.${form}`);
  }
}

/** Detections of pictures that the annotation file does not know are another set's. */
function foreignPictures({ images }: CocoTruth, found: readonly FoundBox[]): DetectFailure | null {
  const known = new Set(images.map(({ id }) => id));
  const strangers = [...new Set(found.map(({ image }) => image).filter(id => !known.has(id)))];
  if (strangers.length === 0) return null;
  return new DetectFailure(
    'no-truth',
    'The detections are of other pictures than the annotations',
    `The annotation file knows nothing of image_id ${strangers.slice(0, 4).join(', ')}${strangers.length > 4 ? `, and ${strangers.length - 4} more` : ''}. Give the file that they were annotated in.`,
  );
}

function saved(path: string, found: readonly FoundBox[]): void {
  const reason = writeFile(path, foundText(found));
  if (reason !== null)
    throw new DetectFailure(
      'no-truth',
      `${path} cannot be written`,
      `${reason.charAt(0).toUpperCase()}${reason.slice(1)}. Choose another place.`,
    );
}

/** As the figures of pycocotools are recorded. */
function json({ stats, perClass }: CocoFigures): string {
  const round = (n: number): number => Math.round(n * 1e6) / 1e6;
  const classes = Object.fromEntries(perClass.map(({ name, ap, ap50, ap75 }) => [name, [ap, ap50, ap75].map(round)]));
  return `${JSON.stringify({ stats: stats.map(round), per_class: classes })}\n`;
}

function prose({ stats, perClass }: CocoFigures, { truth, found, notes }: Judged, io: Io): string {
  const paint = painter(io.colours);
  const figure = (n: number): string => (n < 0 ? '–' : n.toFixed(3)).padStart(7);
  const wide = Math.max(5, ...perClass.map(({ name }) => name.length));
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  return `${[
    `${paint('bold', `mAP ${figure(stats[0] ?? -1).trim()}`)}: ${count(found.length, 'detection')} on ${count(truth.images.length, 'picture')} with ${count(truth.boxes.length, 'object')}`,
    ...notes.map(note => paint('yellow', note)),
    '',
    ...FIGURE_NAMES.slice(0, 6).map((name, i) => {
      const recall = FIGURE_NAMES[i + 6] ?? '';
      return `  ${name.padEnd(10)}${paint('cyan', figure(stats[i] ?? -1))}    ${recall.padEnd(10)}${paint('cyan', figure(stats[i + 6] ?? -1))}`;
    }),
    '',
    `  ${'class'.padEnd(wide)}  ${['AP', 'AP50', 'AP75'].map(h => h.padStart(7)).join(' ')}`,
    ...perClass.map(({ name, ap, ap50, ap75 }) => `  ${name.padEnd(wide)}  ${[ap, ap50, ap75].map(figure).join(' ')}`),
  ].join('\n')}\n`;
}
