/** The head of a config's model, of the kinds whose outputs can be made boxes of. */
import type { DetectorHead } from '../../runtime/index.ts';
import { at, type Data, type DataRecord, isList, numberOf, numbersOf, pairOf, textOf, typeOf } from './data.ts';
import { denseHeadOf, isDenseHead } from './dense-head.ts';
import { DetectFailure } from './problem.ts';

/** mmyolo's heads with a point a cell, and what of them is told by their type alone: where the point lies when no `prior_generator` says, and how a box is told. */
interface PointFamily {
  readonly offset: number;
  readonly coder: 'distance' | 'logarithm';
  readonly objectness: boolean;
}
const distances: PointFamily = { offset: 0.5, coder: 'distance', objectness: false };
const POINT_HEADS: Readonly<Record<string, PointFamily>> = {
  YOLOv6Head: distances,
  YOLOv8Head: distances,
  PPYOLOEHead: distances,
  RTMDetHead: { ...distances, offset: 0 },
  RTMDetInsSepBNHead: { ...distances, offset: 0 },
  YOLOXHead: { offset: 0, coder: 'logarithm', objectness: true },
  YOLOXPoseHead: { offset: 0, coder: 'logarithm', objectness: true },
};
const ANCHOR_HEADS: readonly string[] = ['YOLOv5Head', 'YOLOv7Head', 'YOLOv5InsHead'];
const STRIDES = [8, 16, 32];

/** What a head gives beside the boxes, which are drawn alone. */
const BESIDE: Readonly<Record<string, string>> = {
  YOLOv5InsHead: 'masks',
  RTMDetInsSepBNHead: 'masks',
  RTMDetInsHead: 'masks',
  YOLOXPoseHead: 'keypoints',
};

/** `scope`: the config's `default_scope`. Throws `DetectFailure` with what the head is, where it is none of them. */
export function headOf(model: DataRecord, scope: Data): DetectorHead {
  const head = model.bbox_head;
  const type = typeOf(head);
  // mmdet has heads of the same names that work otherwise.
  const library = /^(\w+)\./.exec(textOf(at(head, 'type')) ?? '')?.[1] ?? scope;
  if (library === 'mmyolo') {
    if (ANCHOR_HEADS.includes(type)) return anchors(head);
    if (Object.hasOwn(POINT_HEADS, type)) return points(head, type);
  }
  // What mmyolo has not under this name, its scope looks for in mmdet.
  if ((library === 'mmdet' || library === 'mmyolo' || library === undefined) && isDenseHead(type)) {
    const dense = denseHeadOf(head);
    if (dense) return dense;
    throw unreadable(
      `The boxes of ${type}`,
      '`num_classes`, `anchor_generator` and `bbox_coder`, of the kinds that mmdet has for this head,',
    );
  }
  if (library === 'mmdet' && type === 'YOLOXHead') return detYolox(head);
  if (at(model, 'roi_head') !== undefined) throw unsupported(`${typeOf(model)} finds boxes in two stages`);
  throw unsupported(type ? `The head is ${textOf(at(head, 'type'))}` : 'The model has no `bbox_head`');
}

/** A sentence on what is not drawn of this head; null where boxes are all. */
export function notDrawn(model: Data): string | null {
  const type = typeOf(at(model, 'bbox_head'));
  const beside = BESIDE[type];
  return beside === undefined ? null : `${type} gives ${beside} too; boxes alone are drawn.`;
}

const unsupported = (what: string): DetectFailure =>
  new DetectFailure(
    'unsupported-head',
    `${what}, which detection does not decode yet`,
    'Boxes can be drawn for the heads of YOLOv5 to YOLOv8, YOLOX, RTMDet and PPYOLOE of mmyolo, and of RetinaNet, FCOS, ATSS, GFL, RTMDet and YOLOX of mmdet. The rest of Necktie works for this config: its shapes and arguments are checked.',
  );

function anchors(head: Data): DetectorHead {
  const generator = at(head, 'prior_generator');
  const classes = numberOf(at(head, 'head_module', 'num_classes'));
  const strides = numbersOf(at(generator, 'strides'));
  const baseSizes = levelsOf(at(generator, 'base_sizes'));
  if (classes === undefined || !strides || baseSizes?.length !== strides.length)
    throw unreadable(
      'The priors of the head',
      '`strides` and `base_sizes`, one list a level, from `model.bbox_head.prior_generator`, and `num_classes` from its `head_module`',
    );
  return { kind: 'yolov5', classes, strides, baseSizes };
}

function points(head: Data, type: string): DetectorHead {
  const { offset, coder, objectness } = POINT_HEADS[type]!;
  const generator = at(head, 'prior_generator');
  const classes = numberOf(at(head, 'head_module', 'num_classes'));
  const strides = numbersOf(at(head, 'head_module', 'featmap_strides')) ?? numbersOf(at(generator, 'strides')) ?? STRIDES;
  if (classes === undefined) throw unreadable('The classes of the head', '`num_classes` from `model.bbox_head.head_module`');
  return { kind: 'points', classes, strides, offset: numberOf(at(generator, 'offset')) ?? offset, coder, objectness };
}

/** mmdet's own: told by the head itself, and never clamped. */
function detYolox(head: Data): DetectorHead {
  const classes = numberOf(at(head, 'num_classes'));
  if (classes === undefined) throw unreadable('The classes of the head', '`num_classes` from `model.bbox_head`');
  const strides = numbersOf(at(head, 'strides')) ?? STRIDES;
  return { kind: 'points', classes, strides, offset: 0, coder: 'logarithm', objectness: true, unclamped: true };
}

const unreadable = (what: string, wanted: string): DetectFailure =>
  new DetectFailure('unsupported-head', `${what} cannot be read`, `Detection reads ${wanted.replace(/,$/, '')}.`);

function levelsOf(data: Data): readonly (readonly (readonly [number, number])[])[] | undefined {
  if (!isList(data)) return undefined;
  const levels = data.map(level => (isList(level) ? level.map(pairOf) : [undefined]));
  const complete = levels.map(level => level.filter(size => size !== undefined));
  return complete.every((level, i) => level.length === levels[i]!.length) ? complete : undefined;
}
