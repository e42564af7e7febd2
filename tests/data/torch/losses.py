"""Losses written as torch writes its own: how they are reduced, by name, by number, by the old switches."""
import torch
import torch.nn as nn
import torch.nn._reduction as R
import torch.nn.functional as F
from torch.nn.functional import _Reduction

for name in ('none', 'mean', 'sum', 'elementwise_mean', 'max', '', None, 1, ['mean']):
    t(f'get_enum {name}', lambda: F._Reduction.get_enum(name))
t('same', lambda: (R.get_enum('sum'), _Reduction.get_enum('sum')))
for average in (None, True, False):
    for reduce in (None, True, False):
        t(f'legacy {average} {reduce}', lambda: (R.legacy_get_string(average, reduce), R.legacy_get_enum(average, reduce, emit_warning=False)))
t('legacy nothing', lambda: R.legacy_get_string())
t('no such', lambda: R.nothing)


class Weighted(nn.modules.loss._Loss):
    def __init__(self, size_average=None, reduce=None, reduction='mean'):
        super().__init__(size_average, reduce, reduction)

    def forward(self, input, target):
        number = F._Reduction.get_enum(self.reduction)
        loss = F.l1_loss(input, target, reduction='none')
        return loss if number == 0 else loss.mean() if number == 1 else loss.sum()


for options in ({}, {'reduction': 'none'}, {'reduction': 'sum'}, {'size_average': False}, {'reduce': False}, {'reduction': 'most'}):
    t(f'weighted {options}', lambda: Weighted(**options)(torch.zeros(2, 3), torch.zeros(2, 3)))

for q, k, m in (((5, 8), (6, 8), (5, 6)), ((5, 8), (6, 8), (5, 7)), ((5, 8), (6, 8), (1, 5, 6)), ((3, 5, 8), (3, 6, 8), (4, 6)), ((3, 5, 8), (3, 6, 8), (3, 3, 5, 6)),
                ((3, 5, 8), (3, 6, 8), (1, 3, 5, 6)), ((2, 3, 5, 8), (2, 3, 6, 8), (2, 3, 5, 7)), ((2, 3, 5, 8), (2, 3, 6, 8), (3, 1, 5, 6)),
                ((2, 3, 1, 8), (2, 3, 6, 8), (5, 6)), ((2, 3, 5, 8), (1, 3, 6, 8), (4, 5, 6)), ((1, 1, 5, 8), (1, 1, 6, 8), (2, 1, 5, 6)),
                ((1, 2, 3, 5, 8), (1, 2, 3, 6, 8), (2, 1, 4, 6)), ((2, 3, 5, 8), (2, 3, 6, 8), (1, 2, 3, 5, 6))):
    for dtype in (torch.float32, torch.bool):
        t(f'attention {q} {k} {m} {dtype}', lambda: F.scaled_dot_product_attention(torch.zeros(q), torch.zeros(k), torch.zeros(k), attn_mask=torch.zeros(m, dtype=dtype)))
