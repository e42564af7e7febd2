/** mmdet's dense heads, read from a config with the defaults that their code gives. */
import type { DenseBox, DetectorHead } from '../../runtime/index.ts';
import { anchorsOf, stridesOf } from './anchors.ts';
import { at, type Data, numberOf, numbersOf, textOf, typeOf } from './data.ts';

interface Family {
  readonly box: 'delta' | 'distance' | 'distribution';
  readonly centerness: boolean;
  /** Where the config has none; null: it must have one. */
  readonly generator: Data;
  /** Keys of the config, in the order in which they count: older configs say `anchor_generator`. */
  readonly sigmoid: boolean;
}

const RETINA = { octave_base_scale: 4, scales_per_octave: 3, ratios: [0.5, 1, 2], strides: [8, 16, 32, 64, 128] };
const anchored: Family = { box: 'delta', centerness: false, generator: RETINA, sigmoid: true };
/** Its own points: `strides` of the head, 0.5 of a cell from its corner. */
const fcos: Family = { box: 'distance', centerness: true, generator: null, sigmoid: true };

/** By type. What such a head inherits is left out: another name may mean another way. */
const FAMILIES: Readonly<Record<string, Family>> = {
  RetinaHead: anchored,
  RetinaSepBNHead: { ...anchored, generator: null },
  FreeAnchorRetinaHead: anchored,
  PISARetinaHead: anchored,
  ATSSHead: { ...anchored, centerness: true, generator: null },
  FCOSHead: fcos,
  NASFCOSHead: fcos,
  GFLHead: { box: 'distribution', centerness: false, generator: null, sigmoid: true },
  LDHead: { box: 'distribution', centerness: false, generator: null, sigmoid: true },
  RTMDetHead: { box: 'distance', centerness: false, generator: null, sigmoid: true },
  RTMDetSepBNHead: { box: 'distance', centerness: false, generator: null, sigmoid: true },
  RTMDetInsHead: { box: 'distance', centerness: false, generator: null, sigmoid: true },
  RTMDetInsSepBNHead: { box: 'distance', centerness: false, generator: null, sigmoid: true },
};

export const isDenseHead = (type: string): boolean => Object.hasOwn(FAMILIES, type);

/** Null where the priors cannot be read, or the head codes its boxes in a way of its own. */
export function denseHeadOf(head: Data): DetectorHead | null {
  const family = FAMILIES[typeOf(head)];
  const classes = numberOf(at(head, 'num_classes'));
  if (!family || classes === undefined) return null;
  const given = at(head, 'anchor_generator') ?? at(head, 'prior_generator') ?? family.generator;
  const strides = stridesOf(given) ?? stridesOf({ strides: at(head, 'strides') ?? [4, 8, 16, 32, 64] });
  const box = strides && boxOf(head, family, given);
  if (!strides || !box) return null;
  const coder = at(head, 'bbox_coder');
  return {
    kind: 'dense',
    classes,
    strides,
    sigmoid: at(head, 'loss_cls', 'use_sigmoid') === undefined ? family.sigmoid : at(head, 'loss_cls', 'use_sigmoid') === true,
    centerness: family.centerness,
    clip: at(coder, 'clip_border') !== false,
    box,
  };
}

function boxOf(head: Data, family: Family, generator: Data): DenseBox | null {
  const coder = at(head, 'bbox_coder');
  const type = typeOf(coder) || (family.box === 'delta' ? 'DeltaXYWHBBoxCoder' : 'DistancePointBBoxCoder');
  if (family.box === 'delta') {
    if (type !== 'DeltaXYWHBBoxCoder' || typeOf(generator).replace(/^$/, 'AnchorGenerator') !== 'AnchorGenerator') return null;
    const anchors = anchorsOf(generator);
    const [means, stds] = [numbersOf(at(coder, 'target_means')) ?? [0, 0, 0, 0], numbersOf(at(coder, 'target_stds')) ?? [1, 1, 1, 1]];
    return anchors && { coder: 'delta', anchors, means, stds };
  }
  if (type !== 'DistancePointBBoxCoder') return null;
  // Points lie in the middle of a cell where a generator of points says nothing else; those of anchors at its corner.
  const ofPoints = /Point/.test(textOf(at(generator, 'type')) ?? 'Point');
  const offset = numberOf(at(generator, ofPoints ? 'offset' : 'center_offset')) ?? (ofPoints ? 0.5 : 0);
  if (family.box === 'distance') return { coder: 'distance', offset };
  return { coder: 'distribution', offset, most: numberOf(at(head, 'reg_max')) ?? 16 };
}
