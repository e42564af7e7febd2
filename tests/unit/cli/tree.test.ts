import { expect, it } from 'vitest';
import { moduleRecords, treeText } from '../../../server/cli/model/tree.ts';
import { painter } from '../../../server/cli/paint.ts';
import type { NetworkDescription, NetworkModule } from '../../../server/picture/description.ts';
import type { Site } from '../../../server/python/value.ts';

const module = (path: string, more: Partial<NetworkModule> = {}): NetworkModule => ({
  path,
  type: 0,
  outputs: [],
  calls: 0,
  parameters: 0,
  macs: 0,
  wrong: false,
  ...more,
});
const network: NetworkDescription<Site> = {
  ok: true,
  unknown: null,
  facts: null,
  missing: null,
  size: [64, 64],
  sizeFrom: null,
  parameters: 9408,
  macs: 1e9,
  parts: [],
  links: [],
  modules: [
    module(''),
    module('backbone', {
      outputs: [
        [64, 8, 8],
        [128, 4, 4],
      ],
      calls: 1,
      parameters: 9408,
      macs: 960e6,
    }),
    module('backbone.conv1', { type: 1, outputs: [[64, 32, 32]], calls: 1, parameters: 9408, macs: 960e6, wrong: true }),
  ],
  types: [
    { name: 'ResNet', source: null },
    { name: 'Conv2d', source: null },
  ],
};

it('is a table, a level further in for each step', () => {
  expect(treeText(network, undefined, painter(false))).toBe(`  module    class           output  parameters    MACs
  backbone  ResNet  64 × 8 × 8 + 1       9,408  0.96 G
    conv1   Conv2d    64 × 32 × 32       9,408  0.96 G
`);
});
it('ends where it is told to, and marks what does not fit', () => {
  expect(treeText(network, 1, painter(false))).not.toContain('conv1');
  expect(treeText(network, 2, painter(true))).toMatch(/\u001b\[31m.*conv1/);
  expect(moduleRecords(network, 1)).toEqual([
    {
      path: 'backbone',
      class: 'ResNet',
      outputs: [
        [64, 8, 8],
        [128, 4, 4],
      ],
      calls: 1,
      parameters: 9408,
      macs: 960e6,
    },
  ]);
});
