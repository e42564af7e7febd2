/** Values that data sets, transforms and metrics end with as soon as they are used (mmengine 0.10.7, mmcv 2, mmdet 3). */
import { isDict, itemsFrom, numberFrom } from '../config/from-value.ts';
import { plain } from '../python/origin.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { Part } from '../recipe/part.ts';
import { nearest } from './nearest.ts';
import { type Refused, refused, typeOf } from './refused.ts';

/** Both are looked up when a picture is read, by mmcv's `imfrombytes`; `ignore_empty` swallows what is raised there. */
export function ofLoadedImage(part: Part): readonly Refused[] {
  if (part.presence('ignore_empty') !== 'absent' && part.flag('ignore_empty') !== false) return [];
  const backend = part.presence('imdecode_backend') === 'absent' ? 'cv2' : part.text('imdecode_backend');
  return [
    // Another backend has other colours, or reads what there is; one that is misspelt is right to be OpenCV mostly.
    ...(backend !== undefined && (backend === 'cv2' || !BACKENDS.includes(backend))
      ? among(part, 'color_type', COLORS, t => `KeyError: '${t}'`)
      : []),
    ...among(
      part,
      'imdecode_backend',
      BACKENDS,
      t => `ValueError: backend: ${t} is not supported. Supported backends are 'cv2', 'turbojpeg', 'pillow', 'tifffile'`,
    ),
  ];
}
const COLORS = ['color', 'grayscale', 'unchanged', 'color_ignore_orientation', 'grayscale_ignore_orientation'];
const BACKENDS = ['cv2', 'turbojpeg', 'pillow', 'tifffile'];

function among(part: Part, key: string, choices: readonly string[], says: (text: string) => string): readonly Refused[] {
  const text = part.text(key);
  if (text === undefined || choices.includes(text)) return [];
  const near = nearest(text, choices);
  return [
    {
      code: 'invalid-choice',
      key,
      told: `there is no '${text}'; there are ${choices.map(c => `'${c}'`).join(', ')}`,
      says: says(text),
      ...(near !== null && { right: `'${near}'` }),
    },
  ];
}

/** One size wants a range around it; several sizes are chosen from. */
export function ofRandomResize(part: Part): readonly Refused[] {
  const scale = part.value('scale');
  const isOne = scale instanceof Tuple && scale.items.length > 0 && scale.items.every(item => Number.isInteger(numberFrom(item)));
  if (!isOne) return [];
  const range = part.value('ratio_range');
  if (range === undefined || range === null)
    return [refused('argument-type', 'scale', 'of one size a `ratio_range` is taken as well: `(0.5, 2.0)`', 'AssertionError')];
  const items = itemsFrom(range);
  if (numberFrom(range) !== undefined)
    return [
      refused('argument-type', 'ratio_range', 'two numbers are taken, `(0.5, 2.0)`', "TypeError: object of type 'float' has no len()"),
    ];
  return items && items.length !== 2
    ? [refused('argument-type', 'ratio_range', 'two numbers are taken, `(0.5, 2.0)`', 'AssertionError')]
    : [];
}

/** `rescale_size` takes a tuple alone. */
export function ofResize(part: Part): readonly Refused[] {
  const scale = part.value('scale');
  if (!(scale instanceof List) || scale.items.length === 0 || part.flag('keep_ratio') !== true) return [];
  const several = scale.items.some(item => itemsFrom(plain(item)) !== undefined);
  return [
    refused(
      'argument-type',
      'scale',
      several
        ? 'one size is taken, `(1333, 800)`: several to choose from are for `RandomChoiceResize` (`scales`)'
        : 'with `keep_ratio` a tuple is taken, and this is a list',
      "TypeError: Scale must be a number or tuple of int, but got <class 'list'>",
    ),
  ];
}

const isList = (value: Value): boolean => itemsFrom(value) !== undefined;
const isSome = (value: Value): boolean => (itemsFrom(value)?.length ?? 0) > 0;
const isText = (value: Value): boolean => typeof value === 'string';

interface Asked {
  readonly key: string;
  readonly isWrong: (value: Value) => boolean;
  readonly told: string;
  readonly says: (type: string) => string;
}
/** What mmengine's `BaseDataset` reads them as. */
const OF_SETS: readonly Asked[] = [
  {
    key: 'ann_file',
    isWrong: isSome,
    told: 'one file is taken: several are joined by a `ConcatDataset`',
    says: type => `TypeError: expected str, bytes or os.PathLike object, not ${type}`,
  },
  {
    key: 'data_prefix',
    isWrong: isText,
    told: "a dict is taken: `dict(img='…')`",
    says: type => `AttributeError: '${type}' object has no attribute 'items'`,
  },
  {
    key: 'metainfo',
    isWrong: value => isList(value) || isText(value),
    told: 'a dict is taken: `dict(classes=(…))`',
    says: type => `TypeError: metainfo should be a Mapping or Config, but got <class '${type}'>`,
  },
];
const OF_FILTERS: Asked = {
  key: 'filter_cfg',
  isWrong: value => typeof value === 'boolean' || isText(value) || isList(value),
  told: 'a dict is taken: `dict(filter_empty_gt=True)`',
  says: type => `AttributeError: '${type}' object has no attribute 'get'`,
};

export function ofSet(part: Part): readonly Refused[] {
  const found: Refused[] = [];
  const ask = ({ key, isWrong, told, says }: Asked): void => {
    const value = part.value(key);
    if (value !== undefined && value !== null && isWrong(value)) found.push(refused('argument-type', key, told, says(typeOf(value))));
  };
  for (const asked of OF_SETS) ask(asked);
  if (part.isGiven('filter_cfg') && filters(part)) ask(OF_FILTERS);
  const stray = itemsFrom(part.value('pipeline'))?.find(step => isText(plain(step)) || isList(step));
  if (stray !== undefined) {
    const isWord = isText(plain(stray));
    found.push(
      refused(
        'argument-type',
        'pipeline',
        `each step is a dict, and one is a ${isWord ? 'text' : 'list'}`,
        `TypeError: transform must be a callable object or dict, but got <class '${isWord ? 'str' : 'list'}'>`,
      ),
    );
  }
  return found;
}

/** Not in a test, and not every set: those that inherit from sets in the form of COCO, VOC or Cityscapes. */
const filters = (part: Part): boolean =>
  (part.presence('test_mode') === 'absent' || part.flag('test_mode') === false) && FILTERING.test(part.typeName ?? '');
const FILTERING =
  /^(?:YOLOv5)?(?:Coco(?:Panoptic)?|VOC|XML|Cityscapes|LVIS(?:V05|V1)?|Objects365V[12]|V3Det|iSAID|DeepFashion|WIDERFace)Dataset$/;

export function ofJoined(part: Part): readonly Refused[] {
  return isDict(part.value('datasets'))
    ? [
        refused(
          'argument-type',
          'datasets',
          'a list of data sets is taken',
          "TypeError: elements in datasets sequence should be config or `BaseDataset` instance, but got <class 'str'>",
        ),
      ]
    : [];
}
