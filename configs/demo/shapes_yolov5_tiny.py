# A small YOLOv5 that finds five kinds of shapes in pictures of 320 x 320. Its checkpoint and some pictures lie beside it.
_base_ = '../yolov5_s-v61_syncbn_8xb16-300e_coco.py'

data_root = 'data/shapes/'
train_ann_file = 'annotations/train.json'
train_data_prefix = 'train/'
val_ann_file = 'annotations/val.json'
val_data_prefix = 'val/'

class_name = ('circle', 'square', 'triangle', 'star', 'hexagon')
num_classes = len(class_name)
metainfo = dict(
    classes=class_name,
    palette=[(230, 57, 70), (29, 132, 181), (244, 162, 37), (124, 77, 255),
             (42, 157, 90)])

img_scale = (320, 320)  # width, height
train_batch_size_per_gpu = 16
train_num_workers = 1
val_batch_size_per_gpu = 4
val_num_workers = 1

# A quarter of the base's widths.
deepen_factor = 0.33
widen_factor = 0.125

# A short training: minutes on a small GPU.
base_lr = 0.02
max_epochs = 42
save_checkpoint_intervals = 4
affine_scale = 0.3

model = dict(
    backbone=dict(deepen_factor=deepen_factor, widen_factor=widen_factor),
    neck=dict(deepen_factor=deepen_factor, widen_factor=widen_factor),
    bbox_head=dict(
        head_module=dict(num_classes=num_classes, widen_factor=widen_factor),
        loss_cls=dict(loss_weight=0.1),
        loss_obj=dict(loss_weight=_base_.loss_obj_weight *
                      (img_scale[0] / 640)**2)))

train_pipeline = [
    dict(type='LoadImageFromFile', backend_args=_base_.backend_args),
    dict(type='LoadAnnotations', with_bbox=True),
    dict(type='YOLOv5KeepRatioResize', scale=img_scale),
    dict(
        type='LetterResize',
        scale=img_scale,
        allow_scale_up=True,
        pad_val=dict(img=114.0)),
    dict(
        type='YOLOv5RandomAffine',
        max_rotate_degree=0.0,
        max_shear_degree=0.0,
        scaling_ratio_range=(1 - affine_scale, 1 + affine_scale),
        border_val=(114, 114, 114)),
    dict(type='YOLOv5HSVRandomAug'),
    dict(type='mmdet.RandomFlip', prob=0.5),
    dict(
        type='mmdet.PackDetInputs',
        meta_keys=('img_id', 'img_path', 'ori_shape', 'img_shape', 'flip',
                   'flip_direction'))
]

test_pipeline = [
    dict(type='LoadImageFromFile', backend_args=_base_.backend_args),
    dict(type='YOLOv5KeepRatioResize', scale=img_scale),
    dict(
        type='LetterResize',
        scale=img_scale,
        allow_scale_up=False,
        pad_val=dict(img=114)),
    dict(type='LoadAnnotations', with_bbox=True, _scope_='mmdet'),
    dict(
        type='mmdet.PackDetInputs',
        meta_keys=('img_id', 'img_path', 'ori_shape', 'img_shape',
                   'scale_factor', 'pad_param'))
]

train_dataloader = dict(
    batch_size=train_batch_size_per_gpu,
    num_workers=train_num_workers,
    pin_memory=False,
    dataset=dict(
        data_root=data_root,
        metainfo=metainfo,
        ann_file=train_ann_file,
        data_prefix=dict(img=train_data_prefix),
        filter_cfg=dict(filter_empty_gt=False, min_size=8),
        pipeline=train_pipeline))

val_dataloader = dict(
    batch_size=val_batch_size_per_gpu,
    num_workers=val_num_workers,
    pin_memory=False,
    dataset=dict(
        data_root=data_root,
        metainfo=metainfo,
        ann_file=val_ann_file,
        data_prefix=dict(img=val_data_prefix),
        pipeline=test_pipeline,
        batch_shapes_cfg=None))

test_dataloader = val_dataloader

val_evaluator = dict(ann_file=data_root + val_ann_file)
test_evaluator = val_evaluator

optim_wrapper = dict(
    optimizer=dict(lr=base_lr, batch_size_per_gpu=train_batch_size_per_gpu))

default_hooks = dict(
    param_scheduler=dict(max_epochs=max_epochs, warmup_mim_iter=150),
    checkpoint=dict(interval=save_checkpoint_intervals, max_keep_ckpts=1),
    logger=dict(type='LoggerHook', interval=25))

train_cfg = dict(max_epochs=max_epochs, val_interval=save_checkpoint_intervals)

work_dir = './work_dirs/shapes_yolov5_tiny'
