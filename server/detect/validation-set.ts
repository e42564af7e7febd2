/** What a config is validated on: the pictures of its `val_dataloader`, and the annotation file that its `val_evaluator` judges by. */
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AnnotationProblem, type CocoTruth, cocoTruthOf, type ImageId, type TruthCategory } from '../../runtime/index.ts';
import type { Host } from '../project/host.ts';
import { joinPath } from '../recipe/data-path.ts';
import { at, type Data, isList, isRecord, textOf, typeOf } from './data.ts';
import { classesOfDataset } from './dataset-classes.ts';
import { evaluatorNotes } from './evaluator-notes.ts';
import { listedPictures } from './listed-pictures.ts';
import { DetectFailure } from './problem.ts';
import { datasetOf } from './recipe.ts';

export interface ValidationSet {
  /** The file that detections are judged by, absolute. */
  readonly annotations: string;
  readonly truth: CocoTruth;
  readonly pictures: readonly ValidationPicture[];
  /** By label: the file's categories that are classes of the config, in the file's order, as mmdet numbers them. */
  readonly categories: readonly TruthCategory[];
  /** What makes the figures other than those of a training's log, a sentence each. */
  readonly notes: readonly string[];
}
export interface ValidationPicture {
  readonly id: ImageId;
  /** Absolute. Whether it is there: `missingPictures`. */
  readonly path: string;
}

export interface ConfigData {
  /** The config's file. */
  readonly file: string;
  /** Its resolved values. */
  readonly data: Data;
  /** Folders that a training may have been started in. */
  readonly starts: readonly string[];
}

/** `read`: `truthIn`, or what remembers it. Throws `DetectFailure`. */
export function validationSetOf(host: Host, config: ConfigData, read: (path: string) => CocoTruth = truthIn): ValidationSet {
  const { data } = config;
  const dataset = datasetOf(at(data, 'val_dataloader', 'dataset'));
  if (!isRecord(dataset))
    throw withoutTruth('There is no validation set in this config', 'Give it a `val_dataloader` with a `dataset`, or a base that has one.');
  const folder = dirname(config.file);
  const starts = [...new Set([...config.starts, folder, ...ancestors(folder)])];
  const root = textOf(at(dataset, 'data_root')) ?? '';
  const own = textOf(at(dataset, 'ann_file'));
  const judged = textOf(at(evaluatorOf(at(data, 'val_evaluator')), 'ann_file'));
  if (own === undefined && judged === undefined)
    throw withoutTruth(
      `${typeOf(dataset) || 'The validation set'} names no annotation file`,
      'Evaluation reads `ann_file` of `val_dataloader.dataset` and `val_evaluator`, in COCO’s form.',
    );
  const ownPath = own === undefined ? null : fileAt(host, starts, joinPath(root, own));
  const judgedPath = judged === undefined ? null : fileAt(host, starts, joinPath('', judged));
  const annotations = judgedPath ?? ownPath;
  if (annotations === null)
    throw withoutTruth(
      'The annotation file is not there',
      `Put the data where the config says, or change \`data_root\` and \`ann_file\`.${/^[a-z]+:\/\//.test(judged ?? own ?? '') ? ' Files of a server are not read.' : ''}`,
      [{ label: 'Looked for', values: starts.map(start => joinPath(start, judged ?? joinPath(root, own ?? ''))) }],
    );
  const truth = read(annotations);
  const listed = ownPath === null || ownPath === annotations ? truth : read(ownPath);
  const prefix = joinPath(root, textOf(at(dataset, 'data_prefix', 'img')) ?? textOf(at(dataset, 'data_prefix', 'img_path')) ?? '');
  // Where the file was found, there the pictures are.
  const home = starts.find(start => host.kind(joinPath(start, prefix)) === 'folder') ?? starts[0] ?? '';
  return {
    annotations,
    truth,
    pictures: listedPictures(listed, dataset, classesIn(dataset)).map(({ id, file }) => ({
      id,
      path: joinPath(home, joinPath(prefix, file)),
    })),
    categories: categoriesOf(truth, dataset, annotations),
    notes: [
      ...joinedSets(at(data, 'val_dataloader', 'dataset')),
      ...notesOn(truth, dataset),
      ...evaluatorNotes(evaluatorOf(at(data, 'val_evaluator')), at(data, 'model')),
    ],
  };
}

