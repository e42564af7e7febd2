import torch
import torch.nn as nn
from mmcls.registry import MODELS
import torch.nn.functional as F
from functools import partial


class SE(nn.Module):
    def __init__(self, c, r=4):
        super().__init__()
        self.fc = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(c, c // r, 1), nn.ReLU(inplace=True), nn.Conv2d(c // r, c, 1), nn.Hardsigmoid())

    def forward(self, x):
        return x * self.fc(x).expand_as(x)


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self, norm=partial(nn.GroupNorm, 4)):
        super().__init__()
        self.a = nn.Conv2d(3, 16, 7, 2, 3, bias=False)
        self.n = norm(16)
        self.se = SE(16)
        self.up = nn.ConvTranspose2d(16, 8, 2, 2)
        self.rnn = nn.GRU(8, 12, batch_first=True, bidirectional=True)
        self.apply(self._init)

    @staticmethod
    def _init(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight, mode='fan_out')
            if m.bias is not None:
                nn.init.zeros_(m.bias)

    def forward(self, x):
        x = F.gelu(self.n(self.a(x)))
        x = self.se(F.max_pool2d(x, 3, 2, 1))
        y = F.interpolate(x, scale_factor=2, mode='bilinear', align_corners=False)
        z = self.up(x)
        w = F.unfold(z, 2, stride=2)
        s, _ = self.rnn(F.adaptive_avg_pool2d(z, (1, 10)).squeeze(2).transpose(1, 2))
        return y, z, w.transpose(1, 2), torch.einsum('bcl->bc', s)
