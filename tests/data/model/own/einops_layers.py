import torch
import torch.nn as nn
from mmcls.registry import MODELS
from einops import rearrange, reduce, repeat
from einops.layers.torch import Rearrange, Reduce


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self, patch=16, dim=24):
        super().__init__()
        self.embed = nn.Sequential(Rearrange('b c (h p1) (w p2) -> b (h w) (p1 p2 c)', p1=patch, p2=patch), nn.Linear(patch * patch * 3, dim))
        self.cls = nn.Parameter(torch.zeros(1, 1, dim))
        self.pool = Reduce('b n d -> b d', 'mean')

    def forward(self, x):
        x = self.embed(x)
        cls = repeat(self.cls, '1 1 d -> b 1 d', b=x.shape[0])
        y = rearrange(x, 'b (h w) d -> b d h w', h=14)
        return torch.cat((cls, x), dim=1), y, self.pool(x), reduce(y, 'b d h w -> b d', 'max')
