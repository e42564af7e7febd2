"""Axes by name: einops' functions and layers, right and wrong. What a set of names looks like as text differs from run to run, so no line has two."""
import torch
from einops import rearrange, reduce, repeat, einsum, pack, unpack, parse_shape, EinopsError
from einops.layers.torch import Rearrange, Reduce, EinMix
x = torch.zeros(2, 6, 8, 4)
P = ['b c h w -> b (h w) c', 'b c (h p) (w q) -> b (p q c) h w', 'b c h w -> b c h', '... h w -> ... (h w)', 'b ... -> (b ...)', 'b c h w -> (...) b c h w', '(b ...) c -> b c', 'b c h w', 'b c -> c b',
 'b 6 h w -> b h w', 'b c h w -> b c h w 1', 'b c h w -> b c 1 h w', 'b b h w -> b h w', 'b (c h w -> b', 'b c) h w -> b', 'b ((c) h) w -> b', 'b c h w -> b c h w ..', '_b c h w -> c _b h w', 'b c h w -> b -> c', 'b c-d h w -> b', 'b c h w -> () b c h w', '() c h w -> c h w', 'b c h w -> h () (b c) w', 'b (n d) h w -> b n h w d', 'b (n d) h w -> n b d (h w)', 'b c ... -> b ... c','... -> ... 1', 'b c h w -> b (c ...) h w','1b c h w -> c', 'b 1 c h w -> b c h w', 'b c h w->b(c h)w', '(b1 b2) (c1 c2) h w -> b1 c1 b2 c2 h w', 'b c (h 2) (w 2) -> b c h w', 'b c h w -> b c (h 2) (w 2)', 'b c h w -> b 3 c h w','b c h w -> b c h w n','']
K = [{}, dict(p=2, q=2), dict(n=3), dict(n=2.0), dict(c=7), dict(_n=3)]
for p in P:
    for k in K:
        t(f'rearrange {p} {k}', lambda: rearrange(x, p, **k))
        if k in K[:2]:
            for r in ('mean', 'max', 'prod', 'any', 'foo'):
                t(f'reduce {r} {p} {k}', lambda: reduce(x, p, r, **k))
            t(f'repeat {p} {k}', lambda: repeat(x, p, **k))
            t(f'Rearrange {p} {k}', lambda: Rearrange(p, **k))
            t(f'Rearrange() {p} {k}', lambda: Rearrange(p, **k)(x))
            t(f'Rearrange()3 {p} {k}', lambda: Rearrange(p, **k)(x[0]))
            t(f'Reduce() {p} {k}', lambda: Reduce(p, 'max', **k)(x))
            t(f'Reduce()any {p} {k}', lambda: Reduce(p, 'any', **k)(x))
            t(f'Reduce()foo {p} {k}', lambda: Reduce(p, 'foo', **k))
            t(f'parse {p}', lambda: parse_shape(x, p.split('->')[0]))
    t(f'list {p}', lambda: rearrange([x[0], x[1]], p))
    t(f'tuple {p}', lambda: rearrange((x[0], x[1]), p))
    t(f'int {p}', lambda: reduce(x.long(), p, 'mean'))
    t(f'bool {p}', lambda: reduce(x > 0, p, 'any'))
    t(f'einsum {p}', lambda: einsum(x, p))
for e in ['b c h w, b c h w -> b c', 'b c h w, c d -> b d h w', 'b c h w, h w -> b', '... w, w d -> ... d', 'b c h w, b c -> x', 'b c h w, (b c) -> b', 'b c h w', 'b c h w, 1 -> b', 'b i j k, k -> b i j','a b c d, a b e d -> a b c e','long_name c h w, long_name c -> c long_name', 'b c h w, b -> b', 'b c h w, ... -> ... b', 'b c h w, 2 -> b']:
    for y in (x, torch.zeros(6, 5), torch.zeros(4), torch.zeros(2, 6), torch.zeros(())):
        t(f'einsum {e} {tuple(y.shape)}', lambda: einsum(x, y, e))
t('einsum one', lambda: einsum(x))
t('einsum nopat', lambda: einsum(x, x))
t('einsum none', lambda: einsum('b -> b'))
for p in ['b * c', '* c', 'b *', '*', 'b c', 'b * *', 'b b *', '_b *', 'a b c d e *', 'b * h w']:
    t(f'pack {p}', lambda: pack([x, torch.zeros(2, 4)], p))
    t(f'pack1 {p}', lambda: pack([torch.zeros(2, 3, 5), torch.zeros(2, 5), torch.zeros(2, 7, 9, 5)], p))
    t(f'pack2 {p}', lambda: pack([x], p))
    for s in ([(3,), (3,)], [(2, 3)], [(-1,), (2,)], [(-1,), (-1,)], [()], [(), (5,)], [], [(1, -1), (2,)]):
        t(f'unpack {p} {s}', lambda: unpack(torch.zeros(2, 6, 5), s, p))
        t(f'unpack4 {p} {s}', lambda: unpack(x, s, p))
for a in [('b c h w -> b d h w', 'c d'), ('b c h w -> b d h w', 'c d', 'd'), ('b c h w -> b c h w', 'c'), ('b (g c) h w -> b (g d) h w', 'g c d', 'g d'), ('b ... c -> b ... d', 'c d', 'd'), ('b c h w -> b d', 'c d'), ('b c h w -> d b', 'c d', 'b'), ('b c h w -> b d h w', 'c'), ('b c h w -> b d h w', 'c d e'), ('b c h w -> b (d h) w', 'c d', 'd')]:
    for k in (dict(c=6, d=3), dict(c=6, d=3, g=2), dict(c=3, d=3, g=2), dict(c=4, d=3), dict(c=6, d=3, e=1), dict(c=6, d=3, b=2)):
        t(f'EinMix {a} {k}', lambda: [(n, tuple(p.shape)) for n, p in EinMix(*a, **k).state_dict().items()])
        t(f'EinMix() {a} {k}', lambda: EinMix(*a, **k)(x))
t('not', lambda: rearrange(3, 'a -> a'))
t('notmodule', lambda: rearrange(torch.nn.Linear(2, 2), 'a -> a'))
t('nostr', lambda: rearrange(x, 3))
t('missing', lambda: rearrange(x))
t('Rbad', lambda: Rearrange('b c h w -> b c h w')(3))
t('repr', lambda: repr(Rearrange('b c h w -> b (c h) w', h=3)))
t('repr2', lambda: repr(Reduce('b c h w -> b c', 'mean')))
t('sub', lambda: issubclass(EinopsError, RuntimeError))