/** Pictures that are not on this disk. */
export const missingPictures = (host: Host, { pictures }: ValidationSet): readonly ValidationPicture[] =>
  pictures.filter(({ path }) => host.kind(path) !== 'file');

/** The metric that reads boxes: COCO's, alone or among others. */
function evaluatorOf(evaluator: Data): Data {
  if (!isList(evaluator)) return evaluator;
  return evaluator.find(one => typeOf(one) === 'CocoMetric') ?? evaluator.find(one => at(one, 'ann_file') !== undefined);
}

/** An annotation file's content. Throws `DetectFailure`. */
export function truthIn(path: string): CocoTruth {
  try {
    return cocoTruthOf(readFileSync(path, 'utf8'));
  } catch (e) {
    const why = e instanceof Error ? e.message : String(e);
    const remedy =
      e instanceof AnnotationProblem ? 'Evaluation reads COCO’s form: images, annotations, categories.' : 'Check whether it may be read.';
    throw withoutTruth(`${basename(path)} cannot be used`, `${why.replace(/\.$/, '')}. ${remedy}`, [{ label: 'File', values: [path] }]);
  }
}

function categoriesOf({ categories }: CocoTruth, dataset: Data, file: string): readonly TruthCategory[] {
  const classes = classesIn(dataset);
  if (!classes) return categories;
  const lost = classes.filter(name => !categories.some(category => category.name === name));
  if (lost.length === 0) return categories.filter(({ name }) => classes.includes(name));
  throw withoutTruth(
    `${basename(file)} has other classes than the config`,
    `It knows nothing of ${some(lost)}. Set \`metainfo\` of \`val_dataloader.dataset\` to the file’s classes, or give the file’s categories their names.`,
    [
      { label: `Classes of the config: ${classes.length}`, values: [some(classes, 12)] },
      {
        label: `Categories of the file: ${categories.length}`,
        values: [
          some(
            categories.map(c => c.name),
            12,
          ),
        ],
      },
    ],
  );
}

function classesIn(dataset: Data): readonly string[] | null {
  const given = at(dataset, 'metainfo', 'classes') ?? at(dataset, 'metainfo', 'CLASSES');
  if (typeof given === 'string') return [given];
  return isList(given) ? given.flatMap(name => textOf(name) ?? []) : classesOfDataset(typeOf(dataset));
}

function notesOn({ categories }: CocoTruth, dataset: Data): readonly string[] {
  const classes = classesIn(dataset) ?? [];
  const order = categories.filter(({ name }) => classes.includes(name)).map(({ name }) => name);
  return [
    ...(isRecord(at(dataset, 'batch_shapes_cfg'))
      ? [
          '`batch_shapes_cfg` plays no part: each picture is seen by itself, at the full size. A training’s log may differ in the third digit.',
        ]
      : []),
    ...(classes.length && order.join('\n') !== classes.join('\n')
      ? [
          'The annotation file has the classes in another order than the config, and mmdet numbers them by the file: names in the config mean others.',
        ]
      : []),
  ];
}

/** Of several sets in one. */
function joinedSets(dataset: Data): readonly string[] {
  const sets = at(dataset, 'datasets');
  if (isList(sets) && sets.length > 1) return [`\`val_dataloader\` joins ${sets.length} sets: these are the figures of the first alone.`];
  const inner = at(dataset, 'dataset');
  return inner === undefined ? [] : joinedSets(inner);
}

function fileAt(host: Host, starts: readonly string[], path: string): string | null {
  return starts.map(start => joinPath(start, path)).find(whole => host.kind(whole) === 'file') ?? null;
}

const ancestors = (folder: string): readonly string[] => {
  const above = dirname(folder);
  return above === folder ? [] : [above, ...ancestors(above)];
};

const some = (names: readonly string[], most = 4): string =>
  `${names
    .slice(0, most)
    .map(name => `\`${name}\``)
    .join(', ')}${names.length > most ? `, and ${names.length - most} more` : ''}`;

const withoutTruth = (title: string, text: string, details: readonly { label: string; values: readonly string[] }[] = []): DetectFailure =>
  new DetectFailure('no-truth', title, text, details);
