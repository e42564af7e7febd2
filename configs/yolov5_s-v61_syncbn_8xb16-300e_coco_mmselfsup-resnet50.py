# YOLOv5 with MMSelfSup's ResNet-50, pre-trained by MoCo v3 without labels.
_base_ = './yolov5_s-v61_syncbn_8xb16-300e_coco.py'

# Imports the library, so that its types are registered.
custom_imports = dict(imports=['mmselfsup.models'], allow_failed_imports=False)

checkpoint_file = 'https://download.openmmlab.com/mmselfsup/1.x/mocov3/mocov3_resnet50_8xb512-amp-coslr-800e_in1k/mocov3_resnet50_8xb512-amp-coslr-800e_in1k_20220927-e043f51a.pth'

deepen_factor = _base_.deepen_factor
# The backbone has its own widths: neither neck nor head is to scale them.
widen_factor = 1.0
# What the backbone gives, from stride 8 to stride 32.
channels = [512, 1024, 2048]

model = dict(
    backbone=dict(
        _delete_=True,
        type='mmselfsup.ResNet',
        depth=50,
        num_stages=4,
        out_indices=(2, 3, 4),  # counted from one more than MMDetection's
        frozen_stages=1,
        norm_cfg=dict(type='BN', requires_grad=True),
        norm_eval=True,
        style='pytorch',
        init_cfg=dict(type='Pretrained', checkpoint=checkpoint_file)),
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
