"""Where an operator's ways end: nothing to compute, numbers that do not fit a type, types that are only named, spectra of moving windows."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

for kind in ('uint8', 'int8', 'int32', 'int64', 'bool', 'float16', 'bfloat16', 'float32'):
    dtype = getattr(torch, kind)
    for value in (-1, 300, 1.5, -1.5, 1e10, 1e300, float('inf'), float('nan')):
        t(f'pad {kind} {value}', lambda: F.pad(torch.zeros(2, 3, dtype=dtype), (1, 1), value=value))
    t(f'pad nothing {kind}', lambda: F.pad(torch.zeros(2, 3, dtype=dtype), (0, 0), value=-1))
    t(f'cut {kind}', lambda: F.pad(torch.zeros(2, 3, dtype=dtype), (-1, 0), value=-1))

for shapes in (((), (None,)), ((2,), (None,)), ((2,), ('a',)), ((2,), None), ((2.5,), (1,)), ((None,),), (), ((1,), (-1,)), ((3,), (-1,)),
               (3, (2, 3)), (True, (2, 3)), ([2, 1], (2, 3)), ('x', (2, 3)), (None,), ((True,), (3,)), ((), ()), ((0,), (1,)), (2.5,), (2, None), ({}, (2,)),
               (torch.Size([2]), (2,)), ((2, 3), (3, 2)), ((4, 1, 3), (2, 1))):
    t(f'broadcast_shapes {shapes}', lambda: torch.broadcast_shapes(*shapes))

for kind in ('float16', 'float32', 'float64', 'int64', 'bool', 'bfloat16'):
    dtype = getattr(torch, kind)
    for bias in (True, False):
        for name, net, shape in (
            ('conv', nn.Conv2d(4, 8, 3, bias=bias), (0, 4, 10, 10)),
            ('same', nn.Conv2d(4, 8, 3, padding='same', bias=bias), (0, 4, 10, 10)),
            ('groups', nn.Conv1d(4, 8, 3, padding='same', groups=4, bias=bias), (0, 4, 10)),
            ('transposed', nn.ConvTranspose2d(4, 8, 4, bias=bias), (0, 4, 6, 6)),
            ('no height', nn.Conv2d(4, 8, 3, padding=3, bias=bias), (1, 4, 0, 10)),
            ('too low', nn.Conv2d(4, 8, 3, bias=bias), (1, 4, 0, 10)),
        ):
            t(f'{name} {kind} {bias}', lambda: net(torch.zeros(shape, dtype=dtype)))

for q, k, v in (((2, 4, 5, 8), (2, 2, 3, 7, 8), (2, 2, 0, 7, 8)), ((2, 4, 5, 8), (2, 2, 4, 7, 8), (2, 2, 4, 7, 8)), ((2, 4, 5, 8), (2, 2, 3, 7, 8), (2, 2, 3, 7, 8)),
                ((2, 4, 5, 8), (2, 0, 7, 8), (2, 0, 7, 8)), ((5, 8), (7, 8), (0, 8)), ((5, 8), (7, 6), (7, 0)), ((2, 4, 5, 8), (2, 3, 6, 7), (2, 1, 0, 3))):
    t(f'attention {q} {k} {v}', lambda: F.scaled_dot_product_attention(torch.zeros(q), torch.zeros(k), torch.zeros(v)))

for a, b in (((4, 512), (4, 256)), ((2, 3), (3, 2)), ((4, 1), (4, 3)), ((3, 4), (4,))):
    for reduction in ('none', 'batchmean'):
        t(f'kl_div {a} {b} {reduction}', lambda: F.kl_div(torch.zeros(a), torch.zeros(b), reduction=reduction))

for name in ('float8_e4m3fn', 'float8_e5m2', 'float8_e4m3fnuz', 'uint16', 'uint32', 'uint64'):
    t(name, lambda: [(d.itemsize, d.is_floating_point, d.is_complex, d.is_signed, repr(d)) for d in [getattr(torch, name)]])
    t(f'is {name}', lambda: torch.zeros(2).dtype in (getattr(torch, name), torch.int8))
t('of float8', lambda: torch.zeros(2).to(torch.float8_e4m3fn).dtype)

x, window = torch.zeros(2, 400), torch.hann_window(64)
for name, given in {
    'plain': {'return_complex': True}, 'undecided': {}, 'window': {'window': window, 'return_complex': True}, 'hop': {'hop_length': 10, 'return_complex': True},
    'short window': {'window': torch.hann_window(32), 'return_complex': True}, 'narrow': {'win_length': 32, 'window': torch.hann_window(32), 'return_complex': True},
    'wide': {'win_length': 80, 'return_complex': True}, 'no hop': {'hop_length': 0, 'return_complex': True}, 'whole': {'onesided': False, 'return_complex': True},
    'real': {'return_complex': False}, 'constant': {'pad_mode': 'constant', 'return_complex': True}, 'normalized': {'normalized': True, 'return_complex': True},
    'no such': {'hop': 3}, 'bare': {'center': False, 'return_complex': True}, 'far': {'hop_length': 500, 'return_complex': True},
}.items():
    t(f'stft {name}', lambda: torch.stft(x, 64, **given))
t('stft of one', lambda: torch.stft(torch.zeros(400), 64, return_complex=True))
t('stft of three', lambda: torch.stft(torch.zeros(2, 3, 400), 64, return_complex=True))
t('stft of little', lambda: torch.stft(torch.zeros(2, 30), 64, return_complex=True))
t('stft bare of little', lambda: torch.stft(torch.zeros(2, 40), 64, center=False, return_complex=True))
t('stft of complex', lambda: torch.stft(torch.zeros(2, 400, dtype=torch.complex64), 64))
t('stft of complex, half', lambda: torch.stft(torch.zeros(2, 400, dtype=torch.complex64), 64, onesided=True))
t('stft of whole numbers', lambda: torch.stft(torch.zeros(2, 400, dtype=torch.long), 64, return_complex=True))
t('stft of doubles', lambda: torch.stft(torch.zeros(2, 400, dtype=torch.float64), 64, return_complex=True))
t('stft odd', lambda: torch.stft(x, 65, return_complex=True))
t('method', lambda: x.stft(64, return_complex=True))
t('stft of none', lambda: torch.stft(None, 64, return_complex=True))
y = torch.zeros(2, 33, 10, dtype=torch.complex64)
t('istft', lambda: torch.istft(y, 64, window=window))
t('istft of one', lambda: torch.istft(y[0], 64, window=window))
t('istft length', lambda: torch.istft(y, 64, window=window, length=100))
t('istft hop', lambda: torch.istft(y, 64, 8, window=window))
t('istft of real', lambda: torch.istft(torch.zeros(2, 33, 10), 64, window=window))
t('istft whole', lambda: torch.istft(torch.zeros(2, 64, 10, dtype=torch.complex64), 64, window=window, onesided=False))
t('istft whole complex', lambda: torch.istft(torch.zeros(2, 64, 10, dtype=torch.complex64), 64, window=window, onesided=False, return_complex=True))
t('istft narrow', lambda: torch.istft(y, 64, win_length=32, window=torch.hann_window(32)))
t('there and back', lambda: torch.istft(torch.stft(x, 64, window=window, return_complex=True), 64, window=window))
for name in ('hann_window', 'blackman_window', 'bartlett_window', 'hamming_window', 'kaiser_window'):
    make = getattr(torch, name)
    for given, named in (((8,), {}), ((8, False), {}), ((8,), {'periodic': False}), ((8,), {'dtype': torch.float64}), ((8, True, 0.5), {}), ((8, True, 0.5, 0.4), {}), ((0,), {}), ((-1,), {}), ((8.5,), {})):
        t(f'{name} {given} {named}', lambda: make(*given, **named))
for dims in ((1, 2.0), (1.0, 2), (1, 'a'), (1, None), (1, True)):
    t(f'roll {dims}', lambda: torch.roll(torch.zeros(2, 3, 4), (1, 2), dims))
t('sum', lambda: torch.zeros(2, 3, 4).sum((1, 2.0)))
t('avg_pool2d', lambda: F.avg_pool2d(torch.zeros(1, 2, 4, 4), (2, 2.0)))
t('conv2d', lambda: F.conv2d(torch.zeros(1, 2, 4, 4), torch.zeros(2, 2, 1, 1), None, (1, 1.0)))
t('exp2', lambda: (torch.exp2(torch.tensor([3.0])).item(), torch.zeros(2, dtype=torch.long).exp2().dtype))
for name in ('children', 'modules', 'parameters', 'named_parameters', 'named_children', 'buffers'):
    t(name, lambda: getattr(nn.Sequential(nn.Linear(2, 2)), name)()[0])
    t(f'{name} type', lambda: type(getattr(nn.Sequential(nn.Linear(2, 2)), name)()).__name__)
for name in ('sum', 'prod', 'max', 'min', 'mean', 'std', 'all', 'argmax', 'sort'):
    t(f'np.{name}', lambda: getattr(np, name)())
for shape in ((2, 0, 4, 6), (2, 0), (0, 4, 4), (2, 4, 0)):
    t(f'group_norm {shape}', lambda: F.group_norm(torch.zeros(shape), 2))
    t(f'GroupNorm {shape}', lambda: nn.GroupNorm(2, 4, affine=False)(torch.zeros(shape)))
from collections import OrderedDict
named = lambda: nn.Sequential(OrderedDict([('a', nn.ReLU()), ('b', nn.GELU())]))
t('insert among names', lambda: named().insert(0, nn.SiLU()))
t('insert behind names', lambda: list(dict(named().insert(2, nn.SiLU()).named_children())))
for place in (0, 1, -1, 2, -2, 3, -3):
    t(f'insert at {place}', lambda: [type(m).__name__ for m in nn.Sequential(nn.ReLU(), nn.GELU()).insert(place, nn.SiLU())])
