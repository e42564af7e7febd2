/** A model's value for a run: the same value, and each part knows its path. */
import { expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { withPaths } from '../../../server/config/with-paths.ts';
import { binary, getItem, length } from '../../../server/python/operate.ts';
import { originOf } from '../../../server/python/origin.ts';
import { workspace } from './workspace.ts';

const model = withPaths(
  workspace({
    'c.py': "c = [1, 2, 3]\nmodel = dict(neck=dict(in_channels=c, out_channels=c, width=0.5, norm=None, type='N', sizes=((1, 2), 3)))",
  })
    .resolve('c.py')
    .value.get('model') ?? null,
);
const neck = getItem(model, 'neck');

test('the value is the same', () => {
  expect(canonical(model)).toEqual({
    neck: {
      in_channels: [1, 2, 3],
      out_channels: [1, 2, 3],
      width: { $float: '0.5' },
      norm: null,
      type: 'N',
      sizes: { $tuple: [{ $tuple: [1, 2] }, 3] },
    },
  });
});
test('scalars, containers and lengths have paths', () => {
  expect(originOf(getItem(getItem(neck, 'in_channels'), 2))).toEqual(['neck.in_channels[2]']);
  expect(originOf(getItem(getItem(neck, 'out_channels'), 2))).toEqual(['neck.out_channels[2]']);
  expect(originOf(getItem(neck, 'width'))).toEqual(['neck.width']);
  expect(originOf(getItem(neck, 'norm'))).toEqual(['neck.norm']);
  expect(originOf(getItem(neck, 'type'))).toEqual(['neck.type']);
  expect(originOf(getItem(getItem(getItem(neck, 'sizes'), 0), 1))).toEqual(['neck.sizes[0][1]']);
  expect(originOf(length(getItem(neck, 'in_channels')))).toEqual(['neck.in_channels']);
});
test('arithmetic joins paths', () => {
  expect(originOf(binary('*', getItem(getItem(neck, 'in_channels'), 0), getItem(neck, 'width')))).toEqual([
    'neck.in_channels[0]',
    'neck.width',
  ]);
});
