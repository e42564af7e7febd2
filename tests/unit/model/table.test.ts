import { describe, expect, it } from 'vitest';
import { fromJson } from '../../../server/model/options.ts';
import { byTable } from '../../../server/model/table.ts';
import { assets } from '../../../server/project/assets.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { loadSnapshot } from '../../../server/registry/snapshot.ts';

const registry = createRegistry(new NodeHost(), { roots: [], description: '' }, loadSnapshot(assets.facts));
const table = (backbone: object, neck: object) =>
  byTable(
    { model: fromJson({ backbone, neck }), scope: 'mmyolo', imports: null, own: { size: null, channels: 3 }, size: [640, 640] },
    registry,
  );
const neck = (channels: readonly number[], widen = 1) => ({
  type: 'YOLOv5PAFPN',
  widen_factor: widen,
  in_channels: channels,
  out_channels: channels,
});

/** The backbones of MMYOLO's guide, and what each gives. */
const GUIDE: readonly (readonly [object, readonly number[]])[] = [
  [
    { type: 'YOLOv6EfficientRep', widen_factor: 0.5, deepen_factor: 0.33, norm_cfg: { type: 'BN' }, act_cfg: { type: 'ReLU' } },
    [128, 256, 512],
  ],
  [
    { type: 'mmdet.ResNet', depth: 50, num_stages: 4, out_indices: [1, 2, 3], frozen_stages: 1, norm_eval: true, style: 'pytorch' },
    [512, 1024, 2048],
  ],
  [
    {
      type: 'mmdet.SwinTransformer',
      embed_dims: 96,
      depths: [2, 2, 6, 2],
      num_heads: [3, 6, 12, 24],
      window_size: 7,
      mlp_ratio: 4,
      out_indices: [1, 2, 3],
    },
    [192, 384, 768],
  ],
  [{ type: 'mmcls.ConvNeXt', arch: 'tiny', out_indices: [1, 2, 3], drop_path_rate: 0.4, gap_before_final_norm: false }, [192, 384, 768]],
  [{ type: 'mmcls.MobileNetV3', arch: 'small', out_indices: [3, 8, 11] }, [24, 48, 96]],
  [
    { type: 'mmcls.TIMMBackbone', model_name: 'efficientnet_b1', features_only: true, pretrained: true, out_indices: [2, 3, 4] },
    [40, 112, 320],
  ],
  [{ type: 'mmselfsup.ResNet', depth: 50, num_stages: 4, out_indices: [2, 3, 4], frozen_stages: 1, style: 'pytorch' }, [512, 1024, 2048]],
];

describe('without the libraries’ sources', () => {
  it.each(GUIDE)('knows what %o gives', (backbone, channels) => {
    const found = table(backbone, neck(channels));
    expect(found.backbone?.channels).toEqual(channels);
    expect(found.mismatches).toEqual([]);
  });

  it('finds every level that does not fit', () => {
    const { mismatches } = table(GUIDE[1]![0], neck([256, 512, 1024]));
    expect(mismatches.map(m => [m.kind, m.expected, m.got, m.stride, m.blame[0]])).toEqual([
      ['channels', 256, 512, 8, 'neck.in_channels[0]'],
      ['channels', 512, 1024, 16, 'neck.in_channels[1]'],
      ['channels', 1024, 2048, 32, 'neck.in_channels[2]'],
    ]);
  });

  it('knows the widen_factor of the neck', () => {
    expect(table(GUIDE[1]![0], neck([512, 1024, 2048], 0.5)).mismatches.map(m => m.expected)).toEqual([256, 512, 1024]);
    expect(table(GUIDE[1]![0], neck([1024, 2048, 4096], 0.5)).mismatches).toEqual([]);
  });

  it('counts levels', () => {
    expect(table({ ...GUIDE[1]![0], out_indices: [0, 1, 2, 3] }, neck([256, 512, 1024])).mismatches.map(m => m.kind)).toEqual(['levels']);
  });

  it.each([
    ['an argument that no fact covers', { ...GUIDE[1]![0], base_channels: 32 }, neck([1, 2, 3])],
    ['a type that no fact covers', { type: 'mmdet.Nobody' }, neck([1, 2, 3])],
    ['another neck', GUIDE[1]![0], { ...neck([1, 2, 3]), type: 'YOLOv8PAFPN' }],
    ['an index beyond the last', { ...GUIDE[1]![0], out_indices: [1, 2, 7] }, neck([1, 2, 3])],
  ])('says nothing of %s', (_, backbone, other) => {
    expect(table(backbone, other).mismatches).toEqual([]);
  });
});
