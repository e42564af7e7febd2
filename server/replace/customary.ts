/**
 * What users customarily give a backbone beyond its type, and where its weights are: from the libraries' own model zoos and MMYOLO's guide "Replace the backbone
 * network". Arguments are Python's text. A backbone that is not listed takes its own defaults.
 */
export interface Customary {
  /** Which of its variants: the weights below are of this one alone. What the user sets comes before it. */
  readonly variant: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, string>>;
  /** `{variant}` stands for the variant's value. */
  readonly weights: { readonly checkpoint: string; readonly prefix?: string } | null;
}

const RESNET = {
  num_stages: '4',
  frozen_stages: '1',
  norm_cfg: "dict(type='BN', requires_grad=True)",
  norm_eval: 'True',
  style: "'pytorch'",
};
const MMCLS = 'https://download.openmmlab.com/mmclassification/v0';
const CONVNEXT: Customary = {
  variant: { arch: "'tiny'" },
  args: { drop_path_rate: '0.4', layer_scale_init_value: '1.0' },
  weights: {
    checkpoint: `${MMCLS}/convnext/downstream/convnext-tiny_3rdparty_32xb128-noema_in1k_20220301-795e9634.pth`,
    prefix: 'backbone.',
  },
};
const MOBILENET_V3: Customary = {
  variant: { arch: "'small'" },
  args: {},
  weights: { checkpoint: `${MMCLS}/mobilenet_v3/convert/mobilenet_v3_small-8427ecf0.pth`, prefix: 'backbone.' },
};
const TIMM: Customary = { variant: {}, args: { features_only: 'True', pretrained: 'True' }, weights: null };

export const CUSTOMARY: Readonly<Record<string, Customary>> = {
  'mmdet.ResNet': { variant: { depth: '50' }, args: RESNET, weights: { checkpoint: 'torchvision://resnet50' } },
  'mmdet.SwinTransformer': {
    variant: { embed_dims: '96', depths: '[2, 2, 6, 2]', num_heads: '[3, 6, 12, 24]' },
    args: {
      window_size: '7',
      mlp_ratio: '4',
      qkv_bias: 'True',
      qk_scale: 'None',
      drop_rate: '0.0',
      attn_drop_rate: '0.0',
      drop_path_rate: '0.2',
      patch_norm: 'True',
      with_cp: 'False',
      convert_weights: 'True',
    },
    weights: { checkpoint: 'https://github.com/SwinTransformer/storage/releases/download/v1.0.0/swin_tiny_patch4_window7_224.pth' },
  },
  'mmcls.ConvNeXt': CONVNEXT,
  'mmpretrain.ConvNeXt': CONVNEXT,
  'mmcls.MobileNetV3': MOBILENET_V3,
  'mmpretrain.MobileNetV3': MOBILENET_V3,
  'mmcls.TIMMBackbone': TIMM,
  'mmpretrain.TIMMBackbone': TIMM,
  'mmselfsup.ResNet': {
    variant: { depth: '50' },
    args: RESNET,
    weights: {
      checkpoint:
        'https://download.openmmlab.com/mmselfsup/1.x/mocov3/mocov3_resnet50_8xb512-amp-coslr-800e_in1k/mocov3_resnet50_8xb512-amp-coslr-800e_in1k_20220927-e043f51a.pth',
    },
  },
  'mmyolo.YOLOv6EfficientRep': {
    variant: {},
    args: { norm_cfg: "dict(type='BN', momentum=0.03, eps=0.001)", act_cfg: "dict(type='ReLU', inplace=True)" },
    weights: null,
  },
};

/** torchvision's names of weights that mmdet's ResNet loads by depth. */
export const TORCHVISION_DEPTHS: readonly string[] = ['18', '34', '50', '101', '152'];

/** Arguments without which a classifier's backbone gives vectors instead of maps, or takes pictures of one size alone: by name, wherever a constructor takes them. */
export const MAKES_MAPS: Readonly<Record<string, string>> = {
  gap_before_final_norm: 'False',
  out_type: "'featmap'",
  output_cls_token: 'False',
  pad_small_map: 'True',
};

/** Backbones that are customarily trained with AdamW at a lower rate, whatever the detector: transformers, and networks made in their image. */
export const WANTS_ADAMW = /swin|vit|transformer|convnext|deit|beit|pvt|mvit|twins|xcit|efficientformer|poolformer|edgenext|davit/i;
