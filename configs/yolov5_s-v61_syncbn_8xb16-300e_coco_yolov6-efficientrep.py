# YOLOv5 with YOLOv6's backbone. It scales its widths as YOLOv5's own does, so the neck and the head stay as they are.
_base_ = './yolov5_s-v61_syncbn_8xb16-300e_coco.py'

model = dict(
    backbone=dict(
        type='YOLOv6EfficientRep',
        norm_cfg=dict(type='BN', momentum=0.03, eps=0.001),
        act_cfg=dict(type='ReLU', inplace=True)))
