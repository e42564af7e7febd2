/** The network's page without a page: what its tree shows, what its first line says, what a comparison tells, what it keeps. */
import { describe, expect, it } from 'vitest';
import { changes } from '../../../client/webview/network/compare-table.ts';
import { misfits, remark } from '../../../client/webview/network/lead.ts';
import { FRESH, networkPageState } from '../../../client/webview/network/page-state.ts';
import { treeRows } from '../../../client/webview/network/tree-rows.ts';
import type { NetworkDescription, NetworkModule } from '../../../server/picture/description.ts';
import type { NetworkResult } from '../../../server/protocol.ts';
import { dataText } from '../../data-file.ts';

const answers: Readonly<Record<string, NetworkResult>> = JSON.parse(dataText('network/answers.json.gz'));
function network(name: string): NetworkDescription {
  const answer = answers[name];
  if (answer?.kind !== 'network') throw new Error(`no network ${name}`);
  return answer.network;
}
const paths = (modules: readonly NetworkModule[], filter = '', toggled: readonly string[] = []): readonly string[] =>
  treeRows(modules, module => String(module.type), { toggled: new Set(toggled), filter }).map(row => row.module.path);

describe('the tree', () => {
  const { modules } = network('right');
  it('is open at the model’s parts, without what no forward calls', () => {
    const rows = paths(modules);
    expect(rows).toContain('backbone.layer4');
    expect(rows).not.toContain('backbone.layer4.0');
    expect(rows).not.toContain('data_preprocessor');
    expect(rows).not.toContain('bbox_head.loss_cls');
  });
  it('opens and closes', () => {
    expect(paths(modules, '', ['backbone.layer4'])).toContain('backbone.layer4.2');
    expect(paths(modules, '', ['backbone']).filter(path => path.startsWith('backbone'))).toEqual(['backbone']);
  });
  it('leads to the first module that does not fit', () => {
    const rows = treeRows(network('mismatch').modules, () => '', { toggled: new Set(), filter: '' });
    expect(rows.filter(row => row.module.wrong).map(row => row.module.path)).toEqual([
      'neck',
      'neck.reduce_layers',
      'neck.reduce_layers.2',
      'neck.reduce_layers.2.conv',
      'neck.top_down_layers',
    ]);
  });
  it('finds by path and by class, losses too', () => {
    expect(paths(modules, 'loss_obj')).toEqual(['bbox_head', 'bbox_head.loss_obj']);
    const type = network('right').types.findIndex(({ name }) => name === 'YOLOv5PAFPN');
    expect(paths(modules, String(type))).toContain('neck');
  });
});

describe('the first line', () => {
  it.each([
    ['right', null, 'every level fits'],
    ['mismatch', '3 levels do not fit', 'neck and bbox_head as declared'],
    ['levels', '1 level does not fit', 'of the backbone; neck and bbox_head not run'],
    ['failed', 'backbone fails', null],
    ['unknown', null, 'of the backbone; neck and bbox_head not checked'],
    ['twoStage', null, 'every level fits'],
  ])('%s', (name, bad, rest) => {
    expect([misfits(network(name)), remark(network(name))]).toEqual([bad, rest]);
  });
  it('names what is not run by itself', () => {
    const whole = network('twoStage');
    const parts = whole.parts.map(part => (part.name === 'roi_head' ? { ...part, state: 'idle' as const } : part));
    expect(remark({ ...whole, parts })).toBe('every level fits; MACs without roi_head');
  });
});

it('a comparison tells other classes and other levels, and nothing of what is the same', () => {
  const [before, after] = [network('base'), network('right')];
  const pair = (name: string) => ({
    name,
    before: before.parts.find(part => part.name === name),
    after: after.parts.find(part => part.name === name),
  });
  expect(changes(pair('backbone'), before, after)).toEqual([
    'YOLOv5CSPDarknet → mmdet.ResNet, depth 50',
    '128, 256, 512 → 512, 1024, 2048',
  ]);
  expect(changes(pair('bbox_head'), before, after)).toEqual([]);
  expect(changes({ ...pair('neck'), before: undefined }, before, after)).toEqual(['only in the second']);
});

it.each([
  [undefined, FRESH],
  [{ toggled: 'all', filter: 3, selected: {}, scroll: 'top', subject: { config: 1 } }, FRESH],
  [
    { subject: { config: '/a.py', compared: 7, size: [320, 'x'] }, toggled: ['a', 1], filter: 'conv', selected: 'a', scroll: 4 },
    { subject: { config: '/a.py', compared: null, size: null }, toggled: ['a'], filter: 'conv', selected: 'a', scroll: 4 },
  ],
])('what was kept is read back as far as it is what it should be: %j', (kept, state) => {
  expect(networkPageState(kept)).toEqual(state);
});
