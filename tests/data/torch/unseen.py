"""Values that nobody knows before the network runs: texts of tensors, single numbers, numbers at random; and what is handed on without them."""
import copy
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

x = torch.rand(1)
v = x.item()
text = f'{x}'


def augmented():
    y = torch.zeros(2)
    y *= v
    y += random.random()
    return y


class Named:
    def __str__(self):
        return f'named {x}'


class Talks(nn.Module):
    def __init__(self):
        super().__init__()
        self.note = f'{torch.rand(2)}'
        self.layer = nn.Linear(2, 2)

    def forward(self, y):
        print('in', y, y.mean().item(), f'{y.max().item():.3f}', y.shape, file=Sink())
        return self.layer(y) * y.mean().item()


class Sink:
    def write(self, part):
        return 0


t('type of a number', lambda: type(v).__name__)
t('is float', lambda: (isinstance(v, float), isinstance(v, int), v is None, v is not None))
t('times', lambda: (torch.zeros(2, 3) * v, v * torch.zeros(2, dtype=torch.long), torch.zeros(2).half() + v, torch.zeros(()).half() * v))
t('arithmetic', lambda: (v + 1) * 2 / 3 - torch.ones(2))
t('negative', lambda: -v * torch.zeros(2))
t('in place', augmented)
t('copied', lambda: len([copy.deepcopy([v])[0], v]))
t('parameter', lambda: nn.Parameter(torch.zeros(3) * v))
t('list', lambda: [type(e).__name__ for e in torch.rand(2).tolist()])
t('whole', lambda: (type(torch.randint(0, 5, (1,)).item() + 1).__name__, torch.randint(0, 5, (1,)).item() * torch.zeros(2)))
t('whole with truths', lambda: torch.zeros(2, dtype=torch.bool) * torch.randint(0, 5, (1,)).item())
t('floor', lambda: (torch.zeros(2) // v, torch.zeros(2) ** v))
t('uniform', lambda: random.uniform(0, 0.5) * torch.zeros(2))
t('gauss', lambda: random.gauss(0, 1) * torch.zeros(2))
t('randint', lambda: torch.zeros(3) * random.randint(1, 3))
t('numpy at random', lambda: (torch.zeros(2) * np.random.rand(), type(np.random.randint(3)).__name__, type(np.random.uniform() * 2).__name__))
t('type of a text', lambda: (type(text).__name__, isinstance(text, str)))
t('texts', lambda: (text + 'a' + text, f'{text}', '%s %d' % (text, 3), '{} {}'.format(text, 2), ', '.join([text, 'x']), str(text), repr(text), 5)[-1])
t('texts of numbers', lambda: ('%.3f %s' % (v, x), f'{v:.3f}', f'{x.item():.4f}', '{:.2e}'.format(v), str(v), 1)[-1])
t('texts of what holds them', lambda: (str([x, x]), str({'a': x}), repr((x,)), f'{[x]!r:>20}', '%(a)s' % {'a': x}, 1)[-1])
t('own text', lambda: (str(Named()), f'{Named()}', 1)[-1])
t('module', lambda: Talks()(torch.zeros(3, 2)))
t('left over', lambda: '%s' % (x, 2))
t('not a number', lambda: '%s %d' % (x, 'a'))
t('too few', lambda: '{} {}'.format(x))
t('not a text', lambda: ', '.join([text, 3]))
t('not there', lambda: f'{x} {undefined}')

t('numpy', lambda: torch.arange(4).numpy().tolist())
t('numpy shape', lambda: (torch.rand(3, 4).numpy().shape, torch.zeros(()).numpy().shape, torch.zeros(2).double().numpy().dtype.name))
t('numpy and back', lambda: torch.from_numpy(torch.rand(3, 4).numpy()))
t('numpy array', lambda: np.array(torch.rand(2, 3)).shape)
t('numpy grad', lambda: torch.enable_grad()(nn.Parameter(torch.zeros(2)).numpy)())
t('numpy no grad', lambda: nn.Parameter(torch.zeros(2)).numpy().shape)
t('numpy text', lambda: (f'{np.zeros(2)} {np.arange(3)}', str(np.ones(2)), 1)[-1])
t('numpy bfloat16', lambda: torch.zeros(2, dtype=torch.bfloat16).numpy())
t('numpy positional', lambda: torch.zeros(2).numpy(1))
t('linspace', lambda: [n.item() for n in torch.linspace(0, 0.1, 4)])
t('linspace of one', lambda: torch.linspace(0, 1, 1).tolist())

Z = torch.zeros
t('each', lambda: torch.repeat_interleave(Z(3, 2), torch.tensor([1, 2, 3]), dim=0))
t('each flat', lambda: (torch.repeat_interleave(Z(3), torch.tensor([1, 2, 3])), torch.repeat_interleave(Z(3, 2), torch.tensor([3]))))
t('each one', lambda: torch.repeat_interleave(Z(3, 2), torch.tensor(2), dim=1))
t('each values', lambda: torch.arange(3).repeat_interleave(torch.tensor([1, 0, 3])).tolist())
t('each places', lambda: torch.repeat_interleave(torch.tensor([1, 0, 3])).tolist())
t('each rows', lambda: torch.arange(4).view(2, 2).repeat_interleave(torch.tensor([1, 2]), 1).tolist())
t('each total', lambda: torch.repeat_interleave(Z(3), torch.randint(0, 4, (3,)).clamp(2, 2), output_size=6))
t('each other total', lambda: torch.repeat_interleave(Z(3), torch.tensor([1, 2, 3]), output_size=5))
t('each too few', lambda: torch.repeat_interleave(Z(3, 2), torch.tensor([1, 2]), dim=0))
t('each floats', lambda: torch.repeat_interleave(Z(3), torch.tensor([1.0, 2.0, 3.0])))
t('each negative', lambda: torch.repeat_interleave(Z(3), torch.tensor([1, 2, -3])))
t('all negative', lambda: torch.repeat_interleave(Z(3), -1))
t('each of rank two', lambda: torch.repeat_interleave(Z(3, 2), torch.tensor([[1, 2, 3]]), dim=0))
t('places of none', lambda: torch.repeat_interleave(torch.tensor(3)))

W = Z(1, 3)
t('shared add', lambda: W.expand(2, 3).add_(1))
t('shared relu', lambda: F.relu(W.expand(2, 3), inplace=True))
t('shared view', lambda: W.expand(2, 3).unsqueeze(0).mul_(2))
t('shared turned', lambda: W.expand(2, 3).t().add_(1))
t('shared filled', lambda: W.expand(2, 3).fill_(1))
t('shared no more', lambda: (W.expand(2, 3).clone().add_(1), W.expand(2, 3).sigmoid().add_(1), W.expand(2, 3).reshape(-1).add_(1), (W.expand(2, 3) * 2).add_(1)))
t('shared by one', lambda: W.expand(1, 3).add_(1))

t('norm of integers', lambda: nn.LayerNorm(4)(Z(2, 4).long()))
t('norm of doubles', lambda: nn.LayerNorm(4)(Z(2, 4).double()))
t('norm in halves', lambda: nn.LayerNorm(4).half()(Z(2, 4)))
t('norm of halves', lambda: F.layer_norm(Z(2, 4).half(), (4,), torch.ones(4), torch.ones(4)))
t('norm of two types', lambda: F.layer_norm(Z(2, 4), (4,), torch.ones(4), torch.ones(4).double()))
t('norm without weights', lambda: F.layer_norm(Z(2, 4).long(), (4,)))
t('groups of integers', lambda: nn.GroupNorm(2, 4)(Z(2, 4, 2).long()))
t('groups of doubles', lambda: nn.GroupNorm(2, 4)(Z(2, 4, 2).double()))
t('batches of doubles', lambda: nn.BatchNorm1d(4).eval()(Z(2, 4).double()))
t('statistics of no rank', lambda: F.batch_norm(Z(1, 1), torch.tensor(0.0), torch.tensor(1.0)))
t('older switches', lambda: (nn.L1Loss(0, reduction='none').reduction, nn.L1Loss(1, 0).reduction, nn.MSELoss(None, True).reduction, nn.L1Loss(reduction='x').reduction))
t('device', lambda: torch.device('cuda', []))
t('device by name', lambda: torch.device('cuda', index='1'))
t('device twice', lambda: torch.device('cuda:1', 1))
t('device of a number', lambda: torch.device(1, 1))
t('device none', lambda: torch.device('cuda', None))
t('stride none', lambda: Z(2, 3).stride(None))

import time

begun = time.time()
t('clock', lambda: [type(v).__name__ for v in (time.time() - begun, time.perf_counter_ns() // 1000, round(time.perf_counter() - begun, 2))])
t('clock as a text', lambda: [type(v).__name__ for v in ('%.2f s' % (time.time() - begun), f'{time.time() - begun:.1f}', '%s %d' % (time.time(), 3))])
t('clock times a tensor', lambda: torch.zeros(2, 3) * (time.time() - begun))
