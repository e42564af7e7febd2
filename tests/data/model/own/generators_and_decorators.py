import torch
import torch.nn as nn
from mmcls.registry import MODELS
import functools
from collections import OrderedDict
from contextlib import contextmanager
from itertools import chain, repeat


def counted(function):
    @functools.wraps(function)
    def inner(self, *args, **kwargs):
        self.calls += 1
        return function(self, *args, **kwargs)
    return inner


@contextmanager
def eval_mode(module):
    before = module.training
    module.eval()
    try:
        yield module
    finally:
        module.train(before)


def widths(start, n):
    yield start
    if n > 1:
        yield from widths(start * 2, n - 1)


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self, levels=3):
        super().__init__()
        self.calls = 0
        channels = list(widths(8, levels))
        self.layers = nn.Sequential(OrderedDict((f'layer{i}', nn.Conv2d(a, b, 3, 2, 1)) for i, (a, b) in enumerate(zip(chain([3], channels), channels))))
        self.scales = nn.ParameterList([nn.Parameter(torch.ones(1)) for _ in repeat(None, levels)])

    @counted
    @torch.no_grad()
    def forward(self, x):
        with eval_mode(self.layers):
            outs = []
            for scale, layer in zip(self.scales, self.layers):
                x = layer(x) * scale
                outs.append(x)
        return outs[::-1]
