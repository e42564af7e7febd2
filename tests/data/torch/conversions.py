"""Tensors where Python wants numbers, sizes and places; what is written into a tensor; sequences of different lengths."""
import operator

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pad_sequence, unpad_sequence

Z = torch.zeros
L = [1, 2, 3]
for n, x in (('f0', Z(())), ('f1', Z(1)), ('f2', Z(2)), ('i0', torch.tensor(2)), ('i1', torch.tensor([2])), ('i2', torch.tensor([1, 2])), ('m', Z(2, 3)), ('e', Z(0)), ('ei', Z(0).long())):
    t(f'{n} range', lambda: list(range(x)))
    t(f'{n} item', lambda: L[x])
    t(f'{n} slice', lambda: L[:x])
    t(f'{n} int', lambda: int(x))
    t(f'{n} operator.index', lambda: operator.index(x))
    t(f'{n} Linear', lambda: nn.Linear(x, 2).weight)
    t(f'{n} Conv2d', lambda: nn.Conv2d(3, x, 1).weight)
    t(f'{n} %d', lambda: '%d' % x)
    t(f'{n} %x', lambda: '%x' % x)
    t(f'{n} float', lambda: float(x))
    t(f'{n} view', lambda: Z(4).view(x, -1))
    t(f'{n} reshape', lambda: Z(4).reshape(2, x))
    t(f'{n} sum', lambda: Z(4).sum(x))
    t(f'{n} max_pool2d', lambda: F.max_pool2d(Z(1, 1, 4, 4), x))


class Both:
    def __int__(self):
        return 7

    def __index__(self):
        return 10


t('%d of both', lambda: '%d %x %i' % (Both(), Both(), Both()))


def written(x, key, value):
    x[key] = value
    return x


every = slice(None)
for n, (shape, key, value) in enumerate([
    ((16, 1, 1, 1), every, Z(1, 16, 1, 1)), ((16, 4), every, Z(1, 1, 16, 4)), ((16, 4), every, Z(1, 2, 16, 4)), ((16, 4), 0, Z(1, 5)),
    ((16, 4), 0, Z(1, 4)), ((16, 4), 0, Z(2, 4)), ((16, 4), (every, slice(0, 2)), Z(1, 1, 3)), ((16, 4), [0, 1], Z(1, 1, 3)), ((4,), 0, Z(1, 1)),
    ((4,), 0, Z(1, 2)), ((4,), ..., Z(1, 2)), ((4,), None, Z(1, 2, 2)), ((4, 3), (..., 0), Z(1, 1, 2)), ((4, 3), torch.tensor([0, 2]), Z(1, 1, 2)),
    ((4, 3), (every, torch.tensor([0, 2])), Z(1, 1, 5)), ((4, 3), (every, torch.tensor([0, 2])), Z(1, 1, 2)),
]):
    t(f'write {n}', lambda: written(Z(shape), key, value))
for n, (a, b) in enumerate([((4, 3), (1, 1, 5)), ((4, 3), (4, 5)), ((4, 3), (1, 4, 3)), ((4, 3), (2, 4, 3)), ((4, 1), (4, 3)), ((4, 3), (5,)), ((), (1,)), ((), (3,)), ((4, 3), (4, 3, 1)), ((4, 3), (3,))]):
    t(f'copy_ {n}', lambda: Z(a).copy_(Z(b)))
for n, (shape, named) in enumerate([((4,), dict(size=[])), ((4,), dict(scale_factor=2.0)), ((4,), dict(size=3)), ((4, 4), dict(size=[])), ((4, 4), dict(size=3)), ((4,), dict(size=(3,))), ((4,), dict(scale_factor=())), ((), dict(size=())), ((4,), dict(size=(3,), mode='bilinear'))]):
    t(f'interpolate {n}', lambda: F.interpolate(Z(shape), **named))
t('pad', lambda: pad_sequence([Z(3, 2), Z(5, 2)]))
t('pad first', lambda: pad_sequence([Z(3, 2), Z(5, 2)], batch_first=True))
t('pad vectors', lambda: pad_sequence([Z(3), Z(5)], True, -1))
t('pad other sizes', lambda: pad_sequence([Z(3, 2), Z(5, 3)]))
t('pad other ranks', lambda: pad_sequence([Z(3, 2), Z(5)]))
t('pad nothing', lambda: pad_sequence([]))
t('pad a tensor', lambda: pad_sequence(Z(4, 3, 2)))
t('pad types', lambda: pad_sequence([Z(3, 2).long(), Z(5, 2)]))
t('pad left', lambda: pad_sequence((Z(3, 2), Z(5, 2)), padding_side='left', batch_first=True))
t('pad up', lambda: pad_sequence((Z(3, 2), Z(5, 2)), padding_side='up'))
t('pad a number', lambda: pad_sequence([Z(3, 2), 3]))
t('pad no sequence', lambda: pad_sequence(3))
t('pad broadcast', lambda: pad_sequence([Z(3, 1, 4), Z(5, 2, 4)]))
t('pad generator', lambda: pad_sequence((Z(3, 2) for _ in range(2))))
t('unpad', lambda: unpad_sequence(Z(5, 2, 7), torch.tensor([3, 5])))


def changed(*steps):
    x = torch.arange(70.0).view(5, 2, 7)
    seen = x[0]
    for name, *args in steps:
        getattr(x, name)(*args)
    x.add_(1)
    return x, seen


