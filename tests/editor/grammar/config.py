"""A docstring: type='mmdet.ResNet' and {{ fileBasename }} are words here."""
_base_ = './yolov5_s-v61_syncbn_8xb16-300e_coco.py'  # one
_base_ = [
    '../_base_/default_runtime.py',
    "mmdet::_base_/models/faster-rcnn_r50_fpn.py",  # of another library
]
custom_imports = dict(imports=['mmpretrain.models'], allow_failed_imports=False)
model = dict(
    backbone=dict(
        _delete_=True,
        type='mmdet.ResNet',
        depth=50),
    neck=dict(type = "YOLOv5PAFPN", deepen_factor=_base_.deepen_factor),
    bbox_head={'type': 'mmyolo.models.YOLOv5Head', '_delete_': True, '_scope_': 'mmyolo'},
    data_preprocessor=dict(_scope_='mmdet', type='DetDataPreprocessor'))
work_dir = './work_dirs/{{ fileBasenameNoExtension }}'
root = '{{$DATA_ROOT:data/coco}}/train'
anchors = {{_base_.model.bbox_head.prior_generator}}
not_one = '{{ other }} {_base_}'
# type='mmdet.ResNet'
text = "type='mmdet.ResNet'"
kind_type = dict(subtype='Foo', type=None, type='not a name')
half = dict(type='mmdet.Res
