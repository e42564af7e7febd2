"""Attention as plugins of detectors have it."""
import math
from typing import List, Optional, Tuple, Union

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.nn import init
from torch.nn.parameter import Parameter


def autopad(k, p=None, d=1):
    if d > 1:
        k = d * (k - 1) + 1 if isinstance(k, int) else [d * (x - 1) + 1 for x in k]
    if p is None:
        p = k // 2 if isinstance(k, int) else [x // 2 for x in k]
    return p


class Conv(nn.Module):
    default_act = nn.SiLU()

    def __init__(self, c1, c2, k=1, s=1, p=None, g=1, d=1, act=True):
        super().__init__()
        self.conv = nn.Conv2d(c1, c2, k, s, autopad(k, p, d), groups=g, dilation=d, bias=False)
        self.bn = nn.BatchNorm2d(c2)
        self.act = self.default_act if act is True else act if isinstance(act, nn.Module) else nn.Identity()

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))

    def forward_fuse(self, x):
        return self.act(self.conv(x))


class SE(nn.Module):
    def __init__(self, c, r=16):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(nn.Linear(c, c // r, bias=False), nn.ReLU(inplace=True), nn.Linear(c // r, c, bias=False), nn.Sigmoid())

    def init_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Linear):
                init.normal_(m.weight, std=0.001)
                if m.bias is not None:
                    init.constant_(m.bias, 0)

    def forward(self, x):
        b, c, _, _ = x.size()
        y = self.pool(x).view(b, c)
        return x * self.fc(y).view(b, c, 1, 1).expand_as(x)


class ECA(nn.Module):
    def __init__(self, c, gamma=2, b=1):
        super().__init__()
        t = int(abs((math.log(c, 2) + b) / gamma))
        k = t if t % 2 else t + 1
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.conv = nn.Conv1d(1, 1, kernel_size=k, padding=int(k / 2), bias=False)
        self.sig = nn.Sigmoid()

    def forward(self, x):
        y = self.pool(x)
        y = self.conv(y.squeeze(-1).transpose(-1, -2)).transpose(-1, -2).unsqueeze(-1)
        return x * self.sig(y).expand_as(x)


class ChannelGate(nn.Module):
    def __init__(self, c, reduction=16, pool_types=('avg', 'max', 'lp', 'lse')):
        super().__init__()
        self.c = c
        self.mlp = nn.Sequential(nn.Flatten(), nn.Linear(c, c // reduction), nn.ReLU(), nn.Linear(c // reduction, c))
        self.pool_types = pool_types

    def forward(self, x):
        total = None
        for kind in self.pool_types:
            if kind == 'avg':
                raw = self.mlp(F.avg_pool2d(x, (x.size(2), x.size(3)), stride=(x.size(2), x.size(3))))
            elif kind == 'max':
                raw = self.mlp(F.max_pool2d(x, (x.size(2), x.size(3)), stride=(x.size(2), x.size(3))))
            elif kind == 'lp':
                raw = self.mlp(F.lp_pool2d(x, 2, (x.size(2), x.size(3)), stride=(x.size(2), x.size(3))))
            elif kind == 'lse':
                raw = self.mlp(logsumexp_2d(x))
            total = raw if total is None else total + raw
        scale = torch.sigmoid(total).unsqueeze(2).unsqueeze(3).expand_as(x)
        return x * scale


def logsumexp_2d(tensor):
    flat = tensor.view(tensor.size(0), tensor.size(1), -1)
    s, _ = torch.max(flat, dim=2, keepdim=True)
    return s + (flat - s).exp().sum(dim=2, keepdim=True).log()


class ChannelPool(nn.Module):
    def forward(self, x):
        return torch.cat((torch.max(x, 1)[0].unsqueeze(1), torch.mean(x, 1).unsqueeze(1)), dim=1)


class CBAM(nn.Module):
    def __init__(self, c, reduction=16, kernel=7):
        super().__init__()
        assert kernel in (3, 7), 'kernel size must be 3 or 7'
        self.gate = ChannelGate(c, reduction)
        self.compress = ChannelPool()
        self.spatial = Conv(2, 1, kernel, act=False)

    def forward(self, x):
        x = self.gate(x)
        return x * torch.sigmoid(self.spatial(self.compress(x)))


class HSwish(nn.Module):
    def __init__(self, inplace=True):
        super().__init__()
        self.relu = nn.ReLU6(inplace=inplace)

    def forward(self, x):
        return x * self.relu(x + 3) / 6


class CoordAtt(nn.Module):
    def __init__(self, inp, oup, reduction=32):
        super().__init__()
        self.pool_h = nn.AdaptiveAvgPool2d((None, 1))
        self.pool_w = nn.AdaptiveAvgPool2d((1, None))
        mip = max(8, inp // reduction)
        self.conv1 = nn.Conv2d(inp, mip, kernel_size=1, stride=1, padding=0)
        self.bn1 = nn.BatchNorm2d(mip)
        self.act = HSwish()
        self.conv_h = nn.Conv2d(mip, oup, 1)
        self.conv_w = nn.Conv2d(mip, oup, 1)

    def forward(self, x):
        identity = x
        n, c, h, w = x.size()
        x_h = self.pool_h(x)
        x_w = self.pool_w(x).permute(0, 1, 3, 2)
        y = self.act(self.bn1(self.conv1(torch.cat([x_h, x_w], dim=2))))
        x_h, x_w = torch.split(y, [h, w], dim=2)
        x_w = x_w.permute(0, 1, 3, 2)
        return identity * self.conv_w(x_w).sigmoid() * self.conv_h(x_h).sigmoid()


class SimAM(nn.Module):
    def __init__(self, e_lambda=1e-4):
        super().__init__()
        self.activaton = nn.Sigmoid()
        self.e_lambda = e_lambda

    def __repr__(self):
        return self.__class__.__name__ + '(' + ('lambda=%f)' % self.e_lambda)

    @staticmethod
    def get_module_name():
        return 'simam'

    def forward(self, x):
        b, c, h, w = x.size()
        n = w * h - 1
        d = (x - x.mean(dim=[2, 3], keepdim=True)).pow(2)
        y = d / (4 * (d.sum(dim=[2, 3], keepdim=True) / n + self.e_lambda)) + 0.5
        return x * self.activaton(y)


class ShuffleAttention(nn.Module):
    def __init__(self, channel=512, G=8):
        super().__init__()
        self.G = G
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.gn = nn.GroupNorm(channel // (2 * G), channel // (2 * G))
        self.cweight = Parameter(torch.zeros(1, channel // (2 * G), 1, 1))
        self.cbias = Parameter(torch.ones(1, channel // (2 * G), 1, 1))
        self.sweight = Parameter(torch.zeros(1, channel // (2 * G), 1, 1))
        self.sbias = Parameter(torch.ones(1, channel // (2 * G), 1, 1))

    @staticmethod
    def channel_shuffle(x, groups):
        b, c, h, w = x.shape
        x = x.reshape(b, groups, -1, h, w).permute(0, 2, 1, 3, 4)
        return x.reshape(b, -1, h, w)

    def forward(self, x):
        b, c, h, w = x.size()
        x = x.view(b * self.G, -1, h, w)
        x_0, x_1 = x.chunk(2, dim=1)
        x_channel = x_0 * torch.sigmoid(self.cweight * self.avg_pool(x_0) + self.cbias)
        x_spatial = x_1 * torch.sigmoid(self.sweight * self.gn(x_1) + self.sbias)
        out = torch.cat([x_channel, x_spatial], dim=1).contiguous().view(b, -1, h, w)
        return self.channel_shuffle(out, 2)


class ZPool(nn.Module):
    def forward(self, x):
        return torch.cat((torch.max(x, 1)[0].unsqueeze(1), torch.mean(x, 1).unsqueeze(1)), dim=1)


class Triplet(nn.Module):
    def __init__(self, no_spatial=False):
        super().__init__()
        gate = lambda: nn.Sequential(ZPool(), Conv(2, 1, 7, act=False), nn.Sigmoid())
        self.cw, self.hc = gate(), gate()
        self.no_spatial = no_spatial
        if not no_spatial:
            self.hw = gate()

    def forward(self, x):
        a = x.permute(0, 2, 1, 3).contiguous()
        a = (a * self.cw(a)).permute(0, 2, 1, 3).contiguous()
        b = x.permute(0, 3, 2, 1).contiguous()
        b = (b * self.hc(b)).permute(0, 3, 2, 1).contiguous()
        if self.no_spatial:
            return 1 / 2 * (a + b)
        return 1 / 3 * (x * self.hw(x) + a + b)


class EMA(nn.Module):
    def __init__(self, channels, factor=8):
        super().__init__()
        self.groups = factor
        assert channels // self.groups > 0
        self.softmax = nn.Softmax(-1)
        self.agp = nn.AdaptiveAvgPool2d((1, 1))
        self.pool_h = nn.AdaptiveAvgPool2d((None, 1))
        self.pool_w = nn.AdaptiveAvgPool2d((1, None))
        self.gn = nn.GroupNorm(channels // self.groups, channels // self.groups)
        self.conv1x1 = nn.Conv2d(channels // self.groups, channels // self.groups, kernel_size=1)
        self.conv3x3 = nn.Conv2d(channels // self.groups, channels // self.groups, kernel_size=3, padding=1)

    def forward(self, x):
        b, c, h, w = x.size()
        group_x = x.reshape(b * self.groups, -1, h, w)
        x_h = self.pool_h(group_x)
        x_w = self.pool_w(group_x).permute(0, 1, 3, 2)
        hw = self.conv1x1(torch.cat([x_h, x_w], dim=2))
        x_h, x_w = torch.split(hw, [h, w], dim=2)
        x1 = self.gn(group_x * x_h.sigmoid() * x_w.permute(0, 1, 3, 2).sigmoid())
        x2 = self.conv3x3(group_x)
        x11 = self.softmax(self.agp(x1).reshape(b * self.groups, -1, 1).permute(0, 2, 1))
        x12 = x2.reshape(b * self.groups, c // self.groups, -1)
        x21 = self.softmax(self.agp(x2).reshape(b * self.groups, -1, 1).permute(0, 2, 1))
        x22 = x1.reshape(b * self.groups, c // self.groups, -1)
        weights = (torch.matmul(x11, x12) + torch.matmul(x21, x22)).reshape(b * self.groups, 1, h, w)
        return (group_x * weights.sigmoid()).reshape(b, c, h, w)


class LSKA(nn.Module):
    def __init__(self, dim, k_size=11):
        super().__init__()
        table = {7: (3, 2, 1), 11: (3, 4, 2), 23: (5, 9, 3)}
        k, p, d = table[k_size]
        kw = dict(groups=dim)
        self.conv0h = nn.Conv2d(dim, dim, kernel_size=(1, k), stride=(1, 1), padding=(0, (k - 1) // 2), **kw)
        self.conv0v = nn.Conv2d(dim, dim, kernel_size=(k, 1), stride=(1, 1), padding=((k - 1) // 2, 0), **kw)
        self.sh = nn.Conv2d(dim, dim, kernel_size=(1, k), padding=(0, p), dilation=d, **kw)
        self.sv = nn.Conv2d(dim, dim, kernel_size=(k, 1), padding=(p, 0), dilation=d, **kw)
        self.conv1 = nn.Conv2d(dim, dim, 1)

    def forward(self, x):
        u = x.clone()
        for layer in (self.conv0h, self.conv0v, self.sh, self.sv, self.conv1):
            x = layer(x)
        return u * x


class SKAttention(nn.Module):
    def __init__(self, channel=64, kernels=[1, 3, 5, 7], reduction=16, group=1, L=32):
        super().__init__()
        from collections import OrderedDict
        self.d = max(L, channel // reduction)
        self.convs = nn.ModuleList([])
        for k in kernels:
            self.convs.append(nn.Sequential(OrderedDict([
                ('conv', nn.Conv2d(channel, channel, kernel_size=k, padding=k // 2, groups=group)),
                ('bn', nn.BatchNorm2d(channel)), ('relu', nn.ReLU())])))
        self.fc = nn.Linear(channel, self.d)
        self.fcs = nn.ModuleList([nn.Linear(self.d, channel) for _ in kernels])
        self.softmax = nn.Softmax(dim=0)

    def forward(self, x):
        bs, c, _, _ = x.size()
        feats = torch.stack([conv(x) for conv in self.convs], 0)
        U = sum(feats)
        S = U.mean(-1).mean(-1)
        Z = self.fc(S)
        weights = torch.stack([fc(Z).view(bs, c, 1, 1) for fc in self.fcs], 0)
        return (self.softmax(weights) * feats).sum(0)


class NonLocal(nn.Module):
    def __init__(self, in_channels, inter_channels=None, sub_sample=True, bn_layer=True):
        super(NonLocal, self).__init__()
        self.inter_channels = inter_channels or max(in_channels // 2, 1)
        g = nn.Conv2d(in_channels, self.inter_channels, 1)
        phi = nn.Conv2d(in_channels, self.inter_channels, 1)
        self.theta = nn.Conv2d(in_channels, self.inter_channels, 1)
        if sub_sample:
            g, phi = nn.Sequential(g, nn.MaxPool2d(kernel_size=(2, 2))), nn.Sequential(phi, nn.MaxPool2d(2))
        self.g, self.phi = g, phi
        self.W = nn.Sequential(nn.Conv2d(self.inter_channels, in_channels, 1), nn.BatchNorm2d(in_channels))
        nn.init.constant_(self.W[1].weight, 0)
        nn.init.constant_(self.W[1].bias, 0)

    def forward(self, x, return_nl_map=False):
        b = x.size(0)
        g_x = self.g(x).view(b, self.inter_channels, -1).permute(0, 2, 1)
        theta = self.theta(x).view(b, self.inter_channels, -1).permute(0, 2, 1)
        f = torch.matmul(theta, self.phi(x).view(b, self.inter_channels, -1))
        y = torch.matmul(F.softmax(f, dim=-1), g_x).permute(0, 2, 1).contiguous()
        z = self.W(y.view(b, self.inter_channels, *x.size()[2:])) + x
        return (z, f) if return_nl_map else z


class GlobalContext(nn.Module):
    def __init__(self, inplanes, ratio=0.25, pooling_type='att', fusion_types=('channel_add', )):
        super().__init__()
        assert pooling_type in ['avg', 'att']
        assert isinstance(fusion_types, (list, tuple))
        valid = ['channel_add', 'channel_mul']
        assert all([f in valid for f in fusion_types])
        assert len(fusion_types) > 0, 'at least one fusion should be used'
        self.planes = int(inplanes * ratio)
        self.mask = nn.Conv2d(inplanes, 1, kernel_size=1)
        self.soft = nn.Softmax(dim=2)
        make = lambda: nn.Sequential(nn.Conv2d(inplanes, self.planes, 1), nn.LayerNorm([self.planes, 1, 1]), nn.ReLU(inplace=True), nn.Conv2d(self.planes, inplanes, 1))
        self.add = make() if 'channel_add' in fusion_types else None
        self.mul = make() if 'channel_mul' in fusion_types else None

    def forward(self, x):
        b, c, h, w = x.size()
        inp = x.view(b, c, h * w).unsqueeze(1)
        mask = self.soft(self.mask(x).view(b, 1, h * w)).unsqueeze(-1)
        ctx = torch.matmul(inp, mask).view(b, c, 1, 1)
        if self.mul is not None:
            x = x * torch.sigmoid(self.mul(ctx))
        if self.add is not None:
            x = x + self.add(ctx)
        return x


class DoubleAttention(nn.Module):
    def __init__(self, c, cm, cn, reconstruct=True):
        super().__init__()
        self.cm, self.cn, self.reconstruct = cm, cn, reconstruct
        self.A, self.B, self.V = nn.Conv2d(c, cm, 1), nn.Conv2d(c, cn, 1), nn.Conv2d(c, cn, 1)
        if reconstruct:
            self.back = nn.Conv2d(cm, c, 1)

    def forward(self, x):
        b, c, h, w = x.shape
        assert c == self.A.in_channels
        a = self.A(x).view(b, self.cm, -1)
        maps = F.softmax(self.B(x).view(b, self.cn, -1), dim=-1)
        vecs = F.softmax(self.V(x).view(b, self.cn, -1), dim=1)
        desc = torch.bmm(a, maps.permute(0, 2, 1))
        z = desc.matmul(vecs).view(b, self.cm, h, w)
        return self.back(z) if self.reconstruct else z


class AFT(nn.Module):
    def __init__(self, d_model, n=49, simple=False):
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(d_model, d_model) for _ in range(3))
        self.bias = torch.zeros((n, n)) if simple else nn.Parameter(torch.ones(n, n))
        self.n = n

    def forward(self, x):
        bs, n, dim = x.shape
        q, k, v = self.q(x), self.k(x).view(1, bs, n, dim), self.v(x).view(1, bs, n, dim)
        up = torch.sum(torch.exp(k + self.bias.view(n, 1, -1, 1)) * v, dim=2)
        down = torch.sum(torch.exp(k + self.bias.view(n, 1, -1, 1)), dim=2)
        return torch.sigmoid(q) * (up / down).permute(1, 0, 2)


class Crisscross(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.q, self.k, self.v = nn.Conv2d(c, c // 8, 1), nn.Conv2d(c, c // 8, 1), nn.Conv2d(c, c, 1)
        self.softmax = nn.Softmax(dim=3)
        self.gamma = nn.Parameter(torch.zeros(1))

    def inf(self, B, H, W):
        return -torch.diag(torch.tensor(float('inf')).repeat(H), 0).unsqueeze(0).repeat(B * W, 1, 1)

    def forward(self, x):
        b, _, h, w = x.size()
        q, k, v = self.q(x), self.k(x), self.v(x)
        qh = q.permute(0, 3, 1, 2).contiguous().view(b * w, -1, h).permute(0, 2, 1)
        qw = q.permute(0, 2, 1, 3).contiguous().view(b * h, -1, w).permute(0, 2, 1)
        kh = k.permute(0, 3, 1, 2).contiguous().view(b * w, -1, h)
        kw = k.permute(0, 2, 1, 3).contiguous().view(b * h, -1, w)
        vh = v.permute(0, 3, 1, 2).contiguous().view(b * w, -1, h)
        vw = v.permute(0, 2, 1, 3).contiguous().view(b * h, -1, w)
        eh = (torch.bmm(qh, kh) + self.inf(b, h, w)).view(b, w, h, h).permute(0, 2, 1, 3)
        ew = torch.bmm(qw, kw).view(b, h, w, w)
        both = self.softmax(torch.cat([eh, ew], 3))
        ah = both[:, :, :, 0:h].permute(0, 2, 1, 3).contiguous().view(b * w, h, h)
        aw = both[:, :, :, h:h + w].contiguous().view(b * h, w, w)
        oh = torch.bmm(vh, ah.permute(0, 2, 1)).view(b, w, -1, h).permute(0, 2, 3, 1)
        ow = torch.bmm(vw, aw.permute(0, 2, 1)).view(b, h, -1, w).permute(0, 2, 1, 3)
        return self.gamma * (oh + ow) + x


class BiLevelRouting(nn.Module):
    def __init__(self, dim, n_win=4, topk=2, heads=4):
        super().__init__()
        self.n_win, self.topk, self.heads, self.scale = n_win, topk, heads, (dim // heads) ** -0.5
        self.qkv = nn.Linear(dim, 3 * dim)
        self.lepe = nn.Conv2d(dim, dim, 5, 1, 2, groups=dim)

    def forward(self, x):
        from einops import rearrange
        n = self.n_win
        x = rearrange(x, 'n c (j h) (i w) -> n (j i) h w c', j=n, i=n)
        b, p2, h, w, c = x.shape
        q, k, v = self.qkv(x).split(c, dim=-1)
        qw, kw = q.mean([2, 3]), k.mean([2, 3])
        logits = (qw * self.scale) @ kw.transpose(-2, -1)
        weight, idx = torch.topk(logits, self.topk, dim=-1)
        flat = lambda t: rearrange(t, 'n p h w c -> n p (h w) c')
        kv = torch.cat([flat(k), flat(v)], -1)
        picked = torch.gather(kv.view(b, 1, p2, h * w, 2 * c).expand(-1, p2, -1, -1, -1), dim=2,
                              index=idx.view(b, p2, self.topk, 1, 1).expand(-1, -1, -1, h * w, 2 * c))
        ks, vs = picked.split([c, c], dim=-1)
        ks = rearrange(ks, 'n p k w (m c) -> (n p) m c (k w)', m=self.heads)
        vs = rearrange(vs, 'n p k w (m c) -> (n p) m (k w) c', m=self.heads)
        qs = rearrange(flat(q), 'n p w (m c) -> (n p) m w c', m=self.heads)
        out = (qs * self.scale @ ks).softmax(-1) @ vs
        out = rearrange(out, '(n j i) m (h w) c -> n (m c) (j h) (i w)', j=n, i=n, h=h, w=w)
        return out + self.lepe(rearrange(v, 'n (j i) h w c -> n c (j h) (i w)', j=n, i=n).contiguous())


class AgentAttention(nn.Module):
    def __init__(self, dim, window, heads=8, agent_num=49):
        super().__init__()
        self.dim, self.heads, self.window = dim, heads, window
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.an = nn.Parameter(torch.zeros(heads, agent_num, 7, 7))
        self.ah = nn.Parameter(torch.zeros(1, heads, agent_num, window[0], 1))
        self.aw = nn.Parameter(torch.zeros(1, heads, agent_num, 1, window[1]))
        nn.init.trunc_normal_(self.an, std=.02)
        side = int(agent_num ** 0.5)
        self.pool = nn.AdaptiveAvgPool2d(output_size=(side, side))

    def forward(self, x):
        b, n, c = x.shape
        h, w = self.window
        d = c // self.heads
        qkv = self.qkv(x).reshape(b, n, 3, c).permute(2, 0, 1, 3)
        q, k, v = qkv[0], qkv[1], qkv[2]
        agent = self.pool(q.reshape(b, h, w, c).permute(0, 3, 1, 2)).reshape(b, c, -1).permute(0, 2, 1)
        q, k, v = (t.reshape(b, n, self.heads, d).permute(0, 2, 1, 3) for t in (q, k, v))
        agent = agent.reshape(b, -1, self.heads, d).permute(0, 2, 1, 3)
        bias1 = nn.functional.interpolate(self.an, size=self.window, mode='bilinear').reshape(1, self.heads, -1, n).repeat(b, 1, 1, 1)
        bias2 = (self.ah + self.aw).reshape(1, self.heads, -1, n).repeat(b, 1, 1, 1)
        attn = ((agent * d ** -0.5) @ k.transpose(-2, -1) + bias1 + bias2).softmax(-1)
        return (attn @ v).transpose(1, 2).flatten(2)


x = torch.ones(2, 64, 16, 16)
t('SE', lambda: SE(64)(x))
t('SE params', lambda: sum(p.numel() for p in SE(64).parameters()))
t('SE too narrow', lambda: SE(8)(torch.ones(1, 8, 4, 4)))
t('SE wrong channels', lambda: SE(32)(x))
t('SE init', lambda: SE(64).init_weights())
t('ECA', lambda: ECA(64)(x))
t('ECA 256', lambda: ECA(256).conv.kernel_size)
t('CBAM', lambda: CBAM(64)(x))
t('CBAM assert', lambda: CBAM(64, kernel=5))
t('CBAM narrow', lambda: CBAM(64)(x[:, :32]))
t('CBAM 3d', lambda: CBAM(64)(x[0]))
t('Coord', lambda: CoordAtt(64, 64)(x))
t('Coord out', lambda: CoordAtt(64, 32)(x))
t('SimAM', lambda: SimAM()(x))
t('SimAM repr', lambda: repr(SimAM()) + SimAM.get_module_name())
t('Shuffle', lambda: ShuffleAttention(64)(x))
t('Shuffle wrong', lambda: ShuffleAttention(60)(x))
t('Shuffle small', lambda: ShuffleAttention(8))
t('Triplet', lambda: Triplet()(x))
t('Triplet 2', lambda: Triplet(True)(x))
t('EMA', lambda: EMA(64)(x))
t('EMA odd', lambda: EMA(20)(torch.ones(1, 20, 8, 8)))
t('EMA assert', lambda: EMA(4))
t('LSKA', lambda: LSKA(64)(x))
t('LSKA key', lambda: LSKA(64, 13))
t('SK', lambda: SKAttention()(x))
t('NonLocal', lambda: NonLocal(64)(x, True))
t('NonLocal odd', lambda: NonLocal(64)(torch.ones(1, 64, 7, 7)))
t('GC', lambda: GlobalContext(64, fusion_types=('channel_add', 'channel_mul'))(x))
t('GC assert', lambda: GlobalContext(64, fusion_types=()))
t('GC type', lambda: GlobalContext(64, fusion_types='channel_add'))
t('GC type2', lambda: GlobalContext(64, pooling_type='max'))
t('GC zero', lambda: GlobalContext(3))
t('A2', lambda: DoubleAttention(64, 32, 16)(x))
t('A2 assert', lambda: DoubleAttention(32, 32, 16)(x))
t('AFT', lambda: AFT(32)(torch.ones(2, 49, 32)))
t('AFT simple', lambda: AFT(32, simple=True)(torch.ones(2, 49, 32)))
t('AFT n', lambda: AFT(32)(torch.ones(2, 50, 32)))
t('CC', lambda: Crisscross(64)(x))
t('CC rect', lambda: Crisscross(64)(torch.ones(1, 64, 6, 9)))
t('BRA', lambda: BiLevelRouting(64)(x))
t('BRA bad', lambda: BiLevelRouting(64)(torch.ones(1, 64, 15, 16)))
t('BRA k', lambda: BiLevelRouting(64, topk=17)(x))
t('Agent', lambda: AgentAttention(64, (8, 8))(torch.ones(2, 64, 64)))
t('Agent n', lambda: AgentAttention(64, (8, 8))(torch.ones(2, 65, 64)))
t('autopad', lambda: (autopad(3), autopad(5, d=2), autopad((3, 5)), autopad([3, 5], d=2)))
t('autopad str', lambda: autopad('3'))
t('default_act shared', lambda: Conv(3, 8).act is Conv(3, 4).act)
t('act module', lambda: Conv(3, 8, act=nn.ReLU())(torch.ones(1, 3, 4, 4)))
t('missing attr', lambda: Conv(3, 8).forward_fused(torch.ones(1, 3, 4, 4)))
t('missing arg', lambda: Conv(3))
t('too many', lambda: Conv(1, 2, 3, 1, 1, 1, 1, True, 5))
