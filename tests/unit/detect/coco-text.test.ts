import { expect, it } from 'vitest';
import { cocoTruthOf } from '../../../runtime/index.ts';
import { cocoText } from '../../../server/detect/coco-text.ts';
import { detectResult } from '../../detect-result.ts';

const result = detectResult({
  image: '/pictures/a.jpg',
  width: 40,
  height: 30,
  detections: [{ label: 1, name: 'dog', score: 0.5, bbox: [1, 2, 11, 22] }],
  classes: ['cat', 'dog'],
});

it('detections are a file that is read as annotations are', () => {
  const text = cocoText([result, { ...result, image: '/pictures/b.jpg', detections: [] }]);
  const { images, categories, boxes } = cocoTruthOf(text);
  expect(images).toEqual([
    { id: 1, file: 'a.jpg', size: [40, 30] },
    { id: 2, file: 'b.jpg', size: [40, 30] },
  ]);
  expect(categories.map(c => c.name)).toEqual(['cat', 'dog']);
  expect(boxes).toEqual([{ id: 1, image: 1, category: 2, box: [1, 2, 10, 20], area: 200, crowd: false }]);
  expect(JSON.parse(text).annotations[0].score).toBe(0.5);
});
