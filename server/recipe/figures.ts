/** The names of a metric's figures, as its evaluator gives them: `coco/bbox_mAP`. mmengine 0.10.7 puts the prefix before them, mmdet 3.3.0 and mmpretrain 1.2.0 name them. */

import { itemsFrom, numberFrom, textFrom, textsFrom } from '../config/from-value.ts';
import type { Entry } from '../registry/entry.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { classAttribute, classSource, type Sources } from './class-source.ts';
import { methodOf } from './keys/constructed.ts';
import type { Part } from './part.ts';

export interface Figures {
  /** Null: they have none. */
  readonly prefix: string | null;
  /** Without the prefix; null: not known. */
  readonly names: readonly string[] | null;
  /** Others that it may give besides: one a class. */
  readonly more: RegExp | null;
}

/** Prefixes by type, where no source tells: of mmdet's and mmpretrain's own. */
const PREFIXES: Readonly<Record<string, string>> = {
  CocoMetric: 'coco',
  CocoOccludedSeparatedMetric: 'coco',
  CocoPanopticMetric: 'coco_panoptic',
  VOCMetric: 'pascal_voc',
  LVISMetric: 'lvis',
  CityScapesMetric: 'cityscapes',
  OpenImagesMetric: 'openimages',
  CrowdHumanMetric: 'crowd_human',
  Accuracy: 'accuracy',
  SingleLabelMetric: 'single-label',
  MultiLabelMetric: 'multi-label',
  AveragePrecision: 'multi-label',
};

/** Null: nothing is known of it. */
export function figuresOf(sources: Sources, metric: Part, entry: Entry | null): Figures | null {
  const source = entry && classSource(sources, entry);
  // Its own way of naming them comes before mmengine's.
  if (!isTheirs(entry) && !(source?.isWhole && !source.classes.some(one => one.name !== 'BaseMetric' && methodOf(one.body, 'evaluate'))))
    return null;
  const prefix = prefixOf(sources, metric, entry);
  if (prefix === undefined) return null;
  // Of the same name, mmpose's gives others.
  const read = isTheirs(entry) ? NAMES[metric.typeName ?? ''] : undefined;
  return { prefix, names: read?.(metric) ?? null, more: metric.typeName === 'CocoMetric' ? /_precision$/ : null };
}

function prefixOf(sources: Sources, metric: Part, entry: Entry | null): string | null | undefined {
  if (metric.presence('prefix') === 'unknown') return undefined;
  const written = metric.text('prefix');
  if (written) return written;
  const source = entry && classSource(sources, entry);
  const attribute = source ? classAttribute(source, 'default_prefix') : null;
  if (attribute?.value.kind === 'constant') return typeof attribute.value.value === 'string' ? attribute.value.value : null;
  return isTheirs(entry) ? PREFIXES[metric.typeName ?? ''] : undefined;
}

const isTheirs = (entry: Entry | null): boolean => isKnownFor('figures', entry?.target);

const NAMES: Readonly<Record<string, (metric: Part) => readonly string[] | null>> = {
  CocoMetric: cocoNames,
  VOCMetric: vocNames,
  Accuracy: accuracyNames,
};

const SIZES = ['', '_50', '_75', '_s', '_m', '_l'].map(size => `mAP${size}`);
function cocoNames(metric: Part): readonly string[] | null {
  const kinds = metric.presence('metric') === 'absent' ? ['bbox'] : listed(metric, 'metric');
  const items = metric.isGiven('metric_items') ? listed(metric, 'metric_items') : null;
  if (!kinds || metric.presence('metric_items') === 'unknown' || (metric.isGiven('metric_items') && !items)) return null;
  const limits = metric.isGiven('proposal_nums') ? itemsFrom(metric.value('proposal_nums'))?.map(numberFrom) : [100, 300, 1000];
  return kinds.flatMap(kind => {
    if (kind === 'proposal') return items ?? ['AR@100', 'AR@300', 'AR@1000', 'AR_s@1000', 'AR_m@1000', 'AR_l@1000'];
    return kind === 'proposal_fast' ? (limits ?? []).map(n => `AR@${n}`) : (items ?? SIZES).map(item => `${kind}_${item}`);
  });
}

function vocNames(metric: Part): readonly string[] | null {
  const kind = metric.presence('metric') === 'absent' ? 'mAP' : metric.text('metric');
  const single = metric.number('iou_thrs');
  const thresholds =
    metric.presence('iou_thrs') === 'absent'
      ? [0.5]
      : single !== undefined
        ? [single]
        : itemsFrom(metric.value('iou_thrs'))?.map(numberFrom);
  if (kind !== 'mAP' || !thresholds?.every(t => t !== undefined)) return null;
  // Python's `int(iou_thr * 100):02d`.
  return ['mAP', ...thresholds.map(t => `AP${String(Math.trunc(t * 100)).padStart(2, '0')}`)];
}

function accuracyNames(metric: Part): readonly string[] | null {
  const single = metric.number('topk');
  const ranks =
    metric.presence('topk') === 'absent' ? [1] : single !== undefined ? [single] : itemsFrom(metric.value('topk'))?.map(numberFrom);
  // Several thresholds are written into the name.
  if (!ranks?.every(k => k !== undefined) || (itemsFrom(metric.value('thrs'))?.length ?? 1) > 1) return null;
  return ranks.map(k => `top${k}`);
}

/** A text, or a list of them. */
function listed(part: Part, key: string): readonly string[] | null {
  const single = textFrom(part.value(key));
  return single !== undefined ? [single] : (textsFrom(part.value(key)) ?? null);
}
