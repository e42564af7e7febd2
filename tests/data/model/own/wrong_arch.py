import torch
import torch.nn as nn
from mmcls.registry import MODELS
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    PLAIN = 'plain'
    DEEP = 'deep'


class Stage(NamedTuple):
    width: int
    depth: int
    kind: Kind = Kind.PLAIN


@MODELS.register_module()
class Net(nn.Module):
    TABLE = {'s': [Stage(16, 1), Stage(32, 2, Kind.DEEP)], 'm': [Stage(24, 2), Stage(48, 3, Kind.DEEP)]}

    def __init__(self, arch='xl'):
        super().__init__()
        width = 3
        for i, (out, depth, kind) in enumerate(self.TABLE[arch]):
            layers = [nn.Conv2d(width, out, 3, stride=2, padding=1)]
            layers += [nn.Conv2d(out, out, 3, padding=1) for _ in range(depth - 1)]
            if kind is Kind.DEEP:
                layers.append(nn.BatchNorm2d(out))
            self.add_module(f'{Kind("deep").name.lower()}{i}', nn.Sequential(*layers))
            width = out

    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return (x,)
