/** Which pictures of a file a data set gives: what mmdet 3.3's CocoDataset gave for the same file and settings. */
import { expect, it } from 'vitest';
import { cocoTruthOf } from '../../../runtime/index.ts';
import type { Data } from '../../../server/detect/data.ts';
import { listedPictures } from '../../../server/detect/listed-pictures.ts';

const truth = cocoTruthOf(
  JSON.stringify({
    images: [1, 2, 3, 4, 5].map(id => ({ id, file_name: `${id}.jpg`, width: 100 * id, height: 250 })),
    categories: [
      { id: 7, name: 'cat' },
      { id: 3, name: 'dog' },
    ],
    annotations: [
      [1, 7],
      [3, 3],
      [5, 7],
    ].map(([image_id, category_id], id) => ({ id, image_id, category_id, bbox: [0, 0, 9, 9], area: 81, iscrowd: Number(id === 2) })),
  }),
);

it.each<[string, Data, readonly string[] | null, readonly number[]]>([
  ['all', {}, null, [1, 2, 3, 4, 5]],
  ['the first', { indices: 2 }, null, [1, 2]],
  ['none', { indices: 0 }, null, []],
  ['the last', { indices: -2 }, null, [4, 5]],
  ['those that are told, in their order', { indices: [3, 0, -1, 3] }, null, [4, 1, 5, 4]],
  ['those that are told and are there', { indices: [9, 1, 'first'] }, null, [2]],
  ['those with objects', { filter_cfg: { filter_empty_gt: true } }, null, [1, 3, 5]],
  ['those with objects of the config’s classes', { filter_cfg: { filter_empty_gt: true } }, ['cat'], [1, 5]],
  ['those of a size', { filter_cfg: { filter_empty_gt: false, min_size: 250 } }, null, [3, 4, 5]],
  ['all, whatever the filter, where it is a test', { filter_cfg: { filter_empty_gt: true }, test_mode: true }, null, [1, 2, 3, 4, 5]],
  ['the first of those that are left', { filter_cfg: { filter_empty_gt: true, min_size: 200 }, indices: 1 }, null, [3]],
])('%s', (_, dataset, classes, ids) => expect(listedPictures(truth, dataset, classes).map(({ id }) => id)).toEqual(ids));
