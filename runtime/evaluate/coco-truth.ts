/** Annotation files in COCO's form: pictures, classes, and the boxes that are to be found. What comes from a file is checked. */

/** COCO's own are numbers; others' may be text. */
export type ImageId = number | string;
/** x, y, width, height in the picture's pixels. */
export type CocoBox = readonly [x: number, y: number, width: number, height: number];

export interface CocoTruth {
  readonly images: readonly TruthImage[];
  /** In the file's order. */
  readonly categories: readonly TruthCategory[];
  /** In the file's order. */
  readonly boxes: readonly TruthBox[];
}
export interface TruthImage {
  readonly id: ImageId;
  readonly file: string;
  /** Absent where the file does not say. */
  readonly size?: readonly [width: number, height: number];
}
export interface TruthCategory {
  readonly id: number;
  readonly name: string;
}
export interface TruthBox {
  readonly id: number;
  readonly image: ImageId;
  readonly category: number;
  readonly box: CocoBox;
  /** Of the object, not of its box: by it an object counts as small, medium or large. */
  readonly area: number;
  /** Stands for many: takes any number of detections and is missed by none. */
  readonly crowd: boolean;
}

/** A detection as COCO's result files hold them. */
export interface FoundBox {
  readonly image: ImageId;
  readonly category: number;
  readonly box: CocoBox;
  readonly score: number;
}

/** What is wrong with a file, in a sentence. */
export class AnnotationProblem extends Error {}

/** Throws `AnnotationProblem`. An identifier that stands twice means the last annotation that has it, as it does for pycocotools. */
export function cocoTruthOf(text: string): CocoTruth {
  const file = fields(parsed(text), 'The file');
  const annotations = listOf(file, 'annotations').map(boxOf);
  const last = new Map(annotations.map(box => [box.id, box]));
  return {
    images: listOf(file, 'images').map(imageOf),
    categories: listOf(file, 'categories').map(categoryOf),
    boxes: annotations.map(box => last.get(box.id) ?? box),
  };
}

/** A list of `{image_id, category_id, bbox, score}`. Throws `AnnotationProblem`. */
export function foundBoxesOf(text: string): readonly FoundBox[] {
  const list = parsed(text);
  if (!Array.isArray(list))
    throw new AnnotationProblem('Detections are a list of {image_id, category_id, bbox, score}, and the file holds none');
  return list.map((item: unknown, i) => {
    const found = fields(item, `Detection ${i}`);
    const { image_id: image, category_id: category, score } = found;
    const box = boxIn(found, `Detection ${i}`);
    if (!isImageId(image) || !isId(category) || !isNumber(score))
      throw new AnnotationProblem(`Detection ${i} lacks image_id, category_id or score, or they are no numbers`);
    return { image, category, box, score };
  });
}

/** The same back as text, a file that pycocotools reads. */
export const foundText = (found: readonly FoundBox[]): string =>
  `[${found.map(({ image, category, box, score }) => JSON.stringify({ image_id: image, category_id: category, bbox: box, score })).join(',\n')}]\n`;

type Fields = Readonly<Record<string, unknown>>;

function imageOf(item: unknown, i: number): TruthImage {
  const { id, file_name: file, width, height } = fields(item, `Picture ${i}`);
  if (!isImageId(id)) throw new AnnotationProblem(`Picture ${i} has no id`);
  const size = typeof width === 'number' && typeof height === 'number' ? { size: [width, height] as const } : {};
  return { id, file: typeof file === 'string' ? file : '', ...size };
}

function categoryOf(item: unknown, i: number): TruthCategory {
  const { id, name } = fields(item, `Category ${i}`);
  if (!isId(id) || typeof name !== 'string') throw new AnnotationProblem(`Category ${i} has no id or no name`);
  return { id, name };
}

function boxOf(item: unknown, i: number): TruthBox {
  const annotation = fields(item, `Annotation ${i}`);
  const { id, image_id: image, category_id: category, area, iscrowd } = annotation;
  if (!isId(id)) throw new AnnotationProblem(`Annotation ${i} has no id`);
  const told = `Annotation ${id}`;
  if (!isImageId(image) || !isId(category)) throw new AnnotationProblem(`${told} has no image_id or no category_id`);
  if (!isNumber(area)) throw new AnnotationProblem(`${told} has no area, by which COCO tells small from large`);
  return { id, image, category, box: boxIn(annotation, told), area, crowd: iscrowd === true || (isNumber(iscrowd) && iscrowd !== 0) };
}

function boxIn(holder: Fields, told: string): CocoBox {
  const [x, y, width, height, ...more] = Array.isArray(holder.bbox) ? holder.bbox : [];
  if (!isNumber(x) || !isNumber(y) || !isNumber(width) || !isNumber(height) || more.length > 0)
    throw new AnnotationProblem(`${told} has no bbox of four numbers: x, y, width, height`);
  return [x, y, width, height];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (e) {
    throw new AnnotationProblem(`It is no JSON: ${e instanceof Error ? e.message : String(e)}`);
  }
}

function listOf(file: Fields, name: string): readonly unknown[] {
  const list = file[name];
  if (!Array.isArray(list)) throw new AnnotationProblem(`There is no list of ${name} in it`);
  return list;
}

function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AnnotationProblem(`${what} is no object`);
  return Object.fromEntries(Object.entries(value));
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isImageId = (value: unknown): value is ImageId => isId(value) || typeof value === 'string';

/** Throws `AnnotationProblem` for a number that cannot be told from its neighbours: two pictures might be one. */
function isId(value: unknown): value is number {
  if (!isNumber(value)) return false;
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return true;
  throw new AnnotationProblem(
    `There is an identifier near ${value.toExponential(2)}, and from 2^53 on numbers are not told apart. Number pictures, categories and annotations anew, or give pictures text`,
  );
}
