"""Spectra, scans, windows and what else papers' repositories write: numpy tables, torch.jit, autograd functions, einops, hooks."""
import contextlib
import enum
import functools
import inspect
import math
import operator
import typing as tp
from abc import ABC, abstractmethod
from collections import defaultdict, deque, namedtuple
from dataclasses import dataclass, field

import einops
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.utils.checkpoint as cp
from einops import rearrange, reduce, repeat
from einops.layers.torch import Rearrange, Reduce
from torch.autograd import Function
from torch.cuda.amp import autocast, custom_bwd, custom_fwd


class SpectralGate(nn.Module):
    def __init__(self, dim, h=16, w=9):
        super().__init__()
        self.complex_weight = nn.Parameter(torch.randn(h, w, dim, 2, dtype=torch.float32) * 0.02)

    def forward(self, x, spatial_size=None):
        B, N, C = x.shape
        a, b = spatial_size or (int(math.sqrt(N)), ) * 2
        x = torch.fft.rfft2(x.view(B, a, b, C).to(torch.float32), dim=(1, 2), norm='ortho')
        x = x * torch.view_as_complex(self.complex_weight)
        return torch.fft.irfft2(x, s=(a, b), dim=(1, 2), norm='ortho').reshape(B, N, C)


class FourierUnit(nn.Module):
    def __init__(self, cin, cout, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(cin * 2, cout * 2, 1, groups=groups, bias=False)
        self.bn, self.relu = nn.BatchNorm2d(cout * 2), nn.ReLU(inplace=True)

    def forward(self, x):
        batch, c, h, w = x.size()
        f = torch.fft.rfftn(x, dim=(-2, -1), norm='ortho')
        f = torch.stack((f.real, f.imag), dim=-1).permute(0, 1, 4, 2, 3).contiguous().view((batch, -1) + f.size()[2:])
        f = self.relu(self.bn(self.conv(f)))
        f = f.view((batch, -1, 2) + f.size()[2:]).permute(0, 1, 3, 4, 2).contiguous()
        return torch.fft.irfftn(torch.complex(f[..., 0], f[..., 1]), s=(h, w), dim=(-2, -1), norm='ortho')


class HighPass(nn.Module):
    def __init__(self, radius=4):
        super().__init__()
        self.radius = radius

    def forward(self, x):
        f = torch.fft.fftshift(torch.fft.fft2(x), dim=(-2, -1))
        h, w = x.shape[-2:]
        mask = torch.ones_like(x)
        cy, cx = h // 2, w // 2
        mask[:, :, cy - self.radius:cy + self.radius, cx - self.radius:cx + self.radius] = 0
        return torch.abs(torch.fft.ifft2(torch.fft.ifftshift(f * mask, dim=(-2, -1)))), torch.angle(f)


class AFNO(nn.Module):
    def __init__(self, dim, blocks=8, sparsity=0.01):
        super().__init__()
        assert dim % blocks == 0, f'hidden_size {dim} should be divisble by num_blocks {blocks}'
        self.n, self.size = blocks, dim // blocks
        self.w1 = nn.Parameter(0.02 * torch.randn(2, blocks, self.size, self.size))
        self.b1 = nn.Parameter(0.02 * torch.randn(2, blocks, self.size))

    def forward(self, x):
        B, H, W, C = x.shape
        f = torch.fft.rfft2(x.float(), dim=(1, 2), norm='ortho').reshape(B, H, W // 2 + 1, self.n, self.size)
        re = F.relu(torch.einsum('...bi,bio->...bo', f.real, self.w1[0]) - torch.einsum('...bi,bio->...bo', f.imag, self.w1[1]) + self.b1[0])
        im = F.relu(torch.einsum('...bi,bio->...bo', f.imag, self.w1[0]) + torch.einsum('...bi,bio->...bo', f.real, self.w1[1]) + self.b1[1])
        y = F.softshrink(torch.stack([re, im], dim=-1), lambd=0.01)
        return torch.fft.irfft2(torch.view_as_complex(y).reshape(B, H, W // 2 + 1, C), s=(H, W), dim=(1, 2), norm='ortho') + x


def dct_filters(h, w, freqs, channel):
    def value(pos, freq, POS):
        result = math.cos(math.pi * freq * (pos + 0.5) / POS) / math.sqrt(POS)
        return result if freq == 0 else result * math.sqrt(2)
    out = torch.zeros(channel, h, w)
    part = channel // len(freqs)
    for i, (u, v) in enumerate(freqs):
        for a in range(h):
            for b in range(w):
                out[i * part:(i + 1) * part, a, b] = value(a, u, h) * value(b, v, w)
    return out


class FcaLayer(nn.Module):
    def __init__(self, channel, h=7, w=7, freqs=((0, 0), (0, 1), (1, 0), (3, 5))):
        super().__init__()
        self.h, self.w = h, w
        assert channel % len(freqs) == 0
        self.register_buffer('weight', dct_filters(h, w, freqs, channel))
        self.fc = nn.Sequential(nn.Linear(channel, channel // 4, bias=False), nn.ReLU(inplace=True), nn.Linear(channel // 4, channel, bias=False), nn.Sigmoid())

    def forward(self, x):
        n, c, h, w = x.shape
        y = x if (h, w) == (self.h, self.w) else F.adaptive_avg_pool2d(x, (self.h, self.w))
        assert len(y.shape) == 4, 'x must been 4 dimensions, but got ' + str(len(y.shape))
        return x * self.fc(torch.sum(y * self.weight, dim=[2, 3])).view(n, c, 1, 1).expand_as(x)


def haar(dim):
    L = np.array([[1., 1.]]) / np.sqrt(2)
    Hh = np.array([[-1., 1.]]) / np.sqrt(2)
    bank = [L.T * L, L.T * Hh, Hh.T * L, Hh.T * Hh]
    return torch.from_numpy(np.stack(bank)).float().unsqueeze(1).repeat(dim, 1, 1, 1)


class DWT(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.filters = nn.Parameter(haar(dim), requires_grad=False)

    def forward(self, x):
        pads = (x.shape[3] % 2, 0, x.shape[2] % 2, 0)
        if any(pads):
            x = F.pad(x, pads, mode='reflect')
        y = F.conv2d(x, self.filters, stride=2, groups=self.dim)
        return y.view(x.size(0), self.dim, 4, *y.shape[2:]).transpose(1, 2).flatten(1, 2)


class BlurPool(nn.Module):
    def __init__(self, channels, filt_size=4, stride=2, pad_off=0):
        super().__init__()
        self.stride, self.channels = stride, channels
        self.pad_sizes = [int(1. * (filt_size - 1) / 2), int(np.ceil(1. * (filt_size - 1) / 2))] * 2
        self.pad_sizes = [p + pad_off for p in self.pad_sizes]
        a = {1: [1.], 2: [1., 1.], 3: [1., 2., 1.], 4: [1., 3., 3., 1.], 5: [1., 4., 6., 4., 1.]}[filt_size]
        a = np.array(a)
        filt = torch.Tensor(a[:, None] * a[None, :])
        self.register_buffer('filt', (filt / torch.sum(filt))[None, None, :, :].repeat((channels, 1, 1, 1)))
        self.pad = nn.ReflectionPad2d(self.pad_sizes)

    def forward(self, inp):
        return F.conv2d(self.pad(inp), self.filt, stride=self.stride, groups=inp.shape[1])


def selective_scan_ref(u, delta, A, B, C, D=None, z=None, delta_bias=None, delta_softplus=False):
    dtype_in = u.dtype
    u, delta = u.float(), delta.float()
    if delta_bias is not None:
        delta = delta + delta_bias[..., None].float()
    if delta_softplus:
        delta = F.softplus(delta)
    batch, dim, dstate = u.shape[0], A.shape[0], A.shape[1]
    x = A.new_zeros((batch, dim, dstate))
    ys = []
    deltaA = torch.exp(torch.einsum('bdl,dn->bdln', delta, A))
    deltaB_u = torch.einsum('bdl,bnl,bdl->bdln', delta, B, u)
    for i in range(u.shape[2]):
        x = deltaA[:, :, i] * x + deltaB_u[:, :, i]
        ys.append(torch.einsum('bdn,bn->bd', x, C[:, :, i]))
    y = torch.stack(ys, dim=2)
    out = y if D is None else y + u * rearrange(D, 'd -> d 1')
    if z is not None:
        out = out * F.silu(z)
    return out.to(dtype=dtype_in)


class Mamba(nn.Module):
    def __init__(self, d_model, d_state=8, d_conv=4, expand=2, dt_rank='auto', dt_min=0.001, dt_max=0.1):
        super().__init__()
        self.d_inner = int(expand * d_model)
        self.dt_rank = math.ceil(d_model / 16) if dt_rank == 'auto' else dt_rank
        self.d_state = d_state
        self.in_proj = nn.Linear(d_model, self.d_inner * 2, bias=False)
        self.conv1d = nn.Conv1d(self.d_inner, self.d_inner, bias=True, kernel_size=d_conv, groups=self.d_inner, padding=d_conv - 1)
        self.x_proj = nn.Linear(self.d_inner, self.dt_rank + d_state * 2, bias=False)
        self.dt_proj = nn.Linear(self.dt_rank, self.d_inner, bias=True)
        nn.init.uniform_(self.dt_proj.weight, -self.dt_rank**-0.5, self.dt_rank**-0.5)
        dt = torch.exp(torch.rand(self.d_inner) * (math.log(dt_max) - math.log(dt_min)) + math.log(dt_min)).clamp(min=1e-4)
        with torch.no_grad():
            self.dt_proj.bias.copy_(dt + torch.log(-torch.expm1(-dt)))
        self.dt_proj.bias._no_reinit = True
        A = repeat(torch.arange(1, d_state + 1, dtype=torch.float32), 'n -> d n', d=self.d_inner).contiguous()
        self.A_log = nn.Parameter(torch.log(A))
        self.A_log._no_weight_decay = True
        self.D = nn.Parameter(torch.ones(self.d_inner))
        self.out_proj = nn.Linear(self.d_inner, d_model, bias=False)

    def forward(self, h):
        batch, seqlen, dim = h.shape
        xz = rearrange(self.in_proj.weight @ rearrange(h, 'b l d -> d (b l)'), 'd (b l) -> b d l', l=seqlen)
        A = -torch.exp(self.A_log.float())
        x, z = xz.chunk(2, dim=1)
        x = F.silu(self.conv1d(x)[..., :seqlen])
        dbl = self.x_proj(rearrange(x, 'b d l -> (b l) d'))
        dt, B, C = torch.split(dbl, [self.dt_rank, self.d_state, self.d_state], dim=-1)
        dt = rearrange(self.dt_proj.weight @ dt.t(), 'd (b l) -> b d l', l=seqlen)
        B, C = (rearrange(v, '(b l) n -> b n l', l=seqlen).contiguous() for v in (B, C))
        y = selective_scan_ref(x, dt, A, B, C, self.D.float(), z=z, delta_bias=self.dt_proj.bias.float(), delta_softplus=True)
        return self.out_proj(rearrange(y, 'b d l -> b l d'))


class CrossScan(Function):
    @staticmethod
    def forward(ctx, x):
        B, C, H, W = x.shape
        ctx.shape = (B, C, H, W)
        xs = x.new_empty((B, 4, C, H * W))
        xs[:, 0] = x.flatten(2, 3)
        xs[:, 1] = x.transpose(dim0=2, dim1=3).flatten(2, 3)
        xs[:, 2:4] = torch.flip(xs[:, 0:2], dims=[-1])
        return xs

    @staticmethod
    def backward(ctx, ys):
        B, C, H, W = ctx.shape
        return (ys[:, 0:2] + ys[:, 2:4].flip(dims=[-1]).view(B, 2, -1, H * W))[:, 0].view(B, -1, H, W)


@torch.jit.script
def swish_jit(x):
    return x.mul(x.sigmoid())


class MishFn(Function):
    @staticmethod
    @custom_fwd
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.mul(torch.tanh(F.softplus(x)))

    @staticmethod
    @custom_bwd
    def backward(ctx, g):
        x = ctx.saved_tensors[0]
        return g * x


def window_partition(x, size):
    B, H, W, C = x.shape
    x = x.view(B, H // size, size, W // size, size, C)
    return x.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, size, size, C)


def window_reverse(windows, size, H, W):
    B = int(windows.shape[0] / (H * W / size / size))
    return windows.view(B, H // size, W // size, size, size, -1).permute(0, 1, 3, 2, 4, 5).contiguous().view(B, H, W, -1)


class WindowBlock(nn.Module):
    def __init__(self, dim, heads, res, window=4, shift=0):
        super().__init__()
        self.res, self.window, self.shift, self.heads = res, window, shift, heads
        assert 0 <= shift < window, 'shift_size must in 0-window_size'
        self.table = nn.Parameter(torch.zeros((2 * window - 1) * (2 * window - 1), heads))
        coords = torch.flatten(torch.stack(torch.meshgrid(torch.arange(window), torch.arange(window), indexing='ij')), 1)
        rel = (coords[:, :, None] - coords[:, None, :]).permute(1, 2, 0).contiguous()
        rel[:, :, 0] += window - 1
        rel[:, :, 1] += window - 1
        rel[:, :, 0] *= 2 * window - 1
        self.register_buffer('index', rel.sum(-1))
        nn.init.trunc_normal_(self.table, std=.02)
        self.qkv, self.proj = nn.Linear(dim, dim * 3), nn.Linear(dim, dim)
        mask = None
        if shift:
            H, W = res
            img = torch.zeros((1, H, W, 1))
            cnt = 0
            for hs in (slice(0, -window), slice(-window, -shift), slice(-shift, None)):
                for ws in (slice(0, -window), slice(-window, -shift), slice(-shift, None)):
                    img[:, hs, ws, :] = cnt
                    cnt += 1
            mw = window_partition(img, window).view(-1, window * window)
            mask = mw.unsqueeze(1) - mw.unsqueeze(2)
            mask = mask.masked_fill(mask != 0, float(-100.0)).masked_fill(mask == 0, float(0.0))
        self.register_buffer('mask', mask)

    def forward(self, x):
        H, W = self.res
        B, L, C = x.shape
        assert L == H * W, 'input feature has wrong size'
        x = x.view(B, H, W, C)
        if self.shift:
            x = torch.roll(x, shifts=(-self.shift, -self.shift), dims=(1, 2))
        xw = window_partition(x, self.window).view(-1, self.window**2, C)
        b, n, _ = xw.shape
        q, k, v = self.qkv(xw).reshape(b, n, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        attn = q @ k.transpose(-2, -1) + self.table[self.index.view(-1)].view(n, n, -1).permute(2, 0, 1).contiguous().unsqueeze(0)
        if self.mask is not None:
            nw = self.mask.shape[0]
            attn = (attn.view(b // nw, nw, self.heads, n, n) + self.mask.unsqueeze(1).unsqueeze(0)).view(-1, self.heads, n, n)
        y = self.proj((attn.softmax(-1) @ v).transpose(1, 2).reshape(b, n, C)).view(-1, self.window, self.window, C)
        return window_reverse(y, self.window, H, W).view(B, H * W, C)


class DropPath(nn.Module):
    def __init__(self, drop_prob=None):
        super().__init__()
        self.drop_prob = drop_prob

    def forward(self, x):
        if self.drop_prob == 0. or not self.training:
            return x
        keep = 1 - self.drop_prob
        mask = keep + torch.rand((x.shape[0], ) + (1, ) * (x.ndim - 1), dtype=x.dtype, device=x.device)
        mask.floor_()
        return x.div(keep) * mask


class DeformAttention(nn.Module):
    def __init__(self, d_model=64, levels=3, heads=8, points=4):
        super().__init__()
        if d_model % heads != 0:
            raise ValueError('d_model must be divisible by n_heads, but got {} and {}'.format(d_model, heads))
        self.levels, self.heads, self.points = levels, heads, points
        self.offsets, self.weights = nn.Linear(d_model, heads * levels * points * 2), nn.Linear(d_model, heads * levels * points)
        self.value, self.out = nn.Linear(d_model, d_model), nn.Linear(d_model, d_model)
        thetas = torch.arange(heads, dtype=torch.float32) * (2.0 * math.pi / heads)
        grid = torch.stack([thetas.cos(), thetas.sin()], -1)
        grid = (grid / grid.abs().max(-1, keepdim=True)[0]).view(heads, 1, 1, 2).repeat(1, levels, points, 1)
        for i in range(points):
            grid[:, :, i, :] *= i + 1
        with torch.no_grad():
            self.offsets.bias = nn.Parameter(grid.view(-1))

    def forward(self, query, ref, feats):
        N, Lq, C = query.shape
        shapes = torch.as_tensor([f.shape[-2:] for f in feats], dtype=torch.long)
        flat = torch.cat([f.flatten(2).transpose(1, 2) for f in feats], 1)
        assert (shapes[:, 0] * shapes[:, 1]).sum() == flat.shape[1]
        v = self.value(flat).view(N, flat.shape[1], self.heads, C // self.heads)
        off = self.offsets(query).view(N, Lq, self.heads, self.levels, self.points, 2)
        w = F.softmax(self.weights(query).view(N, Lq, self.heads, self.levels * self.points), -1).view(N, Lq, self.heads, self.levels, self.points)
        norm = torch.stack([shapes[..., 1], shapes[..., 0]], -1)
        loc = ref[:, :, None, :, None, :] + off / norm[None, None, None, :, None, :]
        parts, grids = v.split([int(h * w_) for h, w_ in shapes], dim=1), 2 * loc - 1
        sampled = []
        for lvl, (h, w_) in enumerate(shapes):
            val = parts[lvl].flatten(2).transpose(1, 2).reshape(N * self.heads, C // self.heads, h, w_)
            sampled.append(F.grid_sample(val, grids[:, :, :, lvl].transpose(1, 2).flatten(0, 1), mode='bilinear', padding_mode='zeros', align_corners=False))
        w = w.transpose(1, 2).reshape(N * self.heads, 1, Lq, self.levels * self.points)
        out = (torch.stack(sampled, dim=-2).flatten(-2) * w).sum(-1).view(N, C, Lq)
        return self.out(out.transpose(1, 2).contiguous())


class SinePos(nn.Module):
    def __init__(self, n=32, temperature=10000, normalize=True, scale=None):
        super().__init__()
        if scale is not None and normalize is False:
            raise ValueError('normalize should be True if scale is passed')
        self.n, self.temperature, self.normalize, self.scale = n, temperature, normalize, scale or 2 * math.pi

    def forward(self, mask):
        not_mask = ~mask
        y, x = not_mask.cumsum(1, dtype=torch.float32), not_mask.cumsum(2, dtype=torch.float32)
        if self.normalize:
            y, x = y / (y[:, -1:, :] + 1e-6) * self.scale, x / (x[:, :, -1:] + 1e-6) * self.scale
        d = torch.arange(self.n, dtype=torch.float32)
        d = self.temperature**(2 * torch.div(d, 2, rounding_mode='floor') / self.n)
        px, py = x[:, :, :, None] / d, y[:, :, :, None] / d
        px = torch.stack((px[..., 0::2].sin(), px[..., 1::2].cos()), dim=4).flatten(3)
        py = torch.stack((py[..., 0::2].sin(), py[..., 1::2].cos()), dim=4).flatten(3)
        return torch.cat((py, px), dim=3).permute(0, 3, 1, 2)


class Rope(nn.Module):
    def __init__(self, dim, max_len=64, theta=10000.0):
        super().__init__()
        freqs = 1.0 / (theta**(torch.arange(0, dim, 2)[:dim // 2].float() / dim))
        table = torch.outer(torch.arange(max_len), freqs)
        self.register_buffer('cis', torch.polar(torch.ones_like(table), table), persistent=False)

    def forward(self, x):
        c = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
        return torch.view_as_real(c * self.cis[:x.shape[-2]]).flatten(-2).type_as(x)


class Stage(enum.IntEnum):
    S2 = 4
    S3 = 8

    @property
    def out(self):
        return self.value * 2


@dataclass
class Spec:
    c: int
    k: int = 3
    act: tp.Optional[str] = 'ReLU'
    extra: dict = field(default_factory=dict)

    def build(self, cin):
        return nn.Sequential(nn.Conv2d(cin, self.c, self.k, padding=self.k // 2, **self.extra), getattr(nn, self.act)())


class Base(nn.Module, ABC):
    registry = {}

    def __init_subclass__(cls, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.registry[name or cls.__name__.lower()] = cls

    @abstractmethod
    def forward(self, x):
        ...


class Plain(Base, name='plain'):
    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 1)

    def forward(self, x):
        return cp.checkpoint(self.conv, x, use_reentrant=False) if x.requires_grad else self.conv(x)


class Unfinished(Base):
    pass


@contextlib.contextmanager
def evaluating(m):
    was = m.training
    try:
        yield m.eval()
    finally:
        m.train(was)


def hooked(m, x):
    seen = []
    handles = [c.register_forward_hook(lambda mod, i, o: seen.append((type(mod).__name__, tuple(o.shape)))) for c in m.children()]
    m(x)
    for h in handles:
        h.remove()
    m(x)
    return seen


x = torch.ones(2, 64, 16, 16)
tokens = torch.ones(2, 256, 32)
t('SpectralGate', lambda: SpectralGate(32)(tokens))
t('SpectralGate size', lambda: SpectralGate(32, 14, 8)(tokens))
t('FourierUnit', lambda: FourierUnit(64, 32)(x))
t('HighPass', lambda: HighPass()(x))
t('AFNO', lambda: AFNO(64)(torch.ones(2, 16, 16, 64)))
t('AFNO odd', lambda: AFNO(64, 7))
t('Fca', lambda: FcaLayer(64)(x))
t('Fca assert', lambda: FcaLayer(66))
t('DWT', lambda: (DWT(64)(x), DWT(64)(x[..., 1:])))
t('DWT wrong', lambda: DWT(32)(x))
t('Blur', lambda: (BlurPool(64)(x), BlurPool(64, 3)(x)))
t('Blur key', lambda: BlurPool(64, 9))
t('Mamba', lambda: Mamba(16)(torch.ones(2, 9, 16)))
t('Mamba flag', lambda: Mamba(16).A_log._no_weight_decay)
t('Mamba width', lambda: Mamba(16)(torch.ones(2, 9, 17)))
t('CrossScan', lambda: CrossScan.apply(x))
t('jit', lambda: swish_jit(x))
t('Mish', lambda: MishFn.apply(x))
t('Window', lambda: (WindowBlock(32, 4, (16, 16))(tokens), WindowBlock(32, 4, (16, 16), 4, 2)(tokens)))
t('Window assert', lambda: WindowBlock(32, 4, (14, 16))(tokens))
t('Window shift', lambda: WindowBlock(32, 4, (16, 16), 4, 4))
t('Window odd', lambda: WindowBlock(32, 4, (18, 18), 4)(torch.ones(1, 324, 32)))
t('Window heads', lambda: WindowBlock(32, 3, (16, 16))(tokens))
t('DropPath', lambda: (DropPath(0.1).eval()(x), DropPath(0.1).train()(x)))
FEATS = [torch.ones(2, 64, s, s) for s in (8, 4, 2)]
t('Deform', lambda: DeformAttention()(torch.ones(2, 10, 64), torch.rand(2, 10, 3, 2), FEATS))
t('Deform levels', lambda: DeformAttention(levels=4)(torch.ones(2, 10, 64), torch.rand(2, 10, 3, 2), FEATS))
t('Deform heads', lambda: DeformAttention(60))
t('Sine', lambda: SinePos()(torch.zeros(2, 8, 9, dtype=torch.bool)))
t('Sine scale', lambda: SinePos(normalize=False, scale=1.0))
t('Rope', lambda: Rope(32)(torch.ones(2, 4, 20, 32)))
t('Rope long', lambda: Rope(32)(torch.ones(2, 4, 65, 32)))
t('Rope odd', lambda: Rope(31)(torch.ones(2, 4, 20, 31)))
t('enum', lambda: (Stage.S3.out, Stage(4).name, nn.Conv2d(Stage.S2, Stage.S3, 1)(torch.ones(1, 4, 2, 2))))
t('enum none', lambda: Stage(5))
t('Spec', lambda: Spec(8, extra=dict(bias=False)).build(64)(x))
t('Spec act', lambda: Spec(8, act='Relu').build(64))
t('Spec args', lambda: Spec())
t('registry', lambda: (sorted(Base.registry), Base.registry['plain'](64)(x)))
t('abstract', lambda: Unfinished())
t('Unflatten', lambda: nn.Unflatten(1, (4, 16))(x))
t('rearrange', lambda: rearrange(x, 'b (g c) h w -> b g c (h w)', g=4))
t('rearrange bad', lambda: rearrange(x, 'b (g c) h w -> b g c h w', g=5))
t('reduce', lambda: (reduce(x, 'b c (h p) (w q) -> b c h w', 'max', p=2, q=2), reduce(x, 'b c h w -> b c', 'mean')))
t('repeat', lambda: repeat(tokens, 'b n c -> (r b) n c', r=3))
t('layers', lambda: nn.Sequential(Rearrange('b c (h p) (w q) -> b (h w) (p q c)', p=4, q=4), nn.Linear(1024, 8), Reduce('b n c -> b c', 'mean'))(x))
t('layers bad', lambda: nn.Sequential(Rearrange('b c h w -> b (h w) c'), nn.Linear(32, 8))(x))
t('hooks', lambda: hooked(nn.Sequential(nn.Conv2d(64, 8, 1), nn.ReLU()), x))
t('signature', lambda: list(inspect.signature(WindowBlock.__init__).parameters))
t('partial', lambda: functools.partial(nn.LayerNorm, eps=1e-6)(64).eps)
t('reduce op', lambda: functools.reduce(operator.mul, x.shape[1:]))
t('namedtuple', lambda: namedtuple('Out', 'a b')(x, 1).a.shape[1])
t('autocast', lambda: [autocast(enabled=False).__enter__() is not None, x.half().dtype])
t('buffer none', lambda: nn.Module().register_buffer('a', None))
t('register twice', lambda: nn.ReLU().register_buffer('inplace', torch.ones(1)))
t('parameter of int', lambda: nn.Parameter(torch.arange(3)))
t('parameter no grad', lambda: nn.Parameter(torch.arange(3), requires_grad=False))
t('interpolate', lambda: (F.interpolate(x, scale_factor=(2, 0.5), mode='bilinear'), F.interpolate(x, size=7, mode='bicubic')))
t('interpolate both', lambda: F.interpolate(x, size=7, scale_factor=2))
t('interpolate 3d', lambda: F.interpolate(tokens, size=(7, 7)))
t('cat', lambda: torch.cat([x, F.avg_pool2d(x, 2)], 1))
t('add', lambda: x + F.avg_pool2d(x, 2))
t('view', lambda: x.view(2, 64, -1, 15))
t('view permuted', lambda: x.permute(0, 2, 3, 1).view(2, -1))
t('matmul', lambda: tokens @ torch.ones(64, 32))
t('conv', lambda: nn.Conv2d(32, 64, 3)(x))
t('conv3d input', lambda: nn.Conv2d(64, 8, 1)(tokens))
t('groups', lambda: nn.Conv2d(64, 30, 3, groups=4))
t('norm', lambda: nn.BatchNorm2d(32)(x))
t('norm dims', lambda: nn.BatchNorm2d(32)(tokens))
t('layer norm', lambda: nn.LayerNorm(64)(x))
t('group norm', lambda: nn.GroupNorm(32, 48))
t('linear', lambda: nn.Linear(64, 8)(x))
t('small', lambda: nn.Conv2d(64, 8, 7)(x[..., :4, :4]))
t('pixel shuffle', lambda: nn.PixelShuffle(3)(x))
t('mha', lambda: nn.MultiheadAttention(32, 4, batch_first=True)(tokens, tokens, tokens)[0])
t('mha heads', lambda: nn.MultiheadAttention(32, 5))
t('mha width', lambda: nn.MultiheadAttention(64, 4)(tokens, tokens, tokens))
t('half conv', lambda: nn.Conv2d(64, 8, 1)(x.half()))
t('int conv', lambda: nn.Conv2d(64, 8, 1)(x.long()))
t('None conv', lambda: nn.Conv2d(64, 8, 1)(None))
t('list conv', lambda: nn.Conv2d(64, 8, 1)([x]))
t('sequential', lambda: nn.Sequential(nn.Conv2d(64, 8, 1), None))
t('sequential list', lambda: nn.Sequential([nn.ReLU()]))
t('module list call', lambda: nn.ModuleList([nn.ReLU()])(x))
t('index', lambda: nn.ModuleList([nn.ReLU()])[1])
t('dict key', lambda: nn.ModuleDict({'a.b': nn.ReLU()}))
t('dict miss', lambda: nn.ModuleDict({'a': nn.ReLU()})['b'])
t('attr', lambda: nn.Conv2d(1, 1, 1).out_chanels)
t('nn name', lambda: nn.Conv2D(1, 1, 1))
t('F name', lambda: F.swish(x))
t('torch name', lambda: torch.concatenates([x]))
t('tensor name', lambda: x.channels())
t('unpack', lambda: [a for a, b, c in [x.shape]])
t('stack', lambda: torch.stack([x, x[:1]]))
t('squeeze', lambda: x.squeeze(9))
t('chunk', lambda: [len(c) for c in [x.chunk(3, 1)]] + [c.shape[1] for c in x.chunk(3, 1)])
t('split', lambda: x.split([32, 31], 1))
t('expand', lambda: x.expand(3, -1, -1, -1))
t('einsum', lambda: torch.einsum('bchw,bkc->bkhw', x, torch.ones(2, 5, 63)))
t('bool of many', lambda: 1 if x > 0 else 2)
t('range of tensor', lambda: len(range(torch.tensor(3))))
t('int of many', lambda: int(x))
t('item', lambda: torch.ones(2).item())
