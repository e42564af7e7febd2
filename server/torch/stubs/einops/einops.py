"""Axes by name. A pattern is checked and made a recipe; by it a tensor is cut into single axes, put into order, and joined again."""
import math
import string

import _necktie_model
import torch

from einops import EinopsError
from einops.parsing import AnonymousAxis, ParsedExpression, _ellipsis

_reductions = ('min', 'max', 'sum', 'mean', 'prod', 'any', 'all')


class _Recipe:
    """What a pattern says for tensors of so many dimensions."""

    def __init__(self, pattern, operation, names, ndim):
        left_text, right_text = pattern.split('->')
        left, right = ParsedExpression(left_text), ParsedExpression(right_text)
        _check_sides(pattern, operation, names, left, right)
        self.left, self.right = _written_out(left, right, ndim)
        before, after = [a for g in self.left for a in g], [a for g in self.right for a in g]
        for name in names:
            if not ParsedExpression.check_axis_name(name):
                raise EinopsError('Invalid name for an axis', name)
            if name not in before and name not in after:
                raise EinopsError(f'Axis {name} is not used in transform')
        for group in self.left:
            free = {a for a in group if not isinstance(a, AnonymousAxis) and a not in names}
            if len(free) > 1:
                raise EinopsError(f'Could not infer sizes for {free}')
        self.before, self.gone, self.added = before, [a for a in before if a not in after], [a for a in after if a not in before]
        self.after, self.kept = after, [a for a in after if a in before]

    def sizes(self, shape, lengths):
        sizes = {a: a.value for a in self.before + self.added if isinstance(a, AnonymousAxis)}
        sizes.update(lengths)
        for group, length in zip(self.left, shape):
            if len(group) == 1 and group[0] not in sizes:
                sizes[group[0]] = length
                continue
            known = _product(sizes[a] for a in group if a in sizes)
            free = [a for a in group if a not in sizes]
            if not free:
                if isinstance(known, int) and length != known:
                    raise EinopsError(f'Shape mismatch, {length} != {known}')
                continue
            if isinstance(known, int) and length % known != 0:
                raise EinopsError(f"Shape mismatch, can't divide axis of length {length} in chunks of {known}")
            sizes[free[0]] = length // known
        return sizes

    def apply(self, x, operation, lengths):
        sizes = self.sizes(x.shape, lengths)
        final = [_product(sizes[a] for a in group) for group in self.right]
        if any(len(group) != 1 for group in self.left):
            x = x.reshape([sizes[a] for a in self.before])
        order = [self.before.index(a) for a in self.kept + self.gone]
        if order != list(range(len(order))):
            x = x.permute(order)
        if self.gone:
            x = _reduced(x, operation, list(range(len(self.kept), len(order))))
        if self.added:
            for at, axis in enumerate(self.after):
                if axis in self.added:
                    x = x.unsqueeze(at)
            x = x.expand([sizes[a] if a in self.added else -1 for a in self.after])
        return x.reshape(final) if any(len(group) != 1 for group in self.right) else x


def _check_sides(pattern, operation, names, left, right):
    if not left.has_ellipsis and right.has_ellipsis:
        raise EinopsError(f'Ellipsis found in right side, but not left side of a pattern {pattern}')
    if left.has_ellipsis and left.has_ellipsis_parenthesized:
        raise EinopsError(f'Ellipsis inside parenthesis in the left side is not allowed: {pattern}')
    if operation == 'rearrange':
        if left.has_non_unitary_anonymous_axes or right.has_non_unitary_anonymous_axes:
            raise EinopsError('Non-unitary anonymous axes are not supported in rearrange (exception is length 1)')
        odd = left.identifiers ^ right.identifiers
        if odd:
            raise EinopsError(f'Identifiers only on one side of expression (should be on both): {odd}')
    elif operation == 'repeat':
        odd = left.identifiers - right.identifiers
        if odd:
            raise EinopsError(f'Unexpected identifiers on the left side of repeat: {odd}')
        odd = {a for a in right.identifiers if not isinstance(a, AnonymousAxis)} - left.identifiers - set(names)
        if odd:
            raise EinopsError(f'Specify sizes for new axes in repeat: {odd}')
    elif operation in _reductions or callable(operation):
        odd = right.identifiers - left.identifiers
        if odd:
            raise EinopsError(f'Unexpected identifiers on the right side of reduce {operation}: {odd}')
    else:
        raise EinopsError(f'Unknown reduction {operation}. Expect one of {_reductions}.')


def _written_out(left, right, ndim):
    """Both sides as lists of axes, each dimension of an ellipsis an axis of its own."""
    if not left.has_ellipsis:
        if ndim != len(left.composition):
            raise EinopsError(f'Wrong shape: expected {len(left.composition)} dims. Received {ndim}-dim tensor.')
        return left.composition, right.composition
    others = len(left.composition) - 1
    if ndim < others:
        raise EinopsError(f'Wrong shape: expected >={others} dims. Received {ndim}-dim tensor.')
    wide = [f'{_ellipsis}{i}' for i in range(ndim - others)]
    sides = []
    for side in (left, right):
        groups = []
        for group in side.composition:
            if group == _ellipsis:
                groups += [[axis] for axis in wide]
            else:
                groups.append([axis for name in group for axis in (wide if name == _ellipsis else [name])])
        sides.append(groups)
    return sides


