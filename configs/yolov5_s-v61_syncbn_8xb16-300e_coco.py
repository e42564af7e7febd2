# YOLOv5-s on COCO: 640 x 640, 300 epochs. The base of everything in this folder.
# Written for Necktie; its value is that of MMYOLO's config of the same name.
_base_ = ['_base_/default_runtime.py', '_base_/test_time_augmentation.py']

# ---- The network ----
# Every width below is multiplied by `widen_factor`, every depth by `deepen_factor`.
deepen_factor = 0.33
widen_factor = 0.5
num_classes = 80
norm_cfg = dict(type='BN', eps=0.001, momentum=0.03)

# One row a level: strides 8, 16 and 32. Width and height of each prior, in pixels of the input.
num_det_layers = 3
strides = [8, 16, 32]
anchors = [
    [(10, 13), (16, 30), (33, 23)],
    [(30, 61), (62, 45), (59, 119)],
    [(116, 90), (156, 198), (373, 326)],
]

# ---- The losses ----
loss_bbox_weight = 0.05
loss_cls_weight = 0.5
loss_obj_weight = 1.0
obj_level_weights = [4.0, 1.0, 0.4]
prior_match_thr = 4.0

# ---- What counts as found ----
model_test_cfg = dict(
    nms_pre=30000,
    score_thr=0.001,
    multi_label=True,  # a box may have several classes
    nms=dict(type='nms', iou_threshold=0.65),
    max_per_img=300)

model = dict(
    type='YOLODetector',
    data_preprocessor=dict(
        type='mmdet.DetDataPreprocessor', bgr_to_rgb=True, mean=[0.0] * 3, std=[255.0] * 3),
    backbone=dict(
        type='YOLOv5CSPDarknet',
        widen_factor=widen_factor,
        deepen_factor=deepen_factor,
        act_cfg=dict(type='SiLU', inplace=True),
        norm_cfg=norm_cfg),
    neck=dict(
        type='YOLOv5PAFPN',
        in_channels=[256, 512, 1024],
        out_channels=[256, 512, 1024],
        num_csp_blocks=3,
        widen_factor=widen_factor,
        deepen_factor=deepen_factor,
        act_cfg=dict(type='SiLU', inplace=True),
        norm_cfg=norm_cfg),
    bbox_head=dict(
        type='YOLOv5Head',
        head_module=dict(
            type='YOLOv5HeadModule',
            num_classes=num_classes,
            in_channels=[256, 512, 1024],
            featmap_strides=strides,
            num_base_priors=len(anchors[0]),
            widen_factor=widen_factor),
        prior_generator=dict(type='mmdet.YOLOAnchorGenerator', base_sizes=anchors, strides=strides),
        # The weights were tuned for 80 classes at 640 pixels and three levels: others are scaled to that.
        loss_cls=dict(
            type='mmdet.CrossEntropyLoss',
            use_sigmoid=True,
            reduction='mean',
            loss_weight=loss_cls_weight * (num_classes / 80 * 3 / num_det_layers)),
        loss_bbox=dict(
            type='IoULoss',
            iou_mode='ciou',
            bbox_format='xywh',
            return_iou=True,
            eps=1e-7,
            reduction='mean',
            loss_weight=loss_bbox_weight * (3 / num_det_layers)),
        loss_obj=dict(
            type='mmdet.CrossEntropyLoss',
            use_sigmoid=True,
            reduction='mean',
            loss_weight=loss_obj_weight * (3 / num_det_layers)),
        obj_level_weights=obj_level_weights,
        prior_match_thr=prior_match_thr),
    test_cfg=model_test_cfg)

# ---- The pictures ----
dataset_type = 'YOLOv5CocoDataset'
data_root = 'data/coco/'
train_ann_file = 'annotations/instances_train2017.json'
train_data_prefix = 'train2017/'
val_ann_file = 'annotations/instances_val2017.json'
val_data_prefix = 'val2017/'

img_scale = (640, 640)  # width, height
affine_scale = 0.5
albu_train_transforms = [dict(type=name, p=0.01) for name in ('Blur', 'MedianBlur', 'ToGray', 'CLAHE')]

pre_transform = [
    dict(type='LoadImageFromFile', backend_args=_base_.backend_args),
    dict(type='LoadAnnotations', with_bbox=True),
]

