/** The sample workspace's base, whose neck and head are as wide as its own backbone asks for. */
export const BASE = 'yolov5_s-v61_syncbn_8xb16-300e_coco.py';

/** It with another backbone, as one writes it at first: three levels do not fit the neck. */
export const RESNET = `_base_ = '${BASE}'
model = dict(
    backbone=dict(
        _delete_=True,
        type='mmdet.ResNet',
        depth=50,
        out_indices=(1, 2, 3),
        norm_cfg=dict(type='BN', requires_grad=True),
        norm_eval=True))
`;
