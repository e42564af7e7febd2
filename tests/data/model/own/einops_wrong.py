import torch
import torch.nn as nn
from mmcls.registry import MODELS
from einops import rearrange


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 16, 16)

    def forward(self, x):
        return (rearrange(self.conv(x), 'b (g c) h w -> b g c h w', g=3),)
