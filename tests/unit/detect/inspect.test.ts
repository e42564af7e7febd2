/** What is in a checkpoint, as tables; and two texts line by line. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readCheckpointHeader } from '../../../runtime/index.ts';
import { NO_META } from '../../../runtime/weights/checkpoint.ts';
import { inspect, inspectionText } from '../../../server/detect/inspect.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { changedLines } from '../../../server/text/changed-lines.ts';

const demo = fileURLToPath(new URL('../../../configs/demo', import.meta.url));

it('a table of tensors, and what the training said', () => {
  const checkpoint = readCheckpointHeader(`${demo}/shapes_yolov5_tiny.pth`);
  const text = inspectionText(
    { ...checkpoint, meta: { ...checkpoint.meta, epoch: 42, told: [['time', '20261123']], metrics: [['coco/bbox_mAP', 0.738]] } },
    1_900_000,
  );
  expect(text).toMatch(/^# shapes_yolov5_tiny\.pth\n/);
  for (const row of ['File | 1.90 MB', 'Epoch | 42', 'time | 20261123', 'coco/bbox_mAP | 0.738', 'circle, square, triangle, star, hexagon'])
    expect(text.replace(/ +/g, ' ')).toContain(row);
  const rows = text.split('\n').filter(line => /^\| (backbone|neck|bbox_head)\./.test(line));
  expect(rows).toHaveLength(checkpoint.tensors.size);
  expect(rows.find(row => row.includes('backbone.stem.conv.weight'))?.replace(/ +/g, ' ')).toBe(
    '| backbone.stem.conv.weight | 8 × 3 × 6 × 6 | float32 | 864 |',
  );
  // Columns are straight.
  expect(new Set(rows.map(row => row.length)).size).toBe(1);
});

it('a file without a training says what it has', () => {
  const checkpoint = readCheckpointHeader(`${demo}/shapes_yolov5_tiny.pth`);
  const text = inspectionText({ ...checkpoint, meta: NO_META }, 1);
  expect(text).not.toMatch(/Epoch|undefined|null/);
});

it('its config in the form of every other: what differs is what was changed since', async () => {
  const settings = { ...DEFAULT_SETTINGS, environment: false };
  const project = await Project.open(null, { roots: [demo], settings, env: {}, cancel: new Int32Array(2) });
  const { config, other, text } = inspect(project, `${demo}/shapes_yolov5_tiny.pth`, `${demo}/shapes_yolov5_tiny.py`);
  expect(text).toMatch(/^# shapes_yolov5_tiny\.pth/);
  const changed = changedLines((config ?? '').split('\n'), (other ?? '').split('\n')).filter(({ kind }) => kind !== 'same');
  // What the trainer was started with.
  expect(changed.map(({ text: line }) => line)).toEqual(["launcher = 'none'", 'resume = True', 'resume = False']);
  expect(inspect(project, `${demo}/shapes_yolov5_tiny.pth`, null).other).toBeNull();
});

it('lines that only one text has', () => {
  expect(changedLines(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
    { kind: 'same', text: 'd' },
    { kind: 'added', text: 'e' },
  ]);
  expect(changedLines([], [])).toEqual([]);
  expect(changedLines(['a'], [])).toEqual([{ kind: 'removed', text: 'a' }]);
});
