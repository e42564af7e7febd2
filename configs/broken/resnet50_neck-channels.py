# A mistake on purpose. The backbone was replaced; the neck and the head still take what the base's backbone gave.
_base_ = '../yolov5_s-v61_syncbn_8xb16-300e_coco.py'

# The backbone has its own widths: neither neck nor head is to scale them.
widen_factor = 1.0

model = dict(
    backbone=dict(
        _delete_=True,
        type='mmdet.ResNet',
        depth=50,
        num_stages=4,
        out_indices=(1, 2, 3),
        frozen_stages=1,
        norm_cfg=dict(type='BN', requires_grad=True),
        norm_eval=True,
        style='pytorch',
        init_cfg=dict(type='Pretrained', checkpoint='torchvision://resnet50')),
    neck=dict(
        type='YOLOv5PAFPN',
        widen_factor=widen_factor),
    bbox_head=dict(
        type='YOLOv5Head',
        head_module=dict(
            type='YOLOv5HeadModule',
            widen_factor=widen_factor)))
