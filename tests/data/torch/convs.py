"""Convolutions, cells and necks as plugins of detectors have them."""
import copy
import math
import warnings
from collections import OrderedDict
from functools import partial
from itertools import chain
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.modules.utils import _pair


def autopad(k, p=None):
    return (k // 2 if isinstance(k, int) else [x // 2 for x in k]) if p is None else p


class Conv(nn.Module):
    def __init__(self, c1, c2, k=1, s=1, p=None, g=1, act=True):
        super(Conv, self).__init__()
        self.conv = nn.Conv2d(c1, c2, k, s, autopad(k, p), groups=g, bias=False)
        self.bn = nn.BatchNorm2d(c2)
        self.act = nn.SiLU() if act is True else (act if isinstance(act, nn.Module) else nn.Identity())

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class DWConv(Conv):
    def __init__(self, c1, c2, k=1, s=1, act=True):
        super().__init__(c1, c2, k, s, g=math.gcd(c1, c2), act=act)


class GhostConv(nn.Module):
    def __init__(self, c1, c2, k=1, s=1, g=1, act=True):
        super().__init__()
        c_ = c2 // 2
        self.cv1 = Conv(c1, c_, k, s, None, g, act=act)
        self.cv2 = Conv(c_, c_, 5, 1, None, c_, act=act)

    def forward(self, x):
        y = self.cv1(x)
        return torch.cat((y, self.cv2(y)), 1)


class GhostBottleneck(nn.Module):
    def __init__(self, c1, c2, k=3, s=1):
        super().__init__()
        c_ = c2 // 2
        self.conv = nn.Sequential(GhostConv(c1, c_, 1, 1), DWConv(c_, c_, k, s, act=False) if s == 2 else nn.Identity(), GhostConv(c_, c2, 1, 1, act=False))
        self.shortcut = nn.Sequential(DWConv(c1, c1, k, s, act=False), Conv(c1, c2, 1, 1, act=False)) if s == 2 else nn.Identity()

    def forward(self, x):
        return self.conv(x) + self.shortcut(x)


class GSConv(nn.Module):
    def __init__(self, c1, c2, k=1, s=1, g=1, act=True):
        super().__init__()
        c_ = c2 // 2
        self.cv1 = Conv(c1, c_, k, s, None, g, act)
        self.cv2 = Conv(c_, c_, 5, 1, None, c_, act)

    def forward(self, x):
        x1 = self.cv1(x)
        x2 = torch.cat((x1, self.cv2(x1)), 1)
        b, n, h, w = x2.data.size()
        y = x2.reshape(b * n // 2, 2, h * w).permute(1, 0, 2)
        y = y.reshape(2, -1, n // 2, h, w)
        return torch.cat((y[0], y[1]), 1)


class VoVGSCSP(nn.Module):
    def __init__(self, c1, c2, n=1, shortcut=True, g=1, e=0.5):
        super().__init__()
        c_ = int(c2 * e)
        self.cv1, self.cv2 = Conv(c1, c_, 1, 1), Conv(c1, c_, 1, 1)
        self.gsb = nn.Sequential(*(GSConv(c_, c_) for _ in range(n)))
        self.res = Conv(c_, c_, 3, 1, act=False)
        self.cv3 = Conv(2 * c_, c2, 1)

    def forward(self, x):
        return self.cv3(torch.cat((self.cv2(x), self.gsb(self.cv1(x))), dim=1))


class SPPFCSPC(nn.Module):
    def __init__(self, c1, c2, n=1, shortcut=False, g=1, e=0.5, k=5):
        super().__init__()
        c_ = int(2 * c2 * e)
        self.cv1, self.cv2, self.cv3, self.cv4 = Conv(c1, c_), Conv(c1, c_), Conv(c_, c_, 3), Conv(c_, c_)
        self.m = nn.MaxPool2d(kernel_size=k, stride=1, padding=k // 2)
        self.cv5, self.cv6, self.cv7 = Conv(4 * c_, c_), Conv(c_, c_, 3), Conv(2 * c_, c2)

    def forward(self, x):
        x1 = self.cv4(self.cv3(self.cv1(x)))
        x2 = self.m(x1)
        x3 = self.m(x2)
        y1 = self.cv6(self.cv5(torch.cat((x1, x2, x3, self.m(x3)), 1)))
        return self.cv7(torch.cat((y1, self.cv2(x)), dim=1))


class ASPP(nn.Module):
    def __init__(self, c1, c2, rates=(6, 12, 18)):
        super().__init__()
        self.stages = nn.ModuleList([nn.Conv2d(c1, c2, 1)] + [nn.Conv2d(c1, c2, 3, padding=r, dilation=r) for r in rates])
        self.pool = nn.Sequential(OrderedDict(pool=nn.AdaptiveAvgPool2d(1), conv=nn.Conv2d(c1, c2, 1)))
        self.out = nn.Conv2d(c2 * (len(rates) + 2), c2, 1)

    def forward(self, x):
        size = x.shape[-2:]
        y = [s(x) for s in self.stages]
        y += [F.interpolate(self.pool(x), size=size, mode='bilinear', align_corners=False)]
        return self.out(torch.cat(y, dim=1))


class RFB(nn.Module):
    def __init__(self, c1, c2, stride=1, scale=0.1, map_reduce=8, vision=1, groups=1):
        super().__init__()
        self.scale, self.out_channels = scale, c2
        inter = c1 // map_reduce
        b = partial(self._basic, groups=groups)
        self.branch0 = nn.Sequential(b(c1, inter, 1, relu=False), b(inter, 2 * inter, (3, 3), stride, (1, 1)), b(2 * inter, 2 * inter, 3, 1, vision, vision, relu=False))
        self.branch1 = nn.Sequential(b(c1, inter, 1, relu=False), b(inter, 2 * inter, (3, 3), stride, (1, 1)), b(2 * inter, 2 * inter, 3, 1, vision + 2, vision + 2, relu=False))
        self.branch2 = nn.Sequential(b(c1, inter, 1, relu=False), b(inter, (inter // 2) * 3, 3, 1, 1), b((inter // 2) * 3, 2 * inter, 3, stride, 1), b(2 * inter, 2 * inter, 3, 1, vision + 4, vision + 4, relu=False))
        self.linear, self.shortcut = b(6 * inter, c2, 1, relu=False), b(c1, c2, 1, stride, relu=False)
        self.relu = nn.ReLU(inplace=False)

    @staticmethod
    def _basic(i, o, k, s=1, p=0, d=1, relu=True, groups=1):
        layers = [nn.Conv2d(i, o, k, s, p, d, groups, bias=False), nn.BatchNorm2d(o, eps=1e-5, momentum=0.01, affine=True)]
        return nn.Sequential(*layers, *([nn.ReLU(True)] if relu else []))

    def forward(self, x):
        out = self.linear(torch.cat((self.branch0(x), self.branch1(x), self.branch2(x)), 1))
        return self.relu(out * self.scale + self.shortcut(x))


class RepVGGBlock(nn.Module):
    def __init__(self, cin, cout, k=3, stride=1, padding=1, groups=1, deploy=False, use_se=False):
        super().__init__()
        self.deploy, self.groups, self.in_channels = deploy, groups, cin
        assert k == 3
        assert padding == 1
        self.nonlinearity = nn.SiLU()
        if deploy:
            self.rbr_reparam = nn.Conv2d(cin, cout, k, stride, padding, groups=groups, bias=True)
        else:
            self.rbr_identity = nn.BatchNorm2d(cin) if cout == cin and stride == 1 else None
            make = lambda kk, pp: nn.Sequential(OrderedDict([('conv', nn.Conv2d(cin, cout, kk, stride, pp, groups=groups, bias=False)), ('bn', nn.BatchNorm2d(cout))]))
            self.rbr_dense, self.rbr_1x1 = make(3, 1), make(1, 0)

    def forward(self, inputs):
        if hasattr(self, 'rbr_reparam'):
            return self.nonlinearity(self.rbr_reparam(inputs))
        id_out = 0 if self.rbr_identity is None else self.rbr_identity(inputs)
        return self.nonlinearity(self.rbr_dense(inputs) + self.rbr_1x1(inputs) + id_out)

    def get_equivalent_kernel_bias(self):
        k3, b3 = self._fuse(self.rbr_dense)
        k1, b1 = self._fuse(self.rbr_1x1)
        kid, bid = self._fuse(self.rbr_identity)
        return k3 + F.pad(k1, [1, 1, 1, 1]) + kid, b3 + b1 + bid

    def _fuse(self, branch):
        if branch is None:
            return 0, 0
        if isinstance(branch, nn.Sequential):
            kernel, bn = branch.conv.weight, branch.bn
        else:
            assert isinstance(branch, nn.BatchNorm2d)
            if not hasattr(self, 'id_tensor'):
                dim = self.in_channels // self.groups
                value = np.zeros((self.in_channels, dim, 3, 3), dtype=np.float32)
                for i in range(self.in_channels):
                    value[i, i % dim, 1, 1] = 1
                self.id_tensor = torch.from_numpy(value).to(branch.weight.device)
            kernel, bn = self.id_tensor, branch
        std = (bn.running_var + bn.eps).sqrt()
        t_ = (bn.weight / std).reshape(-1, 1, 1, 1)
        return kernel * t_, bn.bias - bn.running_mean * bn.weight / std

    def switch_to_deploy(self):
        if hasattr(self, 'rbr_reparam'):
            return
        kernel, bias = self.get_equivalent_kernel_bias()
        c = self.rbr_dense.conv
        self.rbr_reparam = nn.Conv2d(c.in_channels, c.out_channels, c.kernel_size, c.stride, c.padding, c.dilation, c.groups, bias=True)
        self.rbr_reparam.weight.data = kernel
        self.rbr_reparam.bias.data = bias
        for para in self.parameters():
            para.detach_()
        self.__delattr__('rbr_dense')
        self.__delattr__('rbr_1x1')
        if hasattr(self, 'rbr_identity'):
            self.__delattr__('rbr_identity')
        if hasattr(self, 'id_tensor'):
            self.__delattr__('id_tensor')
        self.deploy = True


class ODAttention(nn.Module):
    def __init__(self, cin, cout, k, groups=1, reduction=0.0625, kernel_num=4, min_channel=16):
        super().__init__()
        att = max(int(cin * reduction), min_channel)
        self.k, self.kernel_num, self.temperature = k, kernel_num, 1.0
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc, self.bn, self.relu = nn.Conv2d(cin, att, 1, bias=False), nn.BatchNorm2d(att), nn.ReLU(inplace=True)
        self.channel_fc = nn.Conv2d(att, cin, 1, bias=True)
        self.func_channel = self.get_channel_attention
        if cin == groups and cin == cout:
            self.func_filter = self.skip
        else:
            self.filter_fc = nn.Conv2d(att, cout, 1, bias=True)
            self.func_filter = self.get_filter_attention
        if k == 1:
            self.func_spatial = self.skip
        else:
            self.spatial_fc = nn.Conv2d(att, k * k, 1, bias=True)
            self.func_spatial = self.get_spatial_attention
        if kernel_num == 1:
            self.func_kernel = self.skip
        else:
            self.kernel_fc = nn.Conv2d(att, kernel_num, 1, bias=True)
            self.func_kernel = self.get_kernel_attention

    @staticmethod
    def skip(_):
        return 1.0

    def get_channel_attention(self, x):
        return torch.sigmoid(self.channel_fc(x).view(x.size(0), -1, 1, 1) / self.temperature)

    def get_filter_attention(self, x):
        return torch.sigmoid(self.filter_fc(x).view(x.size(0), -1, 1, 1) / self.temperature)

    def get_spatial_attention(self, x):
        return torch.sigmoid(self.spatial_fc(x).view(x.size(0), 1, 1, 1, self.k, self.k) / self.temperature)

    def get_kernel_attention(self, x):
        return F.softmax(self.kernel_fc(x).view(x.size(0), -1, 1, 1, 1, 1) / self.temperature, dim=1)

    def forward(self, x):
        x = self.relu(self.bn(self.fc(self.avgpool(x))))
        return self.func_channel(x), self.func_filter(x), self.func_spatial(x), self.func_kernel(x)


class ODConv2d(nn.Module):
    def __init__(self, cin, cout, k=3, stride=1, padding=1, dilation=1, groups=1, kernel_num=4):
        super().__init__()
        self.cin, self.cout, self.k, self.stride, self.padding, self.dilation, self.groups, self.n = cin, cout, k, stride, padding, dilation, groups, kernel_num
        self.attention = ODAttention(cin, cout, k, groups=groups, kernel_num=kernel_num)
        self.weight = nn.Parameter(torch.randn(kernel_num, cout, cin // groups, k, k), requires_grad=True)
        for i in range(kernel_num):
            nn.init.kaiming_normal_(self.weight[i], mode='fan_out', nonlinearity='relu')
        self._forward_impl = self._pw1x if self.k == 1 and self.n == 1 else self._common

    def _common(self, x):
        ca, fa, sa, ka = self.attention(x)
        b, c, h, w = x.size()
        x = (x * ca).reshape(1, -1, h, w)
        weight = (sa * ka * self.weight.unsqueeze(dim=0)).sum(dim=1).view([-1, self.cin // self.groups, self.k, self.k])
        out = F.conv2d(x, weight=weight, bias=None, stride=self.stride, padding=self.padding, dilation=self.dilation, groups=self.groups * b)
        return out.view(b, self.cout, out.size(-2), out.size(-1)) * fa

    def _pw1x(self, x):
        ca, fa, _, _ = self.attention(x)
        return F.conv2d(x * ca, weight=self.weight.squeeze(dim=0), bias=None, stride=self.stride, padding=self.padding) * fa

    def forward(self, x):
        return self._forward_impl(x)


class Involution(nn.Module):
    def __init__(self, channels, kernel_size=7, stride=1):
        super().__init__()
        self.k, self.stride, self.channels, self.gc = kernel_size, stride, channels, 16
        self.groups = channels // self.gc
        self.conv1 = nn.Sequential(nn.Conv2d(channels, channels // 4, 1), nn.BatchNorm2d(channels // 4), nn.ReLU())
        self.conv2 = nn.Conv2d(channels // 4, kernel_size**2 * self.groups, 1)
        if stride > 1:
            self.avgpool = nn.AvgPool2d(stride, stride)
        self.unfold = nn.Unfold(kernel_size, 1, (kernel_size - 1) // 2, stride)

    def forward(self, x):
        weight = self.conv2(self.conv1(x if self.stride == 1 else self.avgpool(x)))
        b, c, h, w = weight.shape
        weight = weight.view(b, self.groups, self.k**2, h, w).unsqueeze(2)
        out = self.unfold(x).view(b, self.groups, self.gc, self.k**2, h, w)
        return (weight * out).sum(dim=3).view(b, self.channels, h, w)


class CARAFE(nn.Module):
    def __init__(self, c, k_enc=3, k_up=5, c_mid=64, scale=2):
        super().__init__()
        self.scale = scale
        self.comp, self.enc = Conv(c, c_mid), Conv(c_mid, (scale * k_up)**2, k=k_enc, act=False)
        self.pix_shf = nn.PixelShuffle(scale)
        self.upsmp = nn.Upsample(scale_factor=scale, mode='nearest')
        self.unfold = nn.Unfold(kernel_size=k_up, dilation=scale, padding=k_up // 2 * scale)

    def forward(self, X):
        b, c, h, w = X.size()
        h_, w_ = h * self.scale, w * self.scale
        W = torch.softmax(self.pix_shf(self.enc(self.comp(X))), dim=1)
        X = self.unfold(self.upsmp(X)).view(b, c, -1, h_, w_)
        return torch.einsum('bkhw,bckhw->bchw', [W, X])


class DySample(nn.Module):
    def __init__(self, in_channels, scale=2, style='lp', groups=4, dyscope=False):
        super().__init__()
        assert style in ['lp', 'pl']
        if style == 'pl':
            assert in_channels >= scale**2 and in_channels % scale**2 == 0
        assert in_channels >= groups and in_channels % groups == 0
        self.scale, self.style, self.groups = scale, style, groups
        self.offset = nn.Conv2d(in_channels // scale**2 if style == 'pl' else in_channels, 2 * groups if style == 'pl' else 2 * groups * scale**2, 1)
        nn.init.normal_(self.offset.weight, 0, 0.001)
        if dyscope:
            self.scope = nn.Conv2d(in_channels, self.offset.out_channels, 1, bias=False)
        self.register_buffer('init_pos', self._init_pos())

    def _init_pos(self):
        h = torch.arange((-self.scale + 1) / 2, (self.scale - 1) / 2 + 1) / self.scale
        return torch.stack(torch.meshgrid([h, h])).transpose(1, 2).repeat(1, self.groups, 1).reshape(1, -1, 1, 1)

    def sample(self, x, offset):
        B, _, H, W = offset.shape
        offset = offset.view(B, 2, -1, H, W)
        coords_h, coords_w = torch.arange(H) + 0.5, torch.arange(W) + 0.5
        coords = torch.stack(torch.meshgrid([coords_w, coords_h])).transpose(1, 2).unsqueeze(1).unsqueeze(0).type(x.dtype).to(x.device)
        normalizer = torch.tensor([W, H], dtype=x.dtype, device=x.device).view(1, 2, 1, 1, 1)
        coords = 2 * (coords + offset) / normalizer - 1
        coords = F.pixel_shuffle(coords.view(B, -1, H, W), self.scale).view(B, 2, -1, self.scale * H, self.scale * W).permute(0, 2, 3, 4, 1).contiguous().flatten(0, 1)
        return F.grid_sample(x.reshape(B * self.groups, -1, H, W), coords, mode='bilinear', align_corners=False, padding_mode='border').view(B, -1, self.scale * H, self.scale * W)

    def forward(self, x):
        if self.style == 'pl':
            x_ = F.pixel_shuffle(x, self.scale)
            return self.sample(x, F.pixel_unshuffle(self.offset(x_), self.scale) * 0.25 + self.init_pos)
        if hasattr(self, 'scope'):
            return self.sample(x, self.offset(x) * self.scope(x).sigmoid() * 0.5 + self.init_pos)
        return self.sample(x, self.offset(x) * 0.25 + self.init_pos)


class ASFF(nn.Module):
    def __init__(self, level, dims=(512, 256, 128), rfb=False, vis=False):
        super().__init__()
        self.level, self.vis = level, vis
        self.dim, self.inter = list(dims), dims[level]
        if level == 0:
            self.s1, self.s2, self.expand = Conv(dims[1], self.inter, 3, 2), Conv(dims[2], self.inter, 3, 2), Conv(self.inter, dims[0], 3, 1)
        elif level == 1:
            self.c0, self.s2, self.expand = Conv(dims[0], self.inter, 1), Conv(dims[2], self.inter, 3, 2), Conv(self.inter, dims[1], 3, 1)
        else:
            self.c0, self.c1, self.expand = Conv(dims[0], self.inter, 1), Conv(dims[1], self.inter, 1), Conv(self.inter, dims[2], 3, 1)
        c = 8 if rfb else 16
        self.w = nn.ModuleList(Conv(self.inter, c, 1) for _ in range(3))
        self.levels = nn.Conv2d(c * 3, 3, 1)

    def forward(self, x0, x1, x2):
        up = lambda t_, n: F.interpolate(t_, scale_factor=n, mode='nearest')
        if self.level == 0:
            r = x0, self.s1(x1), self.s2(F.max_pool2d(x2, 3, stride=2, padding=1))
        elif self.level == 1:
            r = up(self.c0(x0), 2), x1, self.s2(x2)
        else:
            r = up(self.c0(x0), 4), up(self.c1(x1), 2), x2
        v = torch.cat([w(a) for w, a in zip(self.w, r)], 1)
        weight = F.softmax(self.levels(v), dim=1)
        fused = sum(a * weight[:, i:i + 1, :, :] for i, a in enumerate(r))
        out = self.expand(fused)
        return (out, weight, fused.sum(dim=1)) if self.vis else out


class BiFPN(nn.Module):
    def __init__(self, channels, n=2, eps=1e-4):
        super().__init__()
        self.eps = eps
        self.w1 = nn.Parameter(torch.ones(2, dtype=torch.float32), requires_grad=True)
        self.w2 = nn.Parameter(torch.ones(3, dtype=torch.float32), requires_grad=True)
        self.lateral = nn.ModuleDict({f'p{i + 3}': nn.Conv2d(c, 64, 1) for i, c in enumerate(channels)})
        self.out = nn.ModuleDict({k: Conv(64, 64, 3) for k in self.lateral})

    def forward(self, xs):
        f = {k: m(x) for (k, m), x in zip(self.lateral.items(), xs)}
        w1 = F.relu(self.w1)
        w1 = w1 / (torch.sum(w1, dim=0) + self.eps)
        keys = list(f)
        td = {keys[-1]: f[keys[-1]]}
        for a, b in zip(keys[-2::-1], keys[:0:-1]):
            td[a] = w1[0] * f[a] + w1[1] * F.interpolate(td[b], size=f[a].shape[2:], mode='nearest')
        w2 = F.relu(self.w2)
        w2 = w2 / (w2.sum() + self.eps)
        outs = [td[keys[0]]]
        for k in keys[1:]:
            outs.append(w2[0] * f[k] + w2[1] * td[k] + w2[2] * F.max_pool2d(outs[-1], kernel_size=2))
        return [self.out[k](o) for k, o in zip(keys, outs)]


class GRN(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.gamma, self.beta = nn.Parameter(torch.zeros(1, 1, 1, dim)), nn.Parameter(torch.zeros(1, 1, 1, dim))

    def forward(self, x):
        gx = torch.norm(x, p=2, dim=(1, 2), keepdim=True)
        return self.gamma * (x * (gx / (gx.mean(dim=-1, keepdim=True) + 1e-6))) + self.beta + x


class LayerNorm(nn.Module):
    def __init__(self, shape, eps=1e-6, data_format='channels_last'):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(shape)), nn.Parameter(torch.zeros(shape))
        self.eps, self.data_format = eps, data_format
        if self.data_format not in ['channels_last', 'channels_first']:
            raise NotImplementedError
        self.normalized_shape = (shape, )

    def forward(self, x):
        if self.data_format == 'channels_last':
            return F.layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps)
        u = x.mean(1, keepdim=True)
        s = (x - u).pow(2).mean(1, keepdim=True)
        return self.weight[:, None, None] * ((x - u) / torch.sqrt(s + self.eps)) + self.bias[:, None, None]


class ConvNeXtV2Block(nn.Module):
    def __init__(self, dim, drop_path=0.):
        super().__init__()
        self.dwconv = nn.Conv2d(dim, dim, kernel_size=7, padding=3, groups=dim)
        self.norm, self.pw1, self.act, self.grn, self.pw2 = LayerNorm(dim), nn.Linear(dim, 4 * dim), nn.GELU(), GRN(4 * dim), nn.Linear(4 * dim, dim)

    def forward(self, x):
        y = self.dwconv(x).permute(0, 2, 3, 1)
        return x + self.pw2(self.grn(self.act(self.pw1(self.norm(y))))).permute(0, 3, 1, 2)


class PartialConv(nn.Module):
    def __init__(self, dim, n_div, forward='split_cat'):
        super().__init__()
        self.a = dim // n_div
        self.b = dim - self.a
        self.conv = nn.Conv2d(self.a, self.a, 3, 1, 1, bias=False)
        if forward == 'slicing':
            self.forward = self.forward_slicing
        elif forward == 'split_cat':
            self.forward = self.forward_split_cat
        else:
            raise NotImplementedError

    def forward_slicing(self, x):
        x = x.clone()
        x[:, :self.a, :, :] = self.conv(x[:, :self.a, :, :])
        return x

    def forward_split_cat(self, x):
        x1, x2 = torch.split(x, [self.a, self.b], dim=1)
        return torch.cat((self.conv(x1), x2), 1)


class SPDConv(nn.Module):
    def __init__(self, c1, c2):
        super().__init__()
        self.conv = Conv(c1 * 4, c2, 3)

    def forward(self, x):
        return self.conv(torch.cat([x[..., ::2, ::2], x[..., 1::2, ::2], x[..., ::2, 1::2], x[..., 1::2, 1::2]], 1))


class InjectionMultiSum(nn.Module):
    def __init__(self, inp, oup):
        super().__init__()
        self.local, self.g, self.a = Conv(inp, oup, act=False), Conv(inp, oup, act=False), Conv(inp, oup, act=False)

    def forward(self, x_l, x_g):
        b, c, h, w = x_l.shape
        g_h, g_w = x_g.shape[2:]
        use_pool = h < g_h
        if use_pool:
            out = np.array([h, w])
            sig = F.adaptive_avg_pool2d(F.hardsigmoid(self.a(x_g)), out)
            feat = F.adaptive_avg_pool2d(self.g(x_g), out)
        else:
            sig = F.interpolate(F.hardsigmoid(self.a(x_g)), size=(h, w), mode='bilinear', align_corners=False)
            feat = F.interpolate(self.g(x_g), size=(h, w), mode='bilinear', align_corners=False)
        return self.local(x_l) * sig + feat


class SAF(nn.Module):
    def forward(self, xs):
        B, C, H, W = xs[2].shape
        out = np.array([H, W])
        xs = list(xs)
        xs[0], xs[1] = F.adaptive_avg_pool2d(xs[0], (H, W)), F.adaptive_avg_pool2d(xs[1], tuple(out.tolist()))
        return torch.cat(xs, 1)


class Detect(nn.Module):
    stride = None

    def __init__(self, nc=80, anchors=(), ch=()):
        super().__init__()
        self.nc, self.no, self.nl, self.na = nc, nc + 5, len(anchors), len(anchors[0]) // 2
        self.grid = [torch.zeros(1)] * self.nl
        a = torch.tensor(anchors).float().view(self.nl, -1, 2)
        self.register_buffer('anchors', a)
        self.register_buffer('anchor_grid', a.clone().view(self.nl, 1, -1, 1, 1, 2))
        self.m = nn.ModuleList(nn.Conv2d(x, self.no * self.na, 1) for x in ch)

    def forward(self, x):
        x = list(x)
        for i in range(self.nl):
            x[i] = self.m[i](x[i])
            bs, _, ny, nx = x[i].shape
            x[i] = x[i].view(bs, self.na, self.no, ny, nx).permute(0, 1, 3, 4, 2).contiguous()
            if self.grid[i].shape[2:4] != x[i].shape[2:4]:
                yv, xv = torch.meshgrid([torch.arange(ny), torch.arange(nx)], indexing='ij')
                self.grid[i] = torch.stack((xv, yv), 2).view((1, 1, ny, nx, 2)).float()
        return x


class DecoupledHead(nn.Module):
    def __init__(self, ch=256, nc=80, width=1.0, anchors=3):
        super().__init__()
        mid = int(256 * width)
        self.merge = Conv(ch, mid, 1)
        self.cls = nn.Sequential(Conv(mid, mid, 3), Conv(mid, mid, 3), nn.Conv2d(mid, nc * anchors, 1))
        self.reg = nn.Sequential(Conv(mid, mid, 3), Conv(mid, mid, 3))
        self.box, self.obj = nn.Conv2d(mid, 4 * anchors, 1), nn.Conv2d(mid, anchors, 1)

    def forward(self, x):
        x = self.merge(x)
        r = self.reg(x)
        return torch.cat([self.box(r), self.obj(r), self.cls(x)], 1)


class DFL(nn.Module):
    def __init__(self, c1=16):
        super().__init__()
        self.conv = nn.Conv2d(c1, 1, 1, bias=False).requires_grad_(False)
        x = torch.arange(c1, dtype=torch.float)
        self.conv.weight.data[:] = nn.Parameter(x.view(1, c1, 1, 1))
        self.c1 = c1

    def forward(self, x):
        b, c, a = x.shape
        return self.conv(x.view(b, 4, self.c1, a).transpose(2, 1).softmax(1)).view(b, 4, a)


class C2f(nn.Module):
    def __init__(self, c1, c2, n=1, e=0.5):
        super().__init__()
        self.c = int(c2 * e)
        self.cv1, self.cv2 = Conv(c1, 2 * self.c), Conv((2 + n) * self.c, c2, 1)
        self.m = nn.ModuleList(nn.Sequential(Conv(self.c, self.c, 3), Conv(self.c, self.c, 3)) for _ in range(n))

    def forward(self, x):
        y = list(self.cv1(x).chunk(2, 1))
        y.extend(m(y[-1]) for m in self.m)
        return self.cv2(torch.cat(y, 1))

    def forward_split(self, x):
        y = list(self.cv1(x).split((self.c, self.c), 1))
        y.extend(m(y[-1]) for m in self.m)
        return self.cv2(torch.cat(y, 1))


x = torch.ones(2, 64, 16, 16)
pyramid = [torch.ones(1, 512, 8, 8), torch.ones(1, 256, 16, 16), torch.ones(1, 128, 32, 32)]
t('Ghost', lambda: GhostConv(64, 128)(x))
t('Ghost odd', lambda: GhostConv(64, 33)(x))
t('GhostBottleneck', lambda: (GhostBottleneck(64, 64)(x), GhostBottleneck(64, 128, 3, 2)(x)))
t('GhostBottleneck widths', lambda: GhostBottleneck(64, 128)(x))
t('GSConv', lambda: GSConv(64, 64)(x))
t('GSConv odd', lambda: GSConv(64, 66)(x[:1]))
t('VoVGSCSP', lambda: VoVGSCSP(64, 128, 2)(x))
t('SPPFCSPC', lambda: SPPFCSPC(64, 64)(x))
t('SPPFCSPC even', lambda: SPPFCSPC(64, 64, k=4)(x))
t('ASPP', lambda: ASPP(64, 32)(x))
t('RFB', lambda: (RFB(64, 64)(x), RFB(64, 128, stride=2)(x)))
t('RFB thin', lambda: RFB(4, 64)(torch.ones(1, 4, 8, 8)))
t('RepVGG', lambda: (RepVGGBlock(64, 64)(x), RepVGGBlock(64, 32, stride=2)(x)))
t('RepVGG fused', lambda: [(b.switch_to_deploy(), b(x), sorted(b.state_dict())) for b in [RepVGGBlock(64, 64).eval()]][0])
t('RepVGG fused groups', lambda: [(b.switch_to_deploy(), b(x), list(dict(b.named_children()))) for b in [RepVGGBlock(64, 64, groups=4).eval()]][0])
t('RepVGG kernel', lambda: RepVGGBlock(64, 64, 5))
t('RepVGG twice', lambda: [b.switch_to_deploy() or b.rbr_dense for b in [RepVGGBlock(8, 8)]])
t('ODConv', lambda: ODConv2d(64, 32)(x))
t('ODConv 1x1', lambda: ODConv2d(64, 32, 1, padding=0, kernel_num=1)(x))
t('ODConv depthwise', lambda: ODConv2d(64, 64, groups=64)(x))
t('ODConv groups', lambda: ODConv2d(64, 32, groups=3)(x))
t('Involution', lambda: (Involution(64)(x), Involution(64, 3, 2)(x)))
t('Involution thin', lambda: Involution(24)(torch.ones(1, 24, 8, 8)))
t('CARAFE', lambda: CARAFE(64)(x))
t('CARAFE even', lambda: CARAFE(64, k_up=4)(x))
t('DySample', lambda: (DySample(64)(x), DySample(64, dyscope=True)(x), DySample(64, style='pl')(x)))
t('DySample pl', lambda: DySample(66, style='pl'))
t('DySample style', lambda: DySample(64, style='x'))
t('ASFF', lambda: [ASFF(i)(*pyramid) for i in range(3)])
t('ASFF vis', lambda: ASFF(2, vis=True)(*pyramid))
t('ASFF order', lambda: ASFF(1)(*pyramid[::-1]))
t('ASFF level', lambda: ASFF(3))
t('BiFPN', lambda: BiFPN([128, 256, 512])(pyramid[::-1]))
t('BiFPN odd', lambda: BiFPN([8, 8])([torch.ones(1, 8, 15, 15), torch.ones(1, 8, 8, 8)]))
t('BiFPN widths', lambda: BiFPN([256, 256, 512])(pyramid[::-1]))
t('ConvNeXtV2', lambda: ConvNeXtV2Block(64)(x))
t('LayerNorm first', lambda: LayerNorm(64, data_format='channels_first')(x))
t('LayerNorm format', lambda: LayerNorm(64, data_format='nchw'))
t('LayerNorm last', lambda: LayerNorm(64)(x))
t('Partial', lambda: (PartialConv(64, 4)(x), PartialConv(64, 4, 'slicing')(x)))
t('Partial x', lambda: PartialConv(64, 4, 'x'))
t('SPD', lambda: SPDConv(64, 64)(x))
t('SPD odd', lambda: SPDConv(64, 64)(x[..., 1:]))
t('Inject', lambda: (InjectionMultiSum(64, 32)(x, torch.ones(2, 64, 32, 32)), InjectionMultiSum(64, 32)(x, torch.ones(2, 64, 4, 4))))
t('SAF', lambda: SAF()([torch.ones(1, 4, 32, 32), torch.ones(1, 8, 16, 16), torch.ones(1, 16, 8, 8)]))
ANCHORS = [[10, 13, 16, 30, 33, 23], [30, 61, 62, 45, 59, 119], [116, 90, 156, 198, 373, 326]]
t('Detect', lambda: Detect(4, ANCHORS, (128, 256, 512))(pyramid[::-1]))
t('Detect state', lambda: {k: tuple(v.shape) for k, v in Detect(4, ANCHORS, (128, 256, 512)).state_dict().items()})
t('Detect few', lambda: Detect(4, ANCHORS, (128, 256))(pyramid[::-1]))
t('Detect ragged', lambda: Detect(4, [[1, 2], [1, 2, 3, 4]], (128, 256)))
t('Detect none', lambda: Detect(4))
t('Decoupled', lambda: DecoupledHead(64, 4, 0.25)(x))
t('DFL', lambda: DFL()(torch.ones(2, 64, 100)))
t('DFL regs', lambda: DFL(8)(torch.ones(2, 64, 100)))
t('C2f', lambda: (C2f(64, 64, 2)(x), C2f(64, 64, 2).forward_split(x)))
t('C2f float n', lambda: C2f(64, 64, 1.0))
t('width float', lambda: Conv(64, 64 * 0.5))
t('deepcopy', lambda: copy.deepcopy(C2f(64, 64))(x))
t('chain', lambda: len(list(chain(C2f(8, 8).parameters(), C2f(8, 8).buffers()))))
t('forgot super', lambda: type('Bad', (nn.Module,), {'__init__': lambda self: setattr(self, 'conv', nn.Conv2d(1, 1, 1))})())
t('list of modules', lambda: [len(list(m.parameters())) for m in [type('Bad', (nn.Module,), {'__init__': lambda self: (nn.Module.__init__(self), setattr(self, 'ms', [nn.Conv2d(1, 1, 1)]))[0]})()]])
t('pair', lambda: (_pair(3), _pair((1, 2)), _pair([4])))
