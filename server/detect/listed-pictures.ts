/** Which of an annotation file's pictures a data set gives: what is left out in training alone, and `indices`. Source: mmdet 3.3's CocoDataset, mmengine's BaseDataset. */
import type { CocoTruth, TruthImage } from '../../runtime/index.ts';
import { at, type Data, isList, isRecord, numberOf } from './data.ts';

/** `classes`: of the config; null: all of the file's. */
export function listedPictures(truth: CocoTruth, dataset: Data, classes: readonly string[] | null): readonly TruthImage[] {
  const filter = at(dataset, 'filter_cfg');
  const filtered = isRecord(filter) && at(dataset, 'test_mode') !== true ? kept(truth, filter, classes) : truth.images;
  const indices = at(dataset, 'indices');
  if (isList(indices)) return indices.flatMap(index => filtered.at(numberOf(index) ?? filtered.length) ?? []);
  const count = numberOf(indices);
  if (count === undefined) return filtered;
  return count >= 0 ? filtered.slice(0, count) : filtered.slice(count);
}

function kept({ images, boxes, categories }: CocoTruth, filter: Data, classes: readonly string[] | null): readonly TruthImage[] {
  const wanted = new Set(categories.flatMap(({ id, name }) => (classes === null || classes.includes(name) ? [id] : [])));
  const annotated = new Set(boxes.flatMap(({ image, category }) => (wanted.has(category) ? [image] : [])));
  const least = numberOf(at(filter, 'min_size')) ?? 0;
  return images.filter(
    ({ id, size }) => (at(filter, 'filter_empty_gt') !== true || annotated.has(id)) && (size === undefined || Math.min(...size) >= least),
  );
}
