# YOLOv5 with any backbone of timm, here EfficientNet-B1, through MMClassification.
_base_ = './yolov5_s-v61_syncbn_8xb16-300e_coco.py'

# Imports the library, so that its types are registered.
custom_imports = dict(imports=['mmcls.models'], allow_failed_imports=False)

deepen_factor = _base_.deepen_factor
# The backbone has its own widths: neither neck nor head is to scale them.
widen_factor = 1.0
# What the backbone gives, from stride 8 to stride 32.
channels = [40, 112, 320]

model = dict(
    backbone=dict(
        _delete_=True,
        type='mmcls.TIMMBackbone',
        model_name='efficientnet_b1',
        features_only=True,
        pretrained=True,
        out_indices=(2, 3, 4)),
    neck=dict(
        type='YOLOv5PAFPN',
        deepen_factor=deepen_factor,
        widen_factor=widen_factor,
        in_channels=channels,
        out_channels=channels),
    bbox_head=dict(
        type='YOLOv5Head',
        head_module=dict(
            type='YOLOv5HeadModule',
            in_channels=channels,
            widen_factor=widen_factor)))
