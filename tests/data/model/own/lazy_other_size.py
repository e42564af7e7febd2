import torch
import torch.nn as nn
from mmcls.registry import MODELS


@MODELS.register_module()
class Net(nn.Module):
    """Its last layer counts positions: what the dry run saw is not what comes."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.LazyConv2d(8, 7, 4), nn.LazyInstanceNorm2d(), nn.GELU())
        self.mix = nn.LazyLinear(16)
        self(torch.zeros(2, 3, 64, 64))

    def forward(self, x):
        return (self.mix(self.stem(x).flatten(2)),)