def _product(numbers):
    result = 1
    for number in numbers:
        result = result * number
    return result


def _reduced(x, operation, axes):
    if callable(operation):
        return operation(x, tuple(axes))
    if operation == 'mean' and not x.dtype.is_floating_point:
        raise NotImplementedError('reduce_mean is not available for non-floating tensors')
    if operation in ('max', 'min'):
        return getattr(x, f'a{operation}')(dim=tuple(axes))
    if operation in ('mean', 'sum'):
        return getattr(x, operation)(dim=tuple(axes))
    for axis in reversed(axes):
        x = getattr(x, operation)(dim=axis)
    return x


def _tensor(x):
    """What is no tensor of torch's has another backend, or none."""
    if isinstance(x, torch.Tensor):
        return x
    if isinstance(x, (str, int, float, bool, tuple, list, dict, type(None), torch.nn.Module)):
        raise RuntimeError(f'Tensor type unknown to einops {type(x)}')
    return _necktie_model.unknown(f'einops of a {type(x).__name__}')


def reduce(tensor, pattern, reduction, **axes_lengths):
    try:
        if isinstance(tensor, list):
            if len(tensor) == 0:
                raise TypeError("Rearrange/Reduce/Repeat can't be applied to an empty list")
            _tensor(tensor[0])
            tensor = torch.stack(tensor)
        else:
            tensor = _tensor(tensor)
        return _Recipe(pattern, reduction, tuple(axes_lengths), tensor.ndim).apply(tensor, reduction, axes_lengths)
    except EinopsError as e:
        message = f' Error while processing {reduction}-reduction pattern "{pattern}".\n Input tensor shape: {tensor.shape}. '
        raise EinopsError(message + f'Additional info: {axes_lengths}.\n {e}') from None


def rearrange(tensor, pattern, **axes_lengths):
    return reduce(tensor, pattern, reduction='rearrange', **axes_lengths)


def repeat(tensor, pattern, **axes_lengths):
    return reduce(tensor, pattern, reduction='repeat', **axes_lengths)


def parse_shape(x, pattern):
    parsed, shape = ParsedExpression(pattern, allow_underscore=True), _tensor(x).shape
    groups = parsed.composition
    if parsed.has_composed_axes():
        raise RuntimeError(f"Can't parse shape with composite axes: {pattern} {shape}")
    if len(shape) != len(groups) and not parsed.has_ellipsis:
        raise RuntimeError(f"Can't parse shape with different number of dimensions: {pattern} {shape}")
    if len(shape) < len(groups) - 1:
        raise RuntimeError(f"Can't parse shape with this number of dimensions: {pattern} {shape}")
    if parsed.has_ellipsis:
        at = groups.index(_ellipsis)
        groups = groups[:at] + ['_'] * (len(shape) - len(groups) + 1) + groups[at + 1:]
    result = {}
    for group, length in zip(groups, shape):
        if len(group) == 0:
            if length != 1:
                raise RuntimeError(f'Length of axis is not 1: {pattern} {shape}')
        elif isinstance(group[0], str):
            if group[0] != '_':
                result[group[0]] = length
        elif group[0].value != length:
            raise RuntimeError(f'Length of anonymous axis does not match: {pattern} {shape}')
    return result


def asnumpy(tensor):
    return _tensor(tensor).detach().cpu().numpy()


def _letters(expression, pattern, letters, is_result):
    """A side of an einsum in torch's way of writing, a letter an axis."""
    written = ''
    for group in expression.composition:
        if group == _ellipsis:
            written += '...'
            continue
        if len(group) == 0:
            raise NotImplementedError('Singleton () axes are not yet supported in einsum.')
        if len(group) > 1:
            raise NotImplementedError('Shape rearrangement is not yet supported in einsum.')
        if isinstance(group[0], AnonymousAxis):
            raise NotImplementedError('Anonymous axes are not yet supported in einsum.')
        if group[0] not in letters:
            if is_result:
                raise EinopsError(f'Unknown axis {group[0]} on right side of einsum {pattern}.')
            if len(letters) >= len(string.ascii_letters):
                raise RuntimeError('Too many axes in einsum.')
            letters[group[0]] = string.ascii_letters[len(letters)]
        written += letters[group[0]]
    return written


def einsum(*tensors_and_pattern):
    if len(tensors_and_pattern) <= 1:
        raise ValueError('`einops.einsum` takes at minimum two arguments: the tensors (at least one), followed by the pattern.')
    *tensors, pattern = tensors_and_pattern
    if not isinstance(pattern, str):
        raise ValueError('The last argument passed to `einops.einsum` must be a string, representing the einsum pattern.')
    if '->' not in pattern:
        raise ValueError("Einsum pattern must contain '->'.")
    left_text, right_text = pattern.split('->')
    lefts = [ParsedExpression(text, allow_underscore=True, allow_duplicates=True) for text in left_text.split(',')]
    right, letters = ParsedExpression(right_text, allow_underscore=True), {}
    sides = [_letters(left, pattern, letters, False) for left in lefts]
    return torch.einsum(','.join(sides) + '->' + _letters(right, pattern, letters, True), _tensor(tensors[0]), *tensors[1:])
