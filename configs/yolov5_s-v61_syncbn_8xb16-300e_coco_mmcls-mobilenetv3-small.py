# YOLOv5 with MMClassification's MobileNetV3, small.
_base_ = './yolov5_s-v61_syncbn_8xb16-300e_coco.py'

# Imports the library, so that its types are registered.
custom_imports = dict(imports=['mmcls.models'], allow_failed_imports=False)

checkpoint_file = 'https://download.openmmlab.com/mmclassification/v0/mobilenet_v3/convert/mobilenet_v3_small-8427ecf0.pth'

deepen_factor = _base_.deepen_factor
# The backbone has its own widths: neither neck nor head is to scale them.
widen_factor = 1.0
# What the backbone gives, from stride 8 to stride 32.
channels = [24, 48, 96]

model = dict(
    backbone=dict(
        _delete_=True,
        type='mmcls.MobileNetV3',
        arch='small',
        out_indices=(3, 8, 11),  # of its blocks, not of its stages
        # The weights are a classifier's: its backbone's are those under this prefix.
        init_cfg=dict(type='Pretrained', checkpoint=checkpoint_file, prefix='backbone.')),
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
