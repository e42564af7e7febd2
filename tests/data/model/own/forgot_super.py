import torch
import torch.nn as nn
from mmcls.registry import MODELS


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self):
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return (self.conv(x),)
