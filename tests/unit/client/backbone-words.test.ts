/** What the list of backbones says. */
import { expect, test } from 'vitest';
import { backboneWords, inOrder, levelsText, replacedText } from '../../../client/replace/backbone-words.ts';
import type { BackboneRecord } from '../../../server/protocol.ts';

const resnet: BackboneRecord = {
  type: 'mmdet.ResNet',
  set: { depth: '101' },
  library: 'mmdet',
  levels: [
    { channels: 512, stride: 8 },
    { channels: 1024, stride: 16 },
    { channels: 2048, stride: 32 },
  ],
  misses: null,
  needs: [],
};
const unknown: BackboneRecord = { ...resnet, type: 'MyNet', set: {}, library: 'my_net', levels: null };
const vit: BackboneRecord = { ...unknown, type: 'timm/vit_tiny', library: 'timm', misses: [16] };

test('a known one is told by what it gives', () => {
  expect(backboneWords(resnet)).toEqual({
    label: 'mmdet.ResNet',
    description: 'depth=101',
    detail: 'stages: 512/1024/2048 · strides 8/16/32',
  });
});

test('one that was measured is told with its size, or why it will not do', () => {
  expect(backboneWords(unknown, { levels: resnet.levels ?? [], parameters: 23_508_032 }).detail).toBe(
    'stages: 512/1024/2048 · strides 8/16/32 · 23.5 M',
  );
  expect(backboneWords(unknown, { reason: 'it gives a vector (768), no map' }).detail).toBe(
    '$(circle-slash) it gives a vector (768), no map',
  );
  expect(backboneWords(unknown).description).toBe('my_net');
});

test('one that will not do says its strides; one that asks for arguments says which', () => {
  expect(backboneWords(vit).detail).toBe('$(circle-slash) stride 16 alone');
  expect(backboneWords({ ...unknown, needs: [{ name: 'arch', choices: [] }] }).detail).toBe('asks for arch');
});

test('a setting that is long is cut', () => {
  expect(backboneWords({ ...resnet, set: { extra: `dict(${'x'.repeat(60)})` } }).description).toMatch(/^extra=dict\(x{35}…$/);
});

test('those that fit come first, those that do not last', () => {
  expect(inOrder([vit, unknown, resnet]).map(b => b.type)).toEqual(['mmdet.ResNet', 'MyNet', 'timm/vit_tiny']);
});

test('one level is told as one', () => expect(levelsText([{ channels: 2048, stride: 32 }])).toBe('stage: 2048 · stride 32'));

test('what was put in is told with the whole model', () => {
  const done = {
    kind: 'replaced',
    uri: '',
    text: '',
    edits: null,
    levels: resnet.levels ?? [],
    notes: [],
    parameters: 69_700_000,
    macs: 77.6e9,
  } as const;
  expect(replacedText('mmdet.ResNet', done)).toBe(
    'mmdet.ResNet: stages: 512/1024/2048 · strides 8/16/32, the model has 69.7 M parameters, 77.6 G MACs',
  );
});
