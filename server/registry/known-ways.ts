/**
 * Libraries of OpenMMLab whose ways are known, by what is taken for granted of them: their sources were read for it. A class of any other may do otherwise under the same
 * name, and what rests on these ways is not claimed of it. Where the lists differ, that is why.
 */
const KNOWN = {
  // What they give their backbones, and where weights come from; mmselfsup's algorithms load them by hooks, mmseg's heads were not read for it.
  weights: 'mmdet mmyolo mmpretrain mmcls',
  // How a metric names its figures; mmengine's own has none, mmpose's gives others under names that mmdet has too.
  figures: 'mmdet mmyolo mmpretrain mmcls',
  // What a transform works on, by its name. Those of mmcv are what the others inherit from; of point clouds, clips and texts other things are told by the same words.
  transforms: 'mmcv mmdet mmyolo mmpretrain mmcls',
  // Data sets whose classes are what the heads count: those of point clouds and turned boxes have heads that join or split them.
  classes: 'mmdet mmyolo mmpretrain mmcls mmseg',
  // Data sets that read `metainfo.classes` as their names; of poses it is a word beside the points.
  'class names': 'mmdet mmyolo mmpretrain mmcls mmseg mmrotate mmdet3d',
  // Data sets that make their records themselves, key by key.
  records: 'mmengine mmdet mmyolo mmpretrain mmcls mmselfsup mmseg mmrotate',
  // Sets of boxes that filter by `filter_cfg` and not in a test, look their classes up by name, and metrics that look a picture up by its identifier in the same file.
  boxes: 'mmdet mmyolo',
  // Models that are given something else than one picture: video, point clouds, pairs of pictures and noise, flow, bodies.
  'other input': 'mmaction mmdet3d mmagic mmedit mmgen mmflow mmhuman3d',
  // Data preprocessors of these names keep a picture's form, or are given several of its views.
  preprocessors: 'mmengine mmdet mmyolo mmpretrain mmcls mmselfsup mmseg',
  // Samplers that never end; others have some of the same name that do.
  samplers: 'mmengine mmdet',
} as const;

export type KnownWay = keyof typeof KNOWN;

const LIBRARIES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(KNOWN).map(([way, names]) => [way, new Set(names.split(' '))]),
);

/** `dotted`: of a class or its module, `mmdet.datasets.coco.CocoDataset`. */
export function isKnownFor(way: KnownWay, dotted: string | undefined): boolean {
  const dot = dotted?.indexOf('.') ?? -1;
  return dotted !== undefined && dot > 0 && (LIBRARIES.get(way)?.has(dotted.slice(0, dot)) ?? false);
}