for steps in [[('transpose_', 0, 1)], [('swapaxes_', 0, 1)], [('swapdims_', 1, 2)], [('unsqueeze_', 0)], [('unsqueeze_', 0), ('squeeze_', 0)], [('unsqueeze_', 1), ('squeeze_',)], [('transpose_', 0, 3)], [('unsqueeze_', 5)], [('unsqueeze_', -1), ('transpose_', 0, -1), ('squeeze_', 0)]]:
    t(f'{steps}', lambda: changed(*steps))
t('t_', lambda: Z(5, 2).t_())
t('squeeze_', lambda: Z(5, 1, 7).squeeze_(1))
t('form of a sum', lambda: Z(1, 3, 1).squeeze_().add_(Z(3)).unsqueeze_(-1) + Z(3, 4))
t('a buffer in its layer', lambda: nn.BatchNorm2d(3).running_mean.unsqueeze_(0).unsqueeze_(-1))
t('known values', lambda: [int(v) for v in torch.arange(3).unsqueeze_(0).squeeze_(0).mul_(2)])
t('written into a view', lambda: written(torch.arange(4.0).view(2, 2).t_(), 0, 7.0).tolist())

A = torch.tensor([1, 4, 9, 16])
t('diff a', lambda: torch.diff(A).tolist())
t('diff b', lambda: torch.diff(A, 2).tolist())
t('diff c', lambda: torch.diff(A, 0).tolist())
t('diff d', lambda: torch.diff(A, -1))
t('diff e', lambda: torch.diff(A, 5).tolist())
t('diff f', lambda: torch.diff(Z(2,3)))
t('diff g', lambda: torch.diff(Z(2,3), dim=0))
t('diff h', lambda: torch.diff(Z(2,3), dim=2))
t('diff i', lambda: torch.diff(Z(())))
t('diff j', lambda: torch.diff(A>2))
t('diff k', lambda: A.diff())
t('diff l', lambda: torch.diff(A, prepend=torch.tensor([0])).tolist())
t('diff m', lambda: torch.diff(A, append=torch.tensor([0,1])).tolist())
t('diff n', lambda: torch.diff(Z(2,3), prepend=Z(2,1), append=Z(2,2)))
t('diff o', lambda: torch.diff(Z(2,3), prepend=Z(3,1)))
t('diff p', lambda: torch.diff(Z(2,3), prepend=Z(3)))
t('diff q', lambda: torch.diff(Z(2,3), prepend=Z(2,1).long()))
t('diff r', lambda: torch.diff(3))
t('diff s', lambda: torch.diff(Z(2,0)))
t('diff u', lambda: torch.diff(torch.tensor([2,3,5],dtype=torch.uint8)).tolist())
t('diff v', lambda: torch.diff(Z(2,3), n=1.5))
t('diff w', lambda: torch.diff(Z(4, 3), 7, 0))
t('below zero 1', lambda: torch.zeros(1,2,1,-2))
t('below zero 2', lambda: torch.zeros(-1))
t('below zero 3', lambda: torch.zeros((2,-1)))
t('below zero 4', lambda: torch.ones(1,-2))
t('below zero 5', lambda: torch.empty(1,-2))
t('below zero 6', lambda: torch.rand(1,-2))
t('below zero 7', lambda: torch.randn(1,-2))
t('below zero 8', lambda: torch.full((1,-2),0.5))
t('below zero 9', lambda: Z(3).new_zeros(1,-2))
t('below zero 10', lambda: Z(3).new_ones(1,-2))
t('below zero 11', lambda: Z(3).new_empty(1,-2))
t('below zero 12', lambda: Z(3).new_full((1,-2),2.))
t('below zero 13', lambda: torch.randint('below zero 0',3,(1,-2)))
t('below zero 14', lambda: torch.eye(-1))
t('below zero 15', lambda: torch.normal(0.,1.,(2,-1)))
t('below zero 18', lambda: torch.zeros(0,-1))
t('below zero 19', lambda: nn.Parameter(torch.zeros(1,-1)))
t('below zero 20', lambda: nn.Parameter(torch.Tensor(1,-1)))
t('below zero 21', lambda: torch.zeros(1,-2,dtype=torch.long))
t('below zero 22', lambda: torch.zeros(1,2,1,-2,device='cpu'))
for n, x in (('float', 1.0), ('bool', True), ('tensor', torch.tensor(3)), ('ints', torch.tensor([1, 2]))):
    t(f'legacy {n}', lambda: torch.Tensor(x))
t('legacy type of another', lambda: torch.FloatTensor(torch.tensor(3)))
for n, x in (('int', torch.tensor(3)), ('one', torch.tensor([3])), ('two', torch.tensor([2, 4])), ('fraction', torch.tensor(2.5))):
    t(f'split {n}', lambda: torch.arange(6).split(x))
t('padded values', lambda: pad_sequence([torch.ones(2), torch.ones(1)], True, 9.0).tolist())
class Bare(nn.Module):
    def __init__(self):
        pass

    def forward(self, x):
        return x


t('without super called', lambda: Bare()(Z(1)))
t('without super parameters', lambda: list(Bare().parameters()))
t('without super buffers', lambda: list(Bare().buffers()))
t('without super modules', lambda: list(Bare().modules()))