train_pipeline = [
    *pre_transform,
    dict(type='Mosaic', img_scale=img_scale, pad_val=114.0, pre_transform=pre_transform),
    dict(
        type='YOLOv5RandomAffine',
        max_rotate_degree=0.0,
        max_shear_degree=0.0,
        scaling_ratio_range=(1 - affine_scale, 1 + affine_scale),
        # The mosaic is twice as wide and as high: back to the picture's size.
        border=(-img_scale[0] // 2, -img_scale[1] // 2),
        border_val=(114, 114, 114)),
    dict(
        type='mmdet.Albu',
        transforms=albu_train_transforms,
        bbox_params=dict(
            type='BboxParams',
            format='pascal_voc',
            label_fields=['gt_bboxes_labels', 'gt_ignore_flags']),
        keymap={'img': 'image', 'gt_bboxes': 'bboxes'}),
    dict(type='YOLOv5HSVRandomAug'),
    dict(type='mmdet.RandomFlip', prob=0.5),
    dict(
        type='mmdet.PackDetInputs',
        meta_keys=('img_id', 'img_path', 'ori_shape', 'img_shape', 'flip', 'flip_direction')),
]

test_pipeline = [
    dict(type='LoadImageFromFile', backend_args=_base_.backend_args),
    dict(type='YOLOv5KeepRatioResize', scale=img_scale),
    dict(type='LetterResize', scale=img_scale, allow_scale_up=False, pad_val=dict(img=114)),
    dict(type='LoadAnnotations', _scope_='mmdet', with_bbox=True),
    dict(
        type='mmdet.PackDetInputs',
        meta_keys=('img_id', 'img_path', 'ori_shape', 'img_shape', 'scale_factor', 'pad_param')),
]

train_batch_size_per_gpu = 16
train_num_workers = 8
val_batch_size_per_gpu = 1
val_num_workers = 2
persistent_workers = True

# Pictures of like proportions go into one batch, so that little of it is padding.
batch_shapes_cfg = dict(
    type='BatchShapePolicy',
    img_size=img_scale[0],
    batch_size=val_batch_size_per_gpu,
    size_divisor=32,
    extra_pad_ratio=0.5)

train_dataloader = dict(
    batch_size=train_batch_size_per_gpu,
    num_workers=train_num_workers,
    persistent_workers=persistent_workers,
    pin_memory=True,
    sampler=dict(type='DefaultSampler', shuffle=True),
    dataset=dict(
        type=dataset_type,
        data_root=data_root,
        ann_file=train_ann_file,
        data_prefix=dict(img=train_data_prefix),
        filter_cfg=dict(filter_empty_gt=False, min_size=32),
        pipeline=train_pipeline))

val_dataloader = dict(
    batch_size=val_batch_size_per_gpu,
    num_workers=val_num_workers,
    persistent_workers=persistent_workers,
    pin_memory=True,
    drop_last=False,
    sampler=dict(type='DefaultSampler', shuffle=False),
    dataset=dict(
        type=dataset_type,
        test_mode=True,
        data_root=data_root,
        ann_file=val_ann_file,
        data_prefix=dict(img=val_data_prefix),
        batch_shapes_cfg=batch_shapes_cfg,
        pipeline=test_pipeline))
test_dataloader = val_dataloader

val_evaluator = dict(
    type='mmdet.CocoMetric',
    ann_file=data_root + val_ann_file,
    metric='bbox',
    proposal_nums=(100, 1, 10))
test_evaluator = val_evaluator

# ---- The training ----
base_lr = 0.01
lr_factor = 0.01  # the last rate, as a part of the first
weight_decay = 0.0005
max_epochs = 300
save_checkpoint_intervals = 10
max_keep_ckpts = 3

optim_wrapper = dict(
    type='OptimWrapper',
    constructor='YOLOv5OptimizerConstructor',
    optimizer=dict(
        type='SGD',
        lr=base_lr,
        momentum=0.937,
        nesterov=True,
        weight_decay=weight_decay,
        batch_size_per_gpu=train_batch_size_per_gpu))
param_scheduler = None  # the hook below sets the rate

default_hooks = dict(
    param_scheduler=dict(
        type='YOLOv5ParamSchedulerHook',
        scheduler_type='linear',
        lr_factor=lr_factor,
        max_epochs=max_epochs),
    checkpoint=dict(
        interval=save_checkpoint_intervals, max_keep_ckpts=max_keep_ckpts, save_best='auto'))

custom_hooks = [
    dict(
        type='EMAHook',
        ema_type='ExpMomentumEMA',
        momentum=0.0001,
        update_buffers=True,
        strict_load=False,
        priority=49)
]

train_cfg = dict(
    type='EpochBasedTrainLoop', max_epochs=max_epochs, val_interval=save_checkpoint_intervals)
val_cfg = dict(type='ValLoop')
test_cfg = dict(type='TestLoop')
