import torch
import torch.nn as nn
from mmcls.registry import MODELS
from mmcv.cnn import ConvModule, DepthwiseSeparableConvModule, build_norm_layer
from mmcv.cnn.bricks import DropPath
from mmengine.model import BaseModule, ModuleList, Sequential


@MODELS.register_module()
class Net(BaseModule):
    def __init__(self, norm_cfg=dict(type='BN', momentum=0.03), act_cfg=dict(type='SiLU')):
        super().__init__()
        self.stem = ConvModule(3, 16, 3, 2, 1, norm_cfg=norm_cfg, act_cfg=act_cfg)
        self.blocks = ModuleList([DepthwiseSeparableConvModule(16, 16, 3, padding=1, norm_cfg=norm_cfg) for _ in range(2)])
        name, norm = build_norm_layer(norm_cfg, 16, postfix=1)
        self.add_module(name, norm)
        self.last = Sequential(nn.Conv2d(16, 32, 1), nn.PixelUnshuffle(2), nn.PReLU(128))
        self.path = DropPath(0.1)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = x + self.path(block(x))
        return (x, self.last(self.bn1(x)))
