"""Layers that rearrange, reduce and mix. A pattern is checked when its layer is made."""
import string

import torch
from einops import EinopsError
from einops.einops import _Recipe, _product, _reductions
from einops.parsing import ParsedExpression, _ellipsis


class _PatternLayer(torch.nn.Module):
    def _prepare(self, pattern, operation, axes_lengths):
        self.pattern, self.axes_lengths, self._operation = pattern, axes_lengths, operation
        left_text, _ = pattern.split('->')
        try:
            left = ParsedExpression(left_text)
            others = len(left.composition)
            dims = range(others - 1, others + 7) if left.has_ellipsis else [others]
            self._multirecipe = {ndim: _Recipe(pattern, operation, tuple(axes_lengths), ndim) for ndim in dims}
        except EinopsError as e:
            raise EinopsError(f' Error while preparing {self!r}\n {e}') from None

    def __repr__(self):
        reduction = f', {self.reduction!r}' if hasattr(self, 'reduction') else ''
        lengths = ''.join(f', {axis}={length}' for axis, length in self.axes_lengths.items())
        return f'{self.__class__.__name__}({self.pattern!r}{reduction}{lengths})'

    def forward(self, input):
        recipe = self._multirecipe[input.ndim]
        if recipe.gone and self._operation not in _reductions[:5]:
            recipe.sizes(input.shape, self.axes_lengths)
            raise NotImplementedError('Unknown reduction ', self._operation)
        return recipe.apply(input, self._operation, self.axes_lengths)


class RearrangeMixin(_PatternLayer):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self._prepare(pattern, 'rearrange', axes_lengths)


class Rearrange(RearrangeMixin):
    pass


class ReduceMixin(_PatternLayer):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.reduction = reduction
        self._prepare(pattern, reduction, axes_lengths)


class Reduce(ReduceMixin):
    pass


def _refuse(axes, message):
    if len(axes) > 0:
        raise EinopsError(message.format(axes))


class EinMix(torch.nn.Module):
    """An einsum with a weight of its own. The shape of the weight, and of a bias, is told by axes."""

    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern, self.weight_shape, self.bias_shape, self.axes_lengths = pattern, weight_shape, bias_shape, axes_lengths
        left_text, right_text = pattern.split('->')
        left, right, weight = ParsedExpression(left_text), ParsedExpression(right_text), ParsedExpression(weight_shape)
        _refuse(right.identifiers - left.identifiers - weight.identifiers, 'Unrecognized identifiers on the right side of EinMix {}')
        if weight.has_ellipsis:
            raise EinopsError('Ellipsis is not supported in weight, as its shape should be fully specified')
        if left.has_ellipsis or right.has_ellipsis:
            if not (left.has_ellipsis and right.has_ellipsis):
                raise EinopsError(f'Ellipsis in EinMix should be on both sides, {pattern}')
            if left.has_ellipsis_parenthesized:
                raise EinopsError(f"Ellipsis on left side can't be in parenthesis, got {pattern}")
        if any(side.has_non_unitary_anonymous_axes for side in (left, right, weight)):
            raise EinopsError('Anonymous axes (numbers) are not allowed in EinMix')
        if '(' in weight_shape or ')' in weight_shape:
            raise EinopsError(f'Parenthesis is not allowed in weight shape: {weight_shape}')
        self._rearrangements(left, left_text, right, right_text, axes_lengths)
        for axis in weight.identifiers:
            if axis not in axes_lengths:
                raise EinopsError(f'Dimension {axis} of weight should be specified')
        _refuse(set(axes_lengths) - left.identifiers - weight.identifiers, 'Axes {} are not used in pattern')
        _refuse(weight.identifiers - left.identifiers - right.identifiers, 'Weight axes {} are redundant')
        shape = [axes_lengths[axis] for (axis,) in weight.composition]
        fan_in = _product(axes_lengths[axis] for (axis,) in weight.composition if axis not in right.identifiers)
        bias = None if bias_shape is None else self._shape_of_bias(bias_shape, right, axes_lengths)
        bound = (3 / fan_in) ** 0.5
        self.weight = torch.nn.Parameter(torch.zeros(shape).uniform_(-bound, bound), requires_grad=True)
        bound = (1 / fan_in) ** 0.5
        self.bias = None if bias is None else torch.nn.Parameter(torch.zeros(bias).uniform_(-bound, bound), requires_grad=True)
        names = sorted((left.identifiers | right.identifiers | weight.identifiers) - {_ellipsis})
        letters = dict(zip(names, string.ascii_lowercase))
        letters[_ellipsis] = '...'
        sides = [''.join(letters[axis] for group in side.composition for axis in group) for side in (left, weight, right)]
        self.einsum_pattern = f'{sides[0]},{sides[1]}->{sides[2]}'

    def _rearrangements(self, left, left_text, right, right_text, axes_lengths):
        """An einsum knows single axes alone."""
        def flat(side):
            return ['...' if axis == _ellipsis else axis for group in side.composition for axis in group]
        self.pre_rearrange = self.post_rearrange = None
        if any(len(group) != 1 for group in left.composition):
            names = flat(left)
            lengths = {name: length for name, length in axes_lengths.items() if name in names}
            self.pre_rearrange = Rearrange(f"{left_text}-> {' '.join(names)}", **lengths)
        if any(len(group) != 1 for group in right.composition) or right.has_ellipsis_parenthesized:
            self.post_rearrange = Rearrange(f"{' '.join(flat(right))} ->{right_text}")

    @staticmethod
    def _shape_of_bias(bias_shape, right, axes_lengths):
        if not isinstance(bias_shape, str):
            raise EinopsError('bias shape should be string specifying which axes bias depends on')
        named = ParsedExpression(bias_shape).identifiers
        _refuse(named - right.identifiers, 'Bias axes {} not present in output')
        _refuse(named - set(axes_lengths), 'Sizes not provided for bias axes {}')
        shape, used = [], False
        for group in right.composition:
            for axis in group:
                if axis == _ellipsis:
                    if used:
                        raise EinopsError('all bias dimensions should go after ellipsis in the output')
                elif axis in named:
                    shape.append(axes_lengths[axis])
                    used = True
                else:
                    shape.append(1)
        return shape

    def forward(self, input):
        if self.pre_rearrange is not None:
            input = self.pre_rearrange(input)
        result = torch.einsum(self.einsum_pattern, input, self.weight)
        if self.bias is not None:
            result += self.bias
        return result if self.post_rearrange is None else self.post_rearrange(result)
