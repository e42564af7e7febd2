# Test-time augmentation for detectors with three levels: each picture at three sizes, each flipped and not.
_backend_args = None

img_scales = [(640, 640), (320, 320), (960, 960)]

_multiscale_resize_transforms = [
    dict(
        type='Compose',
        transforms=[
            dict(type='YOLOv5KeepRatioResize', scale=scale),
            dict(type='LetterResize', scale=scale, pad_val=dict(img=114), allow_scale_up=False),
        ]) for scale in img_scales
]

tta_model = dict(
    type='mmdet.DetTTAModel',
    tta_cfg=dict(nms=dict(type='nms', iou_threshold=0.65), max_per_img=300))

tta_pipeline = [
    dict(type='LoadImageFromFile', backend_args=_backend_args),
    dict(
        type='TestTimeAug',
        transforms=[
            _multiscale_resize_transforms,
            [dict(type='mmdet.RandomFlip', prob=p) for p in (1.0, 0.0)],
            [dict(type='mmdet.LoadAnnotations', with_bbox=True)],
            [
                dict(
                    type='mmdet.PackDetInputs',
                    meta_keys=('img_id', 'img_path', 'ori_shape', 'img_shape', 'scale_factor',
                               'pad_param', 'flip', 'flip_direction'))
            ],
        ])
]
