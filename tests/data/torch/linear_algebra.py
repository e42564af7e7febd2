"""Equations, decompositions, sizes that are put together, and what blocks of splines and normed weights ask of them."""
import torch
import torch.nn.functional as F
from torch import nn

z = torch.rand
L = torch.linalg

for a, b in (((5, 3), (5, 2)), ((4, 6, 8), (4, 6, 2)), ((4, 3, 8), (4, 3, 2)), ((5, 3), (5,)), ((4, 5, 3), (4, 5)), ((5, 3), (4, 5, 2)), ((5, 3), (4, 2)), ((2, 5, 3), (3, 5, 2)),
             ((5,), (5, 2)), ((5, 3), ()), ((5, 3), (5, 2, 1)), ((4, 5, 3), (5, 2))):
    t(f'lstsq {a} {b}', lambda: tuple(L.lstsq(z(a), z(b))))
    t(f'solution {a} {b}', lambda: L.lstsq(z(a), z(b)).solution)
t('lstsq types', lambda: L.lstsq(z(5, 3), z(5, 2).double()))
for name in ('inv', 'det', 'cholesky', 'svd', 'svdvals', 'qr', 'eigh', 'eigvalsh'):
    for shape in ((3, 3), (2, 3, 3), (3, 4), (4, 3), (3,), ()):
        t(f'{name} {shape}', lambda: getattr(L, name)(z(shape) if len(shape) < 2 or shape[-1] != shape[-2] else torch.eye(shape[-1]).expand(shape)))
for name in ('inv', 'det', 'qr'):
    t(f'{name} half', lambda: getattr(L, name)(torch.eye(3).half()))
    t(f'{name} of nothing', lambda: getattr(L, name)())
t('svd reduced', lambda: tuple(L.svd(z(2, 5, 3), full_matrices=False)))
t('svd names', lambda: [L.svd(z(5, 3)).U.shape, L.svd(z(5, 3)).S.shape, L.svd(z(5, 3)).Vh.shape])
t('qr complete', lambda: tuple(L.qr(z(5, 3), mode='complete')))
t('qr names', lambda: (L.qr(z(5, 3)).Q, L.qr(z(5, 3)).R))
t('eigh names', lambda: (L.eigh(torch.eye(3)).eigenvalues, L.eigh(torch.eye(3)).eigenvectors))
for b in ((3, 2), (3,), (2, 3, 4), (4, 2)):
    t(f'solve {b}', lambda: L.solve(torch.eye(3), z(b)))
t('solve vectors', lambda: L.solve(torch.eye(3).expand(2, 3, 3), z(2, 3)))
t('inverse', lambda: (torch.inverse(torch.eye(3)), torch.eye(3).inverse(), torch.det(torch.eye(3)), torch.eye(3).det()))
t('inverse of none', lambda: torch.inverse(z(3, 4)))

size = torch.Size([4, 5])
t('tuple and size', lambda: (isinstance((2, -1) + size, torch.Size), ((2,) + size).numel(), isinstance(size + (1,), torch.Size), (2,) + size))
t('list and size', lambda: [1] + size)
for wrong in (1.0, None, 'a'):
    t(f'tuple with {wrong!r} and size', lambda: (2, wrong) + size)
    t(f'size and tuple with {wrong!r}', lambda: size + (wrong,))
t('view of both', lambda: z(2, 4, 5).view((2, -1) + size[1:]))
t('size times', lambda: size * 2)

conv = nn.Conv2d(4, 8, 3, bias=False)
for dim in (0, 1, 3, -1):
    t(f'norm_except_dim {dim}', lambda: torch.norm_except_dim(conv.weight, 2, dim))
    t(f'_weight_norm {dim}', lambda: torch._weight_norm(conv.weight, torch.norm_except_dim(conv.weight, 2, dim), dim))

x = torch.zeros(4, 16, 42, 42)
for grid in ((6400, 9, 2), (4, 9, 2), (4, 9, 3), (4, 8, 8, 2), (4, 8, 8, 3), (4, 2, 8, 8, 2)):
    t(f'grid_sample {grid}', lambda: F.grid_sample(x, torch.zeros(grid), align_corners=False))
    t(f'grid_sample of a volume {grid}', lambda: F.grid_sample(x[:, :, None], torch.zeros(grid), align_corners=False))
    t(f'grid_sample of a row {grid}', lambda: F.grid_sample(x[0], torch.zeros(grid), align_corners=False))
for kernel, padding in ((3, 3), (3, 2), (2, 1), (2, 2), (1, 1), (5, 3), (3, -1), (-3, 1), (3, (1, 3))):
    t(f'avg_pool2d {kernel} {padding}', lambda: F.avg_pool2d(torch.zeros(1, 2, 8, 8), kernel, 1, padding))
t('avg_pool1d', lambda: F.avg_pool1d(torch.zeros(1, 2, 8), 3, 1, 3))
t('avg_pool3d', lambda: F.avg_pool3d(torch.zeros(1, 2, 8, 8, 8), 3, 1, 3))
t('no keywords of a list', lambda: [].__init__(iterable=1))
