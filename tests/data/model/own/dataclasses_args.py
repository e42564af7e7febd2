import torch
import torch.nn as nn
from mmcls.registry import MODELS
from dataclasses import dataclass, field
from typing import List


@dataclass
class Settings:
    widths: List[int] = field(default_factory=lambda: [16, 32, 64])
    kernel: int = 3

    @property
    def padding(self):
        return self.kernel // 2


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self, **kwargs):
        super().__init__()
        self.settings = s = Settings(**kwargs)
        pairs = zip([3, *s.widths], s.widths)
        self.stages = nn.ModuleList(nn.Conv2d(a, b, s.kernel, 2, s.padding) for a, b in pairs)

    def forward(self, x):
        out = []
        for stage in self.stages:
            x = stage(x)
            out.append(x)
        return tuple(out)
