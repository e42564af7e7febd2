"""einops: axes by name. A pattern is cut into single axes, put into order, and joined again."""
import math

import _necktie_model
import torch

__version__ = '0.8.1'


class EinopsError(RuntimeError):
    pass


def _side(text):
    """Groups of names: 'b (h p) ...' → [['b'], ['h', 'p'], '...']."""
    groups, inside = [], None
    for word in text.replace('(', ' ( ').replace(')', ' ) ').replace('…', '...').split():
        if word == '(':
            if inside is not None:
                raise EinopsError('brackets are not balanced')
            inside = []
        elif word == ')':
            if inside is None:
                raise EinopsError('brackets are not balanced')
            groups.append(inside)
            inside = None
        elif inside is not None:
            inside += [] if word == '1' else [word]
        elif word == '...':
            groups.append('...')
        else:
            groups.append([] if word == '1' else [word])
    if inside is not None:
        raise EinopsError('brackets are not balanced')
    return groups


def _names(groups):
    return [n for g in groups if g != '...' for n in g]


def _run(kind, tensor, pattern, reduction, lengths):
    if isinstance(tensor, (list, tuple)):
        tensor = torch.stack(list(tensor))
    try:
        return _transformed(kind, tensor, pattern, reduction, lengths)
    except EinopsError as e:
        message = f' Error while processing {reduction or kind}-reduction pattern "{pattern}".\n Input tensor shape: {tensor.shape}. '
        raise EinopsError(message + f'Additional info: {lengths}.\n {e}')


def _transformed(kind, tensor, pattern, reduction, lengths):
    if pattern.count('->') != 1:
        raise EinopsError('pattern must have one arrow')
    left, right = [_side(text) for text in pattern.split('->')]
    if '...' in pattern.split('->')[0]:
        if '...' not in left:
            _necktie_model.unknown('einops: an ellipsis within brackets')
        at, extra = left.index('...'), tensor.ndim - (len(left) - 1)
        if extra < 0:
            raise EinopsError(f'Wrong shape: expected >={len(left) - 1} dims. Received {tensor.ndim}-dim tensor.')
        wide = [[f'_{i}'] for i in range(extra)]
        left[at:at + 1] = wide
        if '...' in right:
            at = right.index('...')
            right[at:at + 1] = wide
        elif '...' in pattern.split('->')[1]:
            _necktie_model.unknown('einops: an ellipsis within brackets')
    elif '...' in right:
        raise EinopsError(f'Ellipsis found in right side, but not left side of a pattern {pattern}')
    if len(left) != tensor.ndim:
        raise EinopsError(f'Wrong shape: expected {len(left)} dims. Received {tensor.ndim}-dim tensor.')
    before, after = _names(left), _names(right)
    for names in (before, after):
        for name in names:
            if names.count(name) > 1:
                raise EinopsError(f'Indexing expression contains duplicate dimension "{name}"')
            if name.isdigit() or name == '_':
                _necktie_model.unknown('einops: an axis without a name')
    sizes = {k: int(v) for k, v in lengths.items()}
    added, gone = [n for n in after if n not in before], [n for n in before if n not in after]
    if kind == 'rearrange' and (added or gone):
        raise EinopsError(f'Identifiers only on one side of expression (should be on both): {set(added + gone)}')
    if kind == 'repeat' and gone:
        raise EinopsError(f'Unexpected identifiers on the left side of repeat: {set(gone)}')
    if kind == 'reduce' and added:
        raise EinopsError(f'Unexpected identifiers on the right side of reduce {kind}: {set(added)}')
    if [n for n in added if n not in sizes]:
        raise EinopsError(f'Specify sizes for new axes in repeat: {set(n for n in added if n not in sizes)}')
    for name in lengths:
        if name not in before and name not in after:
            raise EinopsError(f'Axis {name} is not used in transform')
    for group, length in zip(left, tensor.shape):
        known = math.prod(sizes[n] for n in group if n in sizes)
        free = [n for n in group if n not in sizes]
        if len(free) > 1:
            raise EinopsError(f'Could not infer sizes for {set(free)}')
        if not free and length != known:
            raise EinopsError(f'Shape mismatch, {length} != {known}')
        if free and (known == 0 or length % known):
            raise EinopsError(f"Shape mismatch, can't divide axis of length {length} in chunks of {known}")
        if free:
            sizes[free[0]] = length // known
    x = tensor.reshape([sizes[n] for n in before])
    x = x.permute([before.index(n) for n in after if n in before] + [before.index(n) for n in gone])
    for _ in gone:
        x = _reduced(x, reduction)
    for at, name in enumerate(after):
        if name in added:
            x = x.unsqueeze(at)
    if added:
        x = x.expand([sizes[n] for n in after])
    return x.reshape([math.prod(sizes[n] for n in group) for group in right])


def _reduced(x, reduction):
    if reduction in ('max', 'min'):
        return getattr(x, f'a{reduction}')(-1)
    if reduction in ('mean', 'sum', 'prod'):
        return getattr(x, reduction)(-1)
    return _necktie_model.unknown('einops.reduce with a function of one’s own')


def rearrange(tensor, pattern, **axes_lengths):
    return _run('rearrange', tensor, pattern, None, axes_lengths)


def reduce(tensor, pattern, reduction, **axes_lengths):
    return _run('reduce', tensor, pattern, reduction, axes_lengths)


def repeat(tensor, pattern, **axes_lengths):
    return _run('repeat', tensor, pattern, None, axes_lengths)


def einsum(*tensors_and_pattern):
    return _necktie_model.unknown('einops.einsum')


def pack(tensors, pattern):
    return _necktie_model.unknown('einops.pack')


def unpack(tensor, packed_shapes, pattern):
    return _necktie_model.unknown('einops.unpack')
