/** Which paths a config may name as its bases, and in which order. */
import { expect, test } from 'vitest';
import { baseCandidates, basesNamedIn } from '../../../server/features/base-candidates.ts';
import { MemoryHost } from '../registry/memory-host.ts';

const PARTS = Object.fromEntries(
  ['default_runtime', 'datasets/coco', 'datasets/ade', 'models/net_a', 'models/net_b', 'schedules/2x', 'schedules/1x'].map(name => [
    `/ws/configs/_base_/${name}.py`,
    '',
  ]),
);
const CASES: readonly (readonly [
  name: string,
  file: string,
  files: Readonly<Record<string, string>>,
  given: readonly string[],
  first: readonly string[],
])[] = [
  [
    'parts whose words are in the name, and what is there for all',
    'net/net_b_1x_coco.py',
    PARTS,
    [],
    ['../_base_/datasets/coco.py', '../_base_/models/net_b.py', '../_base_/schedules/1x.py'],
  ],
  [
    'one of each kind: not the model again',
    'net/net_b_1x_coco.py',
    PARTS,
    ['../_base_/models/net_b.py'],
    ['../_base_/datasets/coco.py', '../_base_/schedules/1x.py', '../_base_/default_runtime.py'],
  ],
  [
    'what the configs of likest names rest on',
    'net/net_m_coco.py',
    {
      '/ws/configs/net/net_s_coco.py': "_base_ = './net_l_coco.py'\n",
      '/ws/configs/net/net_l_coco.py': "_base_ = '../_base_/far.py'\n",
      '/ws/configs/net/other.py': "_base_ = '../_base_/other.py'\n",
    },
    [],
    ['./net_l_coco.py', '../_base_/far.py', './net_s_coco.py'],
  ],
  [
    'a file that is written in two ways is there once, before all second ways',
    'net/c.py',
    { '/ws/configs/net/a.py': "_base_ = ['./b.py', 'b.py']\n", '/ws/configs/net/b.py': '' },
    [],
    ['./b.py', 'a.py', 'b.py'],
  ],
];
test.each(CASES)('%s', (_, file, files, given, first) => {
  const host = new MemoryHost(files);
  const found = baseCandidates(`/ws/configs/${file}`, given, { list: folder => host.list(folder), read: path => host.read(path) });
  expect(found.slice(0, 3)).toEqual(first);
});

test('a long path in several pieces is one', () => {
  expect(basesNamedIn("_base_ = [\n    './a_'\n    'b.py',  # c\n    \"d.py\"\n]\n")).toEqual(['./a_b.py', 'd.py']);
  expect(basesNamedIn("_base_ = './a.py'\n")).toEqual(['./a.py']);
});
